"""Arrays in one file of the safetensors format: plain numbers, read in place and never copied.

The format is eight bytes of length, a header in JSON, and the arrays one after another; see
https://huggingface.co/docs/safetensors. It holds no code, and an array of a mapped file is only
read where it is looked at.
"""

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.file_rows import CAN_READ_ROWS, FileRows, MappedFile

Buffer = bytes | mmap.mmap
"""The bytes of a file: read, or mapped when there are many."""
Arrays = Mapping[str, NDArray[Any]]
Rows = NDArray[np.int64]
"""Numbers of rows, from 0."""

TYPES: dict[str, np.dtype[Any]] = {
    "I64": np.dtype(np.int64),
    "F32": np.dtype(np.float32),
    "I32": np.dtype(np.int32),
    "F16": np.dtype(np.float16),
    "U8": np.dtype(np.uint8),
    "I8": np.dtype(np.int8),
}
"""By falling size of a number: in this order every array starts at a multiple of it."""
NAMES = {dtype: name for name, dtype in TYPES.items()}
LENGTH = 8
"""Bytes of the length of the header, and what its end is a multiple of."""


def pack_arrays(**arrays: NDArray[Any]) -> bytes:
    """Return arrays as one file; equal arrays give equal bytes.

    Raises:
        KeyError: If an array has a type that isn't in `TYPES`.
    """
    header, order = _describe({name: (a.dtype, a.shape) for name, a in arrays.items()})
    return b"".join((header, *(np.ascontiguousarray(arrays[name]).tobytes() for name in order)))


def create_arrays(path: Path, **shapes: tuple[DTypeLike, tuple[int, ...]]) -> Arrays:
    """Make a file of arrays of these types and shapes, all 0, and return them to be filled."""
    specs = {name: (np.dtype(dtype), shape) for name, (dtype, shape) in shapes.items()}
    header, order = _describe(specs)
    sizes = [specs[name][0].itemsize * int(np.prod(specs[name][1])) for name in order]
    with path.open("wb") as file:
        file.write(header)
        file.truncate(len(header) + sum(sizes))
    starts = np.cumsum([len(header), *sizes])
    return {
        name: np.memmap(path, specs[name][0], "r+", int(start), specs[name][1])
        if size
        else np.zeros(specs[name][1], specs[name][0])
        for name, start, size in zip(order, starts, sizes, strict=False)
    }


def open_arrays(data: Buffer | memoryview) -> Arrays:
    """Return the arrays of a file by name, read-only views on its bytes.

    Raises:
        ValueError: If it is no such file, or is cut off.
        KeyError: If it holds a type that isn't in `TYPES`.
    """
    length = int.from_bytes(data[:LENGTH], "little")
    header = json.loads(bytes(data[LENGTH : LENGTH + length]))
    if not isinstance(header, dict):
        raise ValueError("the header of the arrays is no object")
    return {name: _view(data, LENGTH + length, fields) for name, fields in header.items()}


def open_rows(data: Buffer, name: str) -> NDArray[Any] | FileRows[Any]:
    """Return one array of a file, to look at some of its rows: those of a large file are read when
    they are asked for.

    Raises:
        ValueError: If it is no such file, or is cut off.
        KeyError: If it doesn't hold the array, or one of a type that isn't in `TYPES`.
    """
    view = open_arrays(data)[name]
    if not isinstance(data, MappedFile) or not CAN_READ_ROWS:
        return view
    start = int(view.ctypes.data) - int(np.frombuffer(data, np.uint8, 1).ctypes.data)
    return FileRows(data, start, view.dtype, view.shape)


def _describe(
    specs: Mapping[str, tuple[np.dtype[Any], tuple[int, ...]]],
) -> tuple[bytes, list[str]]:
    """Return the file's first bytes, and the order in which the arrays follow."""
    types = list(TYPES.values())
    order = sorted(specs, key=lambda name: (types.index(specs[name][0]), name))
    header, end = {}, 0
    for name in order:
        dtype, shape = specs[name]
        start, end = end, end + dtype.itemsize * int(np.prod(shape))
        header[name] = {"dtype": NAMES[dtype], "shape": shape, "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % LENGTH)
    return len(text).to_bytes(LENGTH, "little") + text, order


def _view(data: Buffer | memoryview, base: int, fields: Mapping[str, Any]) -> NDArray[Any]:
    dtype: np.dtype[Any] = TYPES[fields["dtype"]]
    start, end = fields["data_offsets"]
    shape = tuple(fields["shape"])
    if not 0 <= start <= end <= len(data) - base or end - start != dtype.itemsize * np.prod(shape):
        raise ValueError(f"an array of shape {shape} doesn't fit in its bytes {start} to {end}")
    return np.frombuffer(data, dtype, int(np.prod(shape)), base + start).reshape(shape)
