"""Arrays stacked on one another without copying them: rows of many parts by one number."""

from collections.abc import Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)
Held_co = TypeVar("Held_co", bound=np.generic, covariant=True)


class Table(Protocol[Held_co]):
    """An array, in memory, mapped or in a file."""

    @property
    def shape(self) -> tuple[int, ...]:
        """As of an array."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """As of an array."""

    def __len__(self) -> int: ...

    def __getitem__(self, rows: NDArray[np.int64], /) -> NDArray[Held_co]: ...


class Stacked(Generic[Number]):
    """Rows of arrays of equal width, numbered from 0 through all of them; at least one. Of several
    types the widest is given."""

    def __init__(self, arrays: Sequence[Table[Number]]) -> None:
        self.arrays = tuple(arrays)
        self._starts = np.cumsum([0, *map(len, arrays)])
        self._dtype = np.result_type(*(array.dtype for array in arrays))

    def __len__(self) -> int:
        return int(self._starts[-1])

    def take(self, rows: NDArray[np.int64]) -> NDArray[Number]:
        """Return some rows, in the order given."""
        if len(self.arrays) == 1:
            return self.arrays[0][rows]
        found = np.empty((len(rows), *self.arrays[0].shape[1:]), self._dtype)
        for start, array in zip(self._starts, self.arrays, strict=False):
            inside = (rows >= start) & (rows < start + len(array))
            if inside.all():
                return array[rows - start].astype(self._dtype, copy=False)
            if inside.any():
                found[inside] = array[rows[inside] - start]
        return found

    def slice(self, start: int, end: int) -> NDArray[Number]:
        """Return the rows from start to end."""
        number = int(np.searchsorted(self._starts, start, "right")) - 1
        rows = np.arange(start, end)
        if number < len(self.arrays) and end <= self._starts[number + 1]:
            return self.arrays[number][rows - self._starts[number]]
        return self.take(rows)


def count_offsets(counts: Iterable[int]) -> NDArray[np.int64]:
    """Return where each of some runs of these lengths starts, and where the last ends."""
    return np.cumsum([0, *counts], dtype=np.int64)


def stack_offsets(arrays: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return offsets (n + 1,) into stacked arrays from the offsets into each, all from 0."""
    ends = np.cumsum([0, *(array[-1] for array in arrays)])
    shifted = [array[1:] + end for array, end in zip(arrays, ends, strict=False)]
    return np.concatenate([np.zeros(1, np.int64), *shifted])


def expand_ranges(
    offsets: NDArray[np.int64], picked: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return what stands under some rows, `offsets[row]` to `offsets[row + 1]` of each, one after
    another, and where each row starts there, int64 (len(picked) + 1,)."""
    lengths = offsets[picked + 1] - offsets[picked]
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    shift = np.repeat(offsets[picked] - starts[:-1], lengths)
    return np.arange(starts[-1]) + shift, starts
