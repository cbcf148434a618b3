"""Make a small index of the rows that a server found: ranked and quoted as on one machine."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus.records import Answer, Document, Passage
from index.arrays import Arrays
from index.collection import Collection
from index.contents import Index, Usual
from index.encoder import Encoder
from index.facets import Facets
from index.lexical import LexicalIndex
from index.lexical_parts import FIELDS, LexicalPart
from index.postings import Postings, join_sorted
from index.remote.layout import decode_numbers
from index.sentence_table import SentenceTable, join_tables
from index.stacked import stack_offsets
from index.token_codes import TOKEN_DIMENSION
from index.vectors import VectorIndex

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Whole:
    """What is the same for every question: the words of the collection, the sample of usual
    vectors, the known names (with no rows), and how answers and documents are read."""

    encoder: Encoder
    collection: Collection
    usual: Usual
    names: Facets
    answers: Mapping[tuple[str, str], Answer]
    documents: Mapping[str, Document]


def assemble(whole: Whole, rows: Sequence[Row]) -> Index:
    """Return an index of some passages of a collection, in the order of the rows."""
    bodies = [json.loads(row["body"]) for row in rows]
    numbers = [decode_numbers(body["numbers"]) for body in bodies]
    around = [decode_numbers(row["around"]) for row in rows]
    dense = np.array([row["dense"] for row in rows], np.float32)
    return Index(
        documents=(),
        answers=(),
        passages=tuple(map(_read_passage, bodies)),
        encoder=whole.encoder,
        vectors=VectorIndex.build(dense.reshape(len(rows), whole.encoder.dimension)),
        lexical=LexicalIndex([_join_words(numbers, around)], whole.collection),
        sentences=_join_sentences(numbers, whole.encoder.dimension),
        usual=whole.usual,
        facets=whole.names,
        answers_by_key=whole.answers,
        documents_by_id=whole.documents,
        live=None,
        rows_of=lambda _: range(0),
    )


def _read_passage(body: Row) -> Passage:
    start, end, page_start, page_end = body["place"]
    return Passage(
        passage_id=body["id"],
        answer_id=body["answer"],
        document_id=body["document"],
        start=start,
        end=end,
        text=body["text"],
        page_start=page_start,
        page_end=page_end,
    )


def _join_words(numbers: Sequence[Arrays], around: Sequence[Arrays]) -> LexicalPart:
    own = [(one["text_stems"], one["text_counts"]) for one in numbers]
    context = [(one["stems"], one["counts"]) for one in around]
    lengths = np.array([one["lengths"] for one in numbers], np.int64).reshape(-1, len(FIELDS))
    fields = {
        field: _join_postings(pairs, lengths[:, place])
        for place, (field, pairs) in enumerate(zip(FIELDS, (own, context), strict=True))
    }
    nothing = np.zeros(0, np.int32)
    return LexicalPart((), (), len(numbers), nothing, nothing, fields)


def _join_postings(pairs: Sequence[tuple[Any, Any]], lengths: Any) -> Postings:
    stems = np.concatenate([np.zeros(0, np.int64), *(stems for stems, _ in pairs)])
    counts = np.concatenate([np.zeros(0, np.uint8), *(counts for _, counts in pairs)])
    rows = np.repeat(np.arange(len(pairs)), [len(stems) for stems, _ in pairs])
    order = np.lexsort((rows, stems))
    return join_sorted(stems[order], rows[order], counts[order], lengths)


def _join_sentences(numbers: Sequence[Arrays], dimension: int) -> SentenceTable:
    """Return the sentences of all passages."""
    nothing: Arrays = {
        "spans": np.zeros((0, 2), np.int32),
        "vectors": np.zeros((0, dimension), np.float16),
        "stem_offsets": np.zeros(1, np.int64),
        "stems": np.zeros(0, np.int32),
        "code_offsets": np.zeros(1, np.int64),
        "codes": np.zeros((0, TOKEN_DIMENSION), np.int8),
    }
    every = [nothing, *numbers]
    names = ("spans", "vectors", "stems", "codes")
    offsets = ("stem_offsets", "code_offsets")
    joined = {name: np.concatenate([one[name] for one in every]) for name in names}
    return join_tables(
        [
            {
                **joined,
                "offsets": np.cumsum([0, *(len(one["spans"]) for one in numbers)]),
                **{name: stack_offsets([one[name] for one in every]) for name in offsets},
            }
        ]
    )
