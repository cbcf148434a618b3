"""Rows of an array in a large file, read when they are asked for and not mapped.

A page of a mapped file that is looked at brings its neighbours with it, and they stay in the
process: after some hundreds of questions nearly all vectors of a large index would. What is read
here stays in the system's cache, which gives way when memory is needed.
"""

import mmap
import os
import weakref
from io import BufferedReader
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)

CAN_READ_ROWS = hasattr(os, "preadv")
"""Where the system can't read at a place (Windows), the file is mapped."""


MAPPED_FROM = 8 * 2**20
"""Bytes of a file from which it is mapped."""


class MappedFile(mmap.mmap):
    """A mapped file whose handle stays open, also when the file itself goes away."""

    handle: int

    @classmethod
    def open(cls, handle: int) -> "MappedFile":
        """Map the whole of an open file, to read."""
        mapped = cls(handle, 0, access=mmap.ACCESS_READ)
        mapped.handle = os.dup(handle)
        weakref.finalize(mapped, os.close, mapped.handle)
        return mapped


def is_large(stat: os.stat_result) -> bool:
    """Say whether a file is mapped, not read into memory."""
    return stat.st_size >= MAPPED_FROM


def map_or_read(file: BufferedReader) -> bytes | MappedFile:
    """Return the bytes of an open file, mapped when there are many."""
    return MappedFile.open(file.fileno()) if is_large(os.fstat(file.fileno())) else file.read()


class FileRows(Generic[Number]):
    """An array in a file, from a byte on: its rows are read by their numbers."""

    def __init__(
        self, file: MappedFile, start: int, dtype: np.dtype[Any], shape: tuple[int, ...]
    ) -> None:
        self._file = file
        self._start = start
        self.dtype = dtype
        self.shape = shape

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, rows: NDArray[np.int64]) -> NDArray[Number]:
        """Return some rows, in the order given; rows that follow one another are read at once.

        Raises:
            IndexError: If there is no such row.
            OSError: If the file can't be read, or was cut off.
        """
        if len(rows) and not 0 <= rows.min() <= rows.max() < len(self):
            raise IndexError(f"rows {rows.min()} to {rows.max()} of {len(self)}")
        found = np.empty((len(rows), *self.shape[1:]), self.dtype)
        size = self.dtype.itemsize * int(np.prod(self.shape[1:]))
        view = found.reshape(-1).view(np.uint8).data
        firsts = np.flatnonzero(np.diff(rows, prepend=-2) != 1)
        ends = np.append(firsts, len(rows))[1:]
        for first, end, row in zip(
            firsts.tolist(), ends.tolist(), rows[firsts].tolist(), strict=True
        ):
            self._read(view[first * size : end * size], self._start + row * size)
        return found

    def _read(self, target: memoryview, place: int) -> None:
        """Fill a buffer with the bytes from a place on; a call may give fewer than asked."""
        done = 0
        while done < len(target):
            count = os.preadv(self._file.handle, [target[done:]], place + done)
            if not count:
                raise OSError(f"the file ends before byte {place + len(target)}")
            done += count
