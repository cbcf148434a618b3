"""The teacher's vectors of the English sentences: made once, kept in half precision.

They are made in chunks, each a file that is named after what it was made of. A run that was cut
off goes on where it was, and one with more sentences makes only what is new.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from index.train.bert import load_teacher, to_batch

CHUNK = 2048
"""Sentences per file."""
BATCH = 64
"""Sentences per batch."""


def teacher_vectors(
    texts: Sequence[str], teacher: Path, cache: Path, max_tokens: int, device: torch.device
) -> NDArray[np.float16]:
    """Return one unit vector per text, float16 (n, dimension)."""
    model, tokenizer = load_teacher(teacher)
    model.to(device)
    tokenizer.enable_truncation(max_tokens)
    tokenizer.no_padding()
    cache.mkdir(parents=True, exist_ok=True)
    parts = []
    for start in range(0, len(texts), CHUNK):
        chunk = texts[start : start + CHUNK]
        path = cache / f"{_name(chunk, teacher, max_tokens)}.npy"
        if not path.exists():
            rows = [found.ids for found in tokenizer.encode_batch(list(chunk))]
            _write(path, embed_rows(model, rows, device).astype(np.float16))
        parts.append(np.load(path))
    return np.concatenate(parts)


@torch.inference_mode()
def embed_rows(
    model: torch.nn.Module, rows: Sequence[Sequence[int]], device: torch.device
) -> NDArray[np.float32]:
    """Return one unit vector per row of token ids, float32 (n, dimension); n is at least 1."""
    order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
    found: list[NDArray[np.float32]] = []
    for start in range(0, len(order), BATCH):
        batch = [rows[row] for row in order[start : start + BATCH]]
        found.append(model(*to_batch(batch, device)).float().cpu().numpy())
    vectors = np.concatenate(found)
    return np.asarray(vectors[np.argsort(order)], np.float32)


def _name(texts: Sequence[str], teacher: Path, max_tokens: int) -> str:
    digest = hashlib.sha256((teacher / "model.safetensors").read_bytes()[:65536])
    digest.update("\0".join((str(max_tokens), *texts)).encode())
    return digest.hexdigest()[:24]


def _write(path: Path, vectors: NDArray[np.float16]) -> None:
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        np.save(file, vectors)
    partial.replace(path)
