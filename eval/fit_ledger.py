"""Fit the judgement of the ledger: weights and threshold to paste into chatbot/ledger/judgement.py.

    python -m eval.fit_ledger

A logistic regression with an L2 penalty (`eval.logistic`) on the labelled sub-questions
of the dev half, of the fictitious appendices and of the invented blocks, which count half; never of
test. The threshold is the lowest at which the F1 of "open", the mean of all documents that have
any, each answer judged by weights fitted without it, is as good as the best (`AS_GOOD`): a question
that is wrongly called open is worse than one that is missed. Printed too: how well the whole of one
document is told by weights and threshold from the others (of the blocks, a fifth by the other
four). Run it again when the model or a sign changes.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from chatbot.ledger.build import read_matches
from chatbot.ledger.judgement import WEIGHTS
from chatbot.ledger.signs import read_signs
from eval.abstention import auroc
from eval.experiment import open_split
from eval.folds import Examples, fit_examples, fold_clusters, predict_held_out
from eval.ledger import OPEN, labels_of
from eval.logistic import Floats, predict
from eval.questions import BLOCKS, LEDGER_CHOOSING
from index.storage import Index

THRESHOLDS = np.arange(0.2, 0.81, 0.02)
BLOCK_COUNT = 0.5
"""What a sub-question of the blocks counts: there are nearly four times as many as all others, and
made hard. Of 0, .1, .3, .5 and 1 the held-out documents are told best from .3 on."""
AS_GOOD = 0.025
"""What the mean F1 may be below the best."""
FOLDS = 5


def main() -> None:
    """Fit, and print weights, threshold and how well they tell open from addressed."""
    rows = [row for split in LEDGER_CHOOSING for row in _rows(open_split(split), split)]
    examples = to_examples(rows)
    weights = fit_examples(examples)
    print(f"BIAS = {weights[0]:.3f}")
    for name, weight in zip(WEIGHTS, weights[1:], strict=True):
        print(f'    "{name}": {weight:.3f},')
    report(examples)


def to_examples(rows: Sequence[tuple[list[float], bool, str, str]]) -> Examples:
    """Return rows of signs, addressed, answer and split as arrays."""
    signs, addressed, answer_ids, splits = zip(*rows, strict=True)
    documents = np.array(splits, np.str_)
    return Examples(
        signs=np.array(signs, np.float64),
        labels=np.array(addressed, np.float64),
        counts=np.where(documents == BLOCKS, BLOCK_COUNT, 1.0),
        clusters=np.array(answer_ids, np.str_),
        documents=documents,
    )


def best_threshold(chances: Floats, examples: Examples) -> tuple[float, float]:
    """Return the lowest threshold at which the mean F1 of "open" over the documents that have any
    is as good as the best, and that mean."""
    is_open = examples.labels == 0
    documents = [examples.documents == split for split in np.unique(examples.documents[is_open])]
    scores = [
        float(np.mean([open_f1(chances[d] < threshold, is_open[d]) for d in documents]))
        for threshold in THRESHOLDS
    ]
    lowest = int(np.flatnonzero(np.array(scores) >= max(scores) - AS_GOOD)[0])
    return float(THRESHOLDS[lowest]), scores[lowest]


def open_f1(called: NDArray[np.bool_], is_open: NDArray[np.bool_]) -> float:
    """Return the F1 of what is called open; 0 where nothing is or should be."""
    return float(2 * (called & is_open).sum() / max(called.sum() + is_open.sum(), 1))


def report(examples: Examples) -> None:
    """Print the threshold, and both estimates for what the weights weren't fitted on."""
    is_open = examples.labels == 0
    chances = predict_held_out(examples, fold_clusters(examples, FOLDS))
    threshold, reached = best_threshold(chances, examples)
    apart = auroc(chances[~is_open], chances[is_open])
    print(f"THRESHOLD = {threshold:.2f}")
    print(f"a fifth of the answers held out: F1 of open {reached:.3f}, AUROC {apart:.3f}")
    for split, parts in _documents(examples):
        called = np.zeros(len(is_open), np.bool_)
        for out in parts:
            rest = examples.where(~out)
            inner, _ = best_threshold(predict_held_out(rest, fold_clusters(rest, FOLDS)), rest)
            called[out] = predict(fit_examples(rest), examples.signs[out]) < inner
        every = np.any(parts, axis=0)
        reached = open_f1(called[every], is_open[every])
        print(
            f"{split} held out: F1 of open {reached:.3f} ({is_open[every].sum()} open of"
            f" {every.sum()}, {called.sum()} called open, {(called & is_open).sum()} rightly)"
        )


def _documents(examples: Examples) -> Iterator[tuple[str, list[NDArray[np.bool_]]]]:
    """Yield each split with what is held out of it at a time: all, of the blocks a fifth."""
    folds = fold_clusters(examples, FOLDS)
    for split in np.unique(examples.documents):
        of_split = examples.documents == split
        parts = [of_split & (folds == fold) for fold in range(FOLDS)]
        yield str(split), parts if split == BLOCKS else [of_split]


def _rows(index: Index, split: str) -> list[tuple[list[float], bool, str, str]]:
    """Return the signs of every labelled sub-question of a split, with its label."""
    status = {(label.answer_id, label.text): label.status for label in labels_of(split)}
    rows = []
    for answer, sentences, matches in read_matches(index):
        for number, match in enumerate(matches):
            key = (answer.answer_id, match.asked.text)
            if key in status and sentences.spans:
                found = read_signs(matches, number, sentences)
                signs = [found[name] for name in WEIGHTS]
                rows.append((signs, status[key] != OPEN, answer.answer_id, split))
    return rows


if __name__ == "__main__":
    main()
