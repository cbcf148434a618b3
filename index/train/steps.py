"""Take training steps, save where they are, and go on from there.

What a step sees is drawn from the seed, the stage and the number of the step alone: a run that is
cut off and goes on sees what it would have seen.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from index.train.bert import Transformer

Loss = Callable[[int], Tensor]
"""From the number of a step, from 0, to the loss to make smaller."""
Report = Callable[[str], None]
Stateful = torch.nn.Module | torch.optim.Optimizer

MAX_NORM = 1.0
REPORT_EVERY = 20
SAVE_EVERY = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """How one stage is trained, by AdamW (Loshchilov and Hutter 2019)."""

    stage: str
    steps: int
    layer_rate: float
    """Highest learning rate of the layers."""
    token_rate: float
    """Highest learning rate of the tokens' own vectors; at 0 they aren't trained."""
    warm_up: int
    """Steps in which the rates grow to their highest."""
    lowest: float = 0.0
    """Share of the highest rates that they come down to."""
    decay: float = 0.0
    """Weight decay."""
    beta: float = 0.999
    """How slowly the squares of gradients are forgotten."""


def draw(seed: int, stage: str, step: int) -> np.random.Generator:
    """Return the source of randomness of one step."""
    return np.random.default_rng([seed, *stage.encode(), step])


def train(
    model: Transformer, loss: Loss, plan: Plan, checkpoint: Path, report: Report, *others: Stateful
) -> None:
    """Take the steps of a stage that weren't taken yet; the model is changed in place.

    What else the loss depends on from step to step is given as `others`: saved along, and its
    parameters, where it has any, trained along with the layers.
    """
    optimizer = _make_optimizer(model, plan, others)
    parts = (model, optimizer, *others)
    start = _resume(checkpoint, parts)
    recent: list[float] = []
    model.train()
    for step in range(start, plan.steps):
        for group in optimizer.param_groups:
            group["lr"] = group["highest"] * rate_at(step, plan)
        value = loss(step)
        optimizer.zero_grad(set_to_none=True)
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), MAX_NORM)
        optimizer.step()
        recent = [*recent[1 - REPORT_EVERY :], float(value.detach())]
        done = step + 1
        if done % REPORT_EVERY == 0 or done == plan.steps:
            report(f"{plan.stage} {done}/{plan.steps}: loss {np.mean(recent):.4f}")
        if done % SAVE_EVERY == 0 or done == plan.steps:
            _save(checkpoint, parts, done)
    model.eval()


def rate_at(step: int, plan: Plan) -> float:
    """Return the share of the highest rate: up in a line, then down along a cosine."""
    warm = plan.warm_up
    if step < warm:
        return (step + 1) / warm
    left = 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, plan.steps - warm)))
    return plan.lowest + (1 - plan.lowest) * left


def _make_optimizer(
    model: Transformer, plan: Plan, others: Sequence[Stateful]
) -> torch.optim.AdamW:
    tokens = model.tokens.weight
    tokens.requires_grad_(plan.token_rate > 0)
    modules = [model, *(other for other in others if isinstance(other, torch.nn.Module))]
    trained = [weights for module in modules for weights in module.parameters()]
    layers = [weights for weights in trained if weights is not tokens]
    groups = [{"params": layers, "highest": plan.layer_rate}]
    if tokens.requires_grad:
        groups.append({"params": [tokens], "highest": plan.token_rate})
    betas = 0.9, plan.beta
    return torch.optim.AdamW(groups, lr=0.0, betas=betas, weight_decay=plan.decay, fused=True)


def _save(path: Path, parts: Sequence[Stateful], step: int) -> None:
    state = {"step": step, "parts": [part.state_dict() for part in parts]}
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def _resume(path: Path, parts: Sequence[Stateful]) -> int:
    """Put a saved state back, if there is one, and return how many steps it had taken."""
    if not path.exists():
        return 0
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    for part, saved in zip(parts, state["parts"], strict=True):
        part.load_state_dict(saved)
    return int(state["step"])
