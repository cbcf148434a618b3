"""Which form of answer a question asks for, and whether a text brings it."""

import pytest

from index.answer_type import (
    counted_word,
    counts,
    form_words,
    lacks_duration,
    lacks_money,
    names_other_code,
    points_to_reason,
    tells_when,
    wants_number,
)


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("Hoeveel zwembaden zijn er gesloten?", "zwembaden"),
        ("hoeveel auto’s reden er?", "auto's"),
        ("Hoeveel bedragen de boetes?", ""),
        ("Hoeveel kost een bus?", ""),
        ("Waarom dalen de zwembaden?", ""),
        ("Hoeveel mensen zwemmen er?", ""),
        ("Hoeveel middelen gaan er naar de zwembaden?", ""),
    ],
)
def test_a_plural_after_hoeveel_is_what_is_counted(question: str, counted: str) -> None:
    assert counted_word(question) == counted


@pytest.mark.parametrize("verb", ["kost", "kosten", "kostte", "kostten"])
def test_what_something_costs_is_a_number(verb: str) -> None:
    assert wants_number(f"Wat {verb} de maatregelen?")


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("Hoe lang duurt een controle?", "Er waren 1.126 controles, 214 minder dan in 2019.", True),
        ("Hoe lang duurt een controle?", "Een controle neemt een halve dag in beslag.", False),
        ("Hoe lang loopt het project?", "Het project loopt tot eind 2024.", False),
        ("Wat is de gemiddelde duur van een cursus?", "De cursus is een kost.", True),
        ("Wat is de looptijd?", "De lening loopt twintig jaar.", False),
        ("Hoe hoog is de lening?", "De lening is hoog.", False),
    ],
)
def test_a_duration_is_told_in_units_of_time(question: str, text: str, lacks: bool) -> None:
    assert lacks_duration(question, text) is lacks


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("De stad betaalt pas terug bij verkoop of na twintig jaar.", True),
        ("Het zwembad opent zodra de werken klaar zijn.", True),
        ("De commissie komt om de drie maanden samen.", True),
        ("De cijfers worden jaarlijks gemeten.", True),
        ("Dat gebeurt over het hele land.", False),
        ("Er kwamen veel baden bij.", False),
    ],
)
def test_when_is_also_told_without_a_date(text: str, tells: bool) -> None:
    assert tells_when(text) is tells


def test_a_sum_is_an_amount_of_money_not_a_count() -> None:
    assert lacks_money("Hoeveel middelen gaan er naar zwembaden?", "Er zijn 3 zwembaden.")
    assert not lacks_money("Hoeveel middelen gaan er naar zwembaden?", "Dat is 3 miljoen euro.")
    assert not lacks_money("Hoeveel zwembaden kregen subsidies?", "Er zijn 3 zwembaden.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er zijn 412 zwembaden.", True),
        ("Er zijn 20 overdekte stedelijke zwembaden.", True),
        ("Er zijn twaalf zwembaden gesloten.", True),
        ("Er zijn zeventien zwembaden gesloten.", True),
        ("Er zijn zestig zwembaden gesloten.", True),
        ("Er zijn tweejaarlijkse zwembaden.", True),
        ("De zwembaden kosten 3 miljoen euro.", False),
        ("In 2019 kreeg de stad een subsidie voor zwembaden.", False),
        ("Het aantal zwembaden daalde in 2019 van 40 tot 38.", True),
        ("Het aantal zwembaden daalde in 2019.", False),
        ("Voor zwembaden is er 3 miljoen euro.", False),
    ],
)
def test_a_number_counts_what_follows_it_within_three_words(text: str, expected: bool) -> None:
    assert counts(text, lambda word: word == "zwembaden") is expected


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hoe groot is de toelage?", {"groot"}),
        ("Welk bedrag ging in welk jaar naar de zwembaden?", {"bedrag", "jaar"}),
        ("Is de toelage groot?", set()),
        ("Wat is het bedrag?", set()),
    ],
)
def test_words_that_only_say_the_form_of_the_answer(question: str, words: set[str]) -> None:
    assert form_words(question) == words


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Dat is het gevolg van de sluiting.", True),
        ("Daarom sloot het zwembad.", True),
        ("Deze daling is te wijten aan de hitte.", True),
        ("Het zwembad sloot omdat het lekte.", False),
        ("Dat zwembad is gesloten.", False),
    ],
)
def test_a_sentence_that_tells_why_with_the_one_before_it(sentence: str, expected: bool) -> None:
    assert points_to_reason(sentence) is expected


def test_a_sentence_on_another_code() -> None:
    assert names_other_code("De raming op ESR 88.17 daalt.", "Waarom stijgt esr 84.17?")
    assert not names_other_code("ESR 88.17 en 84.17 dalen.", "Waarom stijgt esr 84.17?")
    assert not names_other_code("De raming daalt.", "Waarom stijgt esr 84.17?")
    assert not names_other_code("De raming op ESR 88.17 daalt.", "Waarom daalt de raming?")
