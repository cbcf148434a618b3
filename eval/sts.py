"""How well cosines agree with people on how much two sentences mean the same (STS).

The file holds `sentence,sentence,score` a line, without a header, in UTF-8; a model is judged by
Spearman's rank correlation (1904), ties by their mean rank, as the STS benchmark is by habit.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from eval.experiment import ModelChoice
from eval.tables import Table
from index.encoder import Encoder

Floats = NDArray[np.float64]


class StsError(Exception):
    """A file that holds no scored pairs; the message is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two sentences, and how alike people find them."""

    first: str
    second: str
    score: float


def read_scored_pairs(path: Path) -> tuple[ScoredPair, ...]:
    """Read the pairs of a file.

    Raises:
        StsError: If it is missing, isn't UTF-8, has no two pairs or a line of another form.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            pairs = tuple(ScoredPair(a, b, float(score)) for a, b, score in csv.reader(file))
    except (OSError, ValueError) as error:
        raise StsError(
            f"{path} kan niet worden gelezen; geef een bestand met zin,zin,score per regel."
        ) from error
    if len(pairs) < 2:
        raise StsError(f"{path} bevat minder dan twee zinsparen; geef een ander bestand.")
    return pairs


def measure_agreement(encoder: Encoder, pairs: Sequence[ScoredPair]) -> float:
    """Return the rank correlation of a model's cosines with the scores, in [-1, 1]."""
    first = encoder.encode_queries([pair.first for pair in pairs])
    second = encoder.encode_queries([pair.second for pair in pairs])
    cosines = (first * second).sum(axis=1, dtype=np.float64)
    return spearman(cosines, np.array([pair.score for pair in pairs]))


def spearman(first: Floats, second: Floats) -> float:
    """Return the rank correlation of two series of equal length; NaN where one is constant."""
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return float("nan")
    return float(spearmanr(first, second).statistic)


def sts_table(choices: Sequence[ModelChoice], path: Path) -> Table:
    """Return a row per model.

    Raises:
        StsError: If the file can't be used.
    """
    pairs = read_scored_pairs(path)
    rows = [(c.label, f"{measure_agreement(c.load(), pairs):.3f}") for c in choices]
    return Table(f"Gelijkenis van zinnen: {len(pairs)} paren", ("model", "Spearman"), tuple(rows))
