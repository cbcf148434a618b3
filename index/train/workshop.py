"""What every stage of the recipe works with: settings, folders, tokens, and the teacher's word."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from index.train.batches import draw_sentences
from index.train.bert import Transformer, embed_rows, to_batch
from index.train.losses import distil_loss
from index.train.settings import Settings
from index.train.steps import Report
from index.train.taught import Taught
from index.train.tokens import Row, TokenReader, finish


@dataclass(frozen=True, slots=True)
class Folders:
    """Where everything is: the data, the teacher, what the run makes, and the finished model that
    it goes on from (None: it starts anew)."""

    data: Path
    teacher: Path
    out: Path
    start: Path | None = None


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every stage works with."""

    settings: Settings
    out: Path
    device: torch.device
    pieces: tuple[str, ...]
    reader: TokenReader
    report: Report

    def encode(self, model: Transformer, rows: Sequence[Row]) -> Tensor:
        """Return unit vectors of bare rows, with gradients."""
        ids, mask = to_batch([finish(row) for row in rows], self.device)
        return cast(Tensor, model(ids, mask))

    def embed(self, model: Transformer, rows: Sequence[Row], longest: int) -> NDArray[np.float32]:
        """Return unit vectors of the beginnings of bare rows, float32 (n, dimension)."""
        cut_rows = [row[:longest] for row in rows]
        places = {row: place for place, row in enumerate(dict.fromkeys(cut_rows))}
        found = embed_rows(model, [finish(row) for row in places])
        return found[[places[row] for row in cut_rows]]


def draw_taught(
    shop: Workshop, model: Transformer, taught: Taught, size: int, rng: np.random.Generator
) -> Tensor:
    """Return how far the model is from the teacher on `size` texts of like length, drawn."""
    return taught_loss(shop, model, taught, draw_sentences(taught.lengths, size, rng))


def taught_loss(
    shop: Workshop, model: Transformer, taught: Taught, numbers: Sequence[int]
) -> Tensor:
    """Return how far the model is from the teacher on some texts."""
    ids, mask, targets = taught.batch(numbers, shop.device)
    return distil_loss(model.states(ids, mask), targets, mask)
