"""The source beside the conversation: leaves, exact marks, and links that survive being shared."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl

import pytest
from handmade import hit_on

from chatbot.checks import ChatbotError
from chatbot.findings import Findings
from chatbot.leaves import leaves_of, row_of
from chatbot.places import (
    Place,
    link_to,
    place_of_answer,
    place_of_hit,
    place_of_line,
    place_of_words,
    read_place,
)
from chatbot.views.source import render_source
from corpus.jsonl import read_jsonl
from corpus.readers import BUNDLED_APPENDIX
from corpus.records import Document
from index.storage import Index

TAG = re.compile(r"<[^>]+>")


def marked(html: str) -> str:
    return unescape("\n".join(TAG.sub("", part) for part in re.findall(r"<mark>.*?</mark>", html)))


def test_every_answer_stands_whole_on_its_leaves_each_part_on_its_page(appendix: Document) -> None:
    leaves = leaves_of(appendix)
    assert [leaf.number for leaf in leaves] == list(range(1, 29))
    for answer in appendix.answers:
        slices = [
            (leaf.number, piece)
            for leaf in leaves
            for piece in leaf.pieces
            if piece.answer is answer and piece.block is None
        ]
        assert "".join(piece.text for _, piece in slices) == answer.text
        for page, piece in slices:
            assert answer.pages_of(piece.start, piece.end) == (page, page)


def test_a_question_over_a_page_turn_stands_on_both_pages(appendix: Document) -> None:
    pages = [
        leaf.number
        for leaf in leaves_of(appendix)
        for piece in leaf.pieces
        if piece.answer.answer_id == "bbt-wse-2021-09" and piece.block == 0
    ]
    assert pages == [5, 6]


def test_exactly_the_cited_words_are_marked(appendix_index: Index) -> None:
    # "2021" stands many times on that page; only the one that is cited is marked.
    hit = hit_on(appendix_index.documents[0], "tegen eind 2024")
    html = render_source(appendix_index, place_of_hit(hit))
    assert marked(html) == "tegen eind 2024"
    assert "Bladzijde 16 van 28" in html
    assert "Vraag van SP.A" in html


def test_every_passage_is_marked_to_the_letter_from_its_first_page_on(
    appendix_index: Index,
) -> None:
    for passage in appendix_index.passages:
        place = Place(passage.document_id, passage.answer_id, passage.start, passage.end)
        found = ""
        for page in range(passage.page_start, passage.page_end + 1):
            found += marked(render_source(appendix_index, place, page))
        assert re.sub(r"\s", "", found) == re.sub(r"\s", "", passage.text)
        assert f"Bladzijde {passage.page_start} van 28" in render_source(appendix_index, place)


def test_a_turned_leaf_keeps_the_citation_for_the_way_back(appendix_index: Index) -> None:
    hit = hit_on(appendix_index.documents[0], "419 personeelsleden")
    html = render_source(appendix_index, place_of_hit(hit), 17)
    assert "Bladzijde 17 van 28" in html
    assert marked(html) == ""
    back = re.search(r'href="([^"]*)">Vorige', html)
    assert back is not None
    link = dict(parse_qsl(unescape(back[1]).lstrip("?")))
    assert link["blad"] == "16"
    assert marked(render_source(appendix_index, read_place(appendix_index, link), 16)) == (
        "419 personeelsleden"
    )


def test_the_first_and_last_leaf_lead_nowhere_further(appendix_index: Index) -> None:
    first = render_source(appendix_index, None)
    assert ">Vorige</a>" not in first
    assert ">Volgende</a>" in first
    last = render_source(appendix_index, place_of_answer(appendix_index.answers[-1]))
    assert ">Volgende</a>" not in last


@pytest.mark.parametrize(
    "place",
    [
        Place("bbt-wse-2021", "bbt-wse-2021-22"),
        Place("bbt-wse-2021", "bbt-wse-2021-22", 3, 9),
        Place("bbt-wse-2021", "bbt-wse-2021-22", 0, 5, 0),
    ],
)
def test_a_link_leads_back_to_its_place(place: Place, appendix_index: Index) -> None:
    fields = dict(parse_qsl(link_to(place).lstrip("?")))
    assert read_place(appendix_index, fields) == place


@pytest.mark.parametrize(
    "fields",
    [
        {"answer": "bestaat-niet"},
        {"answer": "bbt-wse-2021-22", "van": "-1"},
        {"answer": "bbt-wse-2021-22", "van": "0", "tot": "999999"},
        {"answer": "bbt-wse-2021-22", "van": "9", "tot": "3"},
        {"answer": "bbt-wse-2021-22", "vraag": "2"},
        {"answer": "bbt-wse-2021-22", "van": ["1"]},
    ],
)
def test_a_link_to_nowhere_is_refused(fields: dict[str, str], appendix_index: Index) -> None:
    with pytest.raises(ChatbotError, match="wijst niets aan"):
        read_place(appendix_index, fields)


@pytest.mark.parametrize("block", [None, 0])
def test_a_link_to_words_that_are_others_now_is_refused(
    block: int | None, appendix_index: Index
) -> None:
    answer = appendix_index.answers_by_key["bbt-wse-2021", "bbt-wse-2021-22"]
    former = place_of_words(answer, 0, "Zo stond het er.", block)
    whole = place_of_answer(replace(answer, text=f"{answer.text} Zo stond het er."))
    for place in (former, whole):
        with pytest.raises(ChatbotError, match="staan nu andere woorden"):
            read_place(appendix_index, dict(parse_qsl(link_to(place).lstrip("?"))))


def test_every_place_of_the_workbench_holds_its_words(appendix_index: Index) -> None:
    findings = Findings(appendix_index)
    lines = [place_of_words(one, one.start, one.raw, one.block) for one in findings.amounts]
    promises = [
        place_of_words(one.answer, one.promise.start, one.promise.quote)
        for one in findings.promises
    ]
    asked = [place_of_line(one) for one in findings.ledger]
    evidence = [
        place_of_words(one, one.evidence.start, one.evidence.quote)
        for one in findings.ledger
        if one.evidence
    ]
    for place in [*lines, *promises, *asked, *evidence]:
        read_place(appendix_index, dict(parse_qsl(link_to(place).lstrip("?"))))


def test_the_words_of_a_question_can_be_cited_too(appendix_index: Index) -> None:
    block = appendix_index.answers_by_key["bbt-wse-2021", "bbt-wse-2021-22"].question_blocks[0]
    start = block.text.index("Over hoeveel")
    place = Place("bbt-wse-2021", "bbt-wse-2021-22", start, len(block.text), 0)
    assert marked(render_source(appendix_index, place)) == "Over hoeveel VTE’s gaat dit?"


def test_a_source_without_pages_is_turned_answer_by_answer() -> None:
    lines = '{"id": "a", "text": "Een."}\n{"id": "b", "text": "Twee.", "page_start": 3}'
    (document,) = read_jsonl(lines, BUNDLED_APPENDIX, "")
    leaves = leaves_of(document)
    assert [[piece.text for piece in leaf.pieces] for leaf in leaves] == [["Een."], ["Twee."]]
    assert row_of(leaves, place_of_answer(document.answers[1])) == 1


def test_a_number_that_is_longer_than_any_place_is_refused(appendix_index: Index) -> None:
    with pytest.raises(ChatbotError, match="wijst niets aan"):
        read_place(appendix_index, {"answer": "bbt-wse-2021-01", "van": "9" * 5000})
