"""Vectors by the text they were made from, so that only new texts are encoded.

A text is known by the SHA-256 of what the model was given; an old index lends its vectors only
when it was made by the same model with the same prefix.
"""

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder

KEY_BYTES = 32


class EmbeddingCache:
    """Encodes passages, looking each text up before it is encoded; counts what was encoded."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[bytes, NDArray[np.float32]] = {}
        self.embedded = 0

    def add(self, keys: NDArray[np.uint8], vectors: NDArray[np.floating]) -> None:
        """Remember vectors (n, dimension) by their keys (n, 32)."""
        known = zip(keys, vectors.astype(np.float32), strict=True)
        self._vectors |= {key.tobytes(): vector for key, vector in known}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a vector per text, float32 (n, dimension); each new text is encoded once."""
        keys = [hash_text(text) for text in texts]
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._vectors}
        fresh = self._encoder.encode_passages(list(missing.values()))
        self._vectors |= dict(zip(missing, fresh, strict=True))
        self.embedded += len(missing)
        rows = [self._vectors[key] for key in keys]
        return np.array(rows, np.float32).reshape(len(texts), self._encoder.dimension)


def hash_text(text: str) -> bytes:
    """Return the SHA-256 of a text, 32 bytes."""
    return hashlib.sha256(text.encode()).digest()


def hash_texts(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Return the SHA-256 of each text, uint8 (n, 32)."""
    joined = b"".join(map(hash_text, texts))
    return np.frombuffer(joined, np.uint8).reshape(-1, KEY_BYTES)
