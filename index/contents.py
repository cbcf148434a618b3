"""What an index consists of: in memory one record, on disk one set of files per part.

A part holds what was added together: documents and passages, the vectors of passages (with their
context) and of sentences, the words; and by which text each vector was made, so that a later build
can lend it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from corpus.passages import split_answer
from corpus.records import Answer, Document, Passage
from corpus.sentences import split_sentences
from index.arrays import Rows, open_arrays, open_rows, pack_arrays
from index.catalogue import ROWS_FILE, AnswerKey, open_catalogue, pack_catalogue
from index.collection import Collection, extend_collection, read_collection
from index.context import (
    embedding_input,
    fold_acronyms,
    join_acronyms,
    learn_acronyms,
    lexical_context,
)
from index.embedding_cache import EmbeddingCache, hash_texts
from index.encoder import Encoder
from index.facets import Facets, make_facets, open_facets, pack_facets
from index.half_precision import widen
from index.lexical import LexicalIndex
from index.lexical_parts import open_part, pack_part
from index.parts import Files
from index.sentence_table import SentenceTable, open_sentences, pack_sentences
from index.stacked import expand_ranges
from index.token_codes import Tokens
from index.vector_parts import Kept, VectorPart, make_flat, open_clustered, open_flat, pack_index
from index.vectors import VectorIndex

VECTORS_FILE = "passages.faiss"
EXACT_FILE = "vectors.safetensors"
SENTENCES_FILE = "sentences.safetensors"
KEYS_FILE = "keys.safetensors"
ACRONYMS_FILE = "acronyms.json"

READ_PER_ENCODED = 10_000
"""Passages of a part that are read and checked, 50 MB, in the time that encoding one takes."""
SAMPLE = 1000
"""Passages and sentences whose cosines say what is usual for a question."""


@dataclass(frozen=True, slots=True)
class Usual:
    """Vectors of passages and of sentences spread over the index, float32 (at most `SAMPLE`,
    dimension): their cosines with a question say what is usual for it."""

    passages: NDArray[np.float32]
    sentences: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Index:
    """An open index. Row i of `vectors`, `lexical` and `sentences` is `passages[i]`.

    `live` are the rows of passages whose documents weren't replaced or removed, ascending; None
    when that are all. `rows_of` gives the rows of the passages of an answer by its key.
    """

    documents: Sequence[Document]
    answers: Sequence[Answer]
    passages: Sequence[Passage]
    encoder: Encoder
    vectors: VectorIndex
    lexical: LexicalIndex
    sentences: SentenceTable
    usual: Usual
    facets: Facets
    answers_by_key: Mapping[AnswerKey, Answer]
    documents_by_id: Mapping[str, Document]
    live: Rows | None
    rows_of: Callable[[AnswerKey], range]

    def answer_of(self, passage: Passage) -> Answer:
        """Return the answer that a passage is a slice of."""
        return self.answers_by_key[passage.document_id, passage.answer_id]

    def document_of(self, answer: Answer) -> Document:
        """Return the document that an answer stands in."""
        return self.documents_by_id[answer.document_id]


@dataclass(frozen=True, slots=True)
class Words:
    """What the parts before say about words: those of the collection, and what acronyms stand
    for."""

    collection: Collection
    acronyms: Mapping[str, str]


NO_WORDS = Words(read_collection([]), {})


def make_files(
    documents: Sequence[Document], cache: EmbeddingCache, known: Words = NO_WORDS
) -> tuple[dict[str, bytes], Words]:
    """Return every file of a part with these documents, by its name, and the words with them."""
    answers = [answer for document in documents for answer in document.answers]
    passages_of = {(a.document_id, a.answer_id): split_answer(a) for a in answers}
    pairs = [(a, p) for a in answers for p in passages_of[a.document_id, a.answer_id]]
    inputs = [embedding_input(answer, passage) for answer, passage in pairs]
    learnt = [learn_acronyms(document.answers) for document in documents]
    acronyms = join_acronyms([known.acronyms, *learnt])
    elsewhere = fold_acronyms(acronyms)
    # Once per answer, not per passage: a long answer has many, and each would read all of it.
    contexts = {
        (a.document_id, a.answer_id): lexical_context(document, a, own, elsewhere)
        for document, own in zip(documents, map(fold_acronyms, learnt), strict=True)
        for a in document.answers
    }
    texts = [passage.text for _, passage in pairs]
    spans = [split_sentences(text) for text in texts]
    sentences = [t[s:e] for t, own in zip(texts, spans, strict=True) for s, e in own]
    own_contexts = [contexts[a.document_id, a.answer_id] for a, _ in pairs]
    part, collection = extend_collection(known.collection, texts, own_contexts)
    stems = [collection.vocabulary.stem_ids(sentence) for sentence in sentences]
    facets = make_facets([passage for _, passage in pairs], answers, documents)
    cache.announce(sentences, inputs)
    sentence_vectors, tokens = cache.encode_sentences(sentences)
    files = {
        **pack_catalogue(documents, lambda a: passages_of[a.document_id, a.answer_id]),
        **pack_part(part),
        **pack_facets(facets),
        VECTORS_FILE: pack_index(make_flat(cache.encode(inputs)).index),
        SENTENCES_FILE: pack_sentences(spans, sentence_vectors, stems, tokens),
        KEYS_FILE: pack_arrays(passages=hash_texts(inputs), sentences=hash_texts(sentences)),
        ACRONYMS_FILE: json.dumps(acronyms, ensure_ascii=False).encode(),
    }
    return files, Words(collection, acronyms)


def open_files(parts: Sequence[Files], encoder: Encoder, dropped: Sequence[int] = ()) -> Index:
    """Return the index that the files of some parts hold, without the rows of dropped documents.

    Raises:
        ValueError, KeyError, TypeError: If they hold none, or don't fit together.
    """
    catalogue = open_catalogue(parts, dropped)
    gone = find_gone(len(catalogue.passages), catalogue.live)
    vectors = open_vectors(parts, gone)
    lexical = LexicalIndex([open_part(files) for files in parts], dropped=gone)
    starts = [0, *accumulate(len(part.vectors) for part in vectors.parts)][:-1]
    if not len(catalogue.passages) == len(vectors) == lexical.count:
        counts = len(catalogue.passages), len(vectors), lexical.count
        raise ValueError("{} passages, {} vectors, {} rows".format(*counts))
    sentences = open_sentences([files[SENTENCES_FILE] for files in parts])
    return Index(
        documents=catalogue.documents,
        answers=catalogue.answers,
        passages=catalogue.passages,
        encoder=encoder,
        vectors=vectors,
        lexical=lexical,
        sentences=sentences,
        usual=Usual(
            vectors.take(spread_rows(len(vectors))),
            widen(sentences.vectors.take(spread_rows(len(sentences.spans)))),
        ),
        facets=open_facets(parts, starts, catalogue.live),
        answers_by_key=catalogue.answers_by_key,
        documents_by_id=catalogue.documents_by_id,
        live=catalogue.live,
        rows_of=catalogue.rows_of,
    )


def open_words(parts: Sequence[Files]) -> Words:
    """Return what the files of some parts say about words.

    Raises:
        ValueError, KeyError: If they don't hold that.
    """
    acronyms: dict[str, str] = json.loads(parts[-1][ACRONYMS_FILE][:])
    return Words(read_collection([open_part(files) for files in parts]), acronyms)


def count_passages(files: Files) -> int:
    """Return the number of passages of a part."""
    return len(open_arrays(files[ROWS_FILE])["spans"])


def open_vectors(parts: Sequence[Files], dropped: Rows | None = None) -> VectorIndex:
    """Return the vectors of the passages in the files of some parts; some rows may be dropped.

    Raises:
        ValueError, KeyError: If they don't hold them.
    """
    return VectorIndex([_open_vectors(files) for files in parts], dropped)


def spread_rows(count: int, most: int = SAMPLE) -> Rows:
    """Return at most `most` of `count` rows, evenly spread, ascending."""
    return np.unique(np.linspace(0, count - 1, min(most, count)).astype(np.int64))


def lend_vectors(parts: Sequence[Files], cache: EmbeddingCache) -> None:
    """Put the vectors of all passages and sentences at the disposal of a build with the same
    model."""
    _lend([(files, np.arange(count_passages(files))) for files in parts], cache)


def lend_some(parts: Sequence[Files], cache: EmbeddingCache, rows: Rows) -> None:
    """Put the vectors of some passages (ascending rows through all parts) and of their sentences at
    the disposal of a build with the same model, but for those that are sooner encoded anew than a
    large part is read."""
    starts = np.cumsum([0, *map(count_passages, parts)])
    lent = []
    for files, start, end in zip(parts, starts[:-1], starts[1:], strict=True):
        own = rows[(rows >= start) & (rows < end)] - start
        if len(own) * READ_PER_ENCODED >= end - start:
            lent.append((files, own))
    _lend(lent, cache)


def _lend(lent: Sequence[tuple[Files, Rows]], cache: EmbeddingCache) -> None:
    """Lend the vectors of some passages of some parts: those of sentences first, for a passage may
    be the same text as a sentence, and its vector is kept more precisely."""
    for files, rows in lent:
        table, keys = open_sentences([files[SENTENCES_FILE]]), open_arrays(files[KEYS_FILE])
        sentences, _ = table.rows_of(rows)
        places, offsets = expand_ranges(table.code_offsets, sentences)
        tokens = Tokens(table.codes.take(places), offsets)
        cache.add(keys["sentences"][sentences], table.vectors.take(sentences), tokens)
    for files, rows in lent:
        cache.add(open_arrays(files[KEYS_FILE])["passages"][rows], _read_vectors(files)[rows])


def find_gone(count: int, live: Rows | None) -> Rows | None:
    """Return the rows of passages that aren't live, ascending; None when all are."""
    if live is None:
        return None
    is_gone = np.ones(count, np.bool_)
    is_gone[live] = False
    return np.flatnonzero(is_gone)


def _open_vectors(files: Files) -> VectorPart:
    if EXACT_FILE in files:
        return open_clustered(files[VECTORS_FILE], _read_vectors(files))
    return open_flat(files[VECTORS_FILE])


def _read_vectors(files: Files) -> Kept:
    """Return the vectors of the passages of a part; what finds them isn't read if it is apart."""
    if EXACT_FILE in files:
        return open_rows(files[EXACT_FILE], "vectors")
    return open_flat(files[VECTORS_FILE]).vectors
