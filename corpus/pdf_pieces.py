"""The pieces of text of one page of a PDF, as pypdf reports them, with places and fonts.

What a reader of the page can't see is left out (`corpus.pdf_sight`).
"""

import math
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

from corpus.cleaning import clean_line
from corpus.pdf_lines import Piece, PlacedLine, join_rows
from corpus.pdf_sight import SHOWING, Box, Sight

_SCANNED = 0.5
"""Share of a page that pictures cover from which it may be a scan: with fewer letters than
`FEW_LETTERS` it has no text layer but, say, a stamped number."""
FEW_LETTERS = 100
_PICTURED = 0.02
"""The same for a page without any text; less is a logo or a line."""
_SUBSET = re.compile(r"^/?(?:[A-Z]{6}\+)?")


class Pieces:
    """What pypdf reports of a page: pieces of text, and newlines between lines.

    A form (a drawing inside the drawing) is placed by the matrix that holds where it is drawn.
    `pictures` holds the matrix of each picture.
    """

    def __init__(self, page: Box, shown: Sequence[Box] | None) -> None:
        self._page = page
        self.sight = Sight(page, shown)
        self._forms: list[list[float]] = []
        self._entering: list[float] | None = None
        self._lines: list[list[Piece]] = [[]]
        self.pictures: list[list[float]] = []
        self._rise: float | None = None
        """That of the first text shown which wasn't reported yet."""

    def enter(
        self, operator: bytes, operands: Any, matrix: list[float], text_matrix: list[float]
    ) -> None:
        """Before an operator. The text before a form is reported after its "Do", so that its matrix
        counts from the form's own first operator on."""
        if self._entering:
            self._forms.append(self._entering)
            self.sight.save()
            self._entering = None
        self.sight.enter(operator, operands, self._on_page(_multiply(text_matrix, matrix)))
        if operator in SHOWING and self._rise is None:
            self._rise = self.sight.rise
        if operator == b"Do":
            self._entering = self._on_page(matrix)
        elif operator == b"INLINE IMAGE":
            self.pictures.append(self._on_page(matrix))

    def leave(self, operator: bytes, _operands: Any, _matrix: Any, _text: Any) -> None:
        """After an operator. While it showed text, the text before that may have been reported."""
        if operator in SHOWING and self._rise is None:
            self._rise = self.sight.rise
        if operator != b"Do":
            return
        if self._entering:  # no form's operators came after it: a picture, one unit square
            self.pictures.append(self._entering)
            self._entering = None
        elif self._forms:
            self._forms.pop()
            self.sight.restore()

    def take(
        self, text: str, matrix: list[float], text_matrix: list[float], font: Any, size: float
    ) -> None:
        """Take a piece of text, perhaps with line breaks."""
        raised = _multiply([1, 0, 0, 1, 0, self._rise or 0], text_matrix)
        place = self._on_page(_multiply(raised, matrix))
        self._rise = None if text.strip() else self._rise
        style = _font_name(font)
        for row, part in enumerate(text.split("\n")):
            if row:
                self._lines.append([])
            if part:
                self._lines[-1].append(_piece(part, place, style, size))

    @cached_property
    def lines(self) -> list[PlacedLine]:
        """The lines that hold more than white space, once the whole page was reported."""
        return join_rows(self._lines)

    def count_letters(self) -> int:
        """Return how many letters and digits there are."""
        return sum(character.isalnum() for line in self.lines for character in line.text)

    def is_picture(self) -> bool:
        """Tell whether the page is a picture without a text layer."""
        letters = self.count_letters()
        page = (self._page.right - self._page.left) * (self._page.top - self._page.bottom)
        covered = sum(map(_unit_area, self.pictures)) / page
        return letters < FEW_LETTERS and covered >= (_SCANNED if letters else _PICTURED)

    def _on_page(self, matrix: list[float]) -> list[float]:
        return _multiply(matrix, self._forms[-1]) if self._forms else [*matrix]


def _piece(text: str, place: list[float], style: str, size: float) -> Piece:
    a, b, c, d, x, y = place
    angle = math.atan2(b, a)
    along = x * math.cos(angle) + y * math.sin(angle)
    down = x * math.sin(angle) - y * math.cos(angle)
    points = round(2 * abs(size) * math.hypot(c, d)) / 2
    return Piece(text, along, down, round(math.degrees(angle)), points, style)


def _unit_area(matrix: list[float]) -> float:
    a, b, c, d, *_ = matrix
    return abs(a * d - b * c)


def _multiply(m: list[float], n: list[float]) -> list[float]:
    """Return the matrix that applies m, then n (ISO 32000, 8.3.4)."""
    return [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]


def _font_name(font: Any) -> str:
    return _without_subset(str(font.get("/BaseFont", "")) if isinstance(font, dict) else "")


@lru_cache(maxsize=256)
def _without_subset(name: str) -> str:
    return clean_line(_SUBSET.sub("", name, count=1))
