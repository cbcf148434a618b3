"""Exact search over unit vectors: an inner-product index of faiss, as bytes or in memory.

The only module that imports faiss. Rows are numbered from 0 in the order in which they were
given. A filter restricts the rows before anything is ranked, so it never costs a hit.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]


class VectorIndex:
    """Vectors of equal dimension, searched exhaustively by cosine (recall 1.0)."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> "VectorIndex":
        """Index unit vectors, float32 (n, dimension); n may be 0."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def from_bytes(cls, data: bytes) -> "VectorIndex":
        """Read what `to_bytes` wrote.

        Raises:
            ValueError: If the bytes hold no inner-product index.
        """
        import faiss

        try:
            index = faiss.deserialize_index(np.frombuffer(data, np.uint8))
        except RuntimeError as error:
            raise ValueError("not a serialised faiss index") from error
        if not isinstance(index, faiss.IndexFlatIP):
            raise ValueError(f"expected an IndexFlatIP, got {type(index).__name__}")
        return cls(index)

    def to_bytes(self) -> bytes:
        """Serialise the index; equal vectors give equal bytes."""
        import faiss

        return bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Numbers per vector."""
        return int(self._index.d)

    @property
    def vectors(self) -> NDArray[np.float32]:
        """All vectors, float32 (n, dimension), in row order."""
        import faiss

        flat = faiss.vector_to_array(self._index.codes).view(np.float32)
        return flat.reshape(len(self), self.dimension)

    def search(
        self, query: NDArray[np.float32], k: int, rows: Rows | None = None
    ) -> tuple[Rows, NDArray[np.float32]]:
        """Return the rows of the k most similar vectors, and their cosines, best first.

        With `rows`, only those are looked at. Fewer than k when there are fewer. Equal
        cosines stand in row order.

        Raises:
            ValueError: If k is below 1 or the query has another dimension.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        if query.shape != (self.dimension,):
            raise ValueError(f"query must have shape ({self.dimension},), got {query.shape}")
        k = min(k, len(self) if rows is None else len(rows))
        if k == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        scores, found = self._index.search(query[None, :], k, params=_select(rows))
        order = np.lexsort((found[0], -scores[0]))
        return found[0][order], scores[0][order]

    def score(self, query: NDArray[np.float32], rows: Rows) -> NDArray[np.float32]:
        """Return the cosine of the query with each of `rows`, float32 (len(rows),)."""
        found: NDArray[np.float32] = self._index.reconstruct_batch(rows) @ query
        return found


def _select(rows: Rows | None) -> Any:
    """Return faiss's parameters for a search among `rows` alone, or None for all."""
    if rows is None:
        return None
    import faiss

    library: Any = faiss  # its stubs don't know the keyword
    selector = library.IDSelectorBatch(np.ascontiguousarray(rows, np.int64))
    return library.SearchParameters(sel=selector)
