"""Print an appendix to PDF for the tests, with ReportLab: the lines and pages as they stand, the
questions in another font if asked, links as annotations, and whatever else a printer adds.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from line_kinds import LineKind, label_lines
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.records import Page

LEFT, TOP, LEADING, SIZE = 56.0, 780.0, 13.0, 10.0
LAYOUT = (LineKind.PAGE_NUMBER, LineKind.LINK_LIST)


@dataclass(frozen=True)
class Row:
    """A printed line: text, what it is, and whether a wider gap precedes it."""

    text: str
    kind: LineKind
    gap: bool


@dataclass(frozen=True)
class Look:
    """How the pages are printed."""

    question_font: str = "Helvetica-Bold"
    heading_font: str = "Helvetica"
    first_number: int | None = 1
    header: Sequence[str] = ()
    footer: Callable[[int, int], Sequence[str]] | None = None
    gap: float = 1.0
    frame_first: bool = False
    rotated: bool = False
    tails: bool = True
    draw: Callable[[Canvas, float, float, str, str], None] | None = None
    metadata: dict[str, str] = field(default_factory=dict)


def rows_of(pages: Sequence[Page]) -> list[list[Row]]:
    """The printed lines of each page of a text whose lines are followed by an empty one."""
    kinds = {(label.page, label.row): label.kind for label in label_lines(pages)}
    made = []
    for page in pages:
        rows: list[Row] = []
        blanks = 0
        for number, line in enumerate(page.lines):
            if not line.strip():
                blanks += 1
                continue
            rows.append(Row(line.lstrip(), kinds[page.number, number], bool(rows) and blanks > 1))
            blanks = 0
        made.append(rows)
    return made


def print_pdf(pages: Sequence[Page], look: Look | None = None) -> bytes:
    """Return the PDF."""
    look = look or Look()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for name, value in look.metadata.items():
        getattr(canvas, f"set{name}")(value)
    printed = rows_of(pages)
    for number, rows in enumerate(printed):
        _print_page(canvas, rows, number, len(printed), look)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _print_page(canvas: Canvas, rows: Sequence[Row], number: int, count: int, look: Look) -> None:
    if look.rotated:
        canvas.setPageRotation(90)
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        canvas.scale(0.7, 0.7)
    if look.frame_first:
        _print_frame(canvas, number, count, look)
    y = TOP
    text = [row for row in rows if row.kind not in LAYOUT]
    for row in text:
        y -= LEADING * (1 + look.gap * row.gap)
        font = look.question_font if row.kind is LineKind.QUESTION else "Helvetica"
        font = look.heading_font if row.kind is LineKind.HEADING else font
        _print_line(canvas, y, row.text if look.tails else row.text.strip(), font, look)
    for target in (row.text.strip() for row in rows if row.kind is LineKind.LINK_LIST):
        canvas.linkURL(target, (LEFT, 100, 300, 112))
    if not look.frame_first:
        _print_frame(canvas, number, count, look)


def _print_line(canvas: Canvas, y: float, text: str, font: str, look: Look) -> None:
    canvas.setFont(font, SIZE)
    if look.draw:
        look.draw(canvas, LEFT, y, text, font)
    else:
        canvas.drawString(LEFT, y, text)


def _print_frame(canvas: Canvas, number: int, count: int, look: Look) -> None:
    canvas.setFont("Helvetica", 8)
    for row, line in enumerate(look.header):
        canvas.drawString(LEFT, 820 - 10 * row, line)
    lines = look.footer(number + 1, count) if look.footer else ()
    if not look.footer and look.first_number is not None:
        lines = [str(number + look.first_number)]
    for row, line in enumerate(lines):
        canvas.drawCentredString(A4[0] / 2, 40 - 10 * row, line)


def plain(look: Look) -> Look:
    """The same with questions set like answers."""
    return replace(look, question_font="Helvetica")
