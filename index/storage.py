"""Build, extend and open an index: documents, vectors and words of their passages in one folder.

Everything that search needs is in the folder, the documents themselves too; sources aren't read
again. A build keeps the other documents of an index, replaces those with the same id, and encodes
only texts that are new.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.passages import split_answer
from corpus.readers import read_documents
from corpus.records import Document, Passage
from index.codec import decode_documents
from index.contents import Index, lend_vectors, make_files, open_files
from index.embedding_cache import EmbeddingCache
from index.encoder import Encoder
from index.folder import (
    IndexFolderError,
    StoredIndex,
    damaged,
    has_index,
    lock_folder,
    read_folder,
    write_folder,
)

__all__ = [
    "BuildReport",
    "Index",
    "IndexFolderError",
    "build_index",
    "load_index",
    "remove_document",
]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What the index holds after a build; `embedded` counts the texts that were encoded anew."""

    documents: int
    answers: int
    passages: int
    seconds: float
    embedded: int


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
        answers, passages = _write(documents, folder, cache, encoder)
    seconds = time.perf_counter() - started
    return BuildReport(len(documents), answers, passages, seconds, cache.embedded)


def remove_document(document_id: str, folder: Path, encoder: Encoder) -> None:
    """Take one document out of the index in `folder`; nothing happens if it isn't there.

    Raises:
        IndexFolderError: If the folder holds a damaged index or can't be written to.
        ValueError: If it is the last document: an index holds at least one.
    """
    cache = EmbeddingCache(encoder)
    with lock_folder(folder):
        documents = _read_kept(folder, cache, encoder)
        documents.pop(document_id, None)
        if not documents:
            raise ValueError(f"{document_id} is the last document of the index")
        _write(documents, folder, cache, encoder)


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
        return open_files(stored.files, encoder)
    except (KeyError, ValueError, TypeError) as error:
        raise damaged(folder, "de inhoud past niet bij elkaar") from error


def _write(
    documents: Mapping[str, Document], folder: Path, cache: EmbeddingCache, encoder: Encoder
) -> tuple[int, int]:
    """Replace the index in `folder` by one of these documents; count answers and passages."""
    answers = [answer for document in documents.values() for answer in document.answers]
    passages = [passage for answer in answers for passage in split_answer(answer)]
    files = make_files(documents, answers, passages, cache)
    write_folder(folder, _header(documents, passages, encoder), files)
    return len(answers), len(passages)


def _read_kept(folder: Path, cache: EmbeddingCache, encoder: Encoder) -> dict[str, Document]:
    """Return the documents that the folder holds; lend its vectors if they are this model's."""
    if not has_index(folder):
        return {}
    stored = read_folder(folder)
    try:
        documents, _ = decode_documents(stored.files["documents.json"])
        if _is_made_by(stored, encoder):
            lend_vectors(stored.files, cache)
    except (KeyError, ValueError, TypeError) as error:
        raise damaged(folder, "de inhoud past niet bij elkaar") from error
    return {document.document_id: document for document in documents}


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
