"""The reader on a second, fictitious appendix: nothing in it is fitted to the first one's words."""

from pathlib import Path

import pytest
from line_kinds import label_lines

from corpus.readers import read_documents
from corpus.records import Asker, Document

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def second() -> Document:
    (document,) = read_documents(DATA / "bbt-mobiliteit-2023.txt")
    return document


def test_title_pages_and_answers_are_found(second: Document) -> None:
    assert second.title == "Bijlage 2 BBT Mobiliteit en Openbare Werken 2023"
    assert [page.number for page in second.pages] == [1, 2, 3, 4, 5]
    assert [answer.topic for answer in second.answers] == [
        "Fietsinfrastructuur",
        "Fietsinfrastructuur",
        "Basisbereikbaarheid en openbaar vervoer",
        "De Lijn",
        "Verkeersveiligheid op schoolroutes",
        "Waterwegen",
        "Waterwegen",
        "Rekeningrijden",
        "Wegenonderhoud en geluidsschermen",
        "Luchthavens",
        "Laadinfrastructuur",
    ]


def test_every_line_is_labelled_once(second: Document) -> None:
    labelled = [(line.page, line.row) for line in label_lines(second.pages)]
    filled = [
        (page.number, row)
        for page in second.pages
        for row, line in enumerate(page.lines)
        if line.strip()
    ]
    assert labelled == filled


def test_parties_that_nobody_knows_are_askers(second: Document) -> None:
    assert second.answers[0].askers == (
        Asker("Lijst Morgen", "Lies Aertgeerts"),
        Asker("Burgerunie"),
    )
    assert second.answers[3].askers == (Asker("Partij voor het Platteland"),)
    assert second.answers[4].askers == ()


def test_pages_turn_inside_a_question_and_inside_answers(second: Document) -> None:
    assert [question.page for question in second.answers[3].questions] == [2, 2, 2, 3]
    for row, quote, page in (
        (1, "De daling van 750.000 euro VEK", 1),
        (1, "ongewijzigd op 11 miljoen euro", 2),
        (8, "De plaatsing zelf is verschoven naar", 5),
    ):
        answer = second.answers[row]
        assert answer.page_at(answer.text.index(quote)) == page


def test_a_quoted_passage_is_no_question(second: Document) -> None:
    asked = [question.text for question in second.answers[2].questions]
    assert len(asked) == 3
    assert asked[0] == "Wanneer gaat het nieuwe net van start?"


def test_chamber_answers_keep_what_their_source_says() -> None:
    (document,) = read_documents(DATA / "kamer-vragen.jsonl")
    assert [answer.page_start for answer in document.answers] == [0, 12, 14, 15, 0]
    assert [len(answer.questions) for answer in document.answers] == [3, 2, 1, 2, 0]
