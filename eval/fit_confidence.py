"""Fit the confidence model on the questions for choosing: weights for index/confidence.py.

    python -m eval.fit_confidence --data FOLDER

A logistic regression with an L2 penalty on standardised signs: one for questions that stand alone,
one for follow-ups. The label is whether the first hit is of a right answer; the threshold is judged
on predictions for gold questions by a fit on other answers (ten folds). Printed too: how each
document is told by a fit on the others. Never on test. With the folder of public Dutch text the
written questions (`eval.written`), which the model hasn't seen, count beside them. Run it again
when the model or the ranking changes.
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chatbot.dialogue import contexts_of, name_years
from eval.abstention import auroc
from eval.experiment import open_split
from eval.folds import Examples, fit_examples, fold_clusters, join, predict_held_out
from eval.logistic import Floats
from eval.questions import CHOOSING, GoldQuestion, read_gold
from eval.written import read_groups
from index.confidence import ALONE, FOLLOWING, THRESHOLD, Weights
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
class Asked:
    """A question, the signs of its first hit by name, whether that hit is right, and whether the
    question was read as a follow-up."""

    question: GoldQuestion
    signs: Mapping[str, float]
    is_right: bool
    is_follow_up: bool


def main() -> None:
    """Fit, and print weights, threshold table and reliability."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit_confidence")
    parser.add_argument("--data", type=Path, help="folder with kamer-..., vlaamse-...")
    data = parser.parse_args().data
    gold = [one for split in CHOOSING for one in collect(open_split(split), read_gold(split))]
    groups = read_groups(data) if data else ()
    written = [one for group in groups for one in collect(group.open(), group.questions)]
    show(gold, written)


def show(gold: Sequence[Asked], written: Sequence[Asked]) -> None:
    """Print the weights of both models, and how well each tells what it wasn't fitted on: by folds
    of whole answers, and by whole documents."""
    everything: list[Asked] = []
    chances: list[Floats] = []
    for name, shipped, count, follows in (
        ("ALONE", ALONE, WRITTEN_COUNT, False),
        ("FOLLOWING", FOLLOWING, WRITTEN_FOLLOW_UP_COUNT, True),
    ):
        kind = [one for one in gold if one.is_follow_up == follows]
        others = [one for one in written if one.is_follow_up == follows]
        examples = to_examples(kind, shipped)
        beside = [to_examples(others, shipped, count)] if others else []
        _print_weights(name, shipped.signs, fit_examples(join([examples, *beside])))
        held_out = predict_held_out(examples, fold_clusters(examples, FOLDS), beside)
        report(kind, held_out)
        _report_documents(kind, predict_held_out(examples, examples.documents, beside))
        everything += kind
        chances.append(held_out)
    print("together")
    report(everything, np.concatenate(chances))


def to_examples(asked: Sequence[Asked], model: Weights, count: float = 1.0) -> Examples:
    """Return questions as what a model is fitted on, each counting `count`."""
    return Examples(
        signs=np.array([[one.signs[name] for name in model.signs] for one in asked], np.float64),
        labels=np.array([one.is_right for one in asked], np.float64),
        counts=np.full(len(asked), count),
        clusters=np.array([one.question.cluster for one in asked], np.str_),
        documents=np.array([one.question.split for one in asked], np.str_),
    )


def _print_weights(name: str, signs: Iterable[str], weights: Floats) -> None:
    print(f"{name}: {weights[0]:.3f}")
    for sign, weight in zip(signs, weights[1:], strict=True):
        print(f'    "{sign}": {weight:.3f},')


def read_last_turn(index: Index, turns: Sequence[str]) -> Reading:
    """Return how the last of some turns is read, as a follow-up where it may be one."""
    named = name_years(turns)
    reading = read_question(index, named[-1], contexts_of(named)[-1])
    return follow_thread(index, reading, None)


def collect(index: Index, questions: Sequence[GoldQuestion]) -> Iterator[Asked]:
    """Yield every question about the documents of an index, with the signs of its first hit."""
    for question in questions:
        reading = read_last_turn(index, question.turns)
        ranking, quotes = rank_with_quotes(index, reading, 1, None)
        answer_id = index.passages[ranking.rows[0]].answer_id
        signs = read_signs(index, reading, ranking, quotes[0])
        yield Asked(question, signs, answer_id in question.answer_ids, reading.is_follow_up)


def report(asked: Sequence[Asked], chances: Floats) -> None:
    """Print what each threshold would refuse and let through, AUROC and reliability."""
    answerable = np.array([one.question.is_answerable for one in asked])
    paraphrase = np.array([one.question.kind == "paraphrase" for one in asked])
    adversarial = np.array([one.question.is_adversarial for one in asked])
    is_right = np.array([one.is_right for one in asked])
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
            right = is_right[inside].mean()
            print(f"confidence {low:.1f}-{low + 0.2:.1f}: {inside.sum()} questions, {right:.2f}")


def _report_documents(asked: Sequence[Asked], chances: Floats) -> None:
    """Print what the shipped threshold would do in each document by weights fitted without it."""
    splits = np.array([one.question.split for one in asked])
    answerable = np.array([one.question.is_answerable for one in asked])
    adversarial = np.array([one.question.is_adversarial for one in asked])
    for split in dict.fromkeys(splits.tolist()):
        inside = splits == split
        known, near = inside & answerable, inside & adversarial
        print(
            f"{split} held out: AUROC {auroc(chances[known], chances[inside & ~answerable]):.3f},"
            f" refused {np.mean(chances[known] < THRESHOLD):.3f} of {known.sum()},"
            f" adversarial let through {np.mean(chances[near] >= THRESHOLD):.3f} of {near.sum()}"
        )


if __name__ == "__main__":
    main()
