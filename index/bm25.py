"""BM25 as in Lucene, term by term (Kamphuis et al., "Which BM25 Do You Mean?", ECIR 2020, table 1).

    score(q, d) = sum over the terms of q:  idf(term) * count / (count + norm(d))

with k1 and b as in Robertson and Zaragoza (Foundations and Trends in IR 3(4), 2009), section 3.
"""

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75

Scores = NDArray[np.float32]


def norm_lengths(length: NDArray[np.number] | np.number, mean: float) -> Scores:
    """Return the norm of passages of so many stems, float32: k1 * (1 - b + b * length / mean); a
    mean of 0 (no passages) counts as 1."""
    share = np.asarray(length, np.float32) / np.float32(mean or 1.0)
    return np.asarray(np.float32(K1) * (np.float32(1 - B) + np.float32(B) * share), np.float32)


def saturate(counts: NDArray[np.uint8] | np.uint8, norms: Scores) -> Scores:
    """Return count / (count + norm): how much a count says, float32 in [0, 1)."""
    wide = np.asarray(counts, np.float32)
    return np.asarray(wide / (wide + norms), np.float32)


def find_idf(frequencies: NDArray[np.int64], count: int) -> Scores:
    """Return the inverse document frequency, float32, of stems that stand in so many of `count`
    passages: log(1 + (count - frequency + 0.5) / (frequency + 0.5))."""
    idf = np.log(1 + (count - frequencies + 0.5) / (frequencies + 0.5))
    return np.asarray(idf, np.float32)
