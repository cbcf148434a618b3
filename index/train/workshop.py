"""What every stage of the recipe works with: settings, folders, tokens, and what is learnt from."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from index.train.batches import Row, draw_sentences
from index.train.bert import Student, to_batch
from index.train.losses import anchor_loss
from index.train.settings import Settings
from index.train.steps import Report
from index.train.teacher import embed_rows
from index.train.tokens import TokenReader


@dataclass(frozen=True, slots=True)
class Folders:
    """Where everything is: the data, the teacher, a tokenizer.json, what the run makes, and the
    finished model that it goes on from (None: it starts anew)."""

    data: Path
    teacher: Path
    tokenizer: Path
    out: Path
    start: Path | None = None


@dataclass(frozen=True, slots=True)
class Sentences:
    """Parallel sentences: the Dutch token ids, and the teacher's vectors, float16 (n, dim)."""

    rows: tuple[Row, ...]
    targets: Tensor


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every stage works with."""

    settings: Settings
    out: Path
    device: torch.device
    reader: TokenReader
    report: Report

    def encode(self, model: Student, rows: Sequence[Row]) -> Tensor:
        """Return unit vectors of bare rows, with gradients."""
        ids, mask = to_batch([self.reader.finish(row) for row in rows], self.device)
        return cast(Tensor, model(ids, mask))

    def embed(self, model: Student, rows: Sequence[Row], longest: int) -> NDArray[np.float32]:
        """Return unit vectors of the beginnings of bare rows, float32 (n, dimension)."""
        cut_rows = [row[:longest] for row in rows]
        places = {row: place for place, row in enumerate(dict.fromkeys(cut_rows))}
        found = embed_rows(model, [self.reader.finish(row) for row in places], self.device)
        return found[[places[row] for row in cut_rows]]


def anchor(
    shop: Workshop, model: Student, sentences: Sentences, size: int, rng: np.random.Generator
) -> Tensor:
    """Return the anchor's loss on `size` parallel sentences that are drawn."""
    lengths = [len(row) for row in sentences.rows]
    chosen = draw_sentences(lengths, size, rng)
    targets = sentences.targets[chosen].float().to(shop.device)
    return anchor_loss(shop.encode(model, [sentences.rows[row] for row in chosen]), targets)
