"""What the folder of a model tells before the model is loaded: its axes and its fingerprints."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import open_arrays
from index.token_codes import TOKEN_DIMENSION
from index.verifier import VERIFIER

AXES = "token_axes.safetensors"
"""File of a model with the axes of its token codes (`index.token_codes`): `axes`, float16."""
NO_WEIGHTS = (".md", ".onnx")
"""Endings of a model's files that say nothing about its vectors: cards, graphs of the weights."""


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """SHA-256 (hex) of what a model's vectors come from, and of all of it: the verifier judges
    passages, and nothing that an index stores depends on it."""

    vectors: str
    whole: str


def find_folder(name: str) -> Path | None:
    """Return the folder that a model's name stands for, or None for a name on the hub."""
    try:
        folder = Path(name).expanduser().resolve()
        return folder if name.strip() and folder.is_dir() else None
    except (OSError, ValueError, RuntimeError):  # too long, a NUL byte, an unknown user
        return None


def read_dimension(folder: Path) -> int:
    """Return how many numbers a vector of the model has.

    Raises:
        OSError, ValueError, KeyError, TypeError: If the model doesn't say so.
    """
    pooling = json.loads((folder / "1_Pooling" / "config.json").read_bytes())
    return int(pooling["word_embedding_dimension"])


def read_axes(folder: Path, dimension: int) -> NDArray[np.float32] | None:
    """Return the axes of a model's token codes, float32 (dimension, TOKEN_DIMENSION), or None for a
    model without them.

    Raises:
        OSError, ValueError, KeyError: If the file can't be read or holds others.
    """
    path = folder / AXES
    if not path.is_file():
        return None
    axes = open_arrays(path.read_bytes())["axes"].astype(np.float32)
    if axes.shape != (dimension, TOKEN_DIMENSION):
        raise ValueError(f"axes of shape {axes.shape} for vectors of {dimension} numbers")
    return axes


def hash_folder(folder: Path) -> Fingerprints:
    """Hash the names and bytes of a model's files, cards and graphs left out, its verifier last."""
    verifier = folder / VERIFIER
    digest = hashlib.sha256()
    vectors = ""
    for path in sorted(_weights(folder), key=lambda path: (path == verifier, path)):
        if path == verifier:
            vectors = digest.hexdigest()
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    whole = digest.hexdigest()
    return Fingerprints(vectors or whole, whole)


def _weights(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.suffix not in NO_WEIGHTS:
            yield path
