"""How well a method knows what it doesn't know.

Error rate and hallucination rate are NoMIRACL's (Thakur et al., "Knowing When You Don't Know",
EMNLP Findings 2024, section 3): of the answerable queries the share refused, of the unanswerable
ones the share answered. A first answer is right when the query is answerable and it is one of its
answers; an answer to an unanswerable query is always wrong.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import mannwhitneyu

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The queries with a confidence in (low, high], the first bin with 0 as well."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def auroc(positive: Floats, negative: Floats) -> float:
    """Return the chance that a positive scores above a negative, ties counting half.

    The area under the ROC curve is the Mann-Whitney U statistic over the number of pairs (Hanley
    and McNeil, 1982). NaN if either side is empty.
    """
    if not len(positive) or not len(negative):
        return float("nan")
    pairs = len(positive) * len(negative)
    return float(mannwhitneyu(positive, negative).statistic / pairs)


def risk_coverage(confidence: Floats, right: Bools) -> tuple[Floats, Floats]:
    """Return coverage and risk when only the surest queries are answered, surest first.

    Coverage k/n for k = 1..n, and the share of wrong answers among those k (El-Yaniv and Wiener,
    JMLR 2010). Equal confidences stand in query order.
    """
    order = np.argsort(-confidence, kind="stable")
    answered = np.arange(1, len(right) + 1)
    return answered / len(right), np.cumsum(~right[order]) / answered


def risk_area(confidence: Floats, right: Bools) -> float:
    """Return the mean risk over all coverages (AURC), lower is better."""
    return float(risk_coverage(confidence, right)[1].mean())


def reliability(confidence: Floats, right: Bools, bins: int = BINS) -> tuple[Bin, ...]:
    """Return the bins of equal width over [0, 1] that hold a query, lowest first."""
    edges = np.linspace(0, 1, bins + 1)
    places = np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, bins - 1)
    found = []
    for place in np.unique(places):
        inside = places == place
        found.append(
            Bin(
                low=float(edges[place]),
                high=float(edges[place + 1]),
                count=int(inside.sum()),
                confidence=float(confidence[inside].mean()),
                accuracy=float(right[inside].mean()),
            )
        )
    return tuple(found)


def calibration_error(bins: tuple[Bin, ...]) -> float:
    """Return the expected calibration error: |accuracy - confidence|, weighted by the bins' size
    (Guo et al., ICML 2017)."""
    total = sum(found.count for found in bins)
    return sum(found.count * abs(found.accuracy - found.confidence) for found in bins) / total
