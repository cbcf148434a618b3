"""What the student is trained on: to be where the teacher is, and to bring answers near.

`anchor_loss`: the vector of the Dutch sentence is to equal the teacher's vector of the English one
(Reimers and Gurevych 2020, "Making monolingual sentence embeddings multilingual", section 2; with
unit vectors their squared error is twice one minus the cosine).
`contrast_loss`: of all answers in a batch a question is to be nearest its own, and the other way
round (InfoNCE; van den Oord et al. 2018).
"""

import torch
from torch import Tensor
from torch.nn import functional

TEMPERATURE = 0.05
"""As sentence-transformers' MultipleNegativesRankingLoss has it (scale 20)."""


def anchor_loss(students: Tensor, teachers: Tensor) -> Tensor:
    """Return one minus the mean cosine of unit vectors, both (n, dimension)."""
    return 1 - (students * teachers).sum(-1).mean()


def contrast_loss(queries: Tensor, passages: Tensor, groups: Tensor) -> Tensor:
    """Return the mean cross-entropy of the own answer among all, and of the own question.

    Args:
        queries: Unit vectors, (n, dimension).
        passages: Unit vectors, (n, dimension), row by row the answers to the queries.
        groups: int64 (n,); answers of the same group are not held against each other.
    """
    scores = queries @ passages.T / TEMPERATURE
    own = torch.eye(len(scores), dtype=torch.bool, device=scores.device)
    same = (groups[:, None] == groups[None, :]) & ~own
    scores = scores.masked_fill(same, -torch.inf)
    right = torch.arange(len(scores), device=scores.device)
    forward = functional.cross_entropy(scores, right)
    return (forward + functional.cross_entropy(scores.T, right)) / 2
