"""Documents for the benchmark of growth: real answers first, then passages of resampled sentences.

The vectors of the resampled ones are the normalised sums of the real vectors of their sentences:
encoding a million passages takes this model hours, and tells nothing about the index.
"""

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import split_sentences
from index.encoder import Encoder
from index.token_codes import Codes, Tokens, join_tokens, split_tokens

PER_FILE = 25_000
"""Passages per source, which is one document."""
SENTENCES = 20_000
"""Distinct sentences that passages are made of."""
CHARS = range(40, 250)
"""Length of such a sentence."""
PER_PASSAGE = 4
"""Sentences of a resampled passage."""


def write_sources(
    real: Sequence[str], sentences: Sequence[str], target: Path, count: int
) -> list[Path]:
    """Write `count` answers as JSONL files, and return their paths.

    Args:
        real: Answers that are taken as they are, at most `count`.
        sentences: What the others are made of; each of these is one passage.
        target: A folder.
        count: How many.
    """
    rng = np.random.default_rng(1)
    paths = []
    for start in range(0, count, PER_FILE):
        numbers = range(start, min(start + PER_FILE, count))
        texts = (real[n] if n < len(real) else _resample(sentences, rng) for n in numbers)
        lines = (
            json.dumps({"id": f"a{n}", "text": t}) for n, t in zip(numbers, texts, strict=True)
        )
        paths.append(target / f"deel-{start // PER_FILE:03d}.jsonl")
        paths[-1].write_text("\n".join(lines), encoding="utf-8")
    return paths


def pick_sentences(answers: Sequence[str]) -> list[str]:
    """Return distinct sentences of the answers, each a sentence also among others."""
    found: dict[str, None] = {}
    for answer in answers:
        for start, end in split_sentences(answer):
            text = " ".join(answer[start:end].split())
            if len(text) in CHARS and text[0].isupper() and text.endswith("."):
                found[text] = None
    every = list(found)
    rows = np.random.default_rng(2).permutation(len(every))[:SENTENCES]
    return [every[row] for row in rows]


def _resample(sentences: Sequence[str], rng: np.random.Generator) -> str:
    return " ".join(sentences[row] for row in rng.integers(0, len(sentences), PER_PASSAGE))


class SummingEncoder(Encoder):
    """The bundled model, which sums sentence vectors where a text is made of known sentences.

    `seconds` is what its calls took.
    """

    def __init__(self, encoder: Encoder, sentences: Sequence[str]) -> None:
        self.__dict__.update(vars(encoder))
        self.own = encoder
        self._known: dict[str, tuple[NDArray[np.float32], Codes]] = {}
        self.seconds = 0.0
        for start in range(0, len(sentences), PER_FILE):
            self._known |= self._encode_own(sentences[start : start + PER_FILE])

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector per passage: float32 (n, dimension)."""
        started = time.perf_counter()
        found = [self._sum(text) for text in texts]
        left = [row for row, vector in enumerate(found) if vector is None]
        fresh = iter(self.own.encode_passages([texts[row] for row in left]))
        vectors = [next(fresh) if vector is None else vector for vector in found]
        self.seconds += time.perf_counter() - started
        return np.array(vectors, np.float32).reshape(len(texts), self.dimension)

    def encode_sentences(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], Tokens]:
        """Return one unit vector per sentence, float32 (n, dimension), and their tokens."""
        started = time.perf_counter()
        fresh = self._encode_own([text for text in dict.fromkeys(texts) if text not in self._known])
        found = [self._known.get(text) or fresh[text] for text in texts]
        vectors = np.array([vector for vector, _ in found], np.float32)
        tokens = join_tokens([own for _, own in found])
        self.seconds += time.perf_counter() - started
        return vectors.reshape(len(texts), self.dimension), tokens

    def _encode_own(self, sentences: Sequence[str]) -> dict[str, tuple[NDArray[np.float32], Codes]]:
        """Return the vector and the codes of each sentence, by the model itself."""
        vectors, tokens = self.own.encode_sentences(sentences)
        return dict(zip(sentences, zip(vectors, split_tokens(tokens), strict=True), strict=True))

    def _sum(self, text: str) -> NDArray[np.float32] | None:
        found = [self._known.get(sentence) for sentence in _sentences(text)]
        known = [one[0] for one in found if one is not None]
        if not known or len(known) < len(found):
            return None
        total = np.sum(known, axis=0)
        return np.asarray(total / np.linalg.norm(total), np.float32)


def _sentences(text: str) -> Iterator[str]:
    return (text[start:end] for start, end in split_sentences(text))
