"""Put many vectors in clusters, of which a search looks through the nearest.

A large part is faiss's `IVF,PQ,FastScan`: vectors in clusters (Sivic and Zisserman, ICCV 2003), of
which the nearest are looked through; two numbers in four bits, for which a question's products are
looked up in registers (Jégou et al., PAMI 2011; André et al., VLDB 2015). How many clusters
(`nprobe`) is chosen on the vectors themselves, for a recall@10 of `RECALL`.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from index.arrays import Rows
from index.half_precision import widen
from index.vector_parts import Floats, Stored, VectorPart

RECALL = 0.985
"""Share of the ten nearest vectors that a search by clusters finds, on a sample of the vectors of
sentences. Questions lie further from the clusters: over a million passages titles find .98 of
theirs where sentences find .985 (.94 with .975 and 50 spare ones)."""
SAMPLE_QUERIES = 200
FLAT_LIMIT = 100_000
"""Vectors of a part up to which all are compared: some 10 ms on one core."""
CLUSTERS_PER_ROOT = 4
"""Clusters are this times the root of the vectors, as faiss's guidelines have it."""
TRAINED_ON = 64
"""Vectors per cluster that the clusters are learnt from."""
NUMBERS_PER_CODE = 2
"""Numbers of a vector that are stored in four bits together. Beside a byte a number (200,000 sums
of real sentences): the same recall within 0.01, in a third of the time and of the room."""
SPARE = 150
"""Vectors that a search by clusters names beyond those asked for: all are scored exactly."""
CHUNK = 65_536
"""Vectors that are added or decoded at once."""


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
