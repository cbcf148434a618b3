"""Cut the text layer of a document into pages.

A page begins after a form feed; or, where the text has none, at a line that starts with exactly
one space, or at a line that holds only the number of the page that is due. That is how the
extractor of the appendix marks them. Lines are kept as they are; nothing is cleaned here.
"""

import re

from corpus.records import Page

FORM_FEED = "\f"
_PAGE_OPENING = re.compile(r" [^\s]")
_NUMBER_ONLY = re.compile(r"\s*(\d{1,4})\s*")


def split_pages(text: str) -> tuple[Page, ...]:
    """Cut a text into pages, numbered from 1, in order; an empty text is one empty page."""
    if FORM_FEED in text:
        return tuple(
            Page(number, tuple(part.splitlines()))
            for number, part in enumerate(text.rstrip(FORM_FEED).split(FORM_FEED), start=1)
        )
    return _split_at_openings(re.split(r"\r\n|\r|\n", text))


def page_number_of(line: str) -> int | None:
    """Return the number if the line holds nothing else, or None."""
    match = _NUMBER_ONLY.fullmatch(line)
    return int(match[1]) if match else None


def _split_at_openings(lines: list[str]) -> tuple[Page, ...]:
    """A bare number opens a page only if it stands apart and is the number that is due."""
    pages: list[list[str]] = [[]]
    is_filled = False
    for row, line in enumerate(lines):
        if is_filled and _opens_page(lines, row, len(pages)):
            pages.append([])
            is_filled = False
        pages[-1].append(line)
        is_filled = is_filled or bool(line.strip())
    return tuple(Page(number, tuple(page)) for number, page in enumerate(pages, start=1))


def _opens_page(lines: list[str], row: int, current: int) -> bool:
    if _PAGE_OPENING.match(lines[row]):
        return True
    if page_number_of(lines[row]) != current + 1:
        return False
    before = lines[max(row - 2, 0) : row]
    after = lines[row + 1 : row + 3]
    return not any(text.strip() for text in before) and not any(text.strip() for text in after)
