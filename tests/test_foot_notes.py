"""A note at the foot of a PDF page stands behind the paragraph that runs on over the page turn."""

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.answers import read_answers
from corpus.pdf import read_pdf
from corpus.reading import Reading, decode_reading, encode_reading
from corpus.records import Answer

FIRST = (
    "Zwarte punten",
    "Groen (Stijn Bex)",
    "Hoeveel punten werden weggewerkt?",
    "Antwoord:",
    *[f"In de gemeente {name} werden er in totaal vier weggewerkt." for name in "ABCDEF"],
    "",
    "De middelen worden verdeeld over de regio's op basis",
)
REST = ("van het aantal inwoners en de lengte van het netwerk.", "", "Daarna komt de rest.")
BROKEN = f"{FIRST[-1]} {REST[0]}"
NOTES = ("1 Cijfers van het Agentschap Wegen en Verkeer, toestand op", "31 december 2022.")


def reading_of(
    first: Sequence[str], rest: Sequence[str], notes: Sequence[str], size: float = 7.5
) -> Reading:
    """Print two pages with notes at the foot of the first one, and page numbers below."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for number, rows in enumerate((first, rest), start=1):
        canvas.setFont("Helvetica", 10)
        for row, line in enumerate(rows):
            canvas.drawString(56, 780 - 13 * row, line)
        canvas.setFont("Helvetica", size)
        for row, line in enumerate(notes if number == 1 else ()):
            canvas.drawString(56, 90 - 1.2 * size * row, line)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(300, 30, f"{number}/2")
        canvas.showPage()
    canvas.save()
    return read_pdf(out.getvalue())


def answer_of(first: Sequence[str], rest: Sequence[str], notes: Sequence[str]) -> Answer:
    reading = reading_of(first, rest, notes)
    (answer,) = read_answers(reading.pages, "proef", reading.hints)[1]
    return answer


def test_a_sentence_runs_on_past_the_notes() -> None:
    answer = answer_of(FIRST, REST, (*NOTES, "2 Exclusief de gemeenten."))
    assert answer.text.split("\n")[1:] == [
        BROKEN,
        " ".join(NOTES),
        "2 Exclusief de gemeenten.",
        REST[-1],
    ]
    pages = [answer.page_at(answer.text.index(words)) for words in (REST[0], *NOTES, REST[-1])]
    assert pages == [2, 1, 1, 2]


def test_notes_at_the_end_leave_the_pages_of_the_answer_as_they_are() -> None:
    answer = answer_of(FIRST, REST[:1], NOTES)
    assert answer.text.endswith(f"{BROKEN}\n{' '.join(NOTES)}")
    assert (answer.page_start, answer.page_end) == (1, 2)
    start = answer.text.index(BROKEN)
    assert answer.pages_of(start, len(answer.text)) == (1, 2)
    assert answer.pages_of(answer.text.index(REST[0]), len(answer.text)) == (1, 2)
    assert answer.pages_of(answer.text.index(NOTES[0]), len(answer.text)) == (1, 1)


def test_notes_under_a_whole_paragraph_stay_where_they_stand() -> None:
    answer = answer_of((*FIRST, "van het aantal inwoners."), ("Daarna komt de rest.",), NOTES)
    assert answer.text.split("\n")[2:] == [" ".join(NOTES), "Daarna komt de rest."]


@pytest.mark.parametrize(
    ("row", "size"),
    [
        ("1 punt per gemeente, en verder is er een verdeling", 10),
        ("Antwerpen telt er meer dan de andere provincies die", 7.5),
        ("31,5 28,2 12,7", 7.5),
    ],
    ids=["large", "unmarked", "numbers"],
)
def test_other_rows_at_the_foot_are_no_notes(row: str, size: float) -> None:
    reading = reading_of(FIRST, REST, [row], size)
    assert not any(hint.is_note for hint in reading.hints.values())


def test_notes_travel_between_the_processes() -> None:
    reading = reading_of(FIRST, REST, NOTES)
    assert sum(hint.is_note for hint in reading.hints.values()) == len(NOTES)
    assert decode_reading(encode_reading(reading)) == reading
