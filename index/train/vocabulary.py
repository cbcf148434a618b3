"""Vectors for Dutch tokens, such that their mean in a sentence is what its translation asks for.

Ridge regression in closed form: with X (n, tokens) the share of each token in each Dutch sentence
and Y (n, dimension) what the English side has, find W that makes ||XW - Y||^2 + a ||W - P||^2
least, P being what a token is worth before anything is seen. The normal equations are solved by
conjugate gradients (Hestenes and Stiefel 1952), every column of W at once.

For a transformer Y is the mean of the English sentence's own token vectors, so that the teacher's
layers understand the Dutch tokens at once; for a table it is the teacher's sentence vector.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from index.train.bert import TransformerModel

RIDGE = 0.1
"""`a` above: a token seen in ten sentences of ten tokens is half its prior, half what it saw. Of
.005, .02 and .1 the best for held-out sentences (cosine .638, .640, .644)."""
ITERATIONS = 60
"""Of conjugate gradients; the residual no longer shrinks visibly after some forty."""

Rows = Sequence[Sequence[int]]
Product = Callable[[Tensor], Tensor]


@dataclass(frozen=True, slots=True)
class Sparse:
    """A sparse matrix by rows: row i holds `values[starts[i]:starts[i + 1]]` in `columns`."""

    starts: Tensor
    columns: Tensor
    values: Tensor

    def __matmul__(self, right: Tensor) -> Tensor:
        """Return the product with a dense matrix; ten times faster than torch's own sparse one."""
        weights = self.values
        return functional.embedding_bag(
            self.columns, right, self.starts[:-1], mode="sum", per_sample_weights=weights
        )


@dataclass(frozen=True, slots=True)
class Shares:
    """The share of each token in each sentence: (n, tokens), and the same transposed."""

    matrix: Sparse
    transposed: Sparse

    @classmethod
    def count(cls, rows: Rows, tokens: int) -> "Shares":
        """Count rows of token ids below `tokens`; an empty row has no shares."""
        lengths = torch.tensor([len(row) for row in rows])
        columns = torch.tensor([token for row in rows for token in row], dtype=torch.int64)
        numbers = torch.repeat_interleave(torch.arange(len(rows)), lengths)
        values = (1 / lengths)[numbers]
        order = torch.argsort(columns, stable=True)
        counts = torch.bincount(columns, minlength=tokens)
        transposed = Sparse(_starts(counts), numbers[order], values[order])
        return cls(Sparse(_starts(lengths), columns, values), transposed)

    def mean(self, vectors: Tensor) -> Tensor:
        """Return the mean vector of each sentence, (n, dimension)."""
        return self.matrix @ vectors


def fit_tokens(shares: Shares, targets: Tensor, prior: Tensor, ridge: float = RIDGE) -> Tensor:
    """Return one vector per token, float32 (tokens, dimension).

    Args:
        shares: Of n sentences.
        targets: Y, (n, dimension).
        prior: P, (tokens, dimension).
        ridge: `a`, above 0; the smaller, the less a rare token keeps of its prior.
    """

    def normal(change: Tensor) -> Tensor:
        return shares.transposed @ (shares.matrix @ change) + ridge * change

    missing = shares.transposed @ (targets - shares.matrix @ prior)
    return prior + solve(normal, missing)


def solve(product: Product, right: Tensor, iterations: int = ITERATIONS) -> Tensor:
    """Return Z with product(Z) = right, column by column, for a positive definite product."""
    found = torch.zeros_like(right)
    residual, direction = right.clone(), right.clone()
    size = (residual**2).sum(0)
    for _ in range(iterations):
        step = product(direction)
        length = size / (direction * step).sum(0).clamp(min=1e-20)
        found += length * direction
        residual -= length * step
        before, size = size, (residual**2).sum(0)
        direction = residual + (size / before.clamp(min=1e-20)) * direction
    return found


def english_tokens(
    teacher: TransformerModel, english: Tokenizer, dutch: Tokenizer, pairs: tuple[Rows, Rows]
) -> Tensor:
    """Return a vector per Dutch token in the space of the teacher's own token vectors.

    Args:
        teacher: Whose tokens are aimed at.
        english: Its tokenizer.
        dutch: The student's tokenizer.
        pairs: Token ids of parallel sentences, English and Dutch, without marks at the ends.
    """
    known = teacher.tokens.weight.detach().cpu().float()
    prior = _same_spelling(known, english, dutch)
    targets = Shares.count(pairs[0], len(known)).mean(known)
    return fit_tokens(Shares.count(pairs[1], len(prior)), targets, prior)


def _same_spelling(known: Tensor, english: Tokenizer, dutch: Tokenizer) -> Tensor:
    """Return the teacher's vector for tokens that both have (names, numbers, signs, marks), and
    the mean vector for all others."""
    vocabulary: dict[str, int] = english.get_vocab()
    found = known.mean(0).repeat(dutch.get_vocab_size(), 1)
    for token, row in dutch.get_vocab().items():
        if token in vocabulary:
            found[row] = known[vocabulary[token]]
    return found


def _starts(counts: Tensor) -> Tensor:
    return torch.cat((torch.zeros(1, dtype=torch.int64), counts.cumsum(0)))
