"""What the student is trained on: to be where the teacher is, and to bring answers near.

`anchor_loss`: the vector of the Dutch sentence is to equal the teacher's vector of the English one
(Reimers and Gurevych 2020, "Making monolingual sentence embeddings multilingual", section 2; with
unit vectors their squared error is twice one minus the cosine).
`contrast_loss`: of all answers in a batch a question is to be nearest its own, and the other way
round (InfoNCE; van den Oord et al. 2018). Answers of batches just before count as wrong ones too
(Wang et al. 2020, "Cross-batch memory for embedding learning", section 3.2).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

TEMPERATURE = 0.05
"""As sentence-transformers' MultipleNegativesRankingLoss has it (scale 20)."""
NOBODY = -1
"""Group of a place in the memory that is still empty."""


def anchor_loss(students: Tensor, teachers: Tensor) -> Tensor:
    """Return one minus the mean cosine of unit vectors, both (n, dimension)."""
    return 1 - (students * teachers).sum(-1).mean()


class Memory(nn.Module):
    """The vectors of the last answers seen, as constants, and their groups."""

    vectors: Tensor
    groups: Tensor

    def __init__(self, size: int, dimension: int) -> None:
        super().__init__()
        self.register_buffer("vectors", torch.zeros(size, dimension))
        self.register_buffer("groups", torch.full((size,), NOBODY))

    def add(self, vectors: Tensor, groups: Tensor) -> None:
        """Remember vectors (n, dimension) with groups (n,), and forget as many of the oldest."""
        size = len(self.groups)
        self.vectors = torch.cat((vectors.detach(), self.vectors))[:size]
        self.groups = torch.cat((groups, self.groups))[:size]


def contrast_loss(queries: Tensor, passages: Tensor, groups: Tensor, memory: Memory) -> Tensor:
    """Return the mean cross-entropy of the own answer among all, and of the own question.

    Args:
        queries: Unit vectors, (n, dimension).
        passages: Unit vectors, (n, dimension), row by row the answers to the queries.
        groups: int64 (n,); answers of the same group are not held against each other.
        memory: Answers of earlier batches.
    """
    answers = torch.cat((passages, memory.vectors))
    owners = torch.cat((groups, memory.groups))
    right = torch.arange(len(queries), device=queries.device)
    own = right[:, None] == torch.arange(len(answers), device=queries.device)
    left_out = (groups[:, None] == owners) & ~own | (owners == NOBODY)
    scores = (queries @ answers.T / TEMPERATURE).masked_fill(left_out, -torch.inf)
    forward = functional.cross_entropy(scores, right)
    return (forward + functional.cross_entropy(scores[:, : len(queries)].T, right)) / 2
