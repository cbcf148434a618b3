"""Search over unit vectors by cosine with faiss: exact up to 100,000 vectors, then by clusters.

The only module that imports faiss. Rows are numbered from 0 in the order in which they were given,
part after part: what is added later is a part of its own. A filter restricts the rows before
anything is ranked and looks at all of them, so it never costs a hit. Rows that were dropped are
passed over in the clusters that are looked through anyway.

A large part is faiss's `IVF,PQ,FastScan`: vectors in clusters (Sivic and Zisserman, ICCV 2003), of
which the nearest are looked through; two numbers in four bits, for which a question's products are
looked up in registers (Jégou et al., PAMI 2011; André et al., VLDB 2015). How many clusters
(`nprobe`) is chosen on the vectors themselves, for a recall@10 of `RECALL`. What is found is scored
with the vectors as they were given, in half precision.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Buffer, Rows
from index.file_rows import FileRows
from index.half_precision import widen
from index.stacked import Stacked

FLAT_LIMIT = 100_000
"""Vectors of a part up to which all are compared: some 10 ms on one core."""
RECALL = 0.985
"""Share of the ten nearest vectors that a search by clusters finds, on a sample of the vectors of
sentences. Questions lie further from the clusters: over a million passages titles find .98 of
theirs where sentences find .985 (.94 with .975 and 50 spare ones)."""
SAMPLE_QUERIES = 200
CLUSTERS_PER_ROOT = 4
"""Clusters are this times the root of the vectors, as faiss's guidelines have it."""
TRAINED_ON = 64
"""Vectors per cluster that the clusters are learnt from."""
NUMBERS_PER_CODE = 2
"""Numbers of a vector that are stored in four bits together. Beside a byte a number (200,000 sums
of real sentences): the same recall within 0.01, in a third of the time and of the room."""
SPARE = 150
"""Vectors that a search by clusters names beyond those asked for: all are scored exactly."""
FEW = 16_384
"""Rows of a part up to which it is quicker to compare each than to look through all clusters."""
CHUNK = 65_536
"""Vectors that are added or decoded at once."""

Floats = NDArray[np.float32]
Bits = NDArray[np.uint8]
Stored = NDArray[np.float32] | NDArray[np.float16]
Kept = Stored | FileRows[Any]


@dataclass(frozen=True, slots=True)
class VectorPart:
    """faiss's index of the vectors that were added together, and the vectors themselves."""

    index: Any
    vectors: Kept

    @property
    def is_flat(self) -> bool:
        """True when a search looks at every vector."""
        return not hasattr(self.index, "nprobe")


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
        params = _select(part, bits, is_filter=own is not None)
        _, found = part.index.search(query[None, :], wanted, params=params)
        named: Rows = found[0][found[0] >= 0] + start
        return named

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


def make_flat(vectors: Floats) -> VectorPart:
    """Index unit vectors, float32 (n, dimension), for exact search; n may be 0."""
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, np.float32))
    return VectorPart(index, _codes(index))


def make_clustered(vectors: Stored, queries: Floats, rng: np.random.Generator) -> VectorPart:
    """Index unit vectors (n, dimension) by clusters, and choose how many a search looks through.

    Args:
        vectors: Read in chunks, so they may be mapped from a file.
        queries: Unit vectors like those that will be searched for, float32 (q, dimension), of
            which `SAMPLE_QUERIES` are taken.
        rng: For the samples.
    """
    import faiss

    count, dimension = vectors.shape
    clusters = max(int(CLUSTERS_PER_ROOT * np.sqrt(count)), 1)
    codes = dimension if dimension % NUMBERS_PER_CODE else dimension // NUMBERS_PER_CODE
    kind = f"IVF{clusters},PQ{codes}x4fs"
    index: Any = faiss.index_factory(dimension, kind, faiss.METRIC_INNER_PRODUCT)
    index.train(_sample(vectors, TRAINED_ON * clusters, rng))
    for chunk in _chunks(vectors):
        index.add(chunk)
    sample = _sample(queries, SAMPLE_QUERIES, rng)
    index.nprobe = _choose_nprobe(index, sample, find_nearest(vectors, sample, 10))
    return VectorPart(index, vectors)


def pack_index(index: Any) -> bytes:
    """Serialise an index of faiss; equal vectors give equal bytes."""
    import faiss

    return bytes(faiss.serialize_index(index).tobytes())


def open_flat(data: Buffer) -> VectorPart:
    """Read an exact index.

    Raises:
        ValueError: If the bytes hold none.
    """
    import faiss

    index = _deserialise(data)
    if not isinstance(index, faiss.IndexFlatIP):
        raise ValueError(f"expected an IndexFlatIP, got {type(index).__name__}")
    return VectorPart(index, _codes(index))


def open_clustered(data: Buffer, vectors: Kept) -> VectorPart:
    """Read an index by clusters of these vectors.

    Raises:
        ValueError: If the bytes hold none, or one of another number or dimension.
    """
    import faiss

    index = _deserialise(data)
    if not isinstance(index, faiss.IndexIVFPQFastScan):
        raise ValueError(f"expected an IndexIVFPQFastScan, got {type(index).__name__}")
    if vectors.shape != (index.ntotal, index.d):
        raise ValueError(f"{vectors.shape} vectors for an index of {(index.ntotal, index.d)}")
    return VectorPart(index, vectors)


def _deserialise(data: Buffer) -> Any:
    import faiss

    try:
        return faiss.deserialize_index(np.frombuffer(data, np.uint8))
    except (RuntimeError, ValueError) as error:
        raise ValueError("not a serialised faiss index") from error


def _codes(index: Any) -> Floats:
    """Return the vectors of an exact index, float32 (n, dimension)."""
    import faiss

    flat = faiss.vector_to_array(index.codes).view(np.float32)
    return flat.reshape(int(index.ntotal), int(index.d))


def _select(part: VectorPart, bits: Bits | None, is_filter: bool) -> Any:
    """Return faiss's parameters for a search among the rows with a bit (None: all of them); for a
    filter's sake in every cluster."""
    if bits is None:
        return None
    import faiss

    library: Any = faiss  # its stubs don't know the keyword
    selector = library.IDSelectorBitmap(bits)
    if part.is_flat:
        return library.SearchParameters(sel=selector)
    nprobe = part.index.nlist if is_filter else part.index.nprobe
    return library.SearchParametersIVF(sel=selector, nprobe=nprobe)


def _to_bits(mask: NDArray[np.bool_]) -> Bits:
    return np.packbits(mask, bitorder="little")


def _mask(rows: Rows, count: int) -> NDArray[np.bool_]:
    mask = np.zeros(count, np.bool_)
    mask[rows] = True
    return mask


def _chunks(vectors: Stored) -> Iterator[Floats]:
    for start in range(0, len(vectors), CHUNK):
        yield np.ascontiguousarray(widen(vectors[start : start + CHUNK]))


def _sample(vectors: Stored, count: int, rng: np.random.Generator) -> Floats:
    """Return some of the vectors, float32 (at most count, dimension)."""
    if count >= len(vectors):
        return np.asarray(vectors, np.float32)
    rows = np.sort(rng.choice(len(vectors), count, replace=False))
    return np.asarray(vectors[rows], np.float32)


def _choose_nprobe(index: Any, queries: Floats, near: Rows) -> int:
    """Return the least number of clusters, a sixth more at each try, that gives the queries
    `RECALL` of their nearest vectors (q, k); or all."""
    nprobe = 1
    while nprobe < index.nlist and recall_at(index, queries, near, nprobe) < RECALL:
        nprobe += nprobe // 6 + 1
    return min(nprobe, int(index.nlist))


def recall_at(index: Any, queries: Floats, near: Rows, nprobe: int) -> float:
    """Return which share of the nearest vectors (q, k) a search through `nprobe` clusters names, to
    be scored exactly."""
    import faiss

    library: Any = faiss
    params = library.SearchParametersIVF(nprobe=nprobe)
    _, found = index.search(queries, near.shape[1] + SPARE, params=params)
    pairs = zip(near, found, strict=True)
    return float(np.mean([np.isin(wanted, row).mean() for wanted, row in pairs]))


def find_nearest(vectors: Stored, queries: Floats, k: int) -> Rows:
    """Return the rows of the k nearest vectors of each query, best first, by comparing all."""
    found = [(np.full((len(queries), k), -2, np.float32), np.zeros((len(queries), k), np.int64))]
    for number, chunk in enumerate(_chunks(vectors)):
        scores = queries @ chunk.T
        best = np.argsort(-scores, axis=1)[:, :k]
        found.append((np.take_along_axis(scores, best, 1), best + number * CHUNK))
    scores, rows = (np.concatenate(arrays, axis=1) for arrays in zip(*found, strict=True))
    order = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return np.take_along_axis(rows, order, 1)
