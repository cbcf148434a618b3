"""Build, extend and open an index: documents, vectors and words of their passages in one folder.

Everything that search needs is in the folder, the documents themselves too; sources aren't read
again. A build keeps the other documents of an index, replaces those with the same id, and encodes
only texts that are new.
"""

import io
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.passages import split_answer
from corpus.readers import read_documents
from corpus.records import Answer, Document, Passage
from corpus.sentences import split_sentences
from index.codec import decode_documents, encode_documents
from index.context import embedding_input, lexical_context
from index.embedding_cache import EmbeddingCache, hash_texts
from index.encoder import Encoder
from index.filters import Facets, make_facets
from index.folder import (
    IndexFolderError,
    StoredIndex,
    damaged,
    has_index,
    lock_folder,
    read_folder,
    write_folder,
)
from index.lexical import LexicalIndex
from index.sentence_table import SentenceTable, make_table, read_table
from index.vectors import VectorIndex

__all__ = ["BuildReport", "Index", "IndexFolderError", "build_index", "load_index"]

AnswerKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What the index holds after a build; `embedded` counts the texts that were encoded anew."""

    documents: int
    answers: int
    passages: int
    seconds: float
    embedded: int


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


def build_index(sources: Sequence[Path], folder: Path, encoder: Encoder) -> BuildReport:
    """Read sources into the index in `folder`, made if absent, and report what it then holds.

    The same document_id twice: the later source wins. An index made with another model is
    encoded anew in full.

    Raises:
        DocumentError: If a source can't be read; the index is then unchanged.
        IndexFolderError: If the folder holds a damaged index or can't be written to.
        ValueError: If there are no sources.
    """
    if not sources:
        raise ValueError("sources must hold at least one path")
    started = time.perf_counter()
    documents = {d.document_id: d for source in sources for d in read_documents(Path(source))}
    cache = EmbeddingCache(encoder)
    with lock_folder(folder):
        documents = _read_kept(folder, cache, encoder) | documents
        answers = [answer for document in documents.values() for answer in document.answers]
        passages = [passage for answer in answers for passage in split_answer(answer)]
        files = _make_files(documents, answers, passages, cache)
        write_folder(folder, _header(documents, passages, encoder), files)
    seconds = time.perf_counter() - started
    return BuildReport(len(documents), len(answers), len(passages), seconds, cache.embedded)


def load_index(folder: Path, encoder: Encoder | None = None) -> Index:
    """Open the index in `folder`, with its own model unless one is given.

    Raises:
        IndexFolderError: If there is no index, it is damaged, or it was made with another
            format or model.
        ModelError: If the model that it was made with can't be loaded.
    """
    stored = read_folder(folder)
    encoder = encoder or _load_encoder(stored, folder)
    if not _is_made_by(stored, encoder):
        raise _wrong_model(stored, folder, encoder)
    try:
        return _open(stored.files, encoder)
    except (KeyError, ValueError, TypeError) as error:
        raise damaged(folder, "de inhoud past niet bij elkaar") from error


def _open(files: Mapping[str, bytes], encoder: Encoder) -> Index:
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


def _read_kept(folder: Path, cache: EmbeddingCache, encoder: Encoder) -> dict[str, Document]:
    """Return the documents that the folder holds; lend its vectors if they are this model's."""
    if not has_index(folder):
        return {}
    stored = read_folder(folder)
    try:
        documents, _ = decode_documents(stored.files["documents.json"])
        if _is_made_by(stored, encoder):
            _lend_vectors(stored.files, cache)
    except (KeyError, ValueError, TypeError) as error:
        raise damaged(folder, "de inhoud past niet bij elkaar") from error
    return {document.document_id: document for document in documents}


def _lend_vectors(files: Mapping[str, bytes], cache: EmbeddingCache) -> None:
    with np.load(io.BytesIO(files["keys.npz"]), allow_pickle=False) as keys:
        cache.add(keys["sentences"], read_table(files["sentences.npz"]).vectors)
        cache.add(keys["passages"], VectorIndex.from_bytes(files["passages.faiss"]).vectors)


def _make_files(
    documents: Mapping[str, Document],
    answers: Iterable[Answer],
    passages: Sequence[Passage],
    cache: EmbeddingCache,
) -> dict[str, bytes]:
    """Return every file of an index; passages are encoded with their context."""
    by_key = {(answer.document_id, answer.answer_id): answer for answer in answers}
    owners = [by_key[passage.document_id, passage.answer_id] for passage in passages]
    inputs = [embedding_input(a, p) for a, p in zip(owners, passages, strict=True)]
    contexts = [lexical_context(documents[answer.document_id], answer) for answer in owners]
    texts = [passage.text for passage in passages]
    spans = [split_sentences(text) for text in texts]
    sentences = [t[s:e] for t, own in zip(texts, spans, strict=True) for s, e in own]
    lexical = LexicalIndex.build(texts, contexts)
    stems = [lexical.stem_ids(sentence) for sentence in sentences]
    return {
        "documents.json": encode_documents(documents.values(), passages),
        "passages.faiss": VectorIndex.build(cache.encode(inputs)).to_bytes(),
        "sentences.npz": make_table(spans, cache.encode(sentences), stems).to_bytes(),
        "keys.npz": _pack_keys(passages=hash_texts(inputs), sentences=hash_texts(sentences)),
        **lexical.to_files(),
    }


def _pack_keys(**keys: NDArray[np.uint8]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **keys)  # type: ignore[arg-type]
    return buffer.getvalue()


def _header(
    documents: Mapping[str, Document], passages: Sequence[Passage], encoder: Encoder
) -> dict[str, Any]:
    return {
        "model": _describe_model(encoder),
        "passages": len(passages),
        "documents": [
            {
                "document_id": document.document_id,
                "title": document.title,
                "answers": len(document.answers),
                "source_sha256": document.source_hash,
            }
            for document in documents.values()
        ],
    }


def _describe_model(encoder: Encoder) -> dict[str, str | int]:
    return {
        "name": encoder.name,
        "fingerprint": encoder.fingerprint,
        "dimension": encoder.dimension,
        "query_prefix": encoder.query_prefix,
        "passage_prefix": encoder.passage_prefix,
    }


def _is_made_by(stored: StoredIndex, encoder: Encoder) -> bool:
    """Say whether an index holds this model's vectors; a model may have moved, not changed."""
    made_by = stored.header.get("model")
    own = _describe_model(encoder)
    return isinstance(made_by, dict) and {**made_by, "name": ""} == {**own, "name": ""}


def _load_encoder(stored: StoredIndex, folder: Path) -> Encoder:
    model = stored.header.get("model")
    if not isinstance(model, dict) or not isinstance(model.get("name"), str):
        raise damaged(folder, "het model wordt niet genoemd")
    prefixes = (str(model.get(name, "")) for name in ("query_prefix", "passage_prefix"))
    return Encoder.load(model["name"], *prefixes)


def _wrong_model(stored: StoredIndex, folder: Path, encoder: Encoder) -> IndexFolderError:
    made_by = stored.header.get("model")
    name = made_by.get("name") if isinstance(made_by, dict) else "onbekend"
    return IndexFolderError(
        f"De index in '{folder}' is gemaakt met een ander model of andere prefixen ('{name}') dan "
        f"nu gevraagd ('{encoder.name}'); maak hem opnieuw met 'bijlage index BRON --index "
        f"{folder}' en hetzelfde --model."
    )
