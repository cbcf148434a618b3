"""Fit the judgement of the ledger: weights and threshold to paste into chatbot/ledger/judgement.py.

    python -m eval.fit_ledger

A logistic regression with an L2 penalty (`eval.fit_confidence.fit`) on the labelled sub-questions
of the dev half and of the second and third appendix; never of test. The threshold is the one with
the best F1 of "open", each answer judged by weights fitted without it. Printed too: how well the
whole of one document is told by weights and threshold from the others. Run it again when the model
or a sign changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.ledger.build import read_matches
from chatbot.ledger.judgement import WEIGHTS
from chatbot.ledger.signs import read_signs
from eval.abstention import auroc
from eval.fit_confidence import Floats, fit, open_split
from eval.ledger import OPEN, labels_of
from eval.questions import LEDGER_CHOOSING
from index.storage import Index

THRESHOLDS = np.arange(0.2, 0.81, 0.02)
Strings = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Examples:
    """Signs (n, m), 1 where the sub-question is addressed, and the answer and split of each."""

    signs: Floats
    addressed: Floats
    answer_ids: Strings
    splits: Strings

    def where(self, chosen: NDArray[np.bool_]) -> "Examples":
        """Return the examples under a mask."""
        return Examples(
            self.signs[chosen], self.addressed[chosen], self.answer_ids[chosen], self.splits[chosen]
        )


def main() -> None:
    """Fit, and print weights, threshold and how well they tell open from addressed."""
    rows = [row for split in LEDGER_CHOOSING for row in _rows(open_split(split), split)]
    examples = to_examples(rows)
    weights = fit(examples.signs, examples.addressed)
    print(f"BIAS = {weights[0]:.3f}")
    for name, weight in zip(WEIGHTS, weights[1:], strict=True):
        print(f'    "{name}": {weight:.3f},')
    report(examples)


def to_examples(rows: Sequence[tuple[list[float], bool, str, str]]) -> Examples:
    """Return rows of signs, addressed, answer and split as arrays."""
    signs, addressed, answer_ids, splits = zip(*rows, strict=True)
    return Examples(
        np.array(signs, np.float64),
        np.array(addressed, np.float64),
        np.array(answer_ids),
        np.array(splits),
    )


def predict(weights: Floats, signs: Floats) -> Floats:
    """Return the chance that each sub-question is addressed."""
    return np.asarray(1 / (1 + np.exp(-(weights[0] + signs @ weights[1:]))), np.float64)


def predict_held_out(examples: Examples, groups: Strings) -> Floats:
    """Return the chance of each example by weights fitted without its group."""
    chances = np.zeros(len(groups))
    for group in np.unique(groups):
        out = groups == group
        rest = examples.where(~out)
        chances[out] = predict(fit(rest.signs, rest.addressed), examples.signs[out])
    return chances


def best_threshold(chances: Floats, is_open: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the threshold with the best F1 of "open" (the middle of equals), and that F1."""
    scores = [open_f1(chances < threshold, is_open) for threshold in THRESHOLDS]
    best = np.flatnonzero(np.isclose(scores, max(scores)))
    return float(THRESHOLDS[best[len(best) // 2]]), max(scores)


def open_f1(called: NDArray[np.bool_], is_open: NDArray[np.bool_]) -> float:
    """Return the F1 of what is called open; 0 where nothing is or should be."""
    return float(2 * (called & is_open).sum() / max(called.sum() + is_open.sum(), 1))


def report(examples: Examples) -> None:
    """Print the threshold, and both estimates for what the weights weren't fitted on."""
    is_open = examples.addressed == 0
    chances = predict_held_out(examples, examples.answer_ids)
    threshold, reached = best_threshold(chances, is_open)
    apart = auroc(chances[~is_open], chances[is_open])
    print(f"THRESHOLD = {threshold:.2f}")
    print(f"each answer held out: F1 of open {reached:.3f}, AUROC {apart:.3f}")
    for split in np.unique(examples.splits):
        out = examples.splits == split
        rest = examples.where(~out)
        inner, _ = best_threshold(predict_held_out(rest, rest.answer_ids), rest.addressed == 0)
        weights = fit(rest.signs, rest.addressed)
        called = predict(weights, examples.signs[out]) < inner
        reached = open_f1(called, is_open[out])
        print(
            f"{split} held out: F1 of open {reached:.3f} ({is_open[out].sum()} open of {out.sum()},"
            f" {called.sum()} called open)"
        )


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
