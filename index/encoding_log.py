"""What a build has encoded so far, on disk, so that one that is broken off loses little.

One file in the index folder: 32 bytes that say by which model, then for each text the SHA-256 of
the text, 32 bytes, and its vector, float32. A record that a crash cut off is passed over. The log
only begins when a build proves to be a long one, and where it can't be written a build goes on
without.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder

NAME = ".encoded"
KEY_BYTES = 32
BEGINS_AT = 2048
"""Texts from which a build is long: about half a minute."""

Keys = NDArray[np.uint8]
Vectors = NDArray[np.float32]


class EncodingLog:
    """The log of one model in an index folder, which must be locked."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._path = folder / NAME
        names = f"{encoder.fingerprint}\0{encoder.passage_prefix}"
        self._head = hashlib.sha256(names.encode()).digest()
        self._record = np.dtype(
            [("key", np.uint8, KEY_BYTES), ("vector", "<f4", encoder.dimension)]
        )
        self._waiting: list[NDArray[np.void]] = []

    def read(self) -> tuple[Keys, Vectors]:
        """Return keys (n, 32) and vectors (n, dimension) that this model's log holds."""
        count = (self._whole_records() - len(self._head)) // self._record.itemsize
        if count < 1:
            nothing = np.zeros(0, self._record)
            return nothing["key"], nothing["vector"]
        found = np.memmap(self._path, self._record, "r", len(self._head), (count,))
        return found["key"], found["vector"]

    def append(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Add what was encoded: n keys and vectors (n, dimension)."""
        records = np.zeros(len(keys), self._record)
        records["key"] = np.frombuffer(b"".join(keys), np.uint8).reshape(-1, KEY_BYTES)
        records["vector"] = vectors
        self._waiting.append(records)
        if self._path.exists() or sum(map(len, self._waiting)) >= BEGINS_AT:
            with suppress(OSError):
                self._write()

    def remove(self) -> None:
        """Remove the log: what it holds is in the index."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        end = self._whole_records()
        with self._path.open("r+b" if end else "wb") as file:
            file.write(b"" if end else self._head)
            file.truncate(end or len(self._head))
            file.seek(0, 2)
            file.writelines(records.tobytes() for records in self._waiting)
        self._waiting.clear()

    def _whole_records(self) -> int:
        """Return where the whole records of this model end; 0 where there is no such log."""
        try:
            with self._path.open("rb") as file:
                is_own = file.read(len(self._head)) == self._head
            rest = self._path.stat().st_size - len(self._head)
        except OSError:
            return 0
        if not is_own:
            return 0
        return len(self._head) + rest // self._record.itemsize * self._record.itemsize
