"""Which form of answer a question asks for, and whether a text brings it."""

import pytest

from index.wanted import counted_word, counts


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("Hoeveel zwembaden zijn er gesloten?", "zwembaden"),
        ("hoeveel auto’s reden er?", "auto's"),
        ("Hoeveel bedragen de boetes?", ""),
        ("Hoeveel kost een bus?", ""),
        ("Waarom dalen de zwembaden?", ""),
    ],
)
def test_a_plural_after_hoeveel_is_what_is_counted(question: str, counted: str) -> None:
    assert counted_word(question) == counted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er zijn 412 zwembaden.", True),
        ("Er zijn 20 overdekte stedelijke zwembaden.", True),
        ("Er zijn twaalf zwembaden gesloten.", True),
        ("De zwembaden kosten 3 miljoen euro.", False),
        ("In 2019 kreeg de stad een subsidie voor zwembaden.", False),
    ],
)
def test_a_number_counts_what_follows_it_within_three_words(text: str, expected: bool) -> None:
    assert counts(text, lambda word: word == "zwembaden") is expected
