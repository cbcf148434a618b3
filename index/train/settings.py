"""What a run of the recipe depends on, beside its data and its teacher.

The defaults are for two processor cores, on which a run takes half an hour to an hour.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run depends on beside its data and its teacher."""

    seed: int = 0
    """Of everything that is drawn."""
    kept_pieces: int = 28_000
    """Pieces of the teacher's 250,000 that the vocabulary keeps: those that Dutch text needs."""
    layers: tuple[int, ...] = (0, 2, 4, 6, 9, 11)
    """The teacher's layers that the student keeps, from 0, in their order. The last one has to be
    among them: what the teacher says is in its terms."""
    text_tokens: int = 128
    """Tokens of a text that the teacher is asked about, without marks."""
    bf16: bool = False
    """Multiply in bfloat16: half the time where processors can."""
    distil_steps: int = 700
    """Steps towards the teacher's vectors."""
    distil_rate: float = 5e-4
    """Highest learning rate of those steps; the pieces' own vectors stay as the teacher has them,
    so that rare ones don't drift from what the layers know."""
    distil_batch: int = 48
    """Texts in each of those steps."""
