"""Tokens of a text in a few bytes each, for late interaction: each token of a question is compared
with each token of a sentence (Khattab and Zaharia, "ColBERT", SIGIR 2020, section 3.1).

A token's vector is projected on a few axes, made a unit vector and rounded to eight bits: a sixth
of the numbers, and a twenty-fourth of the room. A model of our recipe brings its axes along, those
on which its tokens differ most (principal components; `index/train/axes.py`). For any other model
they are random signs (Achlioptas, "Database-friendly random projections", JCSS 66(4), 2003) out of
a hash, so they are the same everywhere and always.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

TOKEN_DIMENSION = 64
"""On the questions for choosing, the least similar token of a question tells answered ones from
others as well with 64 principal components as with 96, 128 or all 384, and better than with 96
random signs (AUROC of the confidence .942, .942, .943, .942 and .937)."""
SCALE = 127
SOFTNESS = 0.06
"""How far the smooth minimum looks beyond the least; the model is trained on it too
(`index/train/written/alignment.py`)."""

Codes = NDArray[np.int8]
Floats = NDArray[np.float32]
Offsets = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of n texts: text i has `codes[offsets[i]:offsets[i + 1]]`, int8 (tokens,
    TOKEN_DIMENSION); none where the model doesn't look at tokens in their context."""

    codes: Codes
    offsets: Offsets


def split_tokens(tokens: Tokens) -> list[Codes]:
    """Return the codes of each text."""
    return [tokens.codes[start:end] for start, end in pairwise(tokens.offsets.tolist())]


def join_tokens(texts: Sequence[Codes]) -> Tokens:
    """Return the tokens of texts from the codes of each."""
    offsets = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    return Tokens(np.concatenate([np.zeros((0, TOKEN_DIMENSION), np.int8), *texts]), offsets)


def encode_tokens(texts: Sequence[Floats], axes: Floats | None = None) -> Tokens:
    """Return the codes of the token vectors of each text, each float32 (tokens, dimension), on the
    axes of a model, float32 (dimension, TOKEN_DIMENSION), or on random signs."""
    offsets = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    if not offsets[-1]:
        return Tokens(np.zeros((0, TOKEN_DIMENSION), np.int8), offsets)
    vectors = np.concatenate([text for text in texts if len(text)])
    projected = vectors @ (_signs(vectors.shape[1]) if axes is None else axes)
    norms = np.linalg.norm(projected, axis=1, keepdims=True)
    units = projected / np.maximum(norms, np.float32(1e-12))
    return Tokens(np.round(units * SCALE).astype(np.int8), offsets)


def best_similarities(asked: Codes, codes: Codes, starts: Offsets) -> Floats:
    """Return how near the nearest token of each sentence comes to each token of a question.

    Args:
        asked: The codes of the question's tokens, (q, TOKEN_DIMENSION).
        codes: Those of all sentences, one after another.
        starts: Where each sentence starts there, int64 (sentences + 1,).

    Returns:
        Cosines, float32 (q, sentences); 0 for a sentence without tokens.
    """
    found = np.zeros((len(asked), len(starts) - 1), np.float32)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled) and len(asked):
        cosines = asked.astype(np.float32) @ codes.astype(np.float32).T / np.float32(SCALE**2)
        found[:, filled] = np.maximum.reduceat(cosines, starts[filled], axis=1)
    return found


def smooth_least(cosines: Floats) -> float:
    """Return the smooth minimum of what a question's tokens find most like them, float32 (tokens,),
    so that one odd token doesn't decide alone; 1 without tokens."""
    if not len(cosines):
        return 1.0
    return float(-SOFTNESS * np.log(np.exp(-cosines / SOFTNESS).mean()))


@lru_cache(maxsize=4)
def _signs(dimension: int) -> Floats:
    """Return as many random signs, float32 (dimension, TOKEN_DIMENSION)."""
    count = dimension * TOKEN_DIMENSION
    drawn = hashlib.shake_256(b"token signs").digest(-(-count // 8))
    bits = np.unpackbits(np.frombuffer(drawn, np.uint8))[:count]
    return (1 - 2 * bits.astype(np.float32)).reshape(dimension, TOKEN_DIMENSION)
