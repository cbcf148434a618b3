"""Percentiles of times."""

import statistics
from collections.abc import Sequence


def quantile(values: Sequence[float], percent: int) -> float:
    """Return a percentile (1 to 99) of at least two values, linear between the nearest two."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
