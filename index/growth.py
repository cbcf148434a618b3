"""How an index grows: a small one is written anew, a large one gets a further part.

A small index (up to `SMALL` passages) is one part, as exact as if it had been made at once. In a
large one, documents are added part by part; what they replace is dropped, and stays on disk until
the parts are merged (`index.merging`): when there are too many, or they hold too much.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from corpus.records import Document
from index.arrays import Rows
from index.catalogue import SMALL, Shelf, open_catalogue
from index.contents import (
    NO_WORDS,
    count_passages,
    lend_some,
    lend_vectors,
    make_files,
    open_words,
)
from index.embedding_cache import EmbeddingCache
from index.encoder import Encoder
from index.folder import StoredIndex, has_index, open_folder
from index.generation import Generation, new_generation, write_folder
from index.made_by import describe_model, is_made_by
from index.manifest import damaged
from index.merging import is_due, merge_parts
from index.parts import Files, name_in_part, split_parts

PART_CHARS = 20_000_000
"""Characters of answers after which a part is written: some 40,000 passages, 300 MB of memory."""
PASSAGE_CHARS = 500
"""Characters of a passage on average, to know beforehand about how many there will be."""

Json = Mapping[str, Any]
Documents = dict[str, Document]


@dataclass(frozen=True, slots=True)
class Held:
    """What an index holds after a change: its documents as the manifest names them, and how many
    passages."""

    documents: tuple[Json, ...]
    passages: int


class Growth:
    """The index in one folder, which must be locked, and what is done to it by one build."""

    def __init__(self, folder: Path, encoder: Encoder, cache: EmbeddingCache) -> None:
        self._folder = folder
        self._encoder = encoder
        self._cache = cache
        stored = open_folder(folder) if has_index(folder) else StoredIndex({}, {})
        self._header = stored.header
        self._parts = split_parts(stored.files) if stored.files else []
        self._is_ours = bool(self._parts) and is_made_by(self._header, encoder)

    def documents(self) -> list[Json]:
        """Return what the manifest says of the documents that were there before."""
        return list(self._header.get("documents", ()))

    def add(self, documents: Iterable[Document]) -> Held:
        """Add documents, the last of each id, in the place of those with the same ids."""
        batches = _in_batches(documents)
        first = next(batches, {})
        second = next(batches, None)
        if second is None and self._passages() + _estimate(first.values()) <= SMALL:
            return self._rewrite(self._read_kept() | first)
        rest = chain([first] if first else [], [second] if second else [], batches)
        if self._is_ours:
            return self._extend(rest)
        return self._make_anew(chain(_in_batches(self._kept_documents()), rest))

    def renew(self, documents: Iterable[Document] = ()) -> Held:
        """Make the index again from the documents that it holds, with these (held in memory
        together) in the place of those with the same ids, or behind them."""
        newer = {document.document_id: document for document in documents}
        if self._passages() + _estimate(newer.values()) <= SMALL:
            return self._rewrite(self._read_kept() | newer)
        return self._make_anew(_in_batches(_replace(self._kept_documents(), newer)))

    def remove(self, document_id: str) -> Held:
        """Take a document out; nothing happens if it isn't there.

        Raises:
            ValueError: If it is the last one.
        """
        left = [one for one in self.documents() if one["document_id"] != document_id]
        if not left:
            raise ValueError(f"{document_id} is the last document of the index")
        if self._is_ours and self._passages() > SMALL:
            return self._extend([], [document_id])
        kept = self._read_kept()
        kept.pop(document_id, None)
        return self._rewrite(kept)

    def _rewrite(self, documents: Documents) -> Held:
        """Replace the index by one part with these documents."""
        files, _ = make_files([*documents.values()], self._cache)
        held = Held(tuple(map(_describe, documents.values())), count_passages(files))
        write_folder(self._folder, self._make_header(held), files)
        return held

    def _extend(self, batches: Iterable[Documents], gone: Iterable[str] = ()) -> Held:
        """Add a part for each batch of documents to what is there, and take documents out."""
        with new_generation(self._folder) as generation:
            for name in self._header["files"]:
                generation.keep(self._header, name)
            dropped = set(map(int, self._header.get("dropped", ())))
            growing = Growing(generation, [*self._parts], self.documents(), dropped)
            growing.drop(gone)
            for batch in batches:
                growing.add(batch, self._cache)
                self._cache.forget()
            return self._publish(growing, generation)

    def _make_anew(self, batches: Iterable[Documents]) -> Held:
        """Replace the index by a part for each batch; what is there lends its vectors."""
        with new_generation(self._folder) as generation:
            growing = Growing(generation, [], [], set())
            for batch in batches:
                if self._is_ours:
                    with self._reading():
                        shelf = Shelf(self._parts)
                        kept = shelf.passages_of(shelf.find_documents(batch))
                        lend_some(self._parts, self._cache, kept)
                growing.add(batch, self._cache)
                self._cache.forget()
            return self._publish(growing, generation)

    def _publish(self, growing: "Growing", generation: Generation) -> Held:
        """Publish what has grown, merged first if that is due."""
        held = growing.held()
        if not is_due(growing.parts, held.passages):
            generation.publish({**self._make_header(held), "dropped": sorted(growing.dropped)})
            return held
        with new_generation(self._folder) as merged:
            merge_parts(growing.parts, growing.dropped, merged)
            merged.publish(self._make_header(held))
        return held

    def _read_kept(self) -> Documents:
        """Return the documents that the folder holds; lend its vectors if they are this model's."""
        documents = {document.document_id: document for document in self._kept_documents()}
        if self._is_ours:
            with self._reading():
                lend_vectors(self._parts, self._cache)
        return documents

    def _kept_documents(self) -> Sequence[Document]:
        if not self._parts:
            return ()
        with self._reading():
            return open_catalogue(self._parts, self._header.get("dropped", ())).documents

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Say that the index is damaged when its files hold something else than they should."""
        try:
            yield
        except (KeyError, ValueError, TypeError) as error:
            raise damaged(self._folder, "de inhoud past niet bij elkaar") from error

    def _passages(self) -> int:
        return int(self._header.get("passages", 0))

    def _make_header(self, held: Held) -> dict[str, Any]:
        return {
            "model": describe_model(self._encoder),
            "passages": held.passages,
            "documents": held.documents,
        }


class Growing:
    """The parts of an index while parts are added to it, in a generation of its own.

    `dropped` are the rows of documents that were replaced or taken out.
    """

    def __init__(
        self,
        generation: Generation,
        parts: list[Files],
        documents: Iterable[Json],
        dropped: set[int],
    ) -> None:
        self.parts = parts
        self.dropped = dropped
        self._generation = generation
        self._documents = {document["document_id"]: document for document in documents}
        self._words = open_words(parts) if parts else NO_WORDS

    def drop(self, document_ids: Iterable[str]) -> Rows:
        """Drop documents, and return the rows of their passages."""
        known = [one for one in document_ids if self._documents.pop(one, None)]
        if not known:
            return np.zeros(0, np.int64)
        shelf = Shelf(self.parts)
        rows = np.setdiff1d(shelf.find_documents(known), np.array([*self.dropped], np.int64))
        self.dropped.update(map(int, rows))
        return shelf.passages_of(rows)

    def add(self, documents: Documents, cache: EmbeddingCache) -> None:
        """Add a part with these documents; those that they replace lend it their vectors."""
        replaced = self.drop(documents)
        if len(replaced):
            lend_some(self.parts, cache, replaced)
        files, self._words = make_files([*documents.values()], cache, self._words)
        part = {}
        for name, data in files.items():
            own = name_in_part(name, len(self.parts))
            self._generation.write(own, data)
            part[name] = self._generation.read(own)
        self.parts.append(part)
        self._documents |= {name: _describe(one) for name, one in documents.items()}

    def held(self) -> Held:
        """Return what is there now."""
        total = sum(map(count_passages, self.parts))
        gone = Shelf(self.parts).passages_of(np.array(sorted(self.dropped), np.int64))
        return Held(tuple(self._documents.values()), total - len(gone))


def _in_batches(documents: Iterable[Document]) -> Iterator[Documents]:
    """Yield documents by their ids, as many at once as make a part; the last of an id stays."""
    batch: Documents = {}
    chars = 0
    for document in documents:
        batch[document.document_id] = document
        chars += sum(len(answer.text) for answer in document.answers)
        if chars >= PART_CHARS:
            yield batch
            batch, chars = {}, 0
    if batch:
        yield batch


def _replace(kept: Iterable[Document], newer: Documents) -> Iterator[Document]:
    """Yield documents with newer ones in the place of those with the same ids, then the others."""
    left = dict(newer)
    for document in kept:
        yield left.pop(document.document_id, document)
    yield from left.values()


def _estimate(documents: Iterable[Document]) -> int:
    """Return about how many passages documents will have."""
    return sum(len(answer.text) // PASSAGE_CHARS + 1 for one in documents for answer in one.answers)


def _describe(document: Document) -> Json:
    """Return what the manifest says of a document."""
    return {
        "document_id": document.document_id,
        "title": document.title,
        "answers": len(document.answers),
        "source_sha256": document.source_hash,
    }
