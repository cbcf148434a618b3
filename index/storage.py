"""Build, extend and open an index: documents, vectors and words of their passages in one folder.

Everything that search needs is in the folder, the documents themselves too; sources aren't read
again. A build keeps the other documents of an index, replaces those with the same id, and encodes
only texts that are new. How a large index grows: `index.growth`.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.readers import read_documents
from corpus.records import Document, DocumentError
from index.contents import Index, open_files
from index.embedding_cache import EmbeddingCache, Progress, no_progress
from index.encoder import Encoder
from index.folder import StoredIndex, read_folder
from index.growth import Growth
from index.lock import lock_folder
from index.made_by import is_made_by, read_encoder_fields
from index.manifest import IndexFolderError, damaged
from index.parts import split_parts
from index.sources import drop_sources, keep_sources

__all__ = [
    "BuildReport",
    "Index",
    "IndexFolderError",
    "build_index",
    "load_index",
    "read_all",
    "remove_document",
    "renew_index",
]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What the index holds after a build; `embedded` counts the texts that were encoded anew.

    `added` are the ids of the documents that were read, `replaced` those of them under which
    another file's document, or an older one of the same file, stood before.
    """

    documents: int
    answers: int
    passages: int
    seconds: float
    embedded: int
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()


def build_index(
    sources: Sequence[Path], folder: Path, encoder: Encoder, progress: Progress = no_progress
) -> BuildReport:
    """Read sources into the index in `folder`, made if absent, and report what it then holds.

    A document of the same id that is there already is replaced. An index made with another model
    is encoded anew in full. A build that was broken off goes on with the vectors that it had.

    Args:
        sources: At least one.
        folder: Of the index.
        encoder: The model.
        progress: Told how many texts were encoded, and how many must be.

    Raises:
        DocumentError: If a source can't be read, or two would be one document (`read_all`); the
            index is then unchanged.
        IndexFolderError: If the folder holds a damaged index or can't be written to.
        ValueError: If there are no sources.
    """
    if not sources:
        raise ValueError("sources must hold at least one path")
    started = time.perf_counter()
    read: dict[str, str] = {}
    with lock_folder(folder), EmbeddingCache(encoder, folder, progress) as cache:
        growth = Growth(folder, encoder, cache)
        before = {one["document_id"]: one["source_sha256"] for one in growth.documents()}
        with keep_sources(sources, folder):
            held = growth.add(_noted(read_all(sources), read))
        drop_sources(held.documents, folder)
    return BuildReport(
        documents=len(held.documents),
        answers=sum(document["answers"] for document in held.documents),
        passages=held.passages,
        seconds=time.perf_counter() - started,
        embedded=cache.embedded,
        added=tuple(read),
        replaced=tuple(name for name, source in read.items() if before.get(name, source) != source),
    )


def renew_index(
    folder: Path,
    encoder: Encoder,
    progress: Progress = no_progress,
    sources: Sequence[Path] = (),
) -> None:
    """Make the index in `folder` again from its own documents, for this version and model, those
    of `sources` in the place of the ones with the same ids, or behind them.

    Raises:
        DocumentError: As `build_index`.
        IndexFolderError: If the folder holds a damaged index or can't be written to.
    """
    with lock_folder(folder), EmbeddingCache(encoder, folder, progress) as cache:
        with keep_sources(sources, folder):
            held = Growth(folder, encoder, cache).renew(read_all(sources))
        drop_sources(held.documents, folder)


def remove_document(document_id: str, folder: Path, encoder: Encoder) -> None:
    """Take one document out of the index in `folder`; nothing happens if it isn't there.

    Raises:
        IndexFolderError: If the folder holds a damaged index or can't be written to.
        ValueError: If it is the last document: an index holds at least one.
    """
    with lock_folder(folder), EmbeddingCache(encoder, folder) as cache:
        held = Growth(folder, encoder, cache).remove(document_id)
        drop_sources(held.documents, folder)


def load_index(folder: Path, encoder: Encoder | None = None) -> Index:
    """Open the index in `folder`, with its own model unless one is given.

    Raises:
        IndexFolderError: If there is no index, it is damaged, or it was made with another
            format or model.
        ModelError: If the model that it was made with can't be loaded.
    """
    stored = read_folder(folder)
    encoder = encoder or _load_encoder(stored, folder)
    if not is_made_by(stored.header, encoder):
        raise _wrong_model(stored, folder, encoder)
    try:
        return open_files(split_parts(stored.files), encoder, stored.header.get("dropped", ()))
    except (KeyError, ValueError, TypeError) as error:
        raise damaged(folder, "de inhoud past niet bij elkaar") from error


def read_all(sources: Iterable[Path]) -> Iterator[Document]:
    """Yield the documents of all sources, one source at a time.

    Raises:
        DocumentError: If a source can't be read, or holds a document of the same id as another
            source does, and isn't a copy of it: one of them would be lost.
    """
    first: dict[str, tuple[Path, str]] = {}
    for source in map(Path, sources):
        for document in read_documents(source):
            name, checksum = document.document_id, document.source_hash
            other, known = first.setdefault(name, (source, checksum))
            if other != source and known != checksum:
                raise DocumentError(
                    f"{source}: dit bestand en {other} zouden samen één document '{name}' worden; "
                    "geef een van beide een andere naam."
                )
            yield document


def _noted(documents: Iterable[Document], read: dict[str, str]) -> Iterator[Document]:
    """Pass documents on, and note the checksum of each one's source under its id."""
    for document in documents:
        read[document.document_id] = document.source_hash
        yield document


def _load_encoder(stored: StoredIndex, folder: Path) -> Encoder:
    fields = read_encoder_fields(stored.header)
    if fields is None:
        raise damaged(folder, "het model wordt niet genoemd")
    return Encoder.load(*fields)


def _wrong_model(stored: StoredIndex, folder: Path, encoder: Encoder) -> IndexFolderError:
    fields = read_encoder_fields(stored.header)
    name = "onbekend" if fields is None else fields[0]
    return IndexFolderError(
        f"De index in '{folder}' is gemaakt met een ander model of andere prefixen ('{name}') dan "
        f"nu gevraagd ('{encoder.name}'); maak hem opnieuw met 'bijlage index BRON --index "
        f"{folder}' en hetzelfde --model."
    )
