"""Bring questions that stand together, before all answers, back to their answers by number.

"Vraag 1", "Vraag 2", ..., then "Antwoord 1" or once more "Vraag 1" over each answer. Only where
every question has a number, from 1 on and in order, and the answers have just the same ones.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from corpus.block_parts import Block, Turn
from corpus.labels import is_numbered_label, label_number

_FEW = 3
"""Questions over one answer from which they may be those of other answers."""
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s")


def pair_by_number(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks of one question each in place of the one that holds them all and those below
    it; the blocks themselves where the numbers don't tell."""
    counts = [len(block.turns) for block in blocks]
    most = max(counts, default=0)
    if most < _FEW:
        return tuple(blocks)
    row = counts.index(most)
    turns, parts = blocks[row].turns, [*chain.from_iterable(map(_parts, blocks[row:]))]
    wanted = [*range(1, most + 1)]
    if any(counts[row + 1 :]) or [*map(_number_of, turns)] != wanted:
        return tuple(blocks)
    if [number for number, _ in parts] != wanted:
        return tuple(blocks)
    paired = (replace(part, turns=(turn,)) for turn, (_, part) in zip(turns, parts, strict=True))
    return (*blocks[:row], *paired)


def _number_of(turn: Turn) -> int | None:
    """Return the number of a question: that on its asker's line, or that before its text."""
    told = (label_number(line.text) for line in turn.asker_lines)
    listed = (_NUMBERED.match(line.text) for line in chain(*turn.groups))
    numbers = chain(filter(None, told), (int(match[1]) for match in listed if match))
    return next(numbers, None)


def _parts(block: Block) -> Iterator[tuple[int | None, Block]]:
    """Yield the answers of a block by number: the one under a heading with a number, or each that
    starts with a line that says which it is."""
    bare = replace(block, turns=())
    if block.headings and (number := label_number(block.headings[-1].text)):
        yield number, replace(bare, headings=block.headings[-1:])
        return
    numbers = [label_number(group[0].text) for group in block.answer]
    starts = [row for row, number in enumerate(numbers) if number]
    if starts[:1] != [0]:
        yield None, bare
        return
    for start, end in zip(starts, [*starts[1:], len(numbers)], strict=True):
        first = block.answer[start]
        label = first[: is_numbered_label(first[0].text)]
        groups = (first[len(label) :], *block.answer[start + 1 : end])
        part = replace(bare, labels=label, answer=tuple(filter(None, groups)))
        yield numbers[start], part if start == 0 else replace(part, headings=())
