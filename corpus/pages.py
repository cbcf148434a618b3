"""Cut the text layer of a document into pages.

A page begins after a form feed. Where the text has none, the numbers of its pages tell: "Pagina 3
van 8", "3/8", or a bare number, alone on a line and counting on from page to page. Else a page
begins at a line that starts with exactly one space, or at a line that holds only the number of the
page that is due: that is how the extractor of the appendix marks them. A text without any mark that
can't fit on a page stands on `UNKNOWN_PAGE`. Lines are kept as they are; nothing is cleaned here.
"""

import re
from collections.abc import Iterable, Sequence, Set

from corpus.counted_pages import cut_at_numbers
from corpus.list_items import is_list_item
from corpus.page_size import fits_on_page
from corpus.records import UNKNOWN_PAGE, Page

FORM_FEED = "\f"
_PAGE_OPENING = re.compile(r" [^\s]")
_NUMBER_ONLY = re.compile(r"\s*(?:(?P<dash>[-–—])\s*)?(\d{1,4})(?(dash)\s*[-–—])\s*")
_MOST = 0.8
"""Share of its lines of which the extractor of the appendix leaves marks on a text."""


def split_pages(text: str) -> tuple[Page, ...]:
    """Cut a text into pages, numbered from 1, in order; an empty text is one empty page."""
    if FORM_FEED in text:
        return _numbered(part.splitlines() for part in text.rstrip(FORM_FEED).split(FORM_FEED))
    lines = re.split(r"\r\n|\r|\n", text)
    pages = cut_at_numbers(lines) or _split_at_openings(lines)
    if len(pages) == 1 and not fits_on_page(filter(str.strip, lines)):
        return (Page(UNKNOWN_PAGE, tuple(lines)),)
    return _numbered(pages)


def page_number_of(line: str) -> int | None:
    """Return the number if the line holds nothing else ("3", "- 3 -"), or None."""
    match = _NUMBER_ONLY.fullmatch(line)
    return int(match[2]) if match else None


def _numbered(pages: Iterable[Sequence[str]]) -> tuple[Page, ...]:
    return tuple(Page(number, tuple(page)) for number, page in enumerate(pages, start=1))


def _split_at_openings(lines: list[str]) -> list[list[str]]:
    """A bare number opens a page only if it stands apart and is the number that is due."""
    pages: list[list[str]] = [[]]
    is_filled = False
    openings = _find_openings(lines)
    for row, line in enumerate(lines):
        if is_filled and (row in openings or _is_due(lines, row, len(pages))):
            pages.append([])
            is_filled = False
        pages[-1].append(line)
        is_filled = is_filled or bool(line.strip())
    return pages


def _find_openings(lines: Sequence[str]) -> Set[int]:
    """Return the rows that a space before them marks as the top of a page, as the extractor of the
    appendix does: it starts the first page with one too, or puts one behind every line. Elsewhere
    it is an indent; so it is before a list item, where no empty line follows every other one."""
    filled = [row for row, line in enumerate(lines) if line.strip()]
    found = {row for row in filled if _PAGE_OPENING.match(lines[row])}
    padded = sum(lines[row].endswith(" ") for row in filled)
    if not found or not (filled[0] in found or padded >= _MOST * len(filled)):
        return set()
    ahead = [*lines, ""]
    spaced = sum(not ahead[row + 1].strip() for row in filled)
    if spaced >= _MOST * len(filled):
        return found
    return {row for row in found if not is_list_item(lines[row].strip())}


def _is_due(lines: list[str], row: int, current: int) -> bool:
    if page_number_of(lines[row]) != current + 1:
        return False
    before = lines[max(row - 2, 0) : row]
    after = lines[row + 1 : row + 3]
    return not any(text.strip() for text in before) and not any(text.strip() for text in after)
