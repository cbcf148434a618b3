"""The appendix printed to PDF in many ways reads like its text."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from line_kinds import LineKind, label_lines
from make_pdf import Look, plain, print_pdf
from odd_printers import PRINTERS
from typeset_pdf import Setting, typeset_pdf

from corpus.answers import read_answers
from corpus.pdf import read_pdf
from corpus.readers import read_documents
from corpus.records import Answer, Document
from corpus.sandbox import read_apart

BOLD = Look()
HEADERS = Look(
    header=("Bijlage 1 – Schriftelijke antwoorden", "Vlaams Parlement"),
    footer=lambda number, count: [f"Pagina {number} van {count}"],
)
FEW = 5
"""Pages of the appendix that are enough for a printer's habits; nine answers start on them."""


def read(data: bytes) -> tuple[Answer, ...]:
    reading = read_pdf(data)
    hints, links = reading.hints, reading.link_targets
    return read_answers(reading.pages, "bbt-wse-2021", hints, links)[1]


@pytest.mark.parametrize("look", [BOLD, plain(BOLD)], ids=["bold-questions", "plain-questions"])
def test_the_printed_appendix_reads_like_its_text(
    look: Look, appendix: Document, tmp_path: Path
) -> None:
    """All of each answer is the same: text, topic, askers, questions, pages, codes and links."""
    path = tmp_path / "bbt-wse-2021.pdf"
    path.write_bytes(print_pdf(appendix.pages, look))
    (printed,) = read_documents(path)
    assert len(printed.pages) == 28
    assert len(printed.answers) == 32
    assert printed.answers == appendix.answers
    assert (printed.document_id, printed.title, printed.year) == (
        "bbt-wse-2021",
        "Bijlage 1 BBT Werk en Sociale Economie 2021",
        2021,
    )


@pytest.mark.parametrize(
    "look",
    [
        HEADERS,
        replace(HEADERS, frame_first=True),
        replace(BOLD, footer=lambda number, _: ["Vlaams Parlement, stuk 13", str(number + 40)]),
        replace(BOLD, first_number=41),
        replace(BOLD, first_number=None),
        replace(BOLD, rotated=True),
        replace(BOLD, tails=False),
        replace(BOLD, heading_font="Helvetica-Bold"),
        replace(BOLD, question_font="Times-Italic"),
    ],
    ids=[
        "headers",
        "frame-drawn-first",
        "number-on-two-lines",
        "numbers-from-41",
        "no-numbers",
        "rotated",
        "no-trailing-spaces",
        "bold-headings",
        "italic-questions",
    ],
)
def test_what_a_printer_adds_changes_nothing(look: Look, appendix: Document) -> None:
    assert read(print_pdf(appendix.pages, look)) == appendix.answers


@pytest.mark.parametrize("draw", PRINTERS, ids=lambda draw: str(draw.__name__))
def test_words_are_whole_however_they_were_drawn(
    draw: Callable[..., None], appendix: Document
) -> None:
    few = appendix.pages[:FEW]
    _, expected = read_answers(few, "bbt-wse-2021")
    assert read(print_pdf(few, Look(draw=draw))) == expected


@pytest.mark.parametrize(
    "setting",
    [
        Setting(heading_font="Helvetica-Bold"),
        Setting(question_font="Helvetica", heading_font="Helvetica-Bold"),
        Setting("Times-Italic", "Times-Bold", "Times-Roman", 11, justified=True, margin=60),
    ],
    ids=["bold", "plain", "italic-justified"],
)
def test_the_appendix_set_anew_gives_the_same_answers(setting: Setting, appendix: Document) -> None:
    """Other lines and other pages, but not another word, paragraph, question or asker."""
    found = read(typeset_pdf(appendix, setting))
    assert [answer.text for answer in found] == [answer.text for answer in appendix.answers]
    assert [answer.askers for answer in found] == [answer.askers for answer in appendix.answers]
    assert [answer.topic for answer in found] == [answer.topic for answer in appendix.answers]
    assert asked(found) == asked(appendix.answers)


def asked(answers: Sequence[Answer]) -> list[list[str]]:
    return [[question.text for question in answer.questions] for answer in answers]


def test_without_gaps_bold_headings_and_questions_part_the_answers(appendix: Document) -> None:
    look = replace(BOLD, gap=0, question_font="Times-Italic", heading_font="Helvetica-Bold")
    found = read(print_pdf(appendix.pages, look))
    assert [answer.askers for answer in found] == [answer.askers for answer in appendix.answers]
    assert asked(found) == asked(appendix.answers)
    # read on 2026-11-23: where nothing else shows a paragraph's end, a list may swallow a line
    assert sum(a.text == b.text for a, b in zip(found, appendix.answers, strict=True)) >= 29


def test_every_line_of_a_pdf_is_exactly_one_thing(appendix: Document) -> None:
    reading = read_pdf(print_pdf(appendix.pages, HEADERS))
    labels = label_lines(reading.pages, reading.hints)
    places = [(p.number, row) for p in reading.pages for row, t in enumerate(p.lines) if t.strip()]
    assert [(label.page, label.row) for label in labels] == places
    # two titles above and a number below each of 28 pages
    assert sum(label.kind is LineKind.RUNNING_TITLE for label in labels) == 3 * 28


def test_the_title_may_come_from_the_documents_properties(tmp_path: Path) -> None:
    (tmp_path / "kort.txt").write_text("Groen\nHoeveel bussen?\n\nTwaalf.\n", "utf-8")
    (text,) = read_documents(tmp_path / "kort.txt")
    look = Look(metadata={"Title": "Bijlage 3 BBT Mobiliteit 2024"}, first_number=None)
    (tmp_path / "kort.pdf").write_bytes(print_pdf(text.pages, look))
    (printed,) = read_documents(tmp_path / "kort.pdf")
    assert (printed.title, printed.year) == ("Bijlage 3 BBT Mobiliteit 2024", 2024)
    (tmp_path / "kort.meta.json").write_text('{"title": "Stuk 3", "year": 2025}', "utf-8")
    (printed,) = read_documents(tmp_path / "kort.pdf")
    assert (printed.title, printed.year) == ("Stuk 3", 2025)


def test_the_process_apart_reads_what_the_reader_reads(appendix: Document) -> None:
    data = print_pdf(appendix.pages[:FEW])
    assert read_apart("pdf", data) == read_pdf(data)


@pytest.mark.parametrize(
    "title",
    [
        "(anonymous)",
        "untitled",
        "Naamloos document 1",
        "Document1",
        "Microsoft Word - bijlage",
        "vragen.docx",
        "about:blank",
    ],
)
def test_a_title_that_a_program_fills_in_is_none(title: str, tmp_path: Path) -> None:
    (tmp_path / "kort.txt").write_text("Groen\nHoeveel bussen?\n\nTwaalf.\n", "utf-8")
    (text,) = read_documents(tmp_path / "kort.txt")
    data = print_pdf(text.pages, Look(metadata={"Title": title}, first_number=None))
    assert read_pdf(data).title == ""
