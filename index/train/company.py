"""Vectors for tokens that the parallel sentences hardly hold, from the company they keep.

A token that no translation was seen of starts as the mean of all tokens: every rare compound is
then the same word. Plain Dutch text says more. From counts of neighbours comes a vector per token
(positive pointwise mutual information, its contexts smoothed, and a truncated singular value
decomposition with the square root of the values: Levy, Goldberg and Dagan 2015, sections 2 and 3);
a ridge regression on the well-known tokens carries these over to the model's own space, as in
WECHSEL and FOCUS (Dobler and de Melo 2023). Each token gets the mean of what it was and what its
company says, by how often it was seen.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.extmath import randomized_svd
from torch import Tensor

from index.train.batches import Row

PLAIN_TEXT = (
    "algoritmekader/text.txt",
    "avg/text.txt",
    "kamer-debatten/text.txt",
    "nl-rechtspraak/text.txt",
    "nl-wetten/text.txt",
    "vlaamse-dienstverlening/text.txt",
    "vlaamse-regering/text.txt",
)
"""Text that no benchmark asks about; the Chamber's answers are added from the training half."""
WINDOW = 5
"""Tokens to either side that are company; one at distance d counts for 1/d."""
SMOOTHING = 0.75
"""Power of the contexts' frequencies (Levy et al., section 3.2)."""
DIMENSION = 300
WELL_KNOWN = 10
"""Sentences in which a token must have been seen to say where its company leads."""
RIDGE = 1.0
OWN_WORTH = 10.0
"""Sentences after which a token's own vector counts as much as that of its company."""
STRETCH = 0.5
"""Share of the usual distance from the mean that a predicted vector is given: halfway, since only
a third of what is predicted is right (cosine .35 for well-known tokens that were held out)."""
CHUNK = 2_000_000
"""Tokens whose neighbours are counted at once."""

Floats = NDArray[np.float32]


def read_plain_text(data: Path) -> Iterator[str]:
    """Yield the lines of the plain texts that are there."""
    for name in PLAIN_TEXT:
        if (data / name).exists():
            yield from (data / name).read_text(encoding="utf-8").splitlines()


def company_vectors(
    rows: Sequence[Row], count: int, seed: int, dimension: int = DIMENSION
) -> Floats:
    """Return a unit vector per token, float32 (count, dimension); zeros for one without company.

    Args:
        rows: Token ids of texts.
        count: Tokens in the vocabulary.
        seed: Of the randomised decomposition.
        dimension: Of the vectors; a smaller vocabulary has no more than its size less one.
    """
    shared = _positive_information(_count_neighbours(rows, count))
    size = min(dimension, count - 1)
    left, values, _ = randomized_svd(shared, size, n_iter=4, random_state=seed)
    vectors = (left * np.sqrt(values)).astype(np.float32)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), np.float32)


def mend_rare(tokens: Tensor, company: Floats, seen: NDArray[np.int64]) -> Tensor:
    """Return token vectors, (tokens, dimension), in which the rare ones follow their company.

    What is predicted is shorter than what was learnt, as of any regression; it is stretched, so
    that two rare tokens differ nearly as much as two others. Where fewer tokens are well known than
    there are dimensions, nothing can be predicted and nothing is changed.

    Args:
        tokens: What they are now.
        company: Of each token the vector from plain text; zeros where there is none.
        seen: In how many parallel sentences each token was.
    """
    met = company.any(axis=1)
    known = (seen >= WELL_KNOWN) & met
    if known.sum() <= company.shape[1]:  # too few to say where any company leads
        return tokens
    old = tokens.detach().cpu().numpy()
    mean = old[known].mean(axis=0)
    inputs = company - company[known].mean(axis=0)
    gram = inputs[known].T @ inputs[known] + RIDGE * np.eye(inputs.shape[1], dtype=np.float32)
    predicted = inputs @ np.linalg.solve(gram, inputs[known].T @ (old[known] - mean))
    predicted *= STRETCH * _length(old[known] - mean) / max(_length(predicted[known]), 1e-9)
    worth = np.where(met, OWN_WORTH / (seen + OWN_WORTH), 0.0)
    mended = old + worth[:, None] * (mean + predicted - old)
    return torch.from_numpy(mended.astype(np.float32))


def _length(vectors: Floats) -> float:
    return float(np.linalg.norm(vectors, axis=1).mean())


def _count_neighbours(rows: Sequence[Row], count: int) -> sparse.csr_matrix:
    """Return how often two tokens are company, float32 (count, count), symmetrical."""
    total = sparse.csr_matrix((count, count), dtype=np.float32)
    for ids in _chunks(rows):
        for distance in range(1, WINDOW + 1):
            left, right = ids[:-distance], ids[distance:]
            inside = _same_text(ids, distance)
            weights = np.full(int(inside.sum()), 1 / distance, np.float32)
            pairs = (left[inside], right[inside])
            total = total + sparse.coo_matrix((weights, pairs), (count, count)).tocsr()
    return total + total.T


def _chunks(rows: Sequence[Row]) -> Iterator[NDArray[np.int64]]:
    """Yield the tokens of many texts in one row, WINDOW times -1 between two texts."""
    found: list[int] = []
    for row in rows:
        found.extend(row)
        found.extend([-1] * WINDOW)
        if len(found) >= CHUNK:
            yield np.array(found, np.int64)
            found = []
    yield np.array(found, np.int64)


def _same_text(ids: NDArray[np.int64], distance: int) -> NDArray[np.bool_]:
    return np.asarray((ids[:-distance] >= 0) & (ids[distance:] >= 0))


def _positive_information(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the positive pointwise mutual information of each pair that was counted."""
    found = counts.tocoo()
    totals = np.asarray(counts.sum(axis=1)).ravel()
    contexts = totals**SMOOTHING
    expected = totals[found.row] * (contexts / contexts.sum())[found.col]
    values = np.log(found.data / np.maximum(expected, 1e-12))
    positive = values > 0
    pairs = (found.row[positive], found.col[positive])
    return sparse.csr_matrix((values[positive].astype(np.float32), pairs), counts.shape)
