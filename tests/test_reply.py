"""Citations and JSON of a reply, on hits made by hand over the real appendix."""

import json
from dataclasses import replace

import pytest
from handmade import hit_on

from chatbot.reply import (
    Reply,
    addressed_to,
    answer_question,
    answer_to_json,
    citation,
    page_span,
    reply_to_json,
)
from chatbot.terminal import asked_lines
from corpus.records import UNKNOWN_PAGE, Asker, Document, PageStart
from index.search import Filters, SearchResult
from index.storage import Index


def test_a_citation_names_title_page_askers_and_topic(appendix: Document) -> None:
    hit = hit_on(appendix, "419 personeelsleden")
    expected = "Bijlage 1 BBT Werk en Sociale Economie 2021, p. 16, antwoord aan SP.A, VDAB"
    assert citation(hit) == expected


def test_a_quote_over_a_page_turn_is_cited_with_both_pages(appendix: Document) -> None:
    # The answer to Vlaams Belang about VDAB starts on page 4; its list of receipts is on page 5.
    hit = hit_on(appendix, "in de initiële begroting.\nDe stijging van de eigen ontvangsten")
    assert hit.quote_page == 4
    assert ", p. 4-5, antwoord aan Vlaams Belang, VDAB" in citation(hit)


def test_a_quote_before_the_page_turn_is_cited_with_its_own_page_only(appendix: Document) -> None:
    assert ", p. 5, " in citation(hit_on(appendix, "- IBO: +10.459 keuro"))
    assert ", p. 4, " in citation(hit_on(appendix, "personeelsbesparing ten belope van 4 miljoen"))


def test_an_answer_without_question_says_so(appendix: Document) -> None:
    hit = hit_on(appendix, "1845 IBO’s werden stopgezet")
    assert citation(hit) == (
        "Bijlage 1 BBT Werk en Sociale Economie 2021, p. 4,"
        " antwoord zonder schriftelijke vraag, IBO (Individuele beroepsopleiding)"
    )


def test_words_of_a_document_without_a_known_question_are_not_called_an_answer(
    appendix: Document,
) -> None:
    """A member's words may be among them; but a source of answers (JSONL, no pages) says they are
    answers, and a document whose answers are elsewhere doesn't tell."""
    hit = hit_on(appendix, "1845 IBO’s werden stopgezet")
    unread = [replace(one, askers=(), question_blocks=(), questions=()) for one in appendix.answers]
    document = replace(appendix, answers=tuple(unread))
    place = ", p. 4, tekst zonder herkende vraag, IBO (Individuele beroepsopleiding)"
    assert citation(replace(hit, document=document)).endswith(place)
    for other in (replace(document, pages=()), replace(document, answers=())):
        told = citation(replace(hit, document=other))
        assert ", antwoord zonder schriftelijke vraag, " in told


def test_a_citation_leaves_out_a_topic_that_is_not_there(appendix: Document) -> None:
    hit = hit_on(appendix, "65,5 miljoen euro netto")
    assert citation(hit).endswith("2021, p. 1, antwoord aan Vlaams Belang")


def test_without_page_positions_the_pages_of_the_answer_are_cited(appendix: Document) -> None:
    hit = hit_on(appendix, "- IBO: +10.459 keuro")
    bare = replace(hit, answer=replace(hit.answer, has_page_positions=False))
    assert ", p. 4-5, " in citation(bare)


@pytest.mark.parametrize(
    ("askers", "expected"),
    [
        ([], "antwoord zonder schriftelijke vraag"),
        ([Asker("SP.A")], "antwoord aan SP.A"),
        ([Asker("SP.A"), Asker("SP.A")], "antwoord aan SP.A"),
        ([Asker("A", "B C"), Asker("D")], "antwoord aan A (B C) en D"),
        ([Asker("A"), Asker("B"), Asker("C")], "antwoord aan A, B en C"),
    ],
)
def test_askers_are_listed_as_in_running_text(askers: list[Asker], expected: str) -> None:
    assert addressed_to(askers) == expected


def test_a_source_without_pages_gives_no_page() -> None:
    assert page_span(0, 0) == ""


def test_the_json_of_a_reply_has_exactly_the_keys_of_the_contract(appendix: Document) -> None:
    hit = hit_on(appendix, "419 personeelsleden")
    result = SearchResult("vraag met context", (hit,), 0.75, False)
    data = reply_to_json(Reply("vraag", result, Filters()))
    extra = ["repeated", "asked_by", "asked_about"]  # beside the contract: null and empty here
    assert list(data) == ["query", "abstained", "confidence", "hits", *extra]
    assert data["query"] == "vraag"
    assert " ".join(data["hits"][0]) == (
        "rank score passage_id answer_id document_id topic page_start page_end askers text"
        " quote quote_page citation"
    )
    assert data["hits"][0]["quote"] == "419 personeelsleden"
    assert data["hits"][0]["askers"] == [{"party": "SP.A", "member": None}]
    assert json.loads(json.dumps(data)) == data


def test_the_json_of_an_answer_has_the_keys_of_the_contract(appendix: Document) -> None:
    data = answer_to_json(appendix.answers[2])
    assert " ".join(data) == (
        "answer_id document_id topic page_start page_end askers questions question_blocks"
        " article_codes esr_codes links text"
    )
    assert data["askers"] == [
        {"party": "Open VLD", "member": "Tom Ongena"},
        {"party": "N-VA", "member": "Tine van der Vloet"},
        {"party": "SP.A", "member": None},
    ]
    assert " ".join(data["questions"][0]) == "text party member page askers"
    assert data["questions"][0]["party"] == "Open VLD"
    assert data["questions"][0]["member"] == "Tom Ongena"
    assert " ".join(data["question_blocks"][0]) == "askers text page_start page_end"


def test_a_page_that_the_source_does_not_tell_is_null_and_not_cited(appendix: Document) -> None:
    hit = hit_on(appendix, "419 personeelsleden")
    nowhere = replace(hit.answer, page_starts=(PageStart(0, UNKNOWN_PAGE),))
    somewhere = replace(
        hit.answer, page_starts=(PageStart(0, 3), PageStart(9, 5)), has_page_positions=False
    )
    for answer, cited, page in ((nowhere, "2021, antwoord", None), (somewhere, "p. 3-5", None)):
        found = replace(hit, answer=answer, quote_page=answer.page_at(0))
        data = reply_to_json(Reply("v", SearchResult("v", (found,), 0.75, False), Filters()))
        assert data["hits"][0]["quote_page"] is page
        assert cited in data["hits"][0]["citation"]
    assert answer_to_json(nowhere)["page_start"] is None


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("Wat heeft Tom Ongena gevraagd?", 2),
        ("welke vragen stelde allessia claes", 7),
        ("Wat vroeg Tom Ongena over de VOP?", 0),
        ("Wat antwoordde de minister aan N-VA?", 0),
        ("Wat vroeg de minister?", 0),
    ],
)
def test_what_somebody_asked_is_listed(appendix_index: Index, query: str, count: int) -> None:
    reply = answer_question(appendix_index, query)
    assert len(reply.asked_by) == count
    assert not count or reply.abstained
    assert all(reply.asked_by[0].askers == question.askers for question in reply.asked_by)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(), 10),
        (Filters(parties=("N-VA",)), 10),
        (Filters(parties=("Vlaams Belang",)), 0),
        (Filters(topics=("VDAB",)), 0),
        (Filters(parties=("N-VA",), topics=("Dienstencheques",)), 2),
        (Filters(members=("Ronse",), documents=("bbt-wse-2021",)), 10),
    ],
)
def test_what_somebody_asked_is_listed_within_the_filters(
    appendix_index: Index, filters: Filters, count: int
) -> None:
    reply = answer_question(appendix_index, "Wat vroeg Axel Ronse?", filters=filters)
    assert len(reply.asked_by) == count
    assert reply.abstained


def test_what_another_asked_in_the_same_block_is_left_out(appendix_index: Index) -> None:
    of_another = Filters(parties=("SP.A",))
    assert not answer_question(appendix_index, "Wat vroeg Tom Ongena?", filters=of_another).asked_by


def test_of_several_who_are_named_the_questions_of_each_are_listed(appendix_index: Index) -> None:
    asked = {
        name: answer_question(appendix_index, f"Wat vroegen {name}?").asked_by
        for name in ("N-VA", "SP.A", "N-VA en SP.A", "Vlaams Belang en Ongena")
    }
    both = asked["N-VA en SP.A"]
    assert set(both) == {*asked["N-VA"], *asked["SP.A"]}
    assert len(both) > max(len(asked["N-VA"]), len(asked["SP.A"])) > 0
    members = {asker.member for one in asked["Vlaams Belang en Ongena"] for asker in one.askers}
    assert members >= {"Tom Ongena", None}


def test_a_member_who_is_named_with_the_party_is_no_other_of_it(appendix_index: Index) -> None:
    reply = answer_question(appendix_index, "Wat vroeg Allessia Claes van N-VA?")
    assert {str(asker) for one in reply.asked_by for asker in one.askers} == {
        "N-VA (Allessia Claes)"
    }


def test_a_listed_question_says_what_it_is_about(appendix_index: Index) -> None:
    reply = answer_question(appendix_index, "Wat vroeg Allessia Claes?")
    (drop,) = [line for line in asked_lines(reply) if "“Wat is de reden van deze daling?”" in line]
    assert drop.endswith("“Dat is een daling van 10.000 keuro ten aanzien van BO2020”")
    (told,) = [
        line for line in asked_lines(reply) if "“Wat is de reden van deze stijging?”" in line
    ]
    assert told.endswith(
        "— N-VA (Allessia Claes), p. 12, over “Specifieke begrotingsvragen”, in aansluiting op:"
        " “Daarnaast verwacht de VDAB een stijging van 4.000 keuro bij de ingediende dossiers van"
        " het ESF (ESR 84.17)”"
    )


def test_what_was_asked_stands_in_the_json(appendix_index: Index) -> None:
    data = reply_to_json(answer_question(appendix_index, "wat vroeg allessia claes"))
    assert data["abstained"]
    assert len(data["asked_by"]) == 7
    assert data["asked_by"][0]["askers"] == [{"party": "N-VA", "member": "Allessia Claes"}]
    assert data["asked_by"][0]["page"] == 12
    assert data["repeated"] is data["asked_about"] is None
    again = reply_to_json(answer_question(appendix_index, "Over welke gebouwen gaat het hier?"))
    assert again["repeated"]["status"] == "open"
    assert again["repeated"]["askers"] == [{"party": "N-VA", "member": "Axel Ronse"}]
    plain = reply_to_json(answer_question(appendix_index, "Wat is StartSOON?"))
    assert (plain["repeated"], plain["asked_by"], plain["asked_about"]) == (None, [], None)


def test_a_code_that_no_answer_names_is_not_answered(appendix_index: Index) -> None:
    for query in ("JB0-1JDB2GG-WT", "Wat staat er op artikel jb0-1jdb2gg-wt?", "ESR 99.99"):
        assert answer_question(appendix_index, query).result.confidence == 0
    assert not answer_question(appendix_index, "Waarvoor dient ESR 88.17?").abstained
