"""What of a passage may be quoted: never half a list, a heading or the address of a page."""

import pytest

from chatbot.reply import answer_question
from corpus.sentences import split_sentences
from index.ordinals import find_ordinals, numbers_another, shares_ordinal
from index.quote_options import list_options
from index.storage import Index

NESTED = """Het gaat om twee zaken:
- de vorderingen, namelijk:
o 2 miljoen euro in Gent
o 36.000 euro in Brugge
- de leningen
Meer is er niet."""


def offered(text: str, query: str = "Hoeveel is het?") -> list[str]:
    spans = split_sentences(text)
    options = list_options(text, spans, [False] * len(spans), query)
    return [text[spans[one.first][0] : spans[one.last][1]] for one in options]


def test_what_leads_in_a_list_is_quoted_with_all_its_items_or_not_at_all() -> None:
    quotes = offered(NESTED)
    inner = NESTED[NESTED.index("- de vord") : NESTED.index("\n- de leningen")]
    assert inner in quotes
    for quote in quotes:
        assert not quote.endswith(":")
        if "twee zaken:" in quote:
            assert quote == NESTED.removesuffix("\nMeer is er niet.")


def test_a_colon_with_one_thing_after_it_may_be_quoted_with_it() -> None:
    assert "Het bedrag is:\n- 2 miljoen euro" in offered("Het bedrag is:\n- 2 miljoen euro\nEinde.")


@pytest.mark.parametrize("text", ["Het regent.\nDe zon", "De zon\nHet regent."])
def test_a_heading_is_no_quote_wherever_it_stands(text: str) -> None:
    assert offered(text) == ["Het regent."]


def test_that_something_is_asked_is_no_quote() -> None:
    text = "Er wordt een vraag gesteld bij de uitgaven. Die dalen met 2 %."
    assert offered(text) == ["Die dalen met 2 %."]


def test_a_passage_of_nothing_else_is_quoted_all_the_same() -> None:
    assert offered("De zon") == ["De zon"]
    assert offered("Het gaat om:") == ["Het gaat om:"]


def test_the_address_of_a_page_is_quoted_when_it_is_asked_for(appendix_index: Index) -> None:
    asked = "Hoe vaak kan men indienen bij de oproep Innovatie?"
    assert (
        answer_question(appendix_index, asked).hits[0].quote.endswith("indieningsrondes per jaar.")
    )
    linked = answer_question(appendix_index, "Wat is de link van de oproep Innovatie?").hits[0]
    assert "https://" in linked.passage.text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In het tweede kwartaal", {("kwartaal", 2)}),
        ("in Q3 van 2020", {("kwartaal", 3)}),
        ("van kwartaal 1 tot 3", {("kwartaal", 1), ("kwartaal", 2), ("kwartaal", 3)}),
        ("de 2de golf", {("golf", 2)}),
        ("golf 2 en golf 3", {("golf", 2), ("golf", 3)}),
        ("kwartaal 99 tot 12", set()),
        ("Er kwamen 12 dossiers.", set()),
    ],
)
def test_ordinals(text: str, found: set[tuple[str, int]]) -> None:
    assert find_ordinals(text) == found


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("Hoeveel in het eerste kwartaal?", "In Q2 waren er 718.", True),
        ("Hoeveel in het tweede kwartaal?", "In Q2 waren er 718, in het eerste kwartaal 5.", False),
        ("Hoeveel in het eerste kwartaal?", "Er waren er 718.", False),
        ("Hoeveel waren er?", "In Q2 waren er 718.", False),
    ],
)
def test_another_quarter_is_told_from_the_one_that_is_asked(
    question: str, text: str, another: bool
) -> None:
    assert numbers_another(question, text) is another
    assert shares_ordinal(question, text) is ("tweede" in question)


def test_another_semester_is_not_answered(appendix_index: Index) -> None:
    asked = "Hoeveel transmissiedossiers waren er in het {} semester van 2020?"
    assert not answer_question(appendix_index, asked.format("eerste")).abstained
    assert answer_question(appendix_index, asked.format("tweede")).abstained
