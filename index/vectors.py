"""Search over unit vectors by cosine: exact up to 100,000 vectors, then by clusters.

Rows are numbered from 0 in the order in which they were given, part after part: what is added later
is a part of its own (`index.vector_parts`). A filter restricts the rows before anything is ranked
and looks at all of them, so it never costs a hit. Rows that were dropped are passed over in the
clusters that are looked through anyway.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Rows
from index.clusters import SPARE
from index.half_precision import widen
from index.stacked import Stacked
from index.vector_parts import Bits, Floats, VectorPart, make_flat

FEW = 16_384
"""Rows of a part up to which it is quicker to compare each than to look through all clusters."""


class VectorIndex:
    """Vectors of equal dimension, searched by cosine; rows that were dropped are never found."""

    def __init__(self, parts: Sequence[VectorPart], dropped: Rows | None = None) -> None:
        self._parts = tuple(parts)
        self._starts = np.cumsum([0, *(len(part.vectors) for part in parts)])
        self._vectors: Stacked[Any] = Stacked([part.vectors for part in parts])
        self._live = [self._live_bits(number, dropped) for number in self._numbers()]

    @classmethod
    def build(cls, vectors: Floats) -> "VectorIndex":
        """Index unit vectors, float32 (n, dimension), for exact search; n may be 0."""
        return cls([make_flat(vectors)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    @property
    def dimension(self) -> int:
        """Numbers per vector."""
        return int(self._parts[0].index.d)

    @property
    def parts(self) -> tuple[VectorPart, ...]:
        """The parts, in the order of their rows."""
        return self._parts

    @property
    def vectors(self) -> Floats:
        """All vectors, float32 (n, dimension), in row order."""
        return self.take(np.arange(len(self)))

    def take(self, rows: Rows) -> Floats:
        """Return the vectors of some rows, float32 (len(rows), dimension)."""
        return widen(self._vectors.take(rows))

    def search(self, query: Floats, k: int, rows: Rows | None = None) -> tuple[Rows, Floats]:
        """Return the rows of the k most similar vectors, and their cosines, best first.

        With `rows` (ascending), only those are looked at. Fewer than k when there are fewer. Equal
        cosines stand in row order.

        Raises:
            ValueError: If k is below 1 or the query has another dimension.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        if query.shape != (self.dimension,):
            raise ValueError(f"query must have shape ({self.dimension},), got {query.shape}")
        found = np.concatenate(
            [np.zeros(0, np.int64), *(self._search(n, query, k, rows) for n in self._numbers())]
        )
        scores = self.score(query, found)
        order = np.lexsort((found, -scores))[:k]
        return found[order], scores[order]

    def score(self, query: Floats, rows: Rows) -> Floats:
        """Return the cosine of the query with each of `rows`, float32 (len(rows),)."""
        found: Floats = self.take(rows) @ query
        return found

    def _numbers(self) -> range:
        return range(len(self._parts))

    def _search(self, number: int, query: Floats, k: int, rows: Rows | None) -> Rows:
        """Return the rows of one part that are most similar to the query: k and some more."""
        start, part = int(self._starts[number]), self._parts[number]
        own = self._inside(number, rows)
        if own is not None and len(own) <= (k if part.is_flat else FEW):
            return own + start
        wanted = min(k if part.is_flat else k + SPARE, len(part.vectors))
        bits = self._live[number] if own is None else _to_bits(_mask(own, len(part.vectors)))
        return part.search(query, wanted, bits, everywhere=own is not None) + start

    def _live_bits(self, number: int, dropped: Rows | None) -> Bits | None:
        """Return a bit per row of a part that says if it may be found; None when all may."""
        gone = None if dropped is None else self._inside(number, dropped)
        if dropped is None or (gone is not None and not len(gone)):
            return None
        count = len(self._parts[number].vectors)
        return _to_bits(~_mask(np.arange(count) if gone is None else gone, count))

    def _inside(self, number: int, rows: Rows | None) -> Rows | None:
        """Return which of `rows` are in a part, counted from its first; None for all of it."""
        start, end = int(self._starts[number]), int(self._starts[number + 1])
        if start == end:
            return np.zeros(0, np.int64)
        if rows is None:
            return None
        first, last = np.searchsorted(rows, (start, end))
        return None if last - first == end - start else rows[first:last] - start


def _to_bits(mask: NDArray[np.bool_]) -> Bits:
    return np.packbits(mask, bitorder="little")


def _mask(rows: Rows, count: int) -> NDArray[np.bool_]:
    mask = np.zeros(count, np.bool_)
    mask[rows] = True
    return mask
