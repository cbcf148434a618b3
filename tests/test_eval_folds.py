"""Folds of whole answers: what a model is judged on, it wasn't fitted on, nor on its like."""

import numpy as np
import pytest

from eval.folds import Examples, fold_clusters, join, predict_held_out
from eval.logistic import fit, predict


def make_examples(count: int = 60, answers: int = 12) -> Examples:
    rng = np.random.default_rng(4)
    signs = rng.normal(size=(count, 2))
    return Examples(
        signs=signs,
        labels=(signs[:, 0] + rng.normal(size=count) > 0).astype(np.float64),
        counts=rng.choice([0.5, 1.0], count),
        clusters=np.array([f"a{row % answers}" for row in range(count)]),
        documents=np.array(["one", "two", "three"])[np.arange(count) % 3],
    )


def test_no_answer_stands_in_two_folds() -> None:
    examples = make_examples()
    folds = fold_clusters(examples, 5)
    pairs = set(zip(examples.clusters.tolist(), folds.tolist(), strict=True))
    assert len(pairs) == 12
    sizes = np.bincount([fold for _, fold in pairs])
    assert sorted(sizes.tolist()) == [2, 2, 2, 3, 3]


def test_what_is_held_out_is_told_by_a_fit_on_the_rest_and_on_what_stands_beside() -> None:
    examples, beside = make_examples(), make_examples(30, 3)
    chances = predict_held_out(examples, examples.documents, [beside])
    out = examples.documents == "two"
    every = join([examples.where(~out), beside])
    assert len(every.labels) == 40 + 30
    weights = fit(every.signs, every.labels, every.counts)
    assert chances[out] == pytest.approx(predict(weights, examples.signs[out]))


def test_a_held_out_label_tells_nothing_of_its_own_answer() -> None:
    # The sign names the answer, and all questions on one answer go alike: known by heart it would
    # tell every label, held out with its answer it tells none.
    answers = np.repeat(np.arange(10), 6)
    right = np.array([0, 1, 1, 0, 1, 0, 0, 1, 0, 1], np.float64)[answers]
    examples = Examples(
        signs=np.eye(10)[answers],
        labels=right,
        counts=np.ones(60),
        clusters=np.array([f"a{answer}" for answer in answers]),
        documents=np.full(60, "one"),
    )
    by_question = predict_held_out(examples, np.arange(60) % 6)
    by_answer = predict_held_out(examples, fold_clusters(examples, 10))
    assert ((by_question > 0.5) == (right == 1)).all()
    assert ((by_answer > 0.5) == (right == 1)).mean() < 0.6
