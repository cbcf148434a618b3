"""The sentences of every passage: their spans and vectors, stored so that no query encodes them.

Half-precision floats: a cosine of unit vectors changes by less than 0.001, at half the room.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PARTS = ("offsets", "spans", "vectors")


@dataclass(frozen=True, slots=True)
class SentenceTable:
    """Sentences of passage i are rows `offsets[i]` to `offsets[i + 1]`.

    `spans` (m, 2) holds start and end in the passage's text; `vectors` (m, dimension) is float16.
    """

    offsets: NDArray[np.int64]
    spans: NDArray[np.int64]
    vectors: NDArray[np.float16]

    def spans_of(self, row: int) -> tuple[tuple[int, int], ...]:
        """Return (start, end) of each sentence of a passage, in order."""
        spans = self.spans[self.offsets[row] : self.offsets[row + 1]]
        return tuple((int(start), int(end)) for start, end in spans)

    def cosines(self, query: NDArray[np.float32], row: int) -> NDArray[np.float32]:
        """Return the cosine of a query with each sentence of a passage, in order."""
        vectors = self.vectors[self.offsets[row] : self.offsets[row + 1]]
        found: NDArray[np.float32] = vectors.astype(np.float32) @ query
        return found

    def to_bytes(self) -> bytes:
        """Return the table as plain arrays."""
        buffer = io.BytesIO()
        np.savez(buffer, offsets=self.offsets, spans=self.spans, vectors=self.vectors)
        return buffer.getvalue()


def make_table(
    spans: Sequence[Sequence[tuple[int, int]]], vectors: NDArray[np.float32]
) -> SentenceTable:
    """Make a table from the spans per passage and one vector per sentence, in the same order."""
    offsets = np.cumsum([0, *map(len, spans)], dtype=np.int64)
    flat = [span for passage in spans for span in passage]
    return SentenceTable(
        offsets, np.array(flat, np.int64).reshape(-1, 2), vectors.astype(np.float16)
    )


def read_table(data: bytes) -> SentenceTable:
    """Read what `to_bytes` wrote.

    Raises:
        ValueError, KeyError: If it doesn't hold those arrays.
    """
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        parts: Mapping[str, NDArray[np.generic]] = {name: arrays[name] for name in PARTS}
    return SentenceTable(
        parts["offsets"].astype(np.int64),
        parts["spans"].astype(np.int64),
        parts["vectors"].astype(np.float16),
    )
