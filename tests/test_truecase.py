"""Names that are typed in lower case are read as names."""

import pytest

from chatbot.reply import answer_question
from index.storage import Index
from index.train.casing import count_casings, find_names
from index.truecase import restore_names


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wat doet de vdab in west-vlaanderen?", "wat doet de VDAB in West-Vlaanderen?"),
        ("Wat doet actiris?", "Wat doet Actiris?"),
        ("wat doet de VDAB in limburg?", "wat doet de VDAB in limburg?"),
        ("hoeveel groene stroom is er?", "hoeveel groene stroom is er?"),
        ("Hoeveel is dat? En in limburg?", "Hoeveel is dat? En in Limburg?"),
    ],
)
def test_names_get_their_capitals_back_where_none_are_typed(typed: str, read: str) -> None:
    assert restore_names(typed) == read


def test_a_name_in_lower_case_that_nothing_holds_is_missed_as_one(appendix_index: Index) -> None:
    asked = "Hoeveel personeelsleden moet {} besparen tegen 2024?"
    neat, plain = (
        answer_question(appendix_index, asked.format(name)) for name in ("VLAIO", "vlaio")
    )
    assert neat.abstained
    assert plain.abstained
    assert neat.result.confidence == pytest.approx(plain.result.confidence)


def test_a_name_is_what_mostly_has_a_capital_inside_sentences() -> None:
    lines = ["De VDAB en Groen zijn groen. Morgen is er weer een dag."] * 5
    assert find_names(count_casings(lines)) == ["VDAB"]
    assert find_names(count_casings(lines[:3])) == []
