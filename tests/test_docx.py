"""The appendix typed in Word reads like its text; pages only where the file tells them."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from line_kinds import label_lines
from make_docx import Typing, type_docx

from corpus.answers import read_answers
from corpus.docx import read_docx
from corpus.readers import read_documents
from corpus.records import UNKNOWN_PAGE, Answer, Document

WITH_GAPS = Typing()
WITHOUT_GAPS = Typing(empty_paragraphs=False, large_headings=True)


def facts(answer: Answer) -> tuple[Any, ...]:
    asked = tuple(question.text for question in answer.questions)
    blocks = tuple(block.text for block in answer.question_blocks)
    return answer.answer_id, answer.topic, answer.askers, answer.text, asked, blocks


def read(data: bytes) -> tuple[Answer, ...]:
    reading = read_docx(data)
    return read_answers(reading.pages, "bbt-wse-2021", reading.hints, reading.link_targets)[1]


@pytest.mark.parametrize(
    "typing",
    [
        WITH_GAPS,
        replace(WITH_GAPS, bold_questions=False),
        WITHOUT_GAPS,
        replace(WITHOUT_GAPS, bold_questions=False),
    ],
    ids=["bold", "plain", "no-gaps", "no-gaps-plain"],
)
@pytest.mark.parametrize("turns", ["rendered", "page"])
def test_the_typed_appendix_reads_like_its_text(
    typing: Typing, turns: str, appendix: Document
) -> None:
    found = read(type_docx(appendix, replace(typing, turns=turns)))
    assert [facts(answer) for answer in found] == [facts(answer) for answer in appendix.answers]
    pages = [answer.page_starts for answer in found]
    assert pages == [answer.page_starts for answer in appendix.answers]


def test_without_page_breaks_no_page_is_known(appendix: Document, tmp_path: Path) -> None:
    path = tmp_path / "bbt-wse-2021.docx"
    path.write_bytes(type_docx(appendix, replace(WITH_GAPS, turns="")))
    (typed,) = read_documents(path)
    assert [facts(answer) for answer in typed.answers] == [facts(a) for a in appendix.answers]
    assert {answer.page_end for answer in typed.answers} == {UNKNOWN_PAGE}
    assert {q.page for answer in typed.answers for q in answer.questions} == {UNKNOWN_PAGE}


def typed(*lines: str, breaks_before: tuple[int, ...] = ()) -> bytes:
    word, out = docx.Document(), io.BytesIO()
    for row, line in enumerate(lines):
        paragraph = word.add_paragraph(line)
        paragraph.paragraph_format.page_break_before = row in breaks_before or None
    word.save(out)
    return out.getvalue()


LONG = "Er komen er twaalf bij, waarvan de helft nog voor de zomer van volgend jaar."
SHORT = ("Groen", "Hoeveel bussen?", "", "Twaalf.", "Volgend jaar dertien.")


def test_a_break_before_a_paragraph_turns_the_page() -> None:
    (answer,) = read(typed(*SHORT, breaks_before=(4,)))
    assert (answer.page_start, answer.page_end) == (1, 2)


def test_a_break_after_more_than_a_page_of_text_tells_no_page() -> None:
    long = ["Er rijden twaalf bussen. " * 10] * 30
    (answer,) = read(typed(*SHORT[:3], *long, "Einde.", breaks_before=(33,)))
    assert (answer.page_start, answer.page_end) == (UNKNOWN_PAGE, UNKNOWN_PAGE)


def test_lists_tables_and_soft_hyphens_read_as_they_look() -> None:
    word, out = docx.Document(), io.BytesIO()
    for line in ("Groen", "Hoeveel bussen?", "", "Per provincie:"):
        word.add_paragraph(line)
    word.add_paragraph("de stad", style="List Bullet")
    table = word.add_table(2, 2)
    for cell, text in zip(table._cells, ["Provincie", "Bussen", "Limburg", "12"], strict=True):
        cell.text = text
    word.add_paragraph("Begro\u00adting 2024 in \ufb01ches.")
    word.save(out)
    (answer,) = read(out.getvalue())
    assert answer.text.split("\n") == [
        "Per provincie:",
        "• de stad",
        "Provincie | Bussen",
        "Limburg | 12",
        "Begroting 2024 in fiches.",
    ]


def with_tables(*parts: str | list[tuple[str, ...]]) -> bytes:
    """Return a Word file of paragraphs and tables."""
    word, out = docx.Document(), io.BytesIO()
    for part in parts:
        if isinstance(part, str):
            word.add_paragraph(part)
            continue
        table = word.add_table(len(part), len(part[0]))
        for cell, text in zip(table._cells, [text for row in part for text in row], strict=True):
            cell.text = text
    word.save(out)
    return out.getvalue()


def test_a_long_paragraph_that_is_set_like_the_topics_is_one() -> None:
    long = (
        "Subsidies aan lokale besturen voor de aanleg van fietspaden langs gewestwegen en voor de "
        "inrichting van veilige schoolomgevingen"
    )
    word, out = docx.Document(), io.BytesIO()
    for topic in ("Palen", long, "Bos"):
        word.add_heading(topic, 2)
        word.add_paragraph("Groen")
        word.add_paragraph("Hoeveel?")
        word.add_paragraph("Twaalf.")
    word.add_heading(long, 2)
    word.add_paragraph("Niemand vroeg dit.")
    word.save(out)
    assert [answer.topic for answer in read(out.getvalue())] == ["Palen", long, "Bos", long]


def test_a_row_of_a_table_is_no_topic() -> None:
    kinds = [("Programma", "2021"), ("Seine-Schelde", "94,0"), ("Leiewerken", "in studie")]
    asked = ("Palen", "Groen", "Hoeveel palen?", "Er zijn er twaalf.")
    answers = read(with_tables(*asked, kinds, "De kosten stijgen.", "Bos", *asked[1:]))
    assert [answer.topic for answer in answers] == ["Palen", "Bos"]
    rows = ["Programma | 2021", "Seine-Schelde | 94,0", "Leiewerken | in studie"]
    assert answers[0].text.split("\n") == ["Er zijn er twaalf.", *rows, "De kosten stijgen."]


def test_what_stands_over_the_columns_of_a_table_of_questions_is_no_topic() -> None:
    heads = ("Onderwerp", "Vraagsteller", "Vraag", "Antwoord")
    rows = [
        (topic, "Ann De Smet (Groen)", f"{topic} zijn er te weinig. Hoeveel komen er?", LONG)
        for topic in ("Laadpalen in Vlaanderen", "Bussen in Vlaanderen")
    ]
    answers = read(with_tables("BBT 2023", [heads, *rows]))
    assert [answer.topic for answer in answers] == [row[0] for row in rows]
    assert [answer.text for answer in answers] == [LONG] * 2


def test_every_line_of_a_word_file_is_exactly_one_thing(appendix: Document) -> None:
    reading = read_docx(type_docx(appendix))
    labels = label_lines(reading.pages, reading.hints)
    places = [(p.number, row) for p in reading.pages for row, t in enumerate(p.lines) if t.strip()]
    assert [(label.page, label.row) for label in labels] == places


def test_hidden_text_and_bullets_that_are_switched_off_are_not_read() -> None:
    word, out = docx.Document(), io.BytesIO()
    for line in ("Groen", "Hoeveel bussen?", "", "Per provincie:"):
        word.add_paragraph(line)
    properties = word.add_paragraph("de stad", style="List Bullet")._p.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = 0
    word.add_paragraph("Twaalf.").add_run(" Niet voor publicatie.").font.hidden = True
    word.save(out)
    (answer,) = read(out.getvalue())
    assert "•" not in answer.text
    assert "publicatie" not in answer.text


def test_an_equation_is_read_with_its_line() -> None:
    word, out = docx.Document(), io.BytesIO()
    for line in ("Groen", "Hoeveel bussen?", ""):
        word.add_paragraph(line)
    equation = parse_xml(f"<m:oMath {nsdecls('m')}><m:r><m:t>2+3</m:t></m:r></m:oMath>")
    paragraph = word.add_paragraph("Er zijn er ")
    paragraph._p.append(equation)
    paragraph.add_run(".")
    word.save(out)
    (answer,) = read(out.getvalue())
    assert answer.text == "Er zijn er 2+3."


def test_the_title_that_a_program_fills_in_is_none() -> None:
    assert read_docx(typed(*SHORT)).title == ""
    word, out = docx.Document(), io.BytesIO()
    word.add_paragraph("Groen")
    word.core_properties.title = "Word Document"
    word.save(out)
    assert read_docx(out.getvalue()).title == ""
