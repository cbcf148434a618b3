"""The order of passages: among answers by the summed scores, within an answer by WITHIN."""

import numpy as np
import pytest

from index.quotes import choose_quotes
from index.ranking import LEXICAL_POWER, TOKEN_WEIGHT, WEIGHTS, add_up, rank_passages
from index.reading import read_question
from index.reranking import POOL, QUOTE, WITHIN, rank_with_quotes, reorder
from index.storage import Index

QUERIES = (
    "Hoeveel personeelsleden moet VDAB besparen tegen 2024?",
    "Welke maatregelen zijn er voor de sociale economie?",
    "Wat wordt er bespaard op opleidingen en waarom?",
)


@pytest.mark.parametrize("query", QUERIES)
def test_the_order_is_that_of_the_weighted_scores(appendix_index: Index, query: str) -> None:
    reading = read_question(appendix_index, query)
    ranking = rank_passages(appendix_index, reading, None)
    total = add_up(ranking.features, {**WEIGHTS, "tokens": TOKEN_WEIGHT})
    assert np.allclose(ranking.scores, total, atol=1e-4)
    assert (np.diff(ranking.scores) <= 0).all()
    for field in ("text", "context"):
        held = appendix_index.lexical.score_rows(reading.terms, field, ranking.rows)
        power = min(len(reading.terms) / 2, LEXICAL_POWER)
        assert np.allclose(ranking.features[field], held**power)


@pytest.mark.parametrize(("query", "power"), [("bothuyne", 0.5), ("VDAB besparing", 1)])
def test_the_words_of_a_short_query_count_for_more(
    appendix_index: Index, query: str, power: float
) -> None:
    reading = read_question(appendix_index, query)
    ranking = rank_passages(appendix_index, reading, None)
    held = appendix_index.lexical.score_rows(reading.terms, "context", ranking.rows)
    assert held.any()
    assert np.allclose(ranking.features["context"], held**power)


def test_the_words_of_a_follow_up_count_in_proportion(appendix_index: Index) -> None:
    reading = read_question(appendix_index, "En in 2020?", QUERIES[0])
    ranking = rank_passages(appendix_index, reading, None)
    held = appendix_index.lexical.score_rows(reading.terms, "text", ranking.rows)
    assert held.any()
    assert np.allclose(ranking.features["text"], held)


@pytest.mark.parametrize("query", QUERIES)
def test_passages_of_an_answer_only_change_places_among_themselves(
    appendix_index: Index, query: str
) -> None:
    index, reading = appendix_index, read_question(appendix_index, query)
    before = rank_passages(index, reading, None)
    after, quotes = rank_with_quotes(index, reading, POOL, None)
    owners = [[index.passages[row].answer_id for row in one.rows] for one in (before, after)]
    assert owners[0] == owners[1]
    assert np.array_equal(before.scores, after.scores)
    assert np.array_equal(before.rows[POOL:], after.rows[POOL:])
    assert quotes == choose_quotes(index, reading, after.rows[:POOL])
    found = {name: values[:POOL] for name, values in after.features.items()}
    scores = add_up({**found, QUOTE: np.array([q.score for q in quotes], np.float32)}, WITHIN)
    for owner in set(owners[1][:POOL]):
        own = [scores[place] for place in range(POOL) if owners[1][place] == owner]
        assert own == sorted(own, reverse=True)


def test_equal_places_stay_as_they_were() -> None:
    scores = np.array([0.1, 0.5, 0.1, 0.9], np.float32)
    assert reorder([[0, 2, 3]], scores).tolist() == [3, 1, 0, 2]
