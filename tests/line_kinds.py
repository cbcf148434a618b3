"""Say of every line of an appendix what it is, so that nothing gets lost unseen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from corpus.block_parts import Block
from corpus.blocks import outline
from corpus.lines import NO_HINTS, Layout, Line, read_lines
from corpus.reading import Hints
from corpus.records import Page


class LineKind(Enum):
    """What a non-blank line of an appendix can be."""

    HEADING = "heading"
    ASKER = "asker"
    QUESTION = "question"
    LABEL = "label"
    ANSWER = "answer"
    PAGE_NUMBER = "page number"
    RUNNING_TITLE = "running title"
    LINK_LIST = "link list"


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line by its place (page from 1, 0-based row on that page), its text and its kind."""

    page: int
    row: int
    text: str
    kind: LineKind


_LAYOUT_KINDS = {layout: LineKind(layout.value) for layout in Layout}


def label_lines(pages: Sequence[Page], hints: Hints = NO_HINTS) -> tuple[LabelledLine, ...]:
    """Label every non-blank line, in reading order.

    The labels come from the very outline that the answers are made of; a line that the outline
    held twice, or not at all, would show up here twice, or not at all.
    """
    breakdown = read_lines(pages, hints)
    plan = outline(breakdown.text)
    labelled = chain(
        ((line, LineKind.HEADING) for line in plan.title),
        chain.from_iterable(_of_block(block) for block in plan.blocks),
        ((line, _LAYOUT_KINDS[layout]) for line, layout in breakdown.layout),
    )
    found = [LabelledLine(line.page, line.row, line.text, kind) for line, kind in labelled]
    return tuple(sorted(found, key=lambda line: (line.page, line.row)))


def _of_block(block: Block) -> Iterator[tuple[Line, LineKind]]:
    for line in block.headings:
        yield line, LineKind.HEADING
    for turn in block.turns:
        for line in turn.asker_lines:
            yield line, LineKind.ASKER
        for line in chain.from_iterable(turn.groups):
            yield line, LineKind.QUESTION
    for line in block.labels:
        yield line, LineKind.LABEL
    for line in chain.from_iterable(block.answer):
        yield line, LineKind.ANSWER
