"""How much text a page can hold: where more stands between two page turns, one is missing."""

from collections.abc import Iterable

_LINE_CHARS = 85
_PAGE_LINES = 60
"""A full A4 page of small print; a longer stretch surely takes more than one page."""


def fits_on_page(lines: Iterable[str]) -> bool:
    """Tell whether lines of text can stand on one page; an empty one takes a line too."""
    return sum(1 + len(line) // _LINE_CHARS for line in lines) <= _PAGE_LINES
