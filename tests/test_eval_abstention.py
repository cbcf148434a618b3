"""Abstention measures: expected numbers worked by hand or counted pair by pair."""

import math

import numpy as np
import pytest

from eval.abstention import auroc, calibration_error, reliability, risk_area, risk_coverage
from eval.intervals import RESAMPLES, estimate_mean, estimate_two_groups


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


def test_equal_seeds_give_equal_intervals() -> None:
    first, second = np.array([0.9, 0.4, 0.8]), np.array([0.1, 0.5])
    once = estimate_two_groups(auroc, first, second, np.random.default_rng(3))
    again = estimate_two_groups(auroc, first, second, np.random.default_rng(3))
    assert once == again
    assert once.value == pytest.approx(5 / 6)
    assert once.low <= once.value <= once.high
    assert RESAMPLES == 1000
