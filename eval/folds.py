"""What the small logistic models are fitted on, and how well they tell what they weren't fitted on.

Questions on one answer, and the sub-questions of one, are much alike: fitted on some of them a
model knows the others. So a fold holds whole clusters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from eval.logistic import Floats, fit, predict

Strings = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Examples:
    """Signs (n, m); of each example whether what is to be told holds (1 or 0), what it counts in
    the fit, the cluster of those that go together, and the document that it is about."""

    signs: Floats
    labels: Floats
    counts: Floats
    clusters: Strings
    documents: Strings

    def where(self, chosen: NDArray[np.bool_]) -> "Examples":
        """Return the examples under a mask (n,)."""
        return Examples(*(getattr(self, field.name)[chosen] for field in fields(self)))


def join(parts: Sequence[Examples]) -> Examples:
    """Return the examples of all parts, in their order."""
    return Examples(
        *(np.concatenate([getattr(p, field.name) for p in parts]) for field in fields(Examples))
    )


def fit_examples(examples: Examples) -> Floats:
    """Return the bias and the weight of each sign (m + 1,)."""
    return fit(examples.signs, examples.labels, examples.counts)


def fold_clusters(examples: Examples, folds: int) -> NDArray[np.int64]:
    """Return for each example one of so many folds, the same for all of one cluster."""
    clusters, which = np.unique(examples.clusters, return_inverse=True)
    return (np.random.default_rng(0).permutation(len(clusters)) % folds)[which]


def predict_held_out(
    examples: Examples,
    groups: NDArray[np.int64] | Strings,
    beside: Sequence[Examples] = (),
) -> Floats:
    """Return the chance for each example by weights fitted without its group (n,).

    Args:
        examples: What is told.
        groups: What is left out with each, (n,): folds or documents.
        beside: What is fitted on too, whatever is left out.
    """
    chances = np.zeros(len(groups))
    for group in np.unique(groups):
        out = groups == group
        weights = fit_examples(join([examples.where(~out), *beside]))
        chances[out] = predict(weights, examples.signs[out])
    return chances
