"""Fit the confidence model on the questions for choosing: weights for index/confidence.py.

    python -m eval.fit_confidence --data FOLDER

A logistic regression with an L2 penalty on standardised signs: one for
questions that stand alone, one for follow-ups. The label is whether the first hit is of a right
answer; the threshold is judged on predictions for gold questions that the model was not fitted on
(ten folds). Never on test. With the folder of public Dutch text the written questions
(`eval.written`), which the model hasn't seen, count beside them. Run it again when the model or the
ranking changes.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.dialogue import contexts_of, name_years
from eval.abstention import auroc
from eval.experiment import open_split
from eval.logistic import Floats, fit, predict
from eval.questions import CHOOSING, GoldQuestion, read_gold
from eval.written import read_groups
from index.confidence import ALONE, FOLLOWING, SIGNS, Weights
from index.confidence_signs import read_signs
from index.reading import Reading, read_question
from index.reranking import rank_with_quotes
from index.storage import Index
from index.thread import follow_thread

WRITTEN_COUNT = 0.1
"""What a written question counts beside a gold one. Of 0, .05, .1, .15, .3 and .6: from .1 on no
more questions are answered where one in ten adversarial ones gets through (ten folds)."""
WRITTEN_FOLLOW_UP_COUNT = 0.5
"""What a written follow-up counts. Of .1, .3, .5 and 1 by ten folds the AUROC is .81 for each."""
FOLDS = 10
THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7)


@dataclass(frozen=True, slots=True)
class Examples:
    """Signs (n, m) of each question's first hit, in the order of `SIGNS`, whether it is right,
    whether it was read as a follow-up, and what was asked."""

    signs: Floats
    is_right: Floats
    is_follow_up: NDArray[np.bool_]
    questions: tuple[GoldQuestion, ...]

    def where(self, chosen: NDArray[np.bool_]) -> "Examples":
        """Return those of the questions that are chosen (n,)."""
        kept = np.flatnonzero(chosen).tolist()
        return Examples(
            self.signs[chosen],
            self.is_right[chosen],
            self.is_follow_up[chosen],
            tuple(self.questions[row] for row in kept),
        )

    def of_kind(self, follows: bool, model: Weights) -> "Examples":
        """Return those that were read as follow-ups, or the others, with the signs of a model."""
        kind = self.where(self.is_follow_up == follows)
        columns = [SIGNS.index(name) for name in model.signs]
        return replace(kind, signs=kind.signs[:, columns])


def main() -> None:
    """Fit, and print weights, threshold table and reliability."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit_confidence")
    parser.add_argument("--data", type=Path, help="folder with kamer-..., vlaamse-...")
    data = parser.parse_args().data
    gold = join([collect(open_split(split), read_gold(split)) for split in CHOOSING])
    written = _collect_written(data) if data else None
    chances = np.zeros(len(gold.is_right))
    for name, shipped, count, follows in (
        ("ALONE", ALONE, WRITTEN_COUNT, False),
        ("FOLLOWING", FOLLOWING, WRITTEN_FOLLOW_UP_COUNT, True),
    ):
        kind = gold.of_kind(follows, shipped)
        beside = written.of_kind(follows, shipped) if written else None
        _print_weights(name, shipped.signs, _fit_both(kind, beside, count))
        held_out = predict_held_out(kind, beside, count)
        report(kind, held_out)
        chances[gold.is_follow_up == follows] = held_out
    print("together")
    report(gold, chances)


def _print_weights(name: str, signs: Iterable[str], weights: Floats) -> None:
    print(f"{name}: {weights[0]:.3f}")
    for sign, weight in zip(signs, weights[1:], strict=True):
        print(f'    "{sign}": {weight:.3f},')


def join(parts: Sequence[Examples]) -> Examples:
    """Return the examples of all."""
    return Examples(
        np.concatenate([part.signs for part in parts]),
        np.concatenate([part.is_right for part in parts]),
        np.concatenate([part.is_follow_up for part in parts]),
        tuple(question for part in parts for question in part.questions),
    )


def _collect_written(data: Path) -> Examples:
    return join([collect(group.open(), group.questions) for group in read_groups(data)])


def read_last_turn(index: Index, turns: Sequence[str]) -> Reading:
    """Return how the last of some turns is read, as a follow-up where it may be one."""
    named = name_years(turns)
    reading = read_question(index, named[-1], contexts_of(named)[-1])
    return follow_thread(index, reading, None)


def collect(index: Index, questions: Sequence[GoldQuestion]) -> Examples:
    """Return the signs for every question about the documents of an index."""
    signs, labels, follows = [], [], []
    for question in questions:
        reading = read_last_turn(index, question.turns)
        ranking, quotes = rank_with_quotes(index, reading, 1, None)
        passage = index.passages[ranking.rows[0]]
        found = read_signs(index, reading, ranking, quotes[0])
        signs.append([found[name] for name in SIGNS])
        labels.append(passage.answer_id in question.answer_ids)
        follows.append(reading.is_follow_up)
    return Examples(
        np.array(signs, np.float64),
        np.array(labels, np.float64),
        np.array(follows, np.bool_),
        tuple(questions),
    )


def _fit_both(gold: Examples, written: Examples | None, count: float) -> Floats:
    if written is None:
        return fit(gold.signs, gold.is_right)
    every = join([gold, written])
    counts = np.full(len(every.is_right), count)
    counts[: len(gold.is_right)] = 1
    return fit(every.signs, every.is_right, counts)


def predict_held_out(
    examples: Examples, written: Examples | None = None, count: float = WRITTEN_COUNT
) -> Floats:
    """Return each question's confidence from a model fitted on the other folds, and on the written
    questions if there are, which count `count` each."""
    folds = np.random.default_rng(0).permutation(len(examples.is_right)) % FOLDS
    chances = np.zeros(len(folds))
    for fold in range(FOLDS):
        out = folds == fold
        weights = _fit_both(examples.where(~out), written, count)
        chances[out] = predict(weights, examples.signs[out])
    return chances


def report(examples: Examples, chances: Floats) -> None:
    """Print what each threshold would refuse and let through, AUROC and reliability."""
    answerable = np.array([question.is_answerable for question in examples.questions])
    paraphrase = np.array([question.kind == "paraphrase" for question in examples.questions])
    adversarial = np.array([question.is_adversarial for question in examples.questions])
    print(
        f"AUROC {auroc(chances[answerable], chances[~answerable]):.3f}, without paraphrases ",
        end="",
    )
    print(f"{auroc(chances[answerable & ~paraphrase], chances[~answerable]):.3f}")
    for threshold in THRESHOLDS:
        print(
            f"threshold {threshold:.2f}: refused {np.mean(chances[answerable] < threshold):.3f}"
            f" (without paraphrases {np.mean(chances[answerable & ~paraphrase] < threshold):.3f}),"
            f" adversarial let through {np.mean(chances[adversarial] >= threshold):.3f}"
        )
    for low in np.arange(0.0, 1.0, 0.2):
        inside = (chances >= low) & (chances < low + 0.2)
        if inside.any():
            right = examples.is_right[inside].mean()
            print(f"confidence {low:.1f}-{low + 0.2:.1f}: {inside.sum()} questions, {right:.2f}")


if __name__ == "__main__":
    main()
