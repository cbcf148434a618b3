"""Vectors by the text they were made from, so that only new texts are encoded.

A text is known by the SHA-256 of what the model was given; an old index lends its vectors only
when it was made by the same model with the same prefix. What a long build has encoded is logged in
the index folder, so that the next build goes on where one was broken off.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.encoding_log import KEY_BYTES, EncodingLog

STEP = 512
"""Texts that are encoded before progress is told and logged."""

Progress = Callable[[int, int], None]
"""Told how many texts were encoded, and how many must be as far as is known yet."""


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


class EmbeddingCache:
    """Encodes passages, looking each text up before it is encoded; counts what was encoded.

    Given the folder of an index it keeps a log there, until it is left without a fault.
    """

    def __init__(
        self, encoder: Encoder, folder: Path | None = None, progress: Progress = no_progress
    ) -> None:
        self._encoder = encoder
        self._progress = progress
        self._vectors: dict[bytes, NDArray[np.float32]] = {}
        self._lent: dict[bytes, NDArray[np.float32]] = {}
        self._log = EncodingLog(folder, encoder) if folder else None
        if self._log:
            self.add(*self._log.read())
        self.embedded = 0

    def __enter__(self) -> "EmbeddingCache":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._log and error is None:
            self._log.remove()

    def add(self, keys: NDArray[np.uint8], vectors: NDArray[np.floating]) -> None:
        """Remember vectors (n, dimension) by their keys (n, 32)."""
        known = zip(keys, np.asarray(vectors, np.float32), strict=True)
        self._lent |= {key.tobytes(): vector for key, vector in known}

    def forget(self) -> None:
        """Let go of what was encoded here, not of what was added: it is on disk by now."""
        self._vectors.clear()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a vector per text, float32 (n, dimension); each new text is encoded once."""
        keys = [hash_text(text) for text in texts]
        lent = {key: self._lent[key] for key in keys if key in self._lent}
        self._vectors |= lent
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._vectors}
        total = self.embedded + len(missing)
        for start in range(0, len(missing), STEP):
            self._encode([*missing.items()][start : start + STEP])
            self._progress(self.embedded, total)
        rows = [self._vectors[key] for key in keys]
        return np.array(rows, np.float32).reshape(len(texts), self._encoder.dimension)

    def _encode(self, missing: Sequence[tuple[bytes, str]]) -> None:
        fresh = self._encoder.encode_passages([text for _, text in missing])
        self._vectors |= {key: vector for (key, _), vector in zip(missing, fresh, strict=True)}
        self.embedded += len(missing)
        if self._log:
            self._log.append([key for key, _ in missing], fresh)


def hash_text(text: str) -> bytes:
    """Return the SHA-256 of a text, 32 bytes."""
    return hashlib.sha256(text.encode()).digest()


def hash_texts(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Return the SHA-256 of each text, uint8 (n, 32)."""
    joined = b"".join(map(hash_text, texts))
    return np.frombuffer(joined, np.uint8).reshape(-1, KEY_BYTES)
