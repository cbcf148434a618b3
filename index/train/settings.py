"""What a run of the recipe depends on, beside its data, its teacher and its tokenizer.

The defaults are for a GPU, where a run takes minutes; on two processor cores ten times fewer steps
already take an hour.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["transformer", "table"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run depends on beside its data, its teacher and its tokenizer."""

    student: Kind = "transformer"
    layers: tuple[int, ...] = (0, 2, 4, 5)
    """The teacher's layers that a transformer keeps. Of all fours out of six these stay nearest to
    the whole before any training (cosine .85); they take two thirds of its time."""
    seed: int = 0
    max_parallel: int = 100_000
    """Parallel sentences that are used."""
    skipped: tuple[str, ...] = ("digikam-doc", "digikam-docbook")
    """Sources of parallel sentences that are left out: manuals about photographs."""
    sentence_tokens: int = 48
    query_tokens: int = 48
    passage_tokens: int = 128
    sentence_batch: int = 64
    anchor_batch: int = 64
    """Parallel sentences beside each batch of questions."""
    question_batch: int = 64
    remembered: int = 1024
    """Answers of earlier batches that questions are held against too."""
    distil_steps: int = 4000
    contrast_steps: int = 1000
    """Of each round."""
    rounds: int = 2
    mines_by_model: bool = True
    """Whether hard negatives are also looked for with the model; else by words only."""
    anchor_weight: float = 1.0
    layer_rate: float = 3e-4
    token_rate: float = 1e-3
    contrast_rate: float = 0.3
    """Share of both rates that is used in the contrastive rounds."""
    contrast_share: float = 0.25
    """Share of the way from before those rounds to after them that the model goes in the end. The
    rounds teach the subject and cost general meaning; of 0, .25, .5, .75 and 1 this one kept most
    of both (on dev)."""
