"""What a reader of a PDF's page can't see isn't read; the text layer of a scan is."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.pdf import read_pdf

SEEN = "De minister keurde voor dit jaar 12 miljoen euro goed voor de aanleg van fietspaden."
LINES = [f"{SEEN} ({number})" for number in range(1, 4)]
HIDDEN = "De minister trad af."
GREY = ImageReader(Image.new("L", (20, 28), 200))


def read_page(draw: Callable[[Canvas], None], crop: tuple[float, ...] | None = None) -> str:
    """Return the text of a page with a few lines and what is drawn besides."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for row, line in enumerate(LINES):
        canvas.drawString(60, 700 - 20 * row, line)
    draw(canvas)
    canvas.save()
    if crop:
        writer = PdfWriter(PdfReader(out))
        writer.pages[0].cropbox = RectangleObject(crop)
        out = io.BytesIO()
        writer.write(out)
    return "\n".join(line for page in read_pdf(out.getvalue()).pages for line in page.lines)


def invisible(canvas: Canvas, x: float, y: float, text: str = HIDDEN, mode: int = 3) -> None:
    """Put invisible text on a page."""
    line = canvas.beginText(x, y)
    line.setTextRenderMode(mode)
    line.textOut(text)
    canvas.drawText(line)


def in_one_line(canvas: Canvas) -> None:
    """Put invisible text between visible words, and visible ones after it, in one text object."""
    line = canvas.beginText(60, 600)
    for mode, text in ((0, "De brug "), (3, HIDDEN), (0, "blijft open.")):
        line.setTextRenderMode(mode)
        line.textOut(text)
    canvas.drawText(line)


def in_a_form(canvas: Canvas) -> None:
    """Put invisible text in a drawing inside the drawing, and visible text after it."""
    canvas.beginForm("vorm")
    invisible(canvas, 60, 500)
    canvas.endForm()
    canvas.doForm("vorm")
    canvas.drawString(60, 480, "De brug blijft open.")


@pytest.mark.parametrize(
    "draw",
    [
        lambda canvas: invisible(canvas, 60, 600),
        lambda canvas: invisible(canvas, 60, 600, mode=7),
        lambda canvas: canvas.drawString(60, -30, HIDDEN),
        lambda canvas: canvas.drawString(60, A4[1] + 30, HIDDEN),
        lambda canvas: canvas.drawString(A4[0] + 30, 300, HIDDEN),
    ],
    ids=["invisible", "clipping", "below", "above", "right"],
)
def test_text_that_cannot_be_seen_is_not_read(draw: Callable[[Canvas], None]) -> None:
    text = read_page(draw)
    assert HIDDEN not in text
    assert all(line in text for line in LINES)


def test_invisible_text_between_visible_words_is_not_read() -> None:
    text = read_page(in_one_line)
    assert "trad af" not in text
    assert "De brug blijft open." in " ".join(text.split())


def test_invisible_text_in_a_form_is_not_read_and_what_follows_is() -> None:
    text = read_page(in_a_form)
    assert HIDDEN not in text
    assert "De brug blijft open." in text


def test_text_outside_the_crop_box_is_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 100, HIDDEN)

    assert HIDDEN in read_page(draw)
    text = read_page(draw, (0, 200, *A4))
    assert HIDDEN not in text
    assert LINES[0] in text
    assert HIDDEN in read_page(draw, (*A4, 0, 0)), "corners the other way round are the same box"


def test_the_text_layer_of_a_scan_is_read() -> None:
    """Also of a scan that takes a part of the page, under visible text."""

    def draw(canvas: Canvas) -> None:
        invisible(canvas, 80, 250)
        canvas.drawImage(GREY, 60, 200, 300, 120)

    assert HIDDEN in read_page(draw)


def test_text_that_runs_into_the_page_is_read() -> None:
    text = read_page(lambda canvas: canvas.drawString(-20, 300, HIDDEN))
    assert HIDDEN in text


def test_where_hardly_anything_else_stands_invisible_text_is_read() -> None:
    """Letters that were drawn as lines, with their text invisible over them."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for row, line in enumerate(LINES):
        invisible(canvas, 60, 700 - 20 * row, line)
    canvas.drawString(300, 20, "1")
    canvas.save()
    lines = [line.strip() for line in read_pdf(out.getvalue()).pages[0].lines]
    assert [line for line in lines if line][:3] == LINES
