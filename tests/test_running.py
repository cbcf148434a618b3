"""The running titles of a PDF are no text, and what only looks like one stays."""

import io
from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.answers import read_answers
from corpus.lines import Layout, read_lines
from corpus.pdf import read_pdf
from corpus.reading import Reading

ROWS = 12
OPENING = ("Musea", "Groen (Ann De Smet)", "Hoeveel musea zijn er?", "", "Er is een lijst, en daar")
Frame = Callable[[int], Sequence[str]]


def rows_of(page: int) -> list[str]:
    """The rows of text on a page; no two pages have the same one."""
    name = "abc"[page - 1]
    return [f"staan de musea {name}{chr(97 + row)} van alle steden" for row in range(ROWS)]


def print_pages(count: int, head: Frame, foot: Frame, size: float = 8) -> Reading:
    """Print pages in which one sentence runs on, with rows in letters of that size around them."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for number in range(1, count + 1):
        canvas.setFont("Helvetica", size)
        for row, line in enumerate(head(number)):
            canvas.drawString(56, 815 - 10 * row, line)
        for row, line in enumerate(foot(number)):
            canvas.drawString(56, 50 - 10 * row, line)
        canvas.setFont("Helvetica", 10)
        rows = [*(OPENING if number == 1 else ()), *rows_of(number)]
        rows += ["werken."] if number == count else []
        for row, line in enumerate(rows):
            canvas.drawString(56, 780 - 13 * row, line)
        canvas.showPage()
    canvas.save()
    return read_pdf(out.getvalue())


def answer_to(reading: Reading) -> str:
    (answer,) = read_answers(reading.pages, "proef", reading.hints)[1]
    assert answer.topic == "Musea"
    return answer.text


def sentence(pages: int) -> str:
    rows = [row for page in range(1, pages + 1) for row in rows_of(page)]
    return " ".join([OPENING[-1], *rows, "werken."])


def nothing(_page: int) -> Sequence[str]:
    return ()


@pytest.mark.parametrize("pages", [2, 3])
@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (lambda _: ["Vlaams Parlement – stuk 13 (2022-2023) – Nr. 7"], nothing),
        (lambda n: [f"Stuk 13 (2022-2023) – Nr. 7   p. {n}"], lambda _: ["www.voorbeeld.be"]),
        (lambda _: ["Vlaams Parlement"], lambda n: [f"{n}/3"]),
        (
            lambda _: ["11/29/26, 12:05 PM Schriftelijke vraag 123 - Vlaams Parlement"],
            lambda n: [f"file:///C:/Users/a/2026-11-29/vragen-{'x' * 90}/vraag-123.html {n}/3"],
        ),
    ],
    ids=["title", "numbered-title", "total", "browser"],
)
def test_what_every_page_has_at_its_edge_is_no_text(head: Frame, foot: Frame, pages: int) -> None:
    assert answer_to(print_pages(pages, head, foot)) == sentence(pages)


def test_two_numbers_that_count_on_with_the_pages_are_no_text() -> None:
    reading = print_pages(3, lambda n: [f"Bijlage 2 – blad {n} – {n}/3"], nothing)
    assert answer_to(reading) == sentence(3)


def test_a_row_that_is_set_like_the_text_stays_where_two_pages_have_it() -> None:
    reading = print_pages(2, lambda _: ["Deze regel staat bovenaan elk van de twee"], nothing, 10)
    assert not [kind for _, kind in read_lines(reading.pages, reading.hints).layout]


def test_a_row_that_not_every_page_has_stays() -> None:
    reading = print_pages(3, lambda n: ["Kleine letters boven de tekst"] * (n > 1), nothing)
    kinds = [kind for _, kind in read_lines(reading.pages, reading.hints).layout]
    assert Layout.RUNNING_TITLE not in kinds
