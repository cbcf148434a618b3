"""Build, extend and search an index that stands on a Milvus server.

A change is written under a new version, beside what is there; then one row, the head, is replaced,
and from that moment the new version counts. The passages that were replaced are deleted after that.
So a writer that dies leaves the old state, and rows that nothing refers to; the next one removes
them. One writer at a time: nothing keeps a second one from doing so meanwhile. What each version
says of its words and answers stays, also of what was replaced: a collection that is written over
often grows, and is made anew under another name.

As on one machine, but for three things: the mean length of passages is that of the first build, the
server may search its vectors by approximation, and of a follow-up the turns before it are ranked
among its own candidates only. A document that was taken out counts in how rare words are, as on one
machine until an index is made anew.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

import numpy as np

from corpus.records import Answer, Document
from index.codec import decode_answer, decode_document
from index.collection import Collection, make_collection, mean_lengths
from index.contents import NO_WORDS, Usual, Words, make_files, spread_rows
from index.embedding_cache import EmbeddingCache
from index.encoder import Encoder
from index.filters import Filters, find_names
from index.half_precision import widen
from index.lazy import hash_key
from index.lexical_parts import FIELDS, open_part
from index.made_by import describe_model, is_made_by
from index.ranking import CANDIDATES, WEIGHTS
from index.reading import read_question
from index.remote.address import Address, StoreError
from index.remote.assemble import Whole, assemble
from index.remote.client import Client
from index.remote.layout import (
    decode_numbers,
    facet_number,
    make_rows,
    make_texts,
    term_dimension,
    text_number,
)
from index.search import SearchResult, answer_reading, check_query

HEAD = text_number("head", 0)
FORMAT = 2

Key = TypeVar("Key")
Record = TypeVar("Record")
Json = dict[str, Any]
Row = Mapping[str, Any]


class RemoteStore:
    """An index on a server, as it stood when it was opened.

    Raises:
        StoreError: From every method, if the server fails.
    """

    def __init__(self, client: Client, encoder: Encoder) -> None:
        """Read what the server holds.

        Raises:
            StoreError: If it was made with another model or by another version of the program.
        """
        self._client = client
        self.encoder = encoder
        self._head = _read_head(client)
        if self._head:
            _check_head(self._head, encoder, client)

    @property
    def address(self) -> Address:
        """Where it is."""
        return self._client.address

    @property
    def documents(self) -> Sequence[Json]:
        """Of each document its `document_id`, `title` and number of `answers`."""
        return list(self._head.get("documents", ()))

    @property
    def passages(self) -> int:
        """The number of passages."""
        return sum(one["passages"] for one in self.documents)

    def add(
        self, documents: Iterable[Document], cache: EmbeddingCache | None = None
    ) -> "RemoteStore":
        """Add documents in the place of those with the same ids; return the store as it is then.

        Args:
            documents: They are held in memory together.
            cache: What encodes their texts, of the store's own model.
        """
        new = {document.document_id: document for document in documents}
        if not self._head:
            self._client.create(self.encoder.dimension)
            self._head = _empty_head(self.encoder)
        version = self._head["version"] + 1
        self._client.delete(f"version >= {version}")  # of a writer that died, as the next
        self._delete_replaced()
        cache = cache or EmbeddingCache(self.encoder)
        files, _ = make_files([*new.values()], cache, self._words)
        part = open_part(files)
        means = self._head["means"] or mean_lengths([part])
        rows = list(make_rows(files, version, means))
        share = len(rows) / max(self.passages + len(rows), 1)
        self._client.write_texts(make_texts([*new.values()], files, version, share))
        self._client.insert(rows)
        counts = Counter(row["document"] for row in rows)
        described = [_describe(one, version, counts) for one in new.values()]
        return self._publish(version, described, [*new], {"means": means})

    def remove(self, document_id: str) -> "RemoteStore":
        """Take a document out; return the store as it is then. Nothing happens if it isn't there.

        Raises:
            ValueError: If it is the last one.
        """
        there = [one["document_id"] for one in self.documents]
        if document_id not in there:
            return self
        if there == [document_id]:
            raise ValueError(f"{document_id} is the last document of the index")
        self._delete_replaced()  # of a writer that died: the new head names only its own
        return self._publish(self._head["version"], [], [document_id], {})

    def search(
        self,
        query: str,
        k: int = 5,
        filters: Filters = Filters(),  # noqa: B008
        context: str = "",
    ) -> SearchResult:
        """Return the k best passages for a query; see `index.search.search`.

        Raises:
            ValueError: If the query is blank or k is below 1.
            FilterError: If a filter names something that the index doesn't hold.
            StoreError: If the store is empty.
        """
        check_query(query, k)
        if not self._head:
            raise _empty(self._client)
        expression = self._expression(filters)
        nothing = assemble(self._whole, [])
        reading = read_question(nothing, query, context)
        found = self._client.search("dense", reading.vector.tolist(), CANDIDATES, expression)
        weights = nothing.lexical.weigh(reading.terms, {field: WEIGHTS[field] for field in FIELDS})
        if weights:
            words = {term_dimension(*key): weight for key, weight in weights.items()}
            found += self._client.search("words", words, CANDIDATES, expression)
        rows = {(row["version"], row["number"]): row for row in found if self._is_live(row)}
        candidates = assemble(self._whole, [rows[key] for key in sorted(rows)])
        return answer_reading(candidates, query, reading, k, None)

    def _expression(self, filters: Filters) -> str:
        """Return a filter as the server reads it: numbers alone, of names that are known."""
        numbers = {
            kind: [facet_number(kind, name) for name in names]
            for kind, names in find_names(filters, self._names).items()
        }
        asked = [f"array_contains_any(facets, {own})" for own in numbers.values()]
        return " and ".join([*self._visible(), *asked])

    def _visible(self) -> Iterator[str]:
        """Yield what hides the rows that a writer put there and didn't make count yet, or that it
        replaced and didn't delete: they would take the places of those that count."""
        yield f"version <= {self._head['version']}"
        replaced: dict[int, list[int]] = {}
        for document, version in self._head.get("replaced", ()):
            replaced.setdefault(version, []).append(document)
        for version, documents in replaced.items():
            yield f"(version != {version} or document not in {documents})"

    def _delete_replaced(self) -> None:
        for document, version in self._head.get("replaced", ()):
            self._client.delete(f"document == {document} and version == {version}")

    def _is_live(self, row: Row) -> bool:
        return bool(self._versions.get(row["document"]) == row["version"])

    @cached_property
    def _versions(self) -> Mapping[int, int]:
        """The version of each document by the hash of its id."""
        return {hash_key(one["document_id"]): one["version"] for one in self.documents}

    def _publish(
        self, version: int, added: Sequence[Json], gone: Sequence[str], more: Json
    ) -> "RemoteStore":
        """Replace the head, then delete the rows that it refers to no more."""
        kept = [one for one in self.documents if one["document_id"] not in gone]
        old = [one for one in self.documents if one["document_id"] in gone]
        head = {
            **self._head,
            **more,
            "version": version,
            "documents": [*kept, *added],
            "replaced": [[hash_key(one["document_id"]), one["version"]] for one in old],
        }
        number = hash_key(json.dumps(head))
        self._client.write_texts({number: json.dumps(head, ensure_ascii=False)})
        self._client.write_texts({HEAD: str(number)})
        published = RemoteStore(self._client, self.encoder)
        published._delete_replaced()
        return published

    @cached_property
    def _texts(self) -> Mapping[tuple[str, int], str]:
        """The texts of every version that say something of the whole, by kind and version."""
        kinds = ("names", "counts", "acronyms", "facets", "usual")
        keys = [(kind, v) for v in range(1, self._head["version"] + 1) for kind in kinds]
        found = self._client.read_texts(text_number(*key) for key in keys)
        return {key: found[text_number(*key)] for key in keys if text_number(*key) in found}

    def _of_kind(self, kind: str) -> list[str]:
        return [text for (name, _), text in self._texts.items() if name == kind]

    @cached_property
    def _words(self) -> Words:
        """What a further version must know of the words before it."""
        if not self._head["version"]:
            return NO_WORDS
        acronyms = json.loads(self._of_kind("acronyms")[-1])
        return Words(self._collection, acronyms)

    @cached_property
    def _collection(self) -> Collection:
        stems: list[str] = []
        words: list[str] = []
        count = 0
        for text in self._of_kind("names"):
            names = json.loads(text)
            stems += names["stems"]
            words += names["words"]
            count += names["count"]
        frequencies = np.zeros(len(stems), np.int64)
        for text in self._of_kind("counts"):
            numbers = decode_numbers(text)
            frequencies[numbers["held"]] += numbers["frequencies"]
        return make_collection(stems, words, frequencies, count, self._head["means"])

    @cached_property
    def _names(self) -> dict[str, dict[str, Any]]:
        """The known parties, members, topics and documents, each with no rows."""
        names: dict[str, dict[str, Any]] = {}
        for text in self._of_kind("facets"):
            for kind, known in json.loads(text).items():
                names.setdefault(kind, {}).update({name: np.zeros(0, np.int64) for name in known})
        return names

    @cached_property
    def _whole(self) -> Whole:
        samples = [decode_numbers(text) for text in self._of_kind("usual")]
        stacked = (
            np.concatenate([one[name] for one in samples]) for name in ("passages", "sentences")
        )
        passages, sentences = (widen(v[spread_rows(len(v))]) for v in stacked)
        return Whole(
            encoder=self.encoder,
            collection=self._collection,
            usual=Usual(passages, sentences),
            names=self._names,
            answers=_Reading(self._read_answer),
            documents=_Reading(self._read_document),
        )

    def _read_answer(self, key: tuple[str, str]) -> Answer:
        version = self._versions[hash_key(key[0])]
        return decode_answer(self._read_text("answer", version, "\0".join(key)).encode())

    def _read_document(self, document_id: str) -> Document:
        version = self._versions[hash_key(document_id)]
        return decode_document(self._read_text("document", version, document_id).encode(), ())

    def _read_text(self, kind: str, version: int, name: str) -> str:
        number = text_number(kind, version, name)
        return self._client.read_texts([number])[number]


class _Reading(Mapping[Key, Record], Generic[Key, Record]):
    """Records that are read from the server when they are looked at."""

    def __init__(self, read: Callable[[Key], Record]) -> None:
        self._read = lru_cache(maxsize=256)(read)

    def __getitem__(self, key: Key) -> Record:
        return self._read(key)

    def __iter__(self) -> Iterator[Key]:
        raise NotImplementedError("the records of a store are not listed")

    def __len__(self) -> int:
        raise NotImplementedError("the records of a store are not counted")


def _read_head(client: Client) -> Json:
    if not client.exists:
        return {}
    pointer = client.read_texts([HEAD]).get(HEAD)
    if pointer is None:
        return {}
    head: Json = json.loads(client.read_texts([int(pointer)])[int(pointer)])
    return head


def _empty_head(encoder: Encoder) -> Json:
    return {
        "format": FORMAT,
        "model": describe_model(encoder),
        "version": 0,
        "means": {},
        "documents": [],
    }


def _check_head(head: Json, encoder: Encoder, client: Client) -> None:
    if head.get("format") != FORMAT or not is_made_by(head, encoder):
        raise StoreError(
            f"De verzameling '{client.address.collection}' op {client.address.uri} is gemaakt met "
            "een ander model of een andere versie van dit programma; kies met --store een andere "
            "naam en lees de bronnen opnieuw in met 'bijlage index BRON --store ADRES'."
        )


def _empty(client: Client) -> StoreError:
    return StoreError(
        f"De verzameling '{client.address.collection}' op {client.address.uri} is leeg; vul haar "
        "met 'bijlage index BRON --store ADRES'."
    )


def _describe(document: Document, version: int, counts: Mapping[int, int]) -> Json:
    return {
        "document_id": document.document_id,
        "title": document.title,
        "answers": len(document.answers),
        "passages": counts[hash_key(document.document_id)],
        "version": version,
    }
