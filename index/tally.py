"""Scores of many rows while they are added up, and the best among them.

Few rows of a large index hold a word of a question. What holds none isn't looked through: to look
for the best among a million rows would take longer than all the rest.
"""

import numpy as np
from numpy.typing import NDArray

from index.arrays import Rows

BLOCK = 16
"""Scores of which the highest stands for all."""
FEW_BLOCKS = 4
"""Blocks per row that is wanted, below which every score is looked at."""

Scores = NDArray[np.float32]


class Tally:
    """The scores of all rows, float32 (n,), and which of them have any."""

    def __init__(self, scores: Scores) -> None:
        """Begin with 0 for each row, or -inf for one that may not be found."""
        self.scores = scores
        self._found: list[Rows] = []

    def add(self, rows: Rows, scores: Scores) -> None:
        """Add scores above zero to some rows, each named once."""
        before = self.scores[rows]
        self._found.append(rows[before == 0])
        self.scores[rows] = before + scores

    def in_reach(self, rest: float, k: int) -> Rows | None:
        """Return the rows, ascending, that can still be among the k best when at most `rest` is
        added to each, or None when a row that has nothing yet still can."""
        rows = np.concatenate([np.zeros(0, np.int64), *self._found])
        scores = self.scores[rows]
        least = kth_at_least(scores, k)
        return np.sort(rows[scores >= least - rest], kind="stable") if least >= rest else None


def kth_at_least(scores: Scores, k: int) -> float:
    """Return a number that k of the scores reach, the k-th highest or not far below: of many, the
    k-th highest among the highest of each `BLOCK`. Of fewer than k it is 0."""
    if len(scores) > FEW_BLOCKS * k * BLOCK:
        whole = len(scores) // BLOCK * BLOCK
        scores = np.append(scores[:whole].reshape(-1, BLOCK).max(axis=1), scores[whole:])
    if len(scores) < k:
        return 0.0
    return max(float(np.partition(scores, len(scores) - k)[len(scores) - k]), 0.0)


def pick_best(rows: Rows, scores: Scores, k: int) -> Rows:
    """Return the k rows with the highest scores above zero, in no order."""
    rows, scores = rows[scores > 0], scores[scores > 0]
    return rows if len(rows) <= k else rows[np.argpartition(-scores, k)[:k]]
