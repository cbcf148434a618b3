"""BM25 as everyone has it, to compare with: Dutch stems, one field, no spelling, no compounds.

Lucene's variant (Kamphuis et al., ECIR 2020, table 1) with its defaults k1 = 1.2 and b = 0.75,
written out in numpy, apart from what the product searches with; only the stems are shared.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.stems import content_stems

K1 = 1.2
B = 0.75

Scores = NDArray[np.float64]


class PlainBM25:
    """Texts by their stems; rows are numbered from 0 in the order given (at least one text)."""

    def __init__(self, texts: Sequence[str]) -> None:
        stems = [content_stems(text) for text in texts]
        lengths = np.array([len(found) for found in stems], np.float64)
        self._norms = K1 * (1 - B + B * lengths / max(lengths.mean(), 1.0))
        self._postings: dict[str, tuple[list[int], list[int]]] = {}
        for row, found in enumerate(stems):
            for stem, count in Counter(found).items():
                rows, counts = self._postings.setdefault(stem, ([], []))
                rows.append(row)
                counts.append(count)

    def score(self, query: str) -> Scores:
        """Return the score of each text for a query, float64 (n,), 0 where no stem is shared."""
        scores = np.zeros(len(self._norms))
        for stem in content_stems(query):
            if stem in self._postings:
                rows, counts = self._postings[stem]
                frequency = np.array(counts, np.float64)
                idf = np.log(1 + (len(scores) - len(rows) + 0.5) / (len(rows) + 0.5))
                scores[rows] += idf * frequency / (frequency + self._norms[rows])
        return scores
