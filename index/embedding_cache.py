"""Vectors by the text they were made from, so that only new texts are encoded.

A text is known by the SHA-256 of what the model was given; an old index lends its vectors only
when it was made by the same model with the same prefix. What a long build has encoded is logged in
the index folder, so that the next build goes on where one was broken off.
"""

import hashlib
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.encoding_log import KEY_BYTES, EncodingLog
from index.token_codes import Codes, Tokens, join_tokens, split_tokens

STEP = 128
"""Texts that are encoded before progress is told and logged: four of the model's batches. Texts of
about the same length go together, since each of a batch costs as much as its longest."""

Progress = Callable[[int, int], None]
"""Told how many texts were encoded, and how many must be as far as is known yet."""


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


Vector = NDArray[np.float32]
Held = tuple[Vector, Codes | None]
"""The vector of a text, float32 (dimension,), and the codes of its tokens where they are known."""


class EmbeddingCache:
    """Encodes passages and sentences, looking each text up before it is encoded; counts what was
    encoded.

    Given the folder of an index it keeps a log there, until it is left without a fault.
    """

    def __init__(
        self, encoder: Encoder, folder: Path | None = None, progress: Progress = no_progress
    ) -> None:
        self._encoder = encoder
        self._progress = progress
        self._held: dict[bytes, Held] = {}
        self._lent: ChainMap[bytes, Held] = ChainMap()
        self._log = EncodingLog(folder, encoder) if folder else None
        if self._log:
            for entry in self._log.read():
                self.add(*entry)
        self._lent = self._lent.new_child()
        self.embedded = 0
        self._announced = 0

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

    def add(
        self, keys: NDArray[np.uint8], vectors: NDArray[np.floating], tokens: Tokens | None = None
    ) -> None:
        """Remember vectors (n, dimension), and tokens if known, by the keys (n, 32) of texts; what
        was known of a text's tokens stays."""
        names = [*map(bytes, keys)]
        if tokens is None:
            known = [self._lent.get(name, (None, None))[1] for name in names]
            held: Iterable[Held] = zip(np.asarray(vectors, np.float32), known, strict=True)
        else:
            held = _pair(np.asarray(vectors, np.float32), tokens)
        self._lent |= dict(zip(names, held, strict=True))

    def forget(self) -> None:
        """Let go of what was encoded here, which is on disk by now, and of what was added, but for
        the log."""
        self._held.clear()
        self._lent.maps[0].clear()

    def announce(self, sentences: Sequence[str], texts: Sequence[str]) -> None:
        """Say what `encode_sentences` and `encode` will be asked for, so that progress is told of
        all of it from the first."""
        new = {
            *self._missing(_hash_all(sentences), sentences, _has_tokens),
            *self._missing(_hash_all(texts), texts, _serves_always),
        }
        self._announced = self.embedded + len(new)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a vector per text, float32 (n, dimension); each new text is encoded once."""
        found = self._look_up(texts, _serves_always, self._encode_passages)
        return self._stack(found)

    def encode_sentences(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], Tokens]:
        """Return a vector per text, as `encode`, and their tokens."""
        found = self._look_up(texts, _has_tokens, self._encode_sentences)
        return self._stack(found), join_tokens([own for _, own in found if own is not None])

    def _look_up(self, texts: Sequence[str], serves: "Serves", encode: "Encode") -> list[Held]:
        """Return what is held for each text, after encoding those for which nothing serves."""
        keys = _hash_all(texts)
        lent = {key: self._lent[key] for key in keys if key in self._lent}
        self._held |= {key: held for key, held in lent.items() if serves(held)}
        missing = self._missing(keys, texts, serves)
        total = max(self._announced, self.embedded + len(missing))
        ordered = sorted(missing.items(), key=lambda item: len(item[1]), reverse=True)
        for start in range(0, len(ordered), STEP):
            encode(dict(ordered[start : start + STEP]))
            self._progress(self.embedded, total)
        return [self._held[key] for key in keys]

    def _missing(
        self, keys: Sequence[bytes], texts: Sequence[str], serves: "Serves"
    ) -> dict[bytes, str]:
        """Return by its key each text for which nothing serves."""
        places = self._held, self._lent
        return {
            key: text
            for key, text in zip(keys, texts, strict=True)
            if not any(key in place and serves(place[key]) for place in places)
        }

    def _encode_passages(self, missing: Mapping[bytes, str]) -> None:
        self._keep([*missing], self._encoder.encode_passages([*missing.values()]), None)

    def _encode_sentences(self, missing: Mapping[bytes, str]) -> None:
        self._keep([*missing], *self._encoder.encode_sentences([*missing.values()]))

    def _keep(self, keys: Sequence[bytes], vectors: Vector, tokens: Tokens | None) -> None:
        self._held |= dict(zip(keys, _pair(vectors, tokens), strict=True))
        self.embedded += len(keys)
        if self._log:
            self._log.append(keys, vectors, tokens)

    def _stack(self, found: Sequence[Held]) -> NDArray[np.float32]:
        vectors = [vector for vector, _ in found]
        return np.array(vectors, np.float32).reshape(len(found), self._encoder.dimension)


Encode = Callable[[Mapping[bytes, str]], None]
Serves = Callable[[Held], bool]


def _hash_all(texts: Sequence[str]) -> list[bytes]:
    return [hash_text(text) for text in texts]


def _has_tokens(held: Held) -> bool:
    return held[1] is not None


def _serves_always(_: Held) -> bool:
    return True


def _pair(vectors: NDArray[np.float32], tokens: Tokens | None) -> Iterable[Held]:
    """Return each vector (n, dimension) with the codes of its text."""
    codes = [None] * len(vectors) if tokens is None else split_tokens(tokens)
    return zip(vectors, codes, strict=True)


def hash_text(text: str) -> bytes:
    """Return the SHA-256 of a text, 32 bytes."""
    return hashlib.sha256(text.encode()).digest()


def hash_texts(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Return the SHA-256 of each text, uint8 (n, 32)."""
    joined = b"".join(map(hash_text, texts))
    return np.frombuffer(joined, np.uint8).reshape(-1, KEY_BYTES)
