"""Lay the lines of a Word file out on pages, as far as the file tells where pages turn.

Word notes where pages turned when it last showed the file; a writer may have put in breaks. A file
with neither has no known pages, nor has one in which the text between two breaks can't fit on a
page: then everything stands on `UNKNOWN_PAGE`, and no page is ever cited.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from corpus.page_size import fits_on_page
from corpus.reading import MAX_PAGES, Fault, Hints, LineHint, UnreadableError
from corpus.records import UNKNOWN_PAGE, Page

_FEW_GAPS = 0.05
"""Share of paragraphs after an empty one under which empty ones say nothing."""


class Break(Enum):
    """A break in the text: a new line, a page break put in, a page turn that Word noted."""

    LINE = "line"
    PAGE = "page"
    RENDERED = "rendered"


@dataclass(frozen=True, slots=True)
class Typed:
    """A line of a Word file: text, how it looks, whether it starts a paragraph, and the page breaks
    before it. Without text it is an empty paragraph, or the end of one that holds more."""

    text: str
    style: str
    starts: bool
    breaks: tuple[Break, ...] = ()


def lay_out(typed: Sequence[Typed]) -> tuple[tuple[Page, ...], Hints]:
    """Return pages and hints; every line stands on one page, empty ones too.

    Raises:
        UnreadableError: If there are too many pages.
    """
    numbers = _page_numbers(typed)
    if numbers and numbers[-1] > MAX_PAGES:
        raise UnreadableError(Fault.TOO_MANY_PAGES)
    is_spaced = _has_gaps(typed)
    pages: list[Page] = []
    hints: dict[tuple[int, int], LineHint] = {}
    for number, group in groupby(range(len(typed)), key=lambda row: numbers[row]):
        lines: list[str] = []
        for line in (typed[row] for row in group):
            if not line.text.strip() and not line.starts:
                continue
            if line.text.strip() and line.starts and not is_spaced:
                lines.append("")
            hints[number, len(lines)] = LineHint(line.style, line.starts)
            lines.append(line.text)
        pages.append(Page(number, tuple(lines)))
    return tuple(pages), hints


def _page_numbers(typed: Sequence[Typed]) -> list[int]:
    """Return the page of each line; all `UNKNOWN_PAGE` where they can't be told."""
    kinds = {mark for line in typed for mark in line.breaks}
    numbers = _count(typed)
    if Break.RENDERED in kinds or (Break.PAGE in kinds and _fits(typed, numbers)):
        return numbers
    return [UNKNOWN_PAGE] * len(typed)


def _count(typed: Sequence[Typed]) -> list[int]:
    """Count breaks; one that was put in and the turn that Word noted for it are the same one."""
    numbers = []
    page, last = 1, None
    for line in typed:
        for mark in line.breaks:
            is_same = last is not None and mark is not last
            page += not is_same
            last = None if is_same else mark
        if line.text.strip():
            last = None
        numbers.append(page)
    return numbers


def _fits(typed: Sequence[Typed], numbers: Sequence[int]) -> bool:
    texts: dict[int, list[str]] = defaultdict(list)
    for line, number in zip(typed, numbers, strict=True):
        texts[number].append(line.text)
    return all(map(fits_on_page, texts.values()))


def _has_gaps(typed: Sequence[Typed]) -> bool:
    """Tell whether empty paragraphs part the others; if hardly any do, all stand apart."""
    filled = [row for row, line in enumerate(typed) if line.text.strip() and line.starts]
    empty = {row for row, line in enumerate(typed) if line.starts and not line.text.strip()}
    after_empty = sum(row - 1 in empty for row in filled)
    return after_empty > _FEW_GAPS * len(filled)
