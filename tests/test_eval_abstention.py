"""Abstention measures: expected numbers worked by hand or counted pair by pair."""

import math

import numpy as np
import pytest

from eval.abstention import auroc, calibration_error, reliability, risk_area, risk_coverage
from eval.intervals import estimate_mean, estimate_two_groups


def test_auroc_counts_pairs_and_halves_ties() -> None:
    # Pairs: .9>.5, .9>.2, .5=.5 (half), .5>.2: 3.5 of 4.
    assert auroc(np.array([0.9, 0.5]), np.array([0.5, 0.2])) == pytest.approx(3.5 / 4)


def test_auroc_agrees_with_counting_every_pair() -> None:
    rng = np.random.default_rng(7)
    positive, negative = rng.integers(0, 20, 60) / 20, rng.integers(0, 20, 41) / 20
    wins = [(p > n) + 0.5 * (p == n) for p in positive for n in negative]
    assert auroc(positive, negative) == pytest.approx(np.mean(wins))


def test_auroc_of_an_empty_side_is_unknown() -> None:
    assert math.isnan(auroc(np.array([]), np.array([0.5])))


def test_risk_grows_as_less_sure_answers_are_given() -> None:
    # Surest first: .9 right, .8 wrong, .3 right, .1 wrong.
    confidence = np.array([0.3, 0.9, 0.1, 0.8])
    right = np.array([True, True, False, False])
    coverage, risk = risk_coverage(confidence, right)
    assert coverage == pytest.approx([0.25, 0.5, 0.75, 1.0])
    assert risk == pytest.approx([0, 1 / 2, 1 / 3, 2 / 4])
    assert risk_area(confidence, right) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_reliability_bins_and_calibration_error() -> None:
    # (.8, .9]: .85 and .9, one of two right; [0, .1]: 0, wrong. The others are empty.
    confidence = np.array([0.85, 0.9, 0.0])
    bins = reliability(confidence, np.array([True, False, False]))
    assert [b.count for b in bins] == [1, 2]
    assert [b.low for b in bins] == pytest.approx([0.0, 0.8])
    assert [b.high for b in bins] == pytest.approx([0.1, 0.9])
    assert bins[1].confidence == pytest.approx(0.875)
    assert bins[1].accuracy == pytest.approx(0.5)
    # (1 * |0 - 0| + 2 * |.5 - .875|) / 3
    assert calibration_error(bins) == pytest.approx(0.25)


def test_the_interval_of_a_mean_is_that_of_the_binomial() -> None:
    # 80 of 100: standard error sqrt(.8 * .2 / 100) = .04, so about .8 -/+ 1.96 * .04.
    values = np.array([1.0] * 80 + [0.0] * 20)
    found = estimate_mean(values, np.random.default_rng(1))
    assert found.value == pytest.approx(0.8)
    assert found.low == pytest.approx(0.8 - 0.0784, abs=0.015)
    assert found.high == pytest.approx(0.8 + 0.0784, abs=0.015)
    assert found.count == 100


def test_the_interval_of_no_values_is_unknown() -> None:
    found = estimate_mean(np.array([]), np.random.default_rng(1))
    assert math.isnan(found.value)
    assert found.count == 0


def test_questions_of_one_answer_are_drawn_together() -> None:
    # Ten answers of ten questions each, all right or all wrong, eight of them right: as uncertain
    # as ten questions are, so about sqrt(.8 * .2 / 10) = .126 on either side.
    right = np.array([1.0] * 8 + [0.0] * 2)
    answers = np.array([f"a{row}" for row in range(10)])
    rng = np.random.default_rng
    alone = estimate_mean(right, rng(1))
    together = estimate_mean(np.repeat(right, 10), rng(1), np.repeat(answers, 10))
    assert (together.value, together.low, together.high) == (alone.value, alone.low, alone.high)
    assert together.count == 100
    assert together.low == pytest.approx(0.8 - 1.96 * 0.126, abs=0.06)


def test_the_cluster_bootstrap_agrees_with_one_written_out() -> None:
    values = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0])
    answers = np.array(["a", "a", "a", "b", "b", "c", "d", "d"])
    rng = np.random.default_rng(5)
    means = []
    for _ in range(20000):
        drawn = rng.choice(["a", "b", "c", "d"], 4)
        means.append(np.concatenate([values[answers == answer] for answer in drawn]).mean())
    found = estimate_mean(values, np.random.default_rng(1), answers)
    assert [found.low, found.high] == pytest.approx(np.percentile(means, (2.5, 97.5)), abs=0.05)
    assert found.value == pytest.approx(5 / 8)


def test_of_two_groups_too_whole_clusters_are_drawn() -> None:
    # One answer's questions and one other: a resample holds all of either or both.
    groups = [np.array([0.9, 0.9, 0.9, 0.1]), np.array([0.5])]
    clusters = [np.array(["a", "a", "a", "b"]), np.array(["c"])]
    found = estimate_two_groups(auroc, groups, clusters, np.random.default_rng(3))
    assert (found.value, found.low, found.high) == (0.75, 0.0, 1.0)
    assert found.count == 5


def test_equal_seeds_give_equal_intervals() -> None:
    groups = [np.array([0.9, 0.4, 0.8]), np.array([0.1, 0.5])]
    clusters = [np.array(["a", "b", "c"]), np.array(["d", "e"])]
    once = estimate_two_groups(auroc, groups, clusters, np.random.default_rng(3))
    again = estimate_two_groups(auroc, groups, clusters, np.random.default_rng(3))
    assert once == again
    assert once.value == pytest.approx(5 / 6)
    assert once.low <= once.value <= once.high
