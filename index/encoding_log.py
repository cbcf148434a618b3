"""What a build has encoded so far, on disk, so that one that is broken off loses little.

One file in the index folder: 32 bytes that say by which model, then entries, each eight bytes of
length, the SHA-256 of what follows, and arrays (`index.arrays`): the SHA-256 of some texts, their
vectors, and for sentences their tokens. What a crash cut off or left as zeros is passed over, with
what follows it. The log only begins when a build proves to be a long one, and where it can't be
written a build goes on without.
"""

import hashlib
import mmap
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Buffer, open_arrays, pack_arrays
from index.encoder import Encoder
from index.token_codes import Tokens

NAME = ".encoded"
KEY_BYTES = 32
HEAD_BYTES = 32
LAYOUT = 2
"""Of entries; a log of another one is passed over. Those of before had no checksums."""
LENGTH = 8
CHECKSUM = 32
BEGINS_AT = 2048
"""Texts from which a build is long: about half a minute."""

Keys = NDArray[np.uint8]
Vectors = NDArray[np.float32]
Entry = tuple[Keys, Vectors, Tokens | None]


class EncodingLog:
    """The log of one model in an index folder, which must be locked."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._path = folder / NAME
        names = f"{encoder.fingerprint}\0{encoder.passage_prefix}\0{LAYOUT}"
        self._head = hashlib.sha256(names.encode()).digest()
        self._waiting: list[bytes] = []
        self._count = 0
        self._end: int | None = None

    def read(self) -> Iterator[Entry]:
        """Yield what this model's log holds: keys (n, 32), vectors (n, dimension), tokens."""
        data = memoryview(self._map())
        for start, end in _entries(data):
            arrays = open_arrays(data[start:end])
            offsets = arrays.get("offsets")
            tokens = None if offsets is None else Tokens(arrays["codes"], offsets)
            yield arrays["keys"], arrays["vectors"], tokens

    def append(self, keys: Sequence[bytes], vectors: Vectors, tokens: Tokens | None) -> None:
        """Add what was encoded: n keys and vectors (n, dimension), and for sentences tokens."""
        arrays: dict[str, NDArray[Any]] = {
            "keys": np.frombuffer(b"".join(keys), np.uint8).reshape(-1, KEY_BYTES),
            "vectors": vectors,
        }
        if tokens is not None:
            arrays |= {"offsets": tokens.offsets, "codes": tokens.codes}
        packed = pack_arrays(**arrays)
        self._waiting.append(len(packed).to_bytes(LENGTH, "little") + _checksum(packed) + packed)
        self._count += len(keys)
        if self._path.exists() or self._count >= BEGINS_AT:
            with suppress(OSError):
                self._write()

    def remove(self) -> None:
        """Remove the log: what it holds is in the index."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _write(self) -> None:
        end = self._end
        if end is None:
            end = max((end for _, end in _entries(self._map())), default=0)
        with self._path.open("r+b" if end else "wb") as file:
            file.write(b"" if end else self._head)
            file.truncate(end or len(self._head))
            file.seek(0, 2)
            file.writelines(self._waiting)
            self._end = file.tell()
        self._waiting.clear()

    def _map(self) -> Buffer:
        """Return the bytes of the log; none where there is no log of this model."""
        try:
            with self._path.open("rb") as file:
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):  # there is none, or it is empty
            return b""
        return data if data[:HEAD_BYTES] == self._head else b""


def _entries(data: Buffer | memoryview) -> Iterator[tuple[int, int]]:
    """Yield where the arrays of each entry start and end, up to the first that isn't whole."""
    end = HEAD_BYTES
    while end + LENGTH + CHECKSUM <= len(data):
        size = int.from_bytes(data[end : end + LENGTH], "little")
        start = end + LENGTH + CHECKSUM
        end = start + size
        if _checksum(data[start:end]) != data[start - CHECKSUM : start]:
            return
        yield start, end


def _checksum(data: bytes | memoryview) -> bytes:
    return hashlib.sha256(data).digest()
