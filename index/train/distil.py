"""The student: some of the teacher's layers, centred, that learn to say what all of them say.

Layers are left out, not made anew (Sanh et al. 2019, "DistilBERT", section 3), and learn on Dutch
text alone from the teacher's last layer.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from index.train.batches import take_turn
from index.train.bert import Transformer, centre, keep_layers
from index.train.losses import distil_loss
from index.train.settings import Settings
from index.train.steps import Plan, Report, train
from index.train.taught import Taught

WARM_UP = 100
"""Steps in which the rate grows."""
LOWEST = 0.03
"""Share of the highest rate that the last step still has."""
DECAY, BETA = 0.01, 0.98
"""Of AdamW: weight decay, and how slowly the squares of gradients are forgotten."""
CHECKED = 400
"""Held-out texts that the student is judged by."""


def start_student(
    teacher: Transformer, ids: Sequence[int], layers: Sequence[int], mean: Tensor
) -> Transformer:
    """Return the student as it is before any training.

    Args:
        teacher: What its layers and its pieces are taken from; it isn't changed.
        ids: Of each piece of the student the one that it is in the teacher.
        layers: Which layers, from 0.
        mean: The teacher's mean vector, (dimension,), that is taken off every vector.
    """
    model = keep_layers(teacher, ids, layers)
    centre(model, mean)
    return model


def distil(
    model: Transformer, taught: Taught, settings: Settings, checkpoint: Path, report: Report
) -> None:
    """Train the student's layers on the teacher's vectors; it is changed in place."""
    steps, rate = settings.distil_steps, settings.distil_rate
    plan = Plan("distil", steps, rate, 0.0, WARM_UP, lowest=LOWEST, decay=DECAY, beta=BETA)
    model.bf16 = settings.bf16

    def loss(step: int) -> Tensor:
        numbers = take_turn(taught.lengths, settings.distil_batch, step, settings.seed)
        return taught_loss(model, taught, numbers)

    train(model, loss, plan, checkpoint, report)
    report(f"loss on held-out texts {held_out_loss(model, taught, settings.distil_batch):.4f}")


@torch.inference_mode()
def held_out_loss(model: Transformer, taught: Taught, size: int) -> float:
    """Return the mean loss over the first held-out texts, `size` at a time; nan where none is held
    out."""
    numbers = range(taught.learnt, len(taught.rows))[:CHECKED]
    batches = [numbers[start : start + size] for start in range(0, len(numbers), size)]
    return float(np.mean([float(taught_loss(model, taught, batch)) for batch in batches]))


def taught_loss(model: Transformer, taught: Taught, numbers: Sequence[int]) -> Tensor:
    """Return how far the model is from the teacher on some texts."""
    ids, mask, targets = taught.batch(numbers, model.device)
    return distil_loss(model.states(ids, mask), targets, mask)
