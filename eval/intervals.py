"""95 % intervals by the percentile bootstrap (Efron, 1979): queries are drawn with replacement."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 2021
LEVELS = (2.5, 97.5)  # percent

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure, its interval, and the number of queries that it rests on."""

    value: float
    low: float
    high: float
    count: int


def estimate_mean(values: Floats, rng: np.random.Generator) -> Estimate:
    """Return the mean of per-query values and its interval; NaN for none."""
    if not len(values):
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    drawn = rng.integers(len(values), size=(RESAMPLES, len(values)))
    low, high = np.percentile(values[drawn].mean(axis=1), LEVELS)
    return Estimate(float(values.mean()), float(low), float(high), len(values))


def estimate_two_groups(
    statistic: Callable[[Floats, Floats], float],
    first: Floats,
    second: Floats,
    rng: np.random.Generator,
) -> Estimate:
    """Return a statistic of two groups and its interval; each group is redrawn by itself."""
    values = [
        statistic(rng.choice(first, len(first)), rng.choice(second, len(second)))
        for _ in range(RESAMPLES if len(first) and len(second) else 0)
    ]
    low, high = np.percentile(values, LEVELS) if values else (float("nan"),) * 2
    return Estimate(statistic(first, second), float(low), float(high), len(first) + len(second))
