"""When a turn leans on the ones before it, and what it is then read with."""

import pytest

from chatbot.dialogue import (
    MAX_CONTEXT_CHARS,
    context_of,
    contexts_of,
    leans_on_context,
    name_years,
)


@pytest.mark.parametrize(
    "turn",
    [
        "En in 2020?",
        "Hoeveel per jaar is dat?",
        "Wat kost het?",
        "En voor de scholen?",
        "Waarom?",
        "Wie heeft ze gekocht?",
        "Waar gaat dat geld naartoe?",
        "Hoeveel werden er goedgekeurd?",
        "Wie kan deelnemen?",
        "Hoeveel van hen zijn ouder dan 55?",
        "Hoe werd dat vroeger geraamd?",
        "Vanaf wanneer?",
        "Wie zit die voor?",
        "En wat kreeg Open VLD daarover te horen?",
        "En hoe zit dat bij de scholen?",
        "En Brugge, hoeveel extra verwacht die stad daaruit?",
    ],
)
def test_an_elliptic_turn_leans_on_its_context(turn: str) -> None:
    assert leans_on_context(turn)


@pytest.mark.parametrize(
    "turn",
    [
        "Hoeveel zwembaden werden er in 2019 gesloten?",
        "Wat is het budget voor dienstencheques in 2021?",
        "dienstencheques",
        "Wat zijn dienstencheques?",
        "Hoeveel kost het openbaar vervoer?",
        "Wat gebeurt er met leerlingen die een boete krijgen?",
        "En hoeveel aanvragen voor de tijdelijke ondersteuningspremie werden goedgekeurd?",
    ],
)
def test_a_turn_that_names_its_subject_stands_alone(turn: str) -> None:
    assert not leans_on_context(turn)


def test_a_follow_up_is_read_with_all_turns_back_to_the_last_that_stood_alone() -> None:
    turns = [
        "Telewerken: welk budget?",
        "Hoeveel zwembaden zijn gesloten?",
        "Waarom?",
        "Wat kost het?",
    ]
    assert context_of(turns) == "Hoeveel zwembaden zijn gesloten? Waarom?"


def test_a_year_replaces_the_year_before_it() -> None:
    assert context_of(["Hoeveel bussen waren er in 2018?", "En in 2020?"]) == (
        "Hoeveel bussen waren er in ?"
    )
    assert context_of(["Hoeveel bussen waren er in 2018?", "En in 2020?", "Waarom?"]) == (
        "Hoeveel bussen waren er in ? En in 2020?"
    )


def test_a_new_subject_is_not_dragged_into_the_old_one() -> None:
    assert context_of(["Hoeveel bussen reden er?", "Welke subsidie krijgen de musea?"]) == ""


@pytest.mark.parametrize("turn", ["In welke provincies?", "Welke stad betaalt?"])
def test_a_short_question_may_lean_on_what_was_said(turn: str) -> None:
    before = "Hoeveel bussen reden er in het weekend?"
    assert contexts_of([before, turn]) == ("", before)
    assert contexts_of([turn]) == ("",)
    assert context_of([before, turn]) == ""


@pytest.mark.parametrize(
    "turn",
    [
        "dienstencheques",
        "Wat zijn dienstencheques?",
        "Welke subsidie krijgen de musea en zwembaden?",
    ],
)
def test_a_subject_that_is_named_has_one_reading(turn: str) -> None:
    assert contexts_of(["Hoeveel bussen reden er in het weekend?", turn]) == ("",)


def test_a_turn_too_short_to_start_a_subject_is_looked_past() -> None:
    turns = ["Hoeveel bussen reden er in het weekend?", "Vanaf wanneer?", "En in Gent?"]
    assert contexts_of(turns) == ("Hoeveel bussen reden er in het weekend? Vanaf wanneer?",)


def test_a_first_turn_and_a_dialogue_without_a_subject_lose_nothing() -> None:
    assert context_of(["En in 2020?"]) == ""
    assert context_of(["En in 2020?", "Waarom?"]) == "En in 2020?"


@pytest.mark.parametrize(
    ("turns", "last"),
    [
        (("Hoeveel bussen reden er in 2020?", "En het jaar daarvoor?"), "En in 2019?"),
        (("Hoeveel bussen reden er in 2020?", "En een jaar later?"), "En in 2021?"),
        (("Hoeveel bussen reden er in 2020?", "En in het jaar nadien?"), "En in 2021?"),
        (
            ("Hoeveel bussen reden er in 2020?", "Was dat twee jaar eerder minder?"),
            "Was dat in 2018 minder?",
        ),
        (
            ("Hoeveel bussen reden er in 2020?", "En het jaar ervoor?", "En het jaar daarvoor?"),
            "En in 2018?",
        ),
        (("Hoeveel bussen reden er in 2020?", "Waarom?", "En een jaar eerder?"), "En in 2019?"),
    ],
)
def test_a_year_that_is_told_by_its_distance_is_named(turns: tuple[str, ...], last: str) -> None:
    assert name_years(turns)[-1] == last


@pytest.mark.parametrize(
    "turns",
    [
        ("Hoeveel bussen reden er?", "En het jaar daarvoor?"),
        ("Hoeveel meer bussen reden er in 2020 dan in 2018?", "En het jaar daarvoor?"),
        ("Hoeveel bussen reden er in 2020?", "Kan het een jaar duren?"),
        ("Het jaar daarvoor?",),
    ],
)
def test_a_year_that_nothing_names_for_sure_is_left(turns: tuple[str, ...]) -> None:
    assert name_years(turns) == turns


def test_of_a_long_conversation_the_last_words_are_the_context() -> None:
    turns = ["Wat kost de opleiding van de leden?", *["En hoeveel daarvan? " * 90] * 40]
    context = context_of([*turns, "En in 2020?"])
    assert MAX_CONTEXT_CHARS - 20 < len(context) <= MAX_CONTEXT_CHARS
    assert set(context.split()) == {"En", "hoeveel", "daarvan?"}
