"""Sub-questions: which sentences ask, and which ask two things."""

import pytest

from corpus.clauses import split_clauses
from corpus.questions import find_questions


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Wat wordt bedoeld met: “De kost daalt. Punt.”", None),
        ("Eerst dit. Wat wordt hiermee bedoeld.", ["Wat wordt hiermee bedoeld."]),
        ("Wat de premie betreft, die daalt. Waarom?", ["Waarom?"]),
        ("Wanneer de premie daalt, stijgt de kost. Klopt dat?", ["Klopt dat?"]),
        ("Wij hadden graag een overzicht ontvangen.", None),
        ("Wij vernemen dat de premie daalt. Is dat zo?", ["Is dat zo?"]),
        ("De minister wil graag besparen. Hoeveel?", ["Hoeveel?"]),
        ("Ik wil graag terugkomen op de premie. Hoeveel?", ["Hoeveel?"]),
        ('Hij zei: "Wie betaalt? Niemand." Klopt dat?', ["Klopt dat?"]),
        ("Wat kost dit?b) Wie betaalt?", ["Wat kost dit?", "Wie betaalt?"]),
        (
            "Kan de minister per jaar geven:\n- het aantal dossiers\n- het budget\nDank.",
            ["het aantal dossiers", "het budget"],
        ),
        ("- De kost daalt. Hoeveel?\n- De rest blijft.", ["Hoeveel?"]),
        ("- reden van de daling\n- aantal dossiers", ["reden van de daling", "aantal dossiers"]),
        ("Stand van zaken\n- aantal dossiers", None),
        (
            "Het krediet daalt.\n- reden van de daling\n- aantal dossiers",
            ["reden van de daling", "aantal dossiers"],
        ),
        (
            "Hoeveel projecten lopen er?\n- evaluatie\n- spreiding",
            ["Hoeveel projecten lopen er?", "evaluatie", "spreiding"],
        ),
        ("- Wie betaalt?\n- stand van zaken tunnel", ["Wie betaalt?", "stand van zaken tunnel"]),
        ("- Wie betaalt?\n- De rest blijft zo.", ["Wie betaalt?"]),
        (
            "Het budget daalt. Verder graag info over:\n- de evaluatie\n- de spreiding",
            ["de evaluatie", "de spreiding"],
        ),
        ("- aantal dossiers", None),
        ("?", None),
    ],
)
def test_only_what_asks_is_a_question(text: str, questions: list[str] | None) -> None:
    """None: the whole text."""
    found = [text[start:end] for start, end in find_questions(text)]
    assert found == ([text] if questions is None else questions)


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("Over welke gebouwen gaat het en wat is de reden daarvan?", 2),
        ("Wat zal dit betekenen en welke impact heeft dat nu?", 2),
        ("Hoeveel dossiers zijn er, en hoe worden die behandeld?", 2),
        ("Onder welke voorwaarden en voor welk bedrag wordt dit verkocht?", 1),
        ("Wie en wanneer?", 1),
        ("Hoeveel vacatures staan er open, en sinds wanneer?", 1),
        ("Wat is de plaats waar dit gebeurt en waarop het betrekking heeft?", 1),
        ("Kan de minister dit duiden en toelichten?", 1),
    ],
)
def test_a_clause_with_a_question_word_of_its_own_is_a_question(
    question: str, clauses: int
) -> None:
    spans = split_clauses(question)
    assert len(spans) == clauses
    assert (spans[0][0], spans[-1][1]) == (0, len(question))


def test_the_building_question_is_two() -> None:
    question = "Over welke gebouwen gaat het hier en wat is de reden waarom deze werden verkocht?"
    assert [question[start:end] for start, end in split_clauses(question)] == [
        "Over welke gebouwen gaat het hier",
        "wat is de reden waarom deze werden verkocht?",
    ]
