"""When a turn leans on the ones before it, and when it doesn't."""

import pytest

from chatbot.dialogue import leans_on_context, query_of


@pytest.mark.parametrize(
    "turn",
    ["En in 2020?", "Hoeveel per jaar is dat?", "Wat kost het?", "En voor VDAB?", "Waarom?"],
)
def test_an_elliptic_turn_leans_on_its_context(turn: str) -> None:
    assert leans_on_context(turn)


@pytest.mark.parametrize(
    "turn",
    [
        "Hoeveel personeelsleden moet VDAB besparen tegen 2024?",
        "Wat is het budget voor dienstencheques in 2021?",
        "dienstencheques",
        "En hoeveel aanvragen voor de tijdelijke ondersteuningspremie werden goedgekeurd?",
    ],
)
def test_a_turn_that_names_its_subject_stands_alone(turn: str) -> None:
    assert not leans_on_context(turn)


def test_a_follow_up_is_searched_with_the_last_turn_that_stood_alone() -> None:
    turns = [
        "Telewerken: welk budget?",
        "Hoeveel IBO’s werden stopgezet?",
        "Wat kost het?",
        "En in 2020?",
    ]
    assert query_of(turns) == "Hoeveel IBO’s werden stopgezet? En in 2020?"


def test_a_new_subject_is_not_dragged_into_the_old_one() -> None:
    assert query_of(["Hoeveel IBO’s?", "Wat is StartSOON precies?"]) == "Wat is StartSOON precies?"


def test_a_dialogue_that_never_names_a_subject_is_searched_whole() -> None:
    assert query_of(["En in 2020?", "Waarom?"]) == "En in 2020? Waarom?"
