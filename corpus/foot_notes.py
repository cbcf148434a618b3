"""Find the notes at the foot of a PDF page: rows in clearly smaller type below all of the text, of
which the first starts with a note's mark. A sentence may run on past them, over the page turn.
"""

from collections.abc import Sequence

from corpus.marks import note_number
from corpus.pdf_lines import PlacedLine, is_gap

_SMALL = 0.87
"""A note is set in at most so many times the usual font size."""


def find_notes(lines: Sequence[PlacedLine], step: float, usual: float) -> frozenset[int]:
    """Return the rows of a page's notes.

    `step` is the usual distance between lines, in font sizes, `usual` the usual font size.
    """
    text = [row for row, line in enumerate(lines) if line.size > _SMALL * usual]
    if not text:
        return frozenset()
    lowest = max(text, key=lambda row: lines[row].down)
    notes: list[int] = []
    for row, line in enumerate(lines):
        if line.angle != lines[lowest].angle or line.down <= lines[lowest].down:
            continue
        opens = note_number(line.text) is not None and (notes or is_gap(lines[lowest], line, step))
        goes_on = notes and row == notes[-1] + 1 and not is_gap(lines[row - 1], line, step)
        if opens or goes_on:
            notes.append(row)
    return frozenset(notes)
