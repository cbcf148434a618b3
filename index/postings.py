"""Which passages hold a stem, how often, and how long each passage is: what BM25 counts.

Counts, not scores: the weight of a stem depends on the whole collection, which grows part by part.
A part therefore never has to be written again when another is added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST = 255
"""The highest count that is kept: beyond it BM25 hardly rises."""
TYPES: Mapping[str, np.dtype[Any]] = {
    "stems": np.dtype(np.int32),
    "starts": np.dtype(np.int64),
    "rows": np.dtype(np.int32),
    "counts": np.dtype(np.uint8),
    "lengths": np.dtype(np.int32),
    "most": np.dtype(np.uint8),
    "shortest": np.dtype(np.int32),
}
"""The numbers of each array of postings, in memory and in a file."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Stem `stems[i]` (ascending ids) stands in `rows[starts[i]:starts[i + 1]]`, ascending.

    `counts` says how often, uint8, and `lengths` how many stems each row of the part has. `most`
    and `shortest` are the highest count and the least length among the rows of each stem: no row
    scores higher than one with both.
    """

    stems: NDArray[np.int32]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint8]
    lengths: NDArray[np.int32]
    most: NDArray[np.uint8]
    shortest: NDArray[np.int32]

    def place_of(self, stem_id: int) -> int:
        """Return the place of a stem in `stems`, or -1 when no row holds it."""
        wanted = np.int32(stem_id)  # of another type, all stems would be copied
        place = int(self.stems.searchsorted(wanted))
        return place if place < len(self.stems) and self.stems[place] == stem_id else -1

    def slice_of(self, place: int) -> slice:
        """Return where the rows of the stem at a place stand."""
        return slice(int(self.starts[place]), int(self.starts[place + 1]))

    def count_in(self, place: int, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return how often each of `rows` holds the stem at a place, uint8 (len(rows),)."""
        found = self.slice_of(place)
        return look_up(self.rows[found], self.counts[found], rows)

    def to_arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """Return the arrays by name."""
        return {f"{prefix}_{field.name}": getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], prefix: str) -> "Postings":
        """Read what `to_arrays` gave.

        Raises:
            KeyError: If an array is missing.
        """
        return cls(**{field.name: arrays[f"{prefix}_{field.name}"] for field in fields(cls)})


def specify_arrays(
    prefix: str, *, stems: int, postings: int, rows: int
) -> dict[str, tuple[np.dtype[Any], tuple[int, ...]]]:
    """Return type and shape of each array by name, as `to_arrays` gives them for so many stems,
    postings and rows of a part."""
    sizes = {"starts": stems + 1, "rows": postings, "counts": postings, "lengths": rows}
    return {f"{prefix}_{name}": (kind, (sizes.get(name, stems),)) for name, kind in TYPES.items()}


def make_postings(documents: Sequence[Sequence[int]]) -> Postings:
    """Count the stem ids of each document (0 documents are fine)."""
    lengths = np.array([len(found) for found in documents], np.int64)
    stems = np.fromiter(chain.from_iterable(documents), np.int64, int(lengths.sum()))
    rows = np.repeat(np.arange(len(documents)), lengths)
    width = max(len(documents), 1)
    keys, counts = np.unique(stems * width + rows, return_counts=True)
    return join_sorted(keys // width, keys % width, np.minimum(counts, MOST), lengths)


def join_sorted(
    stems: NDArray[np.int64],
    rows: NDArray[np.int64],
    counts: NDArray[np.integer],
    lengths: NDArray[np.int64],
) -> Postings:
    """Make postings of triples that are in order of stem, then row."""
    first = np.flatnonzero(np.diff(stems, prepend=-1))
    most, shortest = find_bounds(first, rows, counts, lengths)
    arrays = {
        "stems": stems[first],
        "starts": np.append(first, len(stems)),
        "rows": rows,
        "counts": counts,
        "lengths": lengths,
        "most": most,
        "shortest": shortest,
    }
    return Postings(**{name: arrays[name].astype(kind) for name, kind in TYPES.items()})


def find_bounds(
    first: NDArray[np.int64],
    rows: NDArray[np.integer],
    counts: NDArray[np.integer],
    lengths: NDArray[np.integer],
) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
    """Return the highest count and the least length among the postings of each stem, which are
    those from each of `first` on."""
    if not len(first):
        return counts[:0], lengths[:0]
    return np.maximum.reduceat(counts, first), np.minimum.reduceat(lengths[rows], first)


def look_up(
    keys: NDArray[np.int32], values: NDArray[np.uint8], wanted: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """Return the value under each wanted key, 0 where it is missing; `keys` ascend."""
    if not len(keys):
        return np.zeros(len(wanted), np.uint8)
    narrow = wanted.astype(keys.dtype)  # of another type, all keys would be copied
    places = np.minimum(np.searchsorted(keys, narrow), len(keys) - 1)
    return np.where(keys[places] == narrow, values[places], np.uint8(0))
