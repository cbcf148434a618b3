"""Find and open the index that the options name; without --index it is the user's own.

An index that --index names is never made or changed by asking.
"""

import time
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from chatbot.cautions import cautions_on
from chatbot.notices import caution
from chatbot.own_index import own_folder, refresh
from chatbot.progress import Tell, say, show_progress
from chatbot.stamp import appendix_checksum, is_fresh
from corpus.readers import BUNDLED_APPENDIX, read_documents
from corpus.records import Document
from index.catalogue import Catalogue, open_catalogue
from index.embedding_cache import EmbeddingCache, Progress, no_progress
from index.encoder import Encoder
from index.folder import has_index, read_folder
from index.manifest import IndexFolderError, damaged, read_manifest
from index.parts import split_parts
from index.remote.address import read_address
from index.remote.client import Client
from index.remote.store import RemoteStore
from index.storage import BuildReport, Index, build_index, load_index, read_all


def build(options: Namespace) -> BuildReport:
    """Read the sources into the index, made if absent; a user's own one holds the appendix too.

    What to know of the documents is said on stderr.
    """
    if options.store:
        return _fill_store(options)
    folder = options.index or own_folder(options.model is not None)
    encoder = _chosen_encoder(options) or _encoder_of(options)
    if options.index is None:
        refresh(folder, encoder)
    with show_progress() as progress:
        report = build_index(options.sources, folder, encoder, progress)
    catalogue = _read_catalogue(folder)
    added = [catalogue.documents_by_id[name] for name in report.added]
    _tell_cautions(added, catalogue.documents, report)
    return report


def open_index(options: Namespace, tell: Tell = say, progress: Progress = no_progress) -> Index:
    """Open the index to search it; `tell` is told when it must be made first, and `progress` how
    far that is."""
    encoder = _chosen_encoder(options)
    if options.index is not None:
        return load_index(options.index, encoder)
    folder = own_folder(options.model is not None)
    encoder = encoder or Encoder.load()
    refresh(folder, encoder, tell, progress)
    return load_index(folder, encoder)


def open_searchable(options: Namespace) -> Index | RemoteStore:
    """Open the index to search it, or the store when the options name one."""
    return _open_store(options) if options.store else open_index(options)


def own_index_folder(options: Namespace) -> Path:
    """Return the folder of the index that the options name."""
    folder: Path | None = options.index
    return folder or own_folder(options.model is not None)


def open_documents(options: Namespace) -> Sequence[Document]:
    """Return the documents of the index; no model is loaded and nothing is made."""
    folder = options.index or own_folder(options.model is not None)
    is_own = options.index is None
    if is_own and not has_index(folder):
        return read_documents(BUNDLED_APPENDIX)
    try:
        documents = _read_catalogue(folder).documents
    except (IndexFolderError, KeyError, ValueError, TypeError) as error:
        if is_own and not is_fresh(folder):  # an older version left it
            return read_documents(BUNDLED_APPENDIX)
        if isinstance(error, IndexFolderError):
            raise
        raise damaged(folder, "de documenten zijn onleesbaar") from error
    if not is_own or is_fresh(folder):
        return documents
    return _with_fresh_appendix(documents, appendix_checksum(folder))


def _read_catalogue(folder: Path) -> Catalogue:
    stored = read_folder(folder)
    return open_catalogue(split_parts(stored.files), stored.header.get("dropped", ()))


def _with_fresh_appendix(documents: Sequence[Document], checksum: str) -> tuple[Document, ...]:
    """Return the documents with the bundled appendix, which had this checksum, as this version of
    the program reads it."""
    (fresh,) = read_documents(BUNDLED_APPENDIX)
    former = (fresh.document_id, checksum)
    return tuple(
        fresh if (one.document_id, one.source_hash) == former else one for one in documents
    )


def _open_store(options: Namespace) -> RemoteStore:
    client = Client(read_address(options.store))
    return RemoteStore(client, _chosen_encoder(options) or Encoder.load())


def _fill_store(options: Namespace) -> BuildReport:
    """Read the sources into a store; all are read before anything is written."""
    started = time.perf_counter()
    store = _open_store(options)
    documents = [*{one.document_id: one for one in read_all(options.sources)}.values()]
    with show_progress() as progress:
        cache = EmbeddingCache(store.encoder, progress=progress)
        filled = store.add(documents, cache)
    report = BuildReport(
        documents=len(filled.documents),
        answers=sum(one["answers"] for one in filled.documents),
        passages=filled.passages,
        seconds=time.perf_counter() - started,
        embedded=cache.embedded,
        added=tuple(one.document_id for one in documents),
    )
    _tell_cautions(documents, documents, report)
    return report


def _tell_cautions(
    added: Sequence[Document], among: Sequence[Document], report: BuildReport
) -> None:
    for words in cautions_on(added, among, report.replaced):
        caution(words)


def _chosen_encoder(options: Namespace) -> Encoder | None:
    """Load the model that the options name; None when they name nothing."""
    prefixes = options.query_prefix or "", options.passage_prefix or ""
    if options.model is None and not any(prefixes):
        return None
    return Encoder.load(options.model, *prefixes)


def _encoder_of(options: Namespace) -> Encoder:
    """Load the model that a named index was made with; the bundled one for no index yet."""
    if options.index is None or not has_index(options.index):
        return Encoder.load()
    made_by = read_manifest(options.index).get("model")
    if not isinstance(made_by, dict):
        raise damaged(options.index, "het model wordt niet genoemd")
    fields = (str(made_by.get(key, "")) for key in ("name", "query_prefix", "passage_prefix"))
    return Encoder.load(*fields)
