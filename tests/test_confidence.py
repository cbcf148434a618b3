"""What the confidence looks at in a question and its first hit."""

import pytest

from index.confidence import SIGNS
from index.confidence_signs import read_signs
from index.reading import read_question
from index.reranking import rank_with_quotes
from index.storage import Index


def signs_of(index: Index, question: str) -> dict[str, float]:
    reading = read_question(index, question)
    ranking, quotes = rank_with_quotes(index, reading, 1, None)
    return read_signs(index, reading, ranking, quotes[0])


def test_every_sign_has_a_weight(appendix_index: Index) -> None:
    signs = signs_of(appendix_index, "Hoeveel personeelsleden moet VDAB besparen?")
    assert set(signs) == set(SIGNS)


@pytest.mark.parametrize(
    ("counted", "is_uncounted"),
    [("indieningsrondes", 0.0), ("indienings rondes", 0.0), ("deelnemers", 1.0)],
)
def test_what_is_counted_may_be_typed_in_pieces(
    appendix_index: Index, counted: str, is_uncounted: float
) -> None:
    question = f"Hoeveel {counted} per jaar heeft de oproep sociale innovatie?"
    assert signs_of(appendix_index, question)["uncounted"] == is_uncounted


def test_a_word_that_is_common_at_large_is_missed_less(appendix_index: Index) -> None:
    asked = "Welke gebouwen {} VDAB?"
    common = signs_of(appendix_index, asked.format("koopt"))["rarest_missing"]
    rare = signs_of(appendix_index, asked.format("kadastreert"))["rarest_missing"]
    assert 0 < common < rare
