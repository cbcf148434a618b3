"""What an index consists of: in memory one record, on disk one set of files, and the way between.

Documents and passages as JSON, vectors of passages (with their context) and of sentences, the
words; and by which text each vector was made, so that a later build can lend it.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.records import Answer, Document, Passage
from corpus.sentences import split_sentences
from index.codec import decode_documents, encode_documents
from index.context import embedding_input, learn_acronyms, lexical_context
from index.embedding_cache import EmbeddingCache, hash_texts
from index.encoder import Encoder
from index.filters import Facets, make_facets
from index.lexical import LexicalIndex
from index.sentence_table import SentenceTable, make_table, read_table
from index.vectors import VectorIndex

AnswerKey = tuple[str, str]
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Index:
    """An open index. Row i of `vectors`, `lexical` and `sentences` is `passages[i]`."""

    documents: tuple[Document, ...]
    answers: tuple[Answer, ...]
    passages: tuple[Passage, ...]
    encoder: Encoder
    vectors: VectorIndex
    lexical: LexicalIndex
    sentences: SentenceTable
    facets: Facets
    answers_by_key: Mapping[AnswerKey, Answer]
    documents_by_id: Mapping[str, Document]

    def answer_of(self, passage: Passage) -> Answer:
        """Return the answer that a passage is a slice of."""
        return self.answers_by_key[passage.document_id, passage.answer_id]

    def document_of(self, answer: Answer) -> Document:
        """Return the document that an answer stands in."""
        return self.documents_by_id[answer.document_id]


def make_files(
    documents: Mapping[str, Document],
    answers: Iterable[Answer],
    passages: Sequence[Passage],
    cache: EmbeddingCache,
) -> Files:
    """Return every file of an index, by its name."""
    by_key = {(answer.document_id, answer.answer_id): answer for answer in answers}
    owners = [by_key[passage.document_id, passage.answer_id] for passage in passages]
    inputs = [embedding_input(a, p) for a, p in zip(owners, passages, strict=True)]
    acronyms = learn_acronyms(by_key.values())
    # Once per answer, not per passage: a long answer has many, and each would read all of it.
    context_of = {k: lexical_context(documents[k[0]], a, acronyms) for k, a in by_key.items()}
    contexts = [context_of[answer.document_id, answer.answer_id] for answer in owners]
    texts = [passage.text for passage in passages]
    spans = [split_sentences(text) for text in texts]
    sentences = [t[s:e] for t, own in zip(texts, spans, strict=True) for s, e in own]
    lexical = LexicalIndex.build(texts, contexts)
    stems = [lexical.vocabulary.stem_ids(sentence) for sentence in sentences]
    return {
        "documents.json": encode_documents(documents.values(), passages),
        "passages.faiss": VectorIndex.build(cache.encode(inputs)).to_bytes(),
        "sentences.npz": make_table(spans, cache.encode(sentences), stems).to_bytes(),
        "keys.npz": _pack_keys(passages=hash_texts(inputs), sentences=hash_texts(sentences)),
        **lexical.to_files(),
    }


def open_files(files: Files, encoder: Encoder) -> Index:
    """Return the index that the files hold.

    Raises:
        ValueError, KeyError, TypeError: If they hold none, or don't fit together.
    """
    documents, passages = decode_documents(files["documents.json"])
    answers = tuple(answer for document in documents for answer in document.answers)
    vectors = VectorIndex.from_bytes(files["passages.faiss"])
    lexical = LexicalIndex.from_files(files)
    if not len(passages) == len(vectors) == lexical.count:
        raise ValueError(f"{len(passages)} passages, {len(vectors)} vectors, {lexical.count} rows")
    return Index(
        documents=documents,
        answers=answers,
        passages=passages,
        encoder=encoder,
        vectors=vectors,
        lexical=lexical,
        sentences=read_table(files["sentences.npz"]),
        facets=make_facets(passages, answers, documents),
        answers_by_key={(a.document_id, a.answer_id): a for a in answers},
        documents_by_id={document.document_id: document for document in documents},
    )


def lend_vectors(files: Files, cache: EmbeddingCache) -> None:
    """Put the vectors in the files at the disposal of a build with the same model."""
    with np.load(io.BytesIO(files["keys.npz"]), allow_pickle=False) as keys:
        cache.add(keys["sentences"], read_table(files["sentences.npz"]).vectors)
        cache.add(keys["passages"], VectorIndex.from_bytes(files["passages.faiss"]).vectors)


def _pack_keys(**keys: NDArray[np.uint8]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **keys)  # type: ignore[arg-type]
    return buffer.getvalue()
