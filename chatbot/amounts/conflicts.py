"""Amounts that clash: one thing with two values, one number in two units, sums that don't add up.

Few false alarms come before finding all: every rule asks for the same words or a fixed form, and
leaves room for rounding. A conflict is for people to look at, with both quotes and their pages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from chatbot.amounts.records import AmountLine
from chatbot.amounts.rounding import in_dutch, may_be_equal, same_kind, worth
from chatbot.amounts.same_thing import same_statement
from chatbot.amounts.sums import clashing_parts, clashing_shares, clashing_sums
from chatbot.reply import page_span
from corpus.records import Document

MAX_STATEMENTS = 4000
"""Sentences with one amount that are compared two by two; a document has some hundreds."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Amounts that clash: of what kind, one Dutch sentence that says it, and the amounts."""

    kind: str
    message: str
    lines: tuple[AmountLine, ...]


def find_conflicts(
    documents: Iterable[Document], lines: Sequence[AmountLine]
) -> tuple[Conflict, ...]:
    """Return the conflicts among the amounts of each document, in order of their first amount."""
    texts = {
        (document.document_id, answer.answer_id, block): text
        for document in documents
        for answer in document.answers
        for block, text in [
            (None, answer.text),
            *enumerate(block.text for block in answer.question_blocks),
        ]
    }
    rows = {id(line): row for row, line in enumerate(lines)}
    found = [
        *_in_other_units(lines),
        *_about_the_same(lines),
        *(
            conflict
            for key, group in groupby(lines, key=_place)
            for conflict in _in_one_text(texts.get(key, ""), tuple(group))
        ),
    ]
    return tuple(sorted(found, key=lambda conflict: rows[id(conflict.lines[0])]))


def _place(line: AmountLine) -> tuple[str, str, int | None]:
    return line.document_id, line.answer_id, line.block


def _in_one_text(text: str, lines: Sequence[AmountLine]) -> Iterator[Conflict]:
    for total, parts, value in clashing_sums(text, lines):
        told = ", ".join(quoted(part) for part in parts)
        unit = total.unit if total.value_eur is None else "euro"
        message = (
            f"{quoted(total)} klopt niet met de delen: {told} maken samen {in_dutch(value)} {unit}."
        )
        yield Conflict("som", message, (total, *parts))
    for total, part in clashing_parts(text, lines):
        message = f"In {quoted(total)} is het deel, {part.raw}, groter dan {total.raw}."
        yield Conflict("deel", message, (total, part))
    for share, first, second, percent in clashing_shares(text, lines):
        message = (
            f"In {quoted(share)} past {share.raw} niet bij {first.raw} en {second.raw}:"
            f" dat is een verschil van {in_dutch(percent)} %."
        )
        yield Conflict("percentage", message, (first, second, share))


def _in_other_units(lines: Sequence[AmountLine]) -> Iterator[Conflict]:
    """Yield what stands in one answer once as "11.000 euro" and once as "11.000 keuro"."""
    for _, group in groupby(lines, key=lambda line: (line.document_id, line.answer_id)):
        money = [line for line in group if line.value_eur and line.unit != "cent"]
        seen = set()
        for first, second in combinations(money, 2):
            key = frozenset([(first.unit, abs(first.value)), (second.unit, abs(second.value))])
            is_telling = len(str(abs(first.value)).replace(".", "").strip("0")) > 1
            is_same = abs(first.value) == abs(second.value) and len(key) == 2
            if is_same and is_telling and key not in seen:
                seen.add(key)
                yield Conflict("eenheid", _two_units(first, second), (first, second))


def _two_units(first: AmountLine, second: AmountLine) -> str:
    low, high = sorted((abs(worth(first)), abs(worth(second))))
    return (
        f"{quoted(first)} noemt {first.raw} en {quoted(second)} noemt {second.raw}: hetzelfde"
        f" getal, maar een factor {in_dutch(high / low)} verschil."
    )


def _about_the_same(lines: Sequence[AmountLine]) -> Iterator[Conflict]:
    """Yield two sentences of one document that say the same of two different values."""
    for _, group in groupby(lines, key=lambda line: line.document_id):
        alone = [line for line, count in _per_sentence(group) if count == 1][:MAX_STATEMENTS]
        for first, second in combinations(alone, 2):
            if not _comparable(first, second) or may_be_equal(worth(first), second, [first]):
                continue
            if same_statement(first, second):
                message = (
                    f"{quoted(first)} noemt {first.raw}, maar {quoted(second)} noemt {second.raw}"
                    " voor hetzelfde."
                )
                yield Conflict("waarde", message, (first, second))


def _per_sentence(lines: Iterable[AmountLine]) -> list[tuple[AmountLine, int]]:
    """Return each amount with how many amounts its sentence holds."""
    placed = groupby(lines, key=lambda line: (_place(line), line.sentence))
    groups = [tuple(group) for _, group in placed]
    return [(line, len(group)) for group in groups for line in group]


def _comparable(first: AmountLine, second: AmountLine) -> bool:
    """Tell whether two amounts are of one kind, year and credit, and of different sentences."""
    return (
        same_kind(first, second)
        and first.year == second.year
        and first.credit == second.credit
        and first.sentence != second.sentence
    )


def quoted(line: AmountLine) -> str:
    """Return the sentence of an amount between quotes, with its page."""
    page = page_span(line.page, line.page)
    return f"“{line.sentence}”" + (f" ({page})" if page else "")
