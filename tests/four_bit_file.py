"""Write a model in the 4-bit format that `index/train/four_bit.py` reads, for tests."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Blocks = bytes
"""A matrix, packed by `pack`; any other tensor is given as its numbers."""


def pack(matrix: NDArray[np.float32]) -> Blocks:
    """Pack a matrix whose rows are whole blocks of 32; each scale is the block's largest over 7."""
    found = []
    for block in matrix.reshape(-1, 32):
        scale = np.float16(np.abs(block).max() / 7)
        bits = np.clip(np.rint(block / np.float32(scale)), -8, 7).astype(int) + 8
        found.append(struct.pack("<e", scale) + bytes((bits[:16] | bits[16:] << 4).tolist()))
    return b"".join(found)


def write_four_bit(
    path: Path,
    sizes: Sequence[int],
    vocabulary: Sequence[tuple[str, float]],
    tensors: Mapping[str, Blocks | NDArray[np.float32]],
) -> Path:
    """Write the file.

    Args:
        path: Of the file.
        sizes: Width, layers, heads, inner width, rows of the three tables of the embeddings.
        vocabulary: Pieces and scores, the four marks first.
        tensors: By their names in the file; a matrix packed.
    """
    texts = [piece.encode() for piece, _ in vocabulary]
    ends = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = np.array([score for _, score in vocabulary], "<f4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, *sizes, 1e-12, 32)
    head += struct.pack("<5iQ", len(texts), 0, 2, 1, 3, int(ends[-1]))
    head += ends.tobytes() + scores.tobytes() + b"".join(texts)
    signs = struct.pack("<IBI", ord("A"), 1, ord("A"))
    head += struct.pack("<iI", 1, len(signs)) + signs + struct.pack("<i", len(tensors))
    entries, body = b"", b""
    offset = len(head) + sum(2 + len(name) + 21 for name in tensors)
    for name, value in tensors.items():
        is_packed = isinstance(value, bytes)
        data = value if isinstance(value, bytes) else value.astype("<f4").tobytes()
        count = len(data) // 18 * 32 if is_packed else len(data) // 4
        entries += struct.pack("<H", len(name)) + name.encode()
        entries += struct.pack("<BIQQ", int(is_packed), count, offset + len(body), len(data))
        body += data
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + entries + body)
    return path
