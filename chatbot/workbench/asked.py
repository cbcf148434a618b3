"""'Al gevraagd?': which sub-questions of the documents ask what a draft asks.

The ledger's sub-questions are compared with each question of the draft (`likeness`). Under a floor
the draft is new.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chatbot.ledger.records import LedgerLine
from chatbot.workbench.likeness import WEIGHTS, AskedText, Likeness, Weights
from corpus.clauses import split_clauses
from corpus.questions import find_questions
from index.contents import Index


@dataclass(frozen=True, slots=True)
class Similar:
    """A sub-question that was asked, and how much it resembles the draft, in [0, 1]."""

    score: float
    line: LedgerLine


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """One question of the draft, and the sub-questions most like it, best first: those that ask
    the same, and those that only come near."""

    draft: str
    asked: tuple[Similar, ...]
    nearest: tuple[Similar, ...]

    @property
    def is_new(self) -> bool:
        """True when nothing like it was asked."""
        return not self.asked


class AskedQuestions:
    """The sub-questions of an index, ready to be compared with drafts."""

    def __init__(self, index: Index, ledger: Sequence[LedgerLine]) -> None:
        self._ledger = tuple(ledger)
        asked = [AskedText(line.text, line.topic, _around(index, line)) for line in self._ledger]
        self._likeness = Likeness(index.encoder, asked)

    def find(self, draft: str, k: int = 5, weights: Weights = WEIGHTS) -> tuple[AskedBefore, ...]:
        """Return for each question of the draft the k sub-questions most like it, best first; ties
        in the order of the ledger. A draft without letters has none."""
        return tuple(self._compare(text, k, weights) for text in split_draft(draft))

    def _compare(self, text: str, k: int, weights: Weights) -> AskedBefore:
        scores = self._likeness.scores(text, weights)
        best = np.argsort(-scores, kind="stable")[:k]
        similar = tuple(Similar(float(scores[row]), self._ledger[row]) for row in best)
        reached = tuple(found for found in similar if found.score >= weights.floor)
        return AskedBefore(text, reached, similar[len(reached) :])


def find_asked(
    index: Index, ledger: Sequence[LedgerLine], draft: str, k: int = 5
) -> tuple[AskedBefore, ...]:
    """Return for each question of the draft what was asked before; see `AskedQuestions.find`."""
    return AskedQuestions(index, ledger).find(draft, k)


def split_draft(draft: str) -> list[str]:
    """Return the questions of a draft, in order; without one that can be told, all of it."""
    spans = [
        (start + low, start + high)
        for start, end in find_questions(draft)
        for low, high in split_clauses(draft[start:end])
    ]
    texts = (" ".join(draft[start:end].split()) for start, end in spans)
    return [text for text in texts if any(letter.isalnum() for letter in text)]


def _around(index: Index, line: LedgerLine) -> str:
    """Return all that the askers of a sub-question wrote with it."""
    answer = index.answers_by_key[line.document_id, line.answer_id]
    return answer.question_blocks[line.block].text
