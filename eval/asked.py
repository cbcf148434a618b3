"""Measure 'al gevraagd?' on drafts that ask anew what was asked, and on drafts that nobody asked.

`fit` tries weights and floors on dev: those of `chatbot.workbench.likeness` depend on the model and
are chosen again with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from chatbot.ledger.build import build_ledger
from chatbot.ledger.records import LedgerLine
from chatbot.workbench.asked import AskedQuestions
from chatbot.workbench.likeness import WEIGHTS, Weights
from corpus.readers import BUNDLED_APPENDIX
from eval.abstention import auroc
from eval.experiment import ModelChoice, open_index
from eval.json_lines import read_json_lines
from eval.questions import GOLD_FOLDER
from eval.tables import Table

TOP = 5
"""How many sub-questions are looked at."""
STEPS = tuple(round(0.02 * step, 2) for step in range(10, 41))
"""Tried as share of the meaning and as floor: 0.20 to 0.80."""
CONTEXT_STEPS = (0.5, 0.7, 0.9)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft question, and parts of the sub-questions of one answer that ask the same (none: it
    is new)."""

    text: str
    answer_id: str | None
    asked: tuple[str, ...]

    def is_asked_by(self, line: LedgerLine) -> bool:
        """Tell whether a sub-question asks the same."""
        return line.answer_id == self.answer_id and any(part in line.text for part in self.asked)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a draft found: the best similarity, and the rank (from 1; 0: not among the first
    `TOP`) and similarity of the first sub-question that asks the same."""

    is_new: bool
    best: float
    rank: int
    right: float


@dataclass(frozen=True, slots=True)
class AskedScores:
    """Counts of a split's drafts, and shares from 0 to 1: of those asked before, the same question
    found first, among five, and among five over the floor; of the new ones, told so. `auroc` is
    how well the best similarity parts them."""

    split: str
    asked: int
    new: int
    right_first: float
    right_in_five: float
    told_asked: float
    told_new: float
    auroc: float


def run_asked(choice: ModelChoice, splits: Sequence[str]) -> tuple[list[AskedScores], Weights]:
    """Return the scores on each split with a model, and the weights that fit it best on dev."""
    index = open_index(BUNDLED_APPENDIX, choice.load())
    questions = AskedQuestions(index, build_ledger(index))
    return [score_asked(questions, split) for split in splits], fit(questions)


def read_drafts(split: str) -> tuple[Draft, ...]:
    """Read the drafts of one split, in file order."""
    return tuple(map(_draft, read_json_lines(GOLD_FOLDER / f"asked-{split}.jsonl")))


def score_asked(questions: AskedQuestions, split: str, weights: Weights = WEIGHTS) -> AskedScores:
    """Put the drafts of one split, and compare what is found with the labels."""
    return summarise(split, _outcomes(questions, split, weights), weights.floor)


def summarise(split: str, outcomes: Sequence[Outcome], floor: float) -> AskedScores:
    """Return the scores of what the drafts of a split found; a share of nothing is NaN."""
    old = [outcome for outcome in outcomes if not outcome.is_new]
    new = [outcome for outcome in outcomes if outcome.is_new]
    return AskedScores(
        split=split,
        asked=len(old),
        new=len(new),
        right_first=_share([outcome.rank == 1 for outcome in old]),
        right_in_five=_share([outcome.rank > 0 for outcome in old]),
        told_asked=_share([outcome.rank > 0 and outcome.right >= floor for outcome in old]),
        told_new=_share([outcome.best < floor for outcome in new]),
        auroc=auroc(np.array([o.best for o in old]), np.array([o.best for o in new])),
    )


def fit(questions: AskedQuestions) -> Weights:
    """Return the weights with the best sum of `told_asked` and `told_new` on dev; among equals the
    best ranking, then the best AUROC, then the first tried."""
    best, best_quality = WEIGHTS, (-1.0, 0.0, 0.0)
    for meaning in STEPS:
        for context in CONTEXT_STEPS:
            weights = Weights(meaning, context, 0.0)
            outcomes = _outcomes(questions, "dev", weights)
            for floor in STEPS:
                scores = summarise("dev", outcomes, floor)
                told = round(scores.told_asked + scores.told_new, 6)
                quality = told, scores.right_first, scores.auroc
                if quality > best_quality:
                    best, best_quality = replace(weights, floor=floor), quality
    return best


def asked_table(scores: Sequence[AskedScores]) -> Table:
    """Return the scores as a table, a column per split."""
    names = ("right_first", "right_in_five", "told_asked", "told_new", "auroc")
    rows = [
        ("al gevraagd", *(str(score.asked) for score in scores)),
        ("nieuw", *(str(score.new) for score in scores)),
        *((name, *(f"{getattr(score, name):.3f}" for score in scores)) for name in names),
    ]
    return Table("Al gevraagd?", ("maat", *(score.split for score in scores)), tuple(rows))


def _outcomes(questions: AskedQuestions, split: str, weights: Weights) -> list[Outcome]:
    return [_outcome(questions, draft, weights) for draft in read_drafts(split)]


def _outcome(questions: AskedQuestions, draft: Draft, weights: Weights) -> Outcome:
    found = questions.find(draft.text, TOP, weights)
    every = [one for part in found for one in (*part.asked, *part.nearest)]
    similar = sorted(every, key=lambda one: -one.score)[:TOP]
    right = [rank for rank, one in enumerate(similar, start=1) if draft.is_asked_by(one.line)]
    return Outcome(
        is_new=not draft.asked,
        best=similar[0].score if similar else 0.0,
        rank=right[0] if right else 0,
        right=similar[right[0] - 1].score if right else 0.0,
    )


def _draft(fields: dict[str, Any]) -> Draft:
    return Draft(fields["draft"], fields["answer_id"], tuple(fields["asked"]))


def _share(claims: Sequence[bool]) -> float:
    return float(np.mean(claims)) if claims else float("nan")
