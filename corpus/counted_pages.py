"""Cut a text at the numbers of its pages, which stand alone on a line and count on by one: "Pagina
3 van 8", "3/8", "- 3 -", "3".

They stand at the foot of each page or at its top. A bare number says less than one with a word or a
total: bare ones only count at the foot, from the first page to the very end of the text.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from corpus.page_size import fits_on_page

_EDGE = r"[\s\-–—|]*"
_NUMBER = re.compile(
    rf"{_EDGE}(?P<word>(?:pagina|bladzijde|blz\.?|pag\.?|p\.)\s*)?(?P<number>\d{{1,4}})"
    rf"(?P<total>\s*(?:van|/|\|)\s*\d{{1,4}})?{_EDGE}",
    re.IGNORECASE,
)
_FEW_ROWS = 3
"""Filled lines over the number of the first page, a title, with which it stands at the top."""
_LEAST_ROWS = 8
"""Filled lines of a page with a bare number at its foot; the last one may have fewer."""


class _Mark(NamedTuple):
    """The number of a page: its row, and the filled lines before and after it."""

    row: int
    number: int
    before: int
    after: int


def cut_at_numbers(lines: Sequence[str]) -> list[list[str]]:
    """Return the lines of each page, in order, with their numbers; empty if no numbers tell."""
    kinds: dict[str, list[_Mark]] = defaultdict(list)
    before, after = 0, sum(map(bool, map(str.strip, lines)))
    for row, line in enumerate(lines):
        if not line.strip():
            continue
        after -= 1
        if match := _NUMBER.fullmatch(line):
            kind = f"{match['word'] or ''}{match['total'] or ''}".casefold()
            kinds[kind].append(_Mark(row, int(match["number"]), before, after))
        before += 1
    bare = _bare_marks(kinds.pop("", []))
    for marks in (max(kinds.values(), key=len, default=[]), bare):
        pages = _cut(lines, marks) if _counts_on(marks) else []
        if pages and all(fits_on_page(filter(str.strip, page)) for page in pages):
            return pages
    return []


def _bare_marks(marks: Sequence[_Mark]) -> list[_Mark]:
    """Return the bare numbers that are due, each below enough text for a page; none if the last of
    them doesn't end the text."""
    found: list[_Mark] = []
    for mark in marks:
        above = mark.before - (found[-1].before + 1 if found else 0)
        if mark.number == len(found) + 1 and (not mark.after or above >= _LEAST_ROWS):
            found.append(mark)
    return found if found and not found[-1].after else []


def _counts_on(marks: Sequence[_Mark]) -> bool:
    numbers = [mark.number for mark in marks]
    first = numbers[0] if numbers else 0
    return len(numbers) > 1 and first in (1, 2) and numbers == [*range(first, first + len(numbers))]


def _cut(lines: Sequence[str], marks: Sequence[_Mark]) -> list[list[str]]:
    """Cut at numbers at the top of each page, or else at its foot; an unnumbered first page has its
    number at the top, an unnumbered last one at the foot."""
    is_numbered = marks[0].number == 1
    if is_numbered and marks[0].before > _FEW_ROWS:
        turns = [mark.row + 1 for mark in (marks if marks[-1].after else marks[:-1])]
    elif marks[-1].after:
        turns = [mark.row for mark in marks[is_numbered:]]
    else:
        return []
    return [list(lines[a:b]) for a, b in zip([0, *turns], [*turns, len(lines)], strict=True)]
