"""How well the tokens of questions find themselves back in sentences, with gradients.

Late interaction (Khattab and Zaharia, "ColBERT", SIGIR 2020, section 3.1): each token of a question
looks for the nearest token of a sentence. The mean over its tokens says what the sentence is about;
the least of them says what it lacks, and is made smooth here.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from index.token_codes import SOFTNESS

FAR = -1.0
"""Cosine of what isn't there."""


@dataclass(frozen=True, slots=True)
class States:
    """Texts after a model: unit vectors `pooled` (n, dimension), unit vectors of their tokens
    (n, length, dimension), and which of those are tokens of the text, bool (n, length)."""

    pooled: Tensor
    tokens: Tensor
    own: Tensor


def nearest(questions: States, sentences: States) -> Tensor:
    """Return how near the nearest token of each sentence comes to each token of each question,
    (questions, length, sentences); FAR for what is no token of the question."""
    cosines = sentences.tokens[sentences.own] @ questions.tokens[questions.own].T
    lengths = sentences.own.sum(1)
    best = torch.segment_reduce(cosines, "max", lengths=lengths, axis=0, initial=FAR)
    found = best.new_full((*questions.own.shape, len(lengths)), FAR)
    found[questions.own] = best.T
    return found


def best_in_passages(found: Tensor, owners: Tensor, passages: int) -> Tensor:
    """Return the highest of `nearest` over the sentences of each passage, (questions, length,
    passages); `owners`, int64 (sentences,), says whose each sentence is."""
    return torch.stack([found[..., owners == one].amax(-1) for one in range(passages)], -1)


def mean_over(found: Tensor, own: Tensor) -> Tensor:
    """Return the mean of (questions, length, n) over the questions' own tokens, (questions, n)."""
    shares = own / own.sum(1, keepdim=True).clamp(min=1)
    return (found * shares[..., None]).sum(1)


def least_over(found: Tensor, own: Tensor) -> Tensor:
    """Return the smooth minimum of (questions, length, n) over the own tokens, (questions, n): of
    equal numbers it is the number itself."""
    far = (-found / SOFTNESS).masked_fill(~own[..., None], -torch.inf)
    count = own.sum(1, keepdim=True).clamp(min=1)
    return SOFTNESS * (torch.log(count) - torch.logsumexp(far, 1))
