"""Ranking measures: expected numbers worked by hand."""

from math import log2

import pytest

from eval.metrics import MEASURES, measure_rankings

QRELS = {"q1": ("a", "b"), "q2": ("c",), "q3": ("c",)}
RANKINGS = {"q1": ("a", "x", "b"), "q2": ("x", "c"), "q3": ("x", "y")}


def test_measures_are_those_worked_by_hand() -> None:
    values = measure_rankings(QRELS, RANKINGS)
    # q1: right answers at ranks 1 and 3 of an ideal 1 and 2: (1 + 1/log2(4)) / (1 + 1/log2(3)).
    # q2: the only right answer at rank 2: 1/log2(3). q3: not found.
    ideal = 1 + 1 / log2(3)
    assert values["nDCG@10"] == pytest.approx([1.5 / ideal, 1 / log2(3), 0])
    assert values["R@1"] == pytest.approx([0.5, 0, 0])
    assert values["R@5"] == pytest.approx([1, 1, 0])
    assert values["RR@10"] == pytest.approx([1, 0.5, 0])
    assert values["Success@1"] == pytest.approx([1, 0, 0])
    assert values["Success@5"] == pytest.approx([1, 1, 0])


def test_a_right_answer_at_rank_eleven_counts_for_nothing_at_ten() -> None:
    ranking = (*(f"wrong{n}" for n in range(10)), "c")
    values = measure_rankings({"q": ("c",)}, {"q": ranking})
    assert values["nDCG@10"] == 0
    assert values["RR@10"] == 0


def test_a_query_without_a_ranking_scores_zero_in_its_own_place() -> None:
    values = measure_rankings({"q0": ("a",), "q1": ("a",)}, {"q1": ("a",)})
    for measure in MEASURES:
        assert values[measure].tolist() == [0.0, 1.0]


def test_a_query_without_a_right_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="query 'q' has no right answer"):
        measure_rankings({"q": ()}, {"q": ("a",)})


def test_a_ranking_that_repeats_an_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="the ranking of query 'q' names an answer twice"):
        measure_rankings({"q": ("a",)}, {"q": ("a", "a")})
