"""Ways in which printers put a line of text into a PDF: one string, words, letters, kerned pairs,
ligatures. All look alike on paper; a reader must give back the same line."""

from make_pdf import SIZE
from reportlab.pdfgen.canvas import Canvas

KERNING = 40
"""Thousandths of the font size by which letters are pulled together."""


def _put(canvas: Canvas, x: float, y: float, text: str) -> None:
    line = canvas.beginText(x, y)
    line.textOut(text)
    canvas.drawText(line)


def words_apart(canvas: Canvas, x: float, y: float, text: str, font: str) -> None:
    """Each word placed by itself, without the spaces."""
    for word in text.split():
        _put(canvas, x, y, word)
        x += canvas.stringWidth(word + " ", font, SIZE)


def letters_apart(canvas: Canvas, x: float, y: float, text: str, font: str) -> None:
    """Each letter placed by itself, spaces too."""
    for letter in text:
        _put(canvas, x, y, letter)
        x += canvas.stringWidth(letter, font, SIZE)


def syllables_apart(canvas: Canvas, x: float, y: float, text: str, font: str) -> None:
    """Pieces of five letters, cut through words and spaces."""
    for start in range(0, len(text), 5):
        piece = text[start : start + 5]
        _put(canvas, x, y, piece)
        x += canvas.stringWidth(piece, font, SIZE)


def justified(canvas: Canvas, x: float, y: float, text: str, _font: str) -> None:
    """Spaces stretched by word spacing."""
    line = canvas.beginText(x, y)
    line.setWordSpace(2.5)
    line.textOut(text)
    canvas.drawText(line)


def letterspaced(canvas: Canvas, x: float, y: float, text: str, _font: str) -> None:
    """All letters somewhat apart."""
    line = canvas.beginText(x, y)
    line.setCharSpace(0.8)
    line.textOut(text)
    canvas.drawText(line)


def jumping(canvas: Canvas, x: float, y: float, text: str, _font: str) -> None:
    """Baselines that differ by a fraction of a point."""
    half = len(text) // 2
    _put(canvas, x, y + 0.4, text[:half])
    _put(canvas, x + canvas.stringWidth(text[:half]), y - 0.4, text[half:])


PRINTERS = (words_apart, letters_apart, syllables_apart, justified, letterspaced, jumping)
