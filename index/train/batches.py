"""Draw the batches of each stage, as rows of token ids.

Parallel sentences of like length go together, so that little is computed over padding. A batch of
questions holds, beside each that is drawn, one whose answer is a hard negative of it: every hard
negative is somebody's right answer, and no text is encoded as a negative only.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.train.mining import Found

Row = tuple[int, ...]

POOL = 16
"""Batches' worth of sentences that are sorted by length together."""
FROM_START = 0.5
"""Share of long texts of which the beginning is taken; of others any stretch."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Examples as token ids without marks, their groups, and their negatives' rows."""

    queries: tuple[Row, ...]
    passages: tuple[Row, ...]
    groups: tuple[int, ...]
    negatives: Found


def draw_sentences(lengths: Sequence[int], size: int, rng: np.random.Generator) -> list[int]:
    """Return rows of sentences of like length, no more than `size`, long and short alike."""
    count = min(len(lengths), POOL * size)
    pool = rng.choice(len(lengths), count, replace=False)
    ordered = sorted(pool.tolist(), key=lambda row: lengths[row])
    start = int(rng.integers(0, max(1, count // size))) * size
    return ordered[start : start + size]


def draw_questions(questions: Questions, size: int, rng: np.random.Generator) -> list[int]:
    """Return rows of examples, each once: drawn ones, each followed by one of its negatives."""
    chosen: dict[int, None] = {}
    for row in rng.permutation(len(questions.queries)).tolist():
        negatives = questions.negatives[row]
        chosen[row] = None
        if negatives:
            chosen[negatives[rng.integers(len(negatives))]] = None
        if len(chosen) >= size:
            break
    return list(chosen)[:size]


def cut(row: Row, longest: int, rng: np.random.Generator) -> Row:
    """Return no more than `longest` tokens: the first ones, or as often some from further on."""
    if len(row) <= longest or rng.random() < FROM_START:
        return row[:longest]
    start = int(rng.integers(1, len(row) - longest + 1))
    return row[start : start + longest]
