"""What the teacher says of the texts: the vector of every token, made once, in half precision.

It is made in chunks, each a file that is named after what it was made of. A run that was cut off
goes on where it was. They are read from the files as they are needed: there is a gigabyte of them.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from index.train.bert import Transformer, to_batch, token_states
from index.train.steps import Report
from index.train.tokens import Row

CHUNK = 2048
"""Texts per file."""
HELD_OUT = 1000
"""Texts that are never learnt from as they stand, the last ones; or one in ten, of few. A sentence
of theirs may stand in a longer one that is."""
CENTRED_ON = 6000
"""Texts whose mean vector is the centre."""

Halves = NDArray[np.float16]


@dataclass(frozen=True)
class Taught:
    """Texts, in a drawn order, and what the teacher says of each token.

    E5's vectors lie in a narrow cone (cosines from .7 to 1, says its model card, for the low
    temperature it was trained with): what they have in common says nothing, and is taken off as
    `centre`.
    """

    rows: tuple[Row, ...]
    """Token ids of the student between marks."""
    chunks: tuple[Halves, ...]
    """Of each CHUNK texts the vectors of all their tokens, float16 (tokens, dimension)."""

    @property
    def learnt(self) -> int:
        """The number of texts to learn from: all but those that are held out."""
        return len(self.rows) - min(HELD_OUT, len(self.rows) // 10)

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """The number of tokens of each text that is learnt from."""
        return tuple(len(row) for row in self.rows[: self.learnt])

    @cached_property
    def centre(self) -> Tensor:
        """The mean of the texts' vectors, each the mean of its tokens, float32 (dimension,)."""
        few = range(min(CENTRED_ON, len(self.rows)))
        means = [self._states(number).astype(np.float32).mean(axis=0) for number in few]
        return torch.from_numpy(np.mean(means, axis=0, dtype=np.float64).astype(np.float32))

    def batch(self, numbers: Sequence[int], device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
        """Return some texts' token ids and mask, int64 (n, longest), and what is aimed at: the
        teacher's vectors less the centre, float32 (n, longest, dimension)."""
        ids, mask = to_batch([self.rows[number] for number in numbers], device)
        targets = torch.zeros(*ids.shape, len(self.centre))
        for place, number in enumerate(numbers):
            states = torch.from_numpy(self._states(number).astype(np.float32))
            targets[place, : len(states)] = states - self.centre
        return ids, mask, targets.to(device)

    def _states(self, number: int) -> Halves:
        start, end = self._starts[number : number + 2]
        chunk, first = number // CHUNK, number // CHUNK * CHUNK
        return self.chunks[chunk][start - self._starts[first] : end - self._starts[first]]

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.cumsum([0, *map(len, self.rows)])


def ask_teacher(
    teacher: Transformer,
    rows: Sequence[Row],
    ids: Sequence[int],
    cache: Path,
    report: Report,
) -> Taught:
    """Return the texts with the teacher's vectors, made now or kept in `cache` from before.

    Args:
        teacher: Which computes where it is.
        rows: Token ids of the student, between marks.
        ids: Of each token of the student the one that it is in the teacher.
        cache: Folder for the files.
        report: Told of every file that is made.
    """
    cache.mkdir(parents=True, exist_ok=True)
    name = _digest(teacher)
    chunks = []
    for start in range(0, len(rows), CHUNK):
        asked = [[ids[token] for token in row] for row in rows[start : start + CHUNK]]
        path = cache / f"{_name(name, asked)}.npy"
        if not path.exists():
            _write(path, token_states(teacher, asked))
            report(f"teacher {min(start + CHUNK, len(rows))}/{len(rows)}")
        chunks.append(np.load(path, mmap_mode="r"))
    return Taught(tuple(rows), tuple(chunks))


def _digest(teacher: Transformer) -> bytes:
    last = list(teacher.parameters())[-1].detach().cpu().numpy()
    first = teacher.tokens.weight[:100].detach().cpu().numpy()
    return first.tobytes() + last.tobytes()


def _name(digest: bytes, rows: Sequence[Sequence[int]]) -> str:
    return hashlib.sha256(digest + str(rows).encode()).hexdigest()[:24]


def _write(path: Path, vectors: Halves) -> None:
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        np.save(file, vectors)
    partial.replace(path)
