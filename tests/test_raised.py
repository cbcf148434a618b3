"""Small raised letters never become a digit of the number or a letter of the word before them."""

import io
from collections.abc import Callable, Sequence

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.docx import read_docx
from corpus.pdf import read_pdf
from corpus.raised import join_raised

SIZE, SMALL, LEFT, TOP = 11.0, 6.5, 56.0, 780.0
Part = tuple[str, float]
"""A text, and by how many points it is raised (lowered below 0, and small unless 0)."""
Print = Callable[[Canvas, Sequence[Part], float], None]


def one_by_one(canvas: Canvas, parts: Sequence[Part], y: float) -> None:
    """Each piece is a text of its own, as Word prints."""
    x = LEFT
    for text, rise in parts:
        size = SMALL if rise else SIZE
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y + rise, text)
        x += stringWidth(text, "Helvetica", size)


def in_one_text(canvas: Canvas, parts: Sequence[Part], y: float) -> None:
    text, x = canvas.beginText(), LEFT
    for part, rise in parts:
        size = SMALL if rise else SIZE
        text.setFont("Helvetica", size)
        text.setTextOrigin(x, y + rise)
        text.textOut(part)
        x += stringWidth(part, "Helvetica", size)
    canvas.drawText(text)


def by_rise(canvas: Canvas, parts: Sequence[Part], y: float) -> None:
    text = canvas.beginText(LEFT, y)
    for part, rise in parts:
        text.setRise(rise)
        text.setFont("Helvetica", SMALL if rise else SIZE)
        text.textOut(part)
    canvas.drawText(text)


def lines_of_pdf(rows: Sequence[Sequence[Part]], draw: Print) -> list[str]:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for row, parts in enumerate(rows):
        draw(canvas, parts, TOP - 14 * row)
    canvas.save()
    (page,) = read_pdf(out.getvalue()).pages
    return [" ".join(line.split()) for line in page.lines if line]


@pytest.mark.parametrize("draw", [one_by_one, in_one_text, by_rise])
@pytest.mark.parametrize("rise", [SIZE / 3, SIZE / 2])
def test_a_note_mark_in_a_pdf_is_no_digit_of_the_number(draw: Print, rise: float) -> None:
    counted = [("Er waren 412", 0), ("1", rise), (" dossiers en 3.216", 0), ("2)", rise)]
    sized = [("Op 12 km", 0), ("2", rise), (" komt de 1", 0), ("ste", rise), (" ton CO", 0)]
    rows = [
        [*counted, (" vragen.", 0)],
        [*sized, ("2", -1.5), (" vrij, voor 95 euro", 0), ("a", rise), (".", 0)],
        [("1", rise), (" Stand op 31 december.", 0)],
    ]
    assert lines_of_pdf(rows, draw) == [
        "Er waren 412 dossiers en 3.216 vragen.",
        "Op 12 km² komt de 1ste ton CO2 vrij, voor 95 euro.",
        "¹ Stand op 31 december.",
    ]


def test_a_note_mark_in_a_word_file_is_no_digit_of_the_number() -> None:
    word = docx.Document()
    style = word.styles.add_style("Noot", WD_STYLE_TYPE.CHARACTER)
    style.font.superscript = True
    paragraph = word.add_paragraph("Er waren 412")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(" dossiers, 3.216")
    paragraph.add_run("2", style="Noot")
    paragraph.add_run(" vragen en 52 ton CO")
    paragraph.add_run("2", style="Noot").font.subscript = True
    out = io.BytesIO()
    word.save(out)
    (page,) = read_docx(out.getvalue()).pages
    assert [line for line in page.lines if line] == [
        "Er waren 412 dossiers, 3.216 vragen en 52 ton CO2"
    ]


@pytest.mark.parametrize(
    ("before", "raised", "after", "read"),
    [
        ("37,5", "1", " miljoen euro", "37,5 miljoen euro"),
        ("37,5", "1, 2", " miljoen euro", "37,5 miljoen euro"),
        ("37,5", "(1)", " miljoen euro", "37,5 miljoen euro"),
        ("37,5", "* ", "miljoen euro", "37,5 miljoen euro"),
        ("37,5", "b", " miljoen euro", "37,5 miljoen euro"),
        ("in 2022.", "12", " Daarna", "in 2022. Daarna"),
        ("de VDAB", "3", " telt", "de VDAB telt"),
        ("5.100 m", "2", " groot", "5.100 m² groot"),
        ("90 dam", "3", "", "90 dam³"),
        ("3 x 10", "6", " ton", "3 x 10⁶ ton"),
        ("ton CO", "2", " minder", "ton CO2 minder"),
        ("de 3", "e", " keer", "de 3e keer"),
        ("de 1", "ste", " keer", "de 1ste keer"),
        ("N", "r", " 12", "Nr 12"),
        ("N", "o", " 12", "No 12"),
        ("2 en ", "1", "/2 uur", "2 en 1/2 uur"),
        ("", "2", " Exclusief Brussel", "² Exclusief Brussel"),
    ],
)
def test_what_is_raised_is_read_by_what_stands_before_it(
    before: str, raised: str, after: str, read: str
) -> None:
    assert join_raised([(before, False), (raised, True), (after, False)]) == read
