"""The sentences of every passage: spans, vectors and stems, so that no query reads text again.

Half-precision floats: a cosine of unit vectors changes by less than 0.001, at half the room.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from index.vocabulary import Term

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SentenceTable:
    """Sentences of passage i are rows `offsets[i]` to `offsets[i + 1]`.

    `spans` (m, 2) holds start and end in the passage's text, `vectors` (m, dimension) is float16.
    The stem ids of sentence j are `stems[stem_offsets[j]:stem_offsets[j + 1]]`.
    """

    offsets: Rows
    spans: Rows
    vectors: NDArray[np.float16]
    stem_offsets: Rows
    stems: NDArray[np.int32]

    def spans_of(self, passage: int) -> tuple[tuple[int, int], ...]:
        """Return (start, end) of each sentence of a passage, in order."""
        spans = self.spans[self.offsets[passage] : self.offsets[passage + 1]]
        return tuple((int(start), int(end)) for start, end in spans)

    def rows_of(self, passages: Rows) -> tuple[Rows, Rows]:
        """Return the rows of the sentences of some passages, in order, and where each passage
        starts among them, int64 (len(passages) + 1,)."""
        return _ranges(self.offsets, passages)

    def cosines(self, query: NDArray[np.float32], rows: Rows) -> NDArray[np.float32]:
        """Return the cosine of a query with some sentences, float32 (len(rows),)."""
        found: NDArray[np.float32] = self.vectors[rows].astype(np.float32) @ query
        return found

    def presence(self, terms: Sequence[Term], rows: Rows) -> NDArray[np.float32]:
        """Return how well each sentence holds each term, float32 (terms, len(rows)) in [0, 1]."""
        places, starts = _ranges(self.stem_offsets, rows)
        stems = self.stems[places]
        found = np.zeros((len(terms), len(rows)), np.float32)
        for number, term in enumerate(terms):
            for stem_id, weight in term.matches:
                counts = np.diff(np.concatenate([[0], np.cumsum(stems == stem_id)])[starts])
                found[number] = np.maximum(found[number], np.float32(weight) * (counts > 0))
        return found

    def to_bytes(self) -> bytes:
        """Return the table as plain arrays."""
        buffer = io.BytesIO()
        np.savez(buffer, **{field.name: getattr(self, field.name) for field in fields(self)})
        return buffer.getvalue()


def make_table(
    spans: Sequence[Sequence[tuple[int, int]]],
    vectors: NDArray[np.float32],
    stems: Sequence[Sequence[int]],
) -> SentenceTable:
    """Make a table from the spans per passage, and per sentence its vector and its stem ids."""
    flat = [span for passage in spans for span in passage]
    return SentenceTable(
        offsets=_offsets(spans),
        spans=np.array(flat, np.int64).reshape(-1, 2),
        vectors=vectors.astype(np.float16),
        stem_offsets=_offsets(stems),
        stems=np.array([stem for sentence in stems for stem in sentence], np.int32),
    )


def read_table(data: bytes) -> SentenceTable:
    """Read what `to_bytes` wrote.

    Raises:
        ValueError, KeyError: If it doesn't hold those arrays.
    """
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return SentenceTable(**{field.name: arrays[field.name] for field in fields(SentenceTable)})


def _offsets(parts: Sequence[Sequence[object]]) -> Rows:
    return np.cumsum([0, *map(len, parts)], dtype=np.int64)


def _ranges(offsets: Rows, picked: Rows) -> tuple[Rows, Rows]:
    """Return the elements of some ranges one after another, and where each range starts."""
    lengths = offsets[picked + 1] - offsets[picked]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    shift = np.repeat(offsets[picked] - starts[:-1], lengths)
    return np.arange(starts[-1]) + shift, starts
