"""The sentences of every passage: spans, vectors, stems and tokens, so that no query reads text
again.

Half-precision floats: a cosine of unit vectors changes by less than 0.001, at half the room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Buffer, Rows, open_arrays, open_rows, pack_arrays
from index.half_precision import widen
from index.stacked import Stacked, count_offsets, expand_ranges, stack_offsets
from index.token_codes import Codes, Tokens, best_similarities
from index.vocabulary import Term


@dataclass(frozen=True, slots=True)
class SentenceTable:
    """Sentences of passage i are rows `offsets[i]` to `offsets[i + 1]`.

    `spans` (m, 2) holds start and end in the passage's text, `vectors` (m, dimension) is float16.
    The stem ids of sentence j are `stems[stem_offsets[j]:stem_offsets[j + 1]]`, and likewise its
    tokens in `codes`, int8 (tokens, TOKEN_DIMENSION). What is stacked may consist of parts, one for
    what was added together.
    """

    offsets: Rows
    spans: Stacked[np.int32]
    vectors: Stacked[np.float16]
    stem_offsets: Rows
    stems: Stacked[np.int32]
    code_offsets: Rows
    codes: Stacked[np.int8]

    def spans_of(self, passage: int) -> tuple[tuple[int, int], ...]:
        """Return (start, end) of each sentence of a passage, in order."""
        spans = self.spans.slice(int(self.offsets[passage]), int(self.offsets[passage + 1]))
        return tuple((int(start), int(end)) for start, end in spans)

    def rows_of(self, passages: Rows) -> tuple[Rows, Rows]:
        """Return the rows of the sentences of some passages, in order, and where each passage
        starts among them, int64 (len(passages) + 1,)."""
        return expand_ranges(self.offsets, passages)

    def cosines(self, query: NDArray[np.float32], rows: Rows) -> NDArray[np.float32]:
        """Return the cosine of a query with some sentences, float32 (len(rows),)."""
        found: NDArray[np.float32] = widen(self.vectors.take(rows)) @ query
        return found

    def similarities(self, asked: Codes, rows: Rows) -> NDArray[np.float32]:
        """Return how near some sentences come to each token of a question: the highest cosine,
        float32 (tokens, len(rows))."""
        places, starts = expand_ranges(self.code_offsets, rows)
        return best_similarities(asked, self.codes.take(places), starts)

    def codes_of(self, rows: Rows) -> Codes:
        """Return the tokens of some sentences, one after another, int8 (t, TOKEN_DIMENSION)."""
        return self.codes.take(expand_ranges(self.code_offsets, rows)[0])

    def presence(self, terms: Sequence[Term], rows: Rows) -> NDArray[np.float32]:
        """Return how well each sentence holds each term, float32 (terms, len(rows)) in [0, 1]."""
        found = np.zeros((len(terms), len(rows)), np.float32)
        known = [number for number, term in enumerate(terms) if term.matches]
        if not known:
            return found
        matches = [match for number in known for match in terms[number].matches]
        firsts = np.cumsum([0, *(len(terms[number].matches) for number in known)])[:-1]
        places, starts = expand_ranges(self.stem_offsets, rows)
        ids = np.array([stem_id for stem_id, _ in matches], np.int32)
        counts = np.zeros((len(ids), len(places) + 1), np.int32)
        np.cumsum(self.stems.take(places) == ids[:, None], axis=1, out=counts[:, 1:])
        holds = counts[:, starts[1:]] > counts[:, starts[:-1]]
        weights = np.array([weight for _, weight in matches], np.float32)
        found[known] = np.maximum.reduceat(holds * weights[:, None], firsts)
        return found


def pack_sentences(
    spans: Sequence[Sequence[tuple[int, int]]],
    vectors: NDArray[np.float32],
    stems: Sequence[Sequence[int]],
    tokens: Tokens,
) -> bytes:
    """Return one part as a file: the spans per passage, and per sentence its vector, stem ids and
    tokens.

    Vectors are float32 (sentences, dimension).
    """
    flat = [span for passage in spans for span in passage]
    return pack_arrays(
        offsets=count_offsets(map(len, spans)),
        spans=np.array(flat, np.int32).reshape(-1, 2),
        vectors=vectors.astype(np.float16),
        stem_offsets=count_offsets(map(len, stems)),
        stems=np.array([stem for sentence in stems for stem in sentence], np.int32),
        code_offsets=tokens.offsets,
        codes=tokens.codes,
    )


def open_sentences(parts: Sequence[Buffer]) -> SentenceTable:
    """Read the parts that `pack_sentences` gave, in order; at least one.

    Raises:
        ValueError, KeyError: If one doesn't hold those arrays.
    """
    return join_tables(
        [
            {**open_arrays(part), **{name: open_rows(part, name) for name in ("vectors", "codes")}}
            for part in parts
        ]
    )


def join_tables(tables: Sequence[Mapping[str, Any]]) -> SentenceTable:
    """Stack the arrays of some parts, at least one.

    Raises:
        KeyError: If one doesn't hold the arrays of `pack_sentences`.
    """
    return SentenceTable(
        offsets=stack_offsets([table["offsets"] for table in tables]),
        spans=Stacked([table["spans"] for table in tables]),
        vectors=Stacked([table["vectors"] for table in tables]),
        stem_offsets=stack_offsets([table["stem_offsets"] for table in tables]),
        stems=Stacked([table["stems"] for table in tables]),
        code_offsets=stack_offsets([table["code_offsets"] for table in tables]),
        codes=Stacked([table["codes"] for table in tables]),
    )
