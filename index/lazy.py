"""Sequences and mappings of records that are only made when they are looked at."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

KEPT = 256
"""Records that stay in memory after they were looked at."""

Record = TypeVar("Record")
Key = TypeVar("Key", str, tuple[str, str])


class LazySequence(Sequence[Record], Generic[Record]):
    """`count` records, each read when it is asked for; the last `kept` (None: all) stay."""

    def __init__(self, count: int, read: Callable[[int], Record], kept: int | None = KEPT) -> None:
        self._count = count
        self._read = lru_cache(maxsize=kept)(read)

    def __len__(self) -> int:
        return self._count

    def __eq__(self, other: object) -> bool:
        """Say whether another sequence holds equal records in the same order."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, row: int) -> Record: ...

    @overload
    def __getitem__(self, row: slice) -> Sequence[Record]: ...

    def __getitem__(self, row: int | slice) -> Record | Sequence[Record]:
        if isinstance(row, slice):
            return tuple(self._read(one) for one in range(self._count)[row])
        return self._read(range(self._count)[row])


class LazyMapping(Mapping[Key, Record], Generic[Key, Record]):
    """Records by their key, found through a hash of it; each is read when it is asked for.

    `hashes` (n,) holds what `hash_key` gives for the key of each record.
    """

    def __init__(
        self,
        hashes: NDArray[np.int64],
        records: Sequence[Record],
        key_of: Callable[[Record], Key],
    ) -> None:
        self._order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[self._order]
        self._records = records
        self._key_of: Callable[[Record], Key] = key_of

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Key]:
        return map(self._key_of, self._records)

    def __getitem__(self, key: Key) -> Record:
        return self._records[self.place_of(key)]

    def place_of(self, key: Key) -> int:
        """Return the place of a key's record among the records.

        Raises:
            KeyError: If there is none.
        """
        wanted = hash_key(key)
        first = int(np.searchsorted(self._hashes, wanted, "left"))
        last = int(np.searchsorted(self._hashes, wanted, "right"))
        for row in map(int, self._order[first:last]):
            if self._key_of(self._records[row]) == key:
                return row
        raise KeyError(key)


def hash_key(key: str | tuple[str, str]) -> int:
    """Return the first eight bytes of the SHA-256 of a key, as a signed number."""
    text = key if isinstance(key, str) else "\0".join(key)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little", signed=True)
