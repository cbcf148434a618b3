"""Where a store is: `milvus://host:port/collection?shards=2&replicas=1`."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

SCHEMES = {"milvus": "http", "milvus+tls": "https"}
NAME = re.compile(r"[A-Za-z_]\w{0,99}", re.ASCII)
PORT = 19530
SETTINGS = ("shards", "replicas")
MOST = 64
EXAMPLE = "milvus://localhost:19530/bijlagen"


class StoreError(Exception):
    """A store that can't be used; the message is one Dutch sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Address:
    """The server's URI, the collection, and into how many shards and replicas it is laid out."""

    uri: str
    collection: str
    shards: int = 1
    replicas: int = 1


def read_address(text: str) -> Address:
    """Read the address of a store.

    Raises:
        StoreError: If it isn't one.
    """
    if not text.isprintable():  # a byte that is no UTF-8, or what steers a screen
        raise _wrong(text)
    try:
        parts = urlsplit(text)
        port = parts.port or PORT
    except ValueError as error:
        raise _wrong(text) from error
    collection = parts.path.removeprefix("/")
    settings = dict(parse_qsl(parts.query, keep_blank_values=True))
    if (
        parts.scheme not in SCHEMES
        or not parts.hostname
        or parts.username is not None
        or not NAME.fullmatch(collection)
        or not settings.keys() <= set(SETTINGS)
        or not all(value.isdecimal() and 1 <= int(value) <= MOST for value in settings.values())
    ):
        raise _wrong(text)
    uri = f"{SCHEMES[parts.scheme]}://{parts.hostname}:{port}"
    return Address(uri, collection, **{name: int(value) for name, value in settings.items()})


def _wrong(text: str) -> StoreError:
    return StoreError(
        f"'{text}' is geen adres van een Milvus-verzameling; geef het als '{EXAMPLE}', met "
        "eventueel '?shards=2&replicas=2' erachter, en een wachtwoord in MILVUS_TOKEN."
    )
