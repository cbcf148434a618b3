"""What a run of the recipe depends on, beside its data and its teacher.

The defaults are for two processor cores, on which a run takes some hours: the teacher a quarter of
one, the steps that distil about two seconds each.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run depends on beside its data and its teacher."""

    seed: int = 0
    """Of everything that is drawn."""
    kept_pieces: int = 24_000
    """Pieces of the teacher's 250,000 that the vocabulary keeps: those that Dutch text needs."""
    layers: tuple[int, ...] = (0, 2, 4, 6, 9, 11)
    """The teacher's layers that the student keeps, from 0, in their order. The last one has to be
    among them: what the teacher says is in its terms."""
    text_tokens: int = 128
    """Tokens of a text that the teacher is asked about, without marks."""
    query_tokens: int = 40
    """Tokens of a query in a contrastive batch."""
    passage_tokens: int = 96
    """Tokens of a passage in a contrastive batch, from its start or from further on."""
    distil_steps: int = 1500
    """Steps on the teacher's vectors alone."""
    distil_rate: float = 5e-4
    """Highest learning rate of those steps; the pieces' own vectors stay as the teacher has them,
    so that rare ones don't drift from what the layers know."""
    distil_batch: int = 48
    """Texts in each of those steps."""
    contrast_steps: int = 2000
    """Steps on questions and answers."""
    contrast_rate: float = 5e-5
    """Highest learning rate of those steps."""
    token_share: float = 0.3
    """Share of that rate for the pieces' own vectors."""
    question_batch: int = 32
    """Questions, each with its answer, in each of those steps; half of them hard negatives."""
    anchor_batch: int = 24
    """Texts of the teacher's beside each batch of questions."""
    anchor_weight: float = 0.4
    """Of the loss on those texts, beside that on the questions."""
    remembered: int = 1024
    """Answers of earlier batches that questions are held against too."""
    thin_share: float = 0.5
    """Share of the queries that lose words which their passage has too (see `queries.py`)."""
    fold_share: float = 0.2
    """Share of the queries in lower case without accents, as people type them."""
    contrast_share: float = 0.5
    """Share of the way from before the contrastive steps to after them that the weights go in the
    end: those steps teach the subject and cost general meaning. The one setting that may change in
    a folder that was worked in: nothing but the last stage depends on it."""
