"""A question that a member put already: recognised, and not answered where it was left open."""

from pathlib import Path

import pytest
from handmade import hit_on

from chatbot.ledger.repeated import find_repeated
from chatbot.reply import LEFT_OPEN, answer_last_turn, answer_question
from chatbot.terminal import repeated_note, reply_lines
from chatbot.turns import Turn
from chatbot.views.conversation import render_turn
from corpus.records import Answer, Document
from index.encoder import Encoder
from index.storage import Index, build_index, load_index

BUILDINGS = "Over welke gebouwen gaat het hier?"


@pytest.fixture
def buildings(appendix: Document) -> Answer:
    return hit_on(appendix, "De verkoop van gebouwen door VDAB").answer


def test_an_open_question_of_a_member_is_not_answered(appendix_index: Index) -> None:
    reply = answer_question(appendix_index, BUILDINGS)
    assert reply.repeated is not None
    assert reply.repeated.status == "open"
    assert reply.abstained
    assert reply.result.confidence <= LEFT_OPEN
    assert reply.hits, "the nearest passages are shown all the same"
    said = " ".join(" ".join(reply_lines(reply)).split())
    assert "N-VA (Axel Ronse) stelde deze vraag al (p. 12)." in said
    assert "Volgens de deelvragen is ze open: geen enkele zin van het antwoord" in said
    shown = render_turn(Turn(reply))
    assert shown.index('class="niet"') < shown.index('class="gesteld"') < shown.index("dichtst")


def test_it_is_not_answered_as_a_follow_up_either(appendix_index: Index) -> None:
    turns = ("Waarom verkoopt VDAB gebouwen?", BUILDINGS)
    assert answer_last_turn(appendix_index, turns).abstained


@pytest.mark.parametrize(
    "query",
    [
        "over welke gebouwen gaat het hier",
        "Over welke gebuowen gaat het hier?",
        "De ontvangsten stijgen. Over welke gebouwen gaat het hier?",
        "Over welke gebouwen van VDAB gaat het hier?",
    ],
)
def test_it_is_known_in_other_spellings_and_with_its_subject(
    appendix_index: Index, buildings: Answer, query: str
) -> None:
    found = find_repeated(appendix_index, query, buildings)
    assert found is not None
    assert found.asked.text == "Over welke gebouwen gaat het hier"


@pytest.mark.parametrize(
    "query",
    [
        "Over welke terreinen gaat het hier?",
        "Over welke gebouwen in Gent gaat het hier?",
        "Over hoeveel gebouwen gaat het hier?",
        "Waarom verkoopt VDAB gebouwen?",
        "gebouwen",
    ],
)
def test_another_question_on_the_same_subject_is_not_it(
    appendix_index: Index, buildings: Answer, query: str
) -> None:
    assert find_repeated(appendix_index, query, buildings) is None


def test_an_answered_question_of_a_member_is_answered_without_a_note(appendix_index: Index) -> None:
    query = "Waaruit bestaat die daling van de kost?"
    reply = answer_question(appendix_index, query)
    assert reply.repeated is not None
    assert reply.repeated.status == "beantwoord"
    assert not reply.abstained
    assert repeated_note(reply) == ""


def test_an_answer_that_nobody_asked_for_repeats_nothing(
    appendix_index: Index, appendix: Document
) -> None:
    answer = hit_on(appendix, "1845 IBO’s werden stopgezet").answer
    assert find_repeated(appendix_index, "Hoeveel IBO’s werden stopgezet?", answer) is None


def test_a_question_that_is_answered_in_part_says_what_is_missing(tmp_path: Path) -> None:
    source = tmp_path / "fietspaden.jsonl"
    source.write_text(
        '{"id": "f-1", "topic": "Fietspaden", "questions":'
        ' ["Hoeveel kilometer fietspad werd er aangelegd in 2021 en 2022?"],'
        ' "text": "In 2022 werd er 47 kilometer fietspad aangelegd langs gewestwegen."}\n',
        encoding="utf-8",
    )
    encoder = Encoder.load()
    build_index([source], tmp_path / "index", encoder)
    index = load_index(tmp_path / "index", encoder)
    query = "Hoeveel kilometer fietspad werd er aangelegd in 2021 en 2022?"
    reply = answer_question(index, query)
    assert reply.repeated is not None
    assert reply.repeated.status == "deels"
    assert repeated_note(reply) == (
        "Iemand stelde deze vraag al. Volgens de deelvragen kreeg ze maar deels een antwoord:"
        " het antwoord zegt niets over 2021. Dat is een suggestie: lees het antwoord na."
    )
