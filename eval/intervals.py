"""95 % intervals by the percentile bootstrap (Efron, 1979), over clusters.

Questions on one answer go right and wrong together: drawn one by one they would seem to say more
than they do. So whole clusters are drawn with replacement, each with all of its questions (Field
and Welsh, "Bootstrapping clustered data", JRSS B 69, 2007: the cluster bootstrap). Where each
question is a cluster of its own that is the plain bootstrap.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 2021
LEVELS = (2.5, 97.5)  # percent

Floats = NDArray[np.float64]
Strings = NDArray[np.str_]
Draws = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure, its interval, and the number of queries that it rests on."""

    value: float
    low: float
    high: float
    count: int


def estimate_mean(
    values: Floats, rng: np.random.Generator, clusters: Strings | None = None
) -> Estimate:
    """Return the mean of per-query values and its interval; NaN for none.

    Args:
        values: A value per query, (n,).
        rng: What clusters are drawn by.
        clusters: The name of each query's cluster, (n,); each its own by default.
    """
    if not len(values):
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    rows = _rows(len(values), clusters)
    sizes = np.bincount(rows)
    drawn = _draw(len(sizes), rng)
    means = (drawn @ np.bincount(rows, values)) / (drawn @ sizes)
    low, high = np.percentile(means, LEVELS)
    return Estimate(float(values.mean()), float(low), float(high), len(values))


def estimate_two_groups(
    statistic: Callable[[Floats, Floats], float],
    groups: Sequence[Floats],
    clusters: Sequence[Strings],
    rng: np.random.Generator,
) -> Estimate:
    """Return a statistic of two groups and its interval; each group is redrawn by itself.

    Args:
        statistic: From the values of both to a number.
        groups: A value per query of each group.
        clusters: The name of each query's cluster, likewise.
        rng: What clusters are drawn by.
    """
    value, count = statistic(*groups), sum(map(len, groups))
    if not all(map(len, groups)):
        return Estimate(value, float("nan"), float("nan"), count)
    rows = [_rows(len(names), names) for names in clusters]
    drawn = [_draw(int(row.max()) + 1, rng) for row in rows]
    values = [
        statistic(
            *(np.repeat(g, times[row]) for g, row, times in zip(groups, rows, draw, strict=True))
        )
        for draw in zip(*drawn, strict=True)
    ]
    low, high = np.percentile(values, LEVELS)
    return Estimate(value, float(low), float(high), count)


def _rows(count: int, clusters: Strings | None) -> Draws:
    """Return the number of each query's cluster, from 0 on."""
    if clusters is None:
        return np.arange(count)
    return np.unique(clusters, return_inverse=True)[1]


def _draw(clusters: int, rng: np.random.Generator) -> Draws:
    """Return how often each cluster is drawn in each resample, (RESAMPLES, clusters)."""
    return rng.multinomial(clusters, np.full(clusters, 1 / clusters), RESAMPLES)
