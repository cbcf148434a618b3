"""Merge the postings of the parts of an index: stems keep their ids, rows are numbered anew.

Every posting is copied once, to the place that counting has found for it; nothing is sorted.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Rows, create_arrays
from index.lexical_parts import FIELDS, LexicalPart
from index.postings import Postings, find_bounds, specify_arrays

Array = NDArray[Any]


def write_merged(parts: Sequence[LexicalPart], live: Rows, path: Path) -> None:
    """Write the postings of some parts as those of one part.

    Args:
        parts: In the order of their rows.
        live: The rows through all parts that are kept, ascending.
        path: The file that is written.
    """
    moved = np.full(sum(part.count for part in parts), -1, np.int64)
    moved[live] = np.arange(len(live))
    size = sum(len(part.stems) for part in parts)
    frequencies = _count_frequencies(parts, moved, size)
    held = np.flatnonzero(frequencies)
    totals = {field: _count_stems(parts, field, moved, size) for field in FIELDS}
    specs: dict[str, tuple[Any, tuple[int, ...]]] = {
        "held": (np.int32, held.shape),
        "frequencies": (np.int32, held.shape),
    }
    for field, total in totals.items():
        stems, postings = int(np.count_nonzero(total)), int(total.sum())
        specs |= specify_arrays(field, stems=stems, postings=postings, rows=len(live))
    arrays = create_arrays(path, **specs)
    arrays["held"][:] = held
    arrays["frequencies"][:] = frequencies[held]
    for field, total in totals.items():
        own = Postings.from_arrays(arrays, field)
        own.lengths[:] = _join_lengths(parts, field)[live]
        _place(parts, field, moved, total, own)


def _place(
    parts: Sequence[LexicalPart], field: str, moved: Rows, totals: Rows, own: Postings
) -> None:
    """Fill the arrays of one field; `totals` says how many postings each stem has in the end."""
    stems = np.flatnonzero(totals)
    ends = np.cumsum(totals)
    free = ends - totals
    own.stems[:] = stems
    own.starts[:] = np.append(free[stems], ends[-1] if len(ends) else 0)
    for ids, rows, counts in _postings(parts, field, moved):
        first = np.flatnonzero(np.diff(ids, prepend=-1))
        sizes = np.diff(np.append(first, len(ids)))
        places = np.repeat(free[ids[first]] - first, sizes) + np.arange(len(ids))
        own.rows[places] = rows
        own.counts[places] = counts
        free[ids[first]] += sizes
    own.most[:], own.shortest[:] = find_bounds(own.starts[:-1], own.rows, own.counts, own.lengths)


def _postings(
    parts: Sequence[LexicalPart], field: str, moved: Rows
) -> Iterator[tuple[Rows, Rows, Array]]:
    """Yield of each part the stem ids, new rows and counts of what is kept, in order of stem."""
    start = 0
    for part in parts:
        postings = part.fields[field]
        ids = np.repeat(postings.stems, np.diff(postings.starts)).astype(np.int64)
        rows = moved[start:][postings.rows]
        kept = rows >= 0
        yield ids[kept], rows[kept], postings.counts[kept]
        start += part.count


def _count_stems(parts: Sequence[LexicalPart], field: str, moved: Rows, size: int) -> Rows:
    """Return how many postings each stem has among the rows that are kept."""
    total = np.zeros(size, np.int64)
    for ids, _, _ in _postings(parts, field, moved):
        total += np.bincount(ids, minlength=size)
    return total


def _count_frequencies(parts: Sequence[LexicalPart], moved: Rows, size: int) -> Rows:
    """Return in how many of the rows that are kept each stem stands, in either field."""
    total = np.zeros(size, np.int64)
    if (moved >= 0).all():
        for part in parts:
            total[part.held] += part.frequencies
        return total
    for pair in zip(*(_postings(parts, field, moved) for field in FIELDS), strict=True):
        keys = np.unique(np.concatenate([ids * len(moved) + rows for ids, rows, _ in pair]))
        total += np.bincount(keys // len(moved), minlength=size)
    return total


def _join_lengths(parts: Sequence[LexicalPart], field: str) -> NDArray[np.int32]:
    return np.concatenate([part.fields[field].lengths for part in parts])
