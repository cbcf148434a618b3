"""The best of scores that are added up."""

import numpy as np
import pytest

from index.tally import Tally, kth_at_least, pick_best

K = 5


@pytest.mark.parametrize("count", [3, 40, 5000])
def test_k_scores_reach_what_stands_for_the_kth_highest(count: int) -> None:
    scores = np.random.default_rng(count).random(count, np.float32)
    reached = kth_at_least(scores, K)
    if count < K:
        assert reached == 0
    else:
        assert K <= np.count_nonzero(scores >= reached) <= 4 * K


def test_rows_in_reach_are_all_that_can_still_be_among_the_best() -> None:
    rng = np.random.default_rng(0)
    tally = Tally(np.zeros(10_000, np.float32))
    tally.scores[::7] = -np.inf
    for _ in range(3):
        tally.add(rng.choice(10_000, 2000, replace=False), rng.random(2000, np.float32))
    found = np.flatnonzero(tally.scores > 0)
    kth = np.sort(tally.scores)[-K]
    assert tally.in_reach(float(kth) + 0.1, K) is None
    for rest in (0.0, 0.3):
        reach = tally.in_reach(rest, K)
        assert reach is not None
        assert set(reach) >= set(np.flatnonzero(tally.scores >= kth - rest))
        assert set(reach) <= set(found)
        assert np.array_equal(reach, np.sort(reach))


def test_rows_without_a_score_are_never_picked() -> None:
    rows, scores = np.arange(4), np.array([0.5, 0, -np.inf, 0.2], np.float32)
    assert sorted(pick_best(rows, scores, 3)) == [0, 3]
    assert pick_best(rows, scores, 1).tolist() == [0]
