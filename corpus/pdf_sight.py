"""Which text of a PDF page a reader can see, so that nothing is quoted that stands on no page.

Text beside the page (outside its crop box) is left out, and invisible text (rendering mode 3 or 7)
but over a picture: that is how text recognition puts the letters of a scan. Text in the colour of
the paper is not told: what lies under it, a dark band or nothing, would have to be painted.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

Matrix = Sequence[float]
"""Six numbers, as in ISO 32000, 8.3.3."""
INVISIBLE = (3, 7)
"""Rendering modes (ISO 32000, table 104): not at all, and only as the edge of what comes next."""
_SHOWING = (b"Tj", b"TJ")
_MOVING_AND_SHOWING = (b"'", b'"')
SHOWING = _SHOWING + _MOVING_AND_SHOWING


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points."""

    left: float
    bottom: float
    right: float
    top: float


EVERYWHERE = Box(-math.inf, -math.inf, math.inf, math.inf)


@dataclass(frozen=True, slots=True)
class _State:
    """The part of the graphics state that matters: rendering mode, font size and rise."""

    mode: int = 0
    size: float = 0.0
    rise: float = 0.0


class Sight:
    """Follows the operators of a page, and empties those that show what can't be seen.

    `pictures` are where the page's pictures are; None as long as that isn't known, and then
    invisible text stays. `has_invisible` tells whether there was any.
    """

    def __init__(self, page: Box, pictures: Sequence[Box] | None = None) -> None:
        self._page = page
        self._pictures = pictures
        self._state = _State()
        self._saved: list[_State] = []
        self.has_invisible = False

    @property
    def rise(self) -> float:
        """By how much text is raised now, in units of the text."""
        return self._state.rise

    def save(self) -> None:
        """Keep the graphics state, as "q" does and the start of a form."""
        self._saved.append(self._state)

    def restore(self) -> None:
        """Take the graphics state back that was kept last."""
        if self._saved:
            self._state = self._saved.pop()

    def enter(self, operator: bytes, operands: list[Any], place: Matrix) -> None:
        """Before an operator; `place` is the matrix by which text is put on the page."""
        if operator == b"q":
            self.save()
        elif operator == b"Q":
            self.restore()
        elif operator == b"Tr" and operands and isinstance(operands[0], int):
            self._state = replace(self._state, mode=operands[0])
        elif operator == b"Tf" and len(operands) > 1 and isinstance(operands[1], int | float):
            self._state = replace(self._state, size=abs(float(operands[1])))
        elif operator == b"Ts" and operands and isinstance(operands[0], int | float):
            self._state = replace(self._state, rise=float(operands[0]))
        elif operator in _SHOWING and self._lies_beside(place):
            _empty(operands)
        elif operator in SHOWING and self._state.mode in INVISIBLE:
            self.has_invisible = True
            if self._pictures is not None and not self._lies_on_picture(place):
                _empty(operands)

    def _lies_beside(self, place: Matrix) -> bool:
        """Tell whether a text starts outside the page and doesn't run towards it."""
        x, y = place[4:]
        dx, dy = _direction(place)
        margin, page = self._margin(place), self._page
        return (
            (x > page.right + margin and dx >= 0)
            or (x < page.left - margin and dx <= 0)
            or (y > page.top + margin and dy >= 0)
            or (y < page.bottom - margin and dy <= 0)
        )

    def _lies_on_picture(self, place: Matrix) -> bool:
        x, y = place[4:]
        margin = self._margin(place)
        return any(
            picture.left - margin <= x <= picture.right + margin
            and picture.bottom - margin <= y <= picture.top + margin
            for picture in self._pictures or ()
        )

    def _margin(self, place: Matrix) -> float:
        """The height of the letters: by so much they may reach over an edge."""
        return self._state.size * math.hypot(place[2], place[3])


def box_of(matrix: Matrix) -> Box:
    """Return the rectangle around the unit square that a matrix places: a picture."""
    a, b, c, d, x, y = matrix
    xs, ys = (x, x + a, x + c, x + a + c), (y, y + b, y + d, y + b + d)
    return Box(min(xs), min(ys), max(xs), max(ys))


def box_between(x: float, y: float, other_x: float, other_y: float) -> Box:
    """Return the rectangle between two opposite corners."""
    return Box(min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))


def _direction(place: Matrix) -> tuple[float, float]:
    """Return in which direction a text runs, each part rounded to a hundredth."""
    angle = math.atan2(place[1], place[0])
    return round(math.cos(angle), 2), round(math.sin(angle), 2)


def _empty(operands: list[Any]) -> None:
    """Let an operator show nothing."""
    if operands:
        operands[-1] = type(operands[-1])()  # a text or an array of them
