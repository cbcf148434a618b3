"""Talk to a Milvus server: the only module that imports pymilvus.

Two collections: one with a row per passage, found by its vector and its words, and one with
everything else as named texts. No text of a user or a document ever stands in an expression:
filters are numbers (`index.lazy.hash_key`), names are hashed.
"""

import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from index.remote.address import Address, StoreError

Row = Mapping[str, Any]

MOST_CHARS = 16_000
"""Characters of a piece of text: at most four bytes each, of the 65,535 that the server takes."""
BATCH = 200
"""Rows that are written or read at once."""
TIMEOUT_S = 30.0
SUFFIX = "_texts"
LONG = ("body", "around")
"""Fields of a passage that are kept in pieces: a list of 75 items has 75 vectors of sentences."""
MOST_PIECES = 256
FIELDS = ("document", "version", "number", "body", "around", "dense")


class Client:
    """A connection to the two collections of an address."""

    def __init__(self, address: Address) -> None:
        """Connect.

        Raises:
            StoreError: If pymilvus isn't installed, or the server can't be reached.
        """
        self.address = address
        _require_library()
        with _explaining(address):
            self._client = _connect(address)
            self.exists = bool(self._client.has_collection(address.collection + SUFFIX))
            if self.exists:
                self._load()

    def create(self, dimension: int) -> None:
        """Make both collections, empty."""
        name, shards = self.address.collection, self.address.shards
        with _explaining(self.address):
            self._create(name, *_passage_schema(self._client, dimension), shards)
            self._create(name + SUFFIX, *_text_schema(self._client), 1)
            self._load()
        self.exists = True

    def insert(self, rows: Sequence[Row]) -> None:
        """Add rows of passages."""
        with _explaining(self.address):
            for start in range(0, len(rows), BATCH):
                batch = [_cut_row(row) for row in rows[start : start + BATCH]]
                self._client.insert(self.address.collection, batch)

    def search(self, field: str, vector: Any, limit: int, expression: str) -> list[dict[str, Any]]:
        """Return the rows of passages with the highest inner product, best first."""
        with _explaining(self.address):
            (found,) = self._client.search(
                self.address.collection,
                [vector],
                anns_field=field,
                limit=limit,
                filter=expression,
                output_fields=list(FIELDS),
                search_params={"metric_type": "IP"},
            )
            return [_join_row(hit["entity"]) for hit in found]

    def delete(self, expression: str) -> None:
        """Take rows of passages out."""
        with _explaining(self.address):
            self._client.delete(self.address.collection, filter=expression)

    def write_texts(self, texts: Mapping[int, str]) -> None:
        """Write texts by their numbers, long ones in pieces."""
        with _explaining(self.address):
            rows = [row for number, text in texts.items() for row in _text_rows(number, text)]
            for start in range(0, len(rows), BATCH):
                self._client.upsert(self.address.collection + SUFFIX, rows[start : start + BATCH])

    def read_texts(self, numbers: Iterable[int]) -> dict[int, str]:
        """Return the texts with these numbers; those that aren't there are left out."""
        wanted = list(numbers)
        rows = self._read_rows(f"{number}.0" for number in wanted)
        counts = {n: rows[f"{n}.0"]["pieces"] for n in wanted if f"{n}.0" in rows}
        rows |= self._read_rows(f"{n}.{place}" for n in counts for place in range(1, counts[n]))
        return {
            number: "".join(rows[f"{number}.{place}"]["body"] for place in range(count))
            for number, count in counts.items()
        }

    def _read_rows(self, keys: Iterable[str]) -> dict[str, Row]:
        """Return rows of texts by their keys, which are of digits, points and signs only."""
        wanted, found = list(keys), {}
        with _explaining(self.address):
            for start in range(0, len(wanted), BATCH):
                rows = self._client.query(
                    self.address.collection + SUFFIX,
                    filter=f"key in {json.dumps(wanted[start : start + BATCH])}",
                    output_fields=["key", "pieces", "body"],
                )
                found.update({row["key"]: row for row in rows})
        return found

    def _create(self, name: str, schema: Any, indexes: Any, shards: int) -> None:
        if self._client.has_collection(name):
            self._client.drop_collection(name)
        self._client.create_collection(
            name,
            schema=schema,
            index_params=indexes,
            num_shards=shards,
            consistency_level="Strong",
        )

    def _load(self) -> None:
        """Let the server hold both collections ready: after a restart it doesn't by itself."""
        for name in (self.address.collection, self.address.collection + SUFFIX):
            self._client.load_collection(name, replica_number=self.address.replicas)


def _require_library() -> None:
    if find_spec("pymilvus") is None:
        raise StoreError(
            "Voor een Milvus-server is het pakket pymilvus nodig; installeer het met "
            "'.venv/bin/pip install -e .[milvus]'."
        )


def _connect(address: Address) -> Any:
    from pymilvus import MilvusClient

    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # what fails is said in Dutch
    token = os.environ.get("MILVUS_TOKEN", "")
    return MilvusClient(uri=address.uri, token=token, timeout=TIMEOUT_S)


@contextmanager
def _explaining(address: Address) -> Iterator[None]:
    """Say in Dutch what a server or a connection finds wrong.

    Raises:
        StoreError: In place of any error of pymilvus.
    """
    from pymilvus.exceptions import MilvusException

    try:
        yield
    except (OSError, MilvusException) as error:
        raise StoreError(
            f"De Milvus-server op {address.uri} antwoordt niet of weigert de opdracht "
            f"({str(error)[:200]}); controleer of hij draait, het adres en MILVUS_TOKEN."
        ) from error


def _passage_schema(client: Any, dimension: int) -> tuple[Any, Any]:
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("passage", DataType.VARCHAR, is_primary=True, max_length=64)
    for name in ("document", "version", "number"):
        schema.add_field(name, DataType.INT64)
    schema.add_field("facets", DataType.ARRAY, element_type=DataType.INT64, max_capacity=4096)
    for name in LONG:
        schema.add_field(
            name,
            DataType.ARRAY,
            element_type=DataType.VARCHAR,
            max_capacity=MOST_PIECES,
            max_length=65_535,
        )
    schema.add_field("dense", DataType.FLOAT_VECTOR, dim=dimension)
    schema.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
    indexes = client.prepare_index_params()
    indexes.add_index("dense", index_type="AUTOINDEX", metric_type="IP")
    indexes.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
    return schema, indexes


def _text_schema(client: Any) -> tuple[Any, Any]:
    """Return a schema with the vector that Milvus asks of every collection."""
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("key", DataType.VARCHAR, is_primary=True, max_length=64)
    schema.add_field("pieces", DataType.INT64)
    schema.add_field("body", DataType.VARCHAR, max_length=65_535)
    schema.add_field("nothing", DataType.FLOAT_VECTOR, dim=2)
    indexes = client.prepare_index_params()
    indexes.add_index("nothing", index_type="FLAT", metric_type="IP")
    return schema, indexes


def _cut(text: str) -> list[str]:
    """Return the pieces of a text; at least one."""
    return [text[start : start + MOST_CHARS] for start in range(0, len(text), MOST_CHARS)] or [""]


def _cut_row(row: Row) -> Row:
    return {**row, **{name: _cut(row[name]) for name in LONG}}


def _join_row(row: Row) -> dict[str, Any]:
    return {**row, **{name: "".join(row[name]) for name in LONG}}


def _text_rows(number: int, text: str) -> Iterator[Row]:
    pieces = _cut(text)
    for place, body in enumerate(pieces):
        yield {
            "key": f"{number}.{place}",
            "pieces": len(pieces),
            "body": body,
            "nothing": [0.0, 0.0],
        }
