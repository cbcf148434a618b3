"""'Al gevraagd?': which sub-questions of the documents ask what a draft asks.

The ledger's sub-questions are compared with each question of the draft: by meaning (the index's own
model) and by rare words (the word rules of the search). A bare "Wat is de reden hiervan?" says
little, so each also counts with its topic and the text around it. Under a floor the draft is new.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatbot.ledger.records import LedgerLine
from corpus.clauses import split_clauses
from corpus.questions import find_questions
from index.contents import Index
from index.lexical import LexicalIndex

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """How a similarity is made, every number in [0, 1].

    `meaning` is the share of the meaning against that of the words, `context` what a word counts
    for that stands only around a sub-question, `floor` the least similarity of what counts as
    asked. They depend on the model: `bijlage eval asked` names the ones that fit dev best.
    """

    meaning: float = 0.32
    context: float = 0.9
    floor: float = 0.3


WEIGHTS = Weights()


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
    """The sub-questions of an index, ready to be compared with drafts.

    Row i of the vectors and of the words is `ledger[i]`.
    """

    def __init__(self, index: Index, ledger: Sequence[LedgerLine]) -> None:
        self._ledger = tuple(ledger)
        self._encoder = index.encoder
        contexts = [_context(index, line) for line in self._ledger]
        self._bare = self._encoder.encode_queries([line.text for line in self._ledger])
        self._placed = self._encoder.encode_queries(
            [f"{line.topic}. {line.text}" for line in self._ledger]
        )
        self._words = LexicalIndex.build([line.text for line in self._ledger], contexts)

    def find(self, draft: str, k: int = 5, weights: Weights = WEIGHTS) -> tuple[AskedBefore, ...]:
        """Return for each question of the draft the k sub-questions most like it, best first; ties
        in the order of the ledger. A draft without letters has none."""
        texts = split_draft(draft)
        vectors = self._encoder.encode_queries(texts)
        return tuple(
            self._compare(text, vector, k, weights)
            for text, vector in zip(texts, vectors, strict=True)
        )

    def _compare(self, text: str, vector: Floats, k: int, weights: Weights) -> AskedBefore:
        meaning = np.maximum(self._bare @ vector, self._placed @ vector).clip(0, 1)
        words = self._word_overlap(text, weights.context)
        scores = weights.meaning * meaning + (1 - weights.meaning) * words
        best = np.argsort(-scores, kind="stable")[:k]
        similar = tuple(Similar(float(scores[row]), self._ledger[row]) for row in best)
        reached = tuple(found for found in similar if found.score >= weights.floor)
        return AskedBefore(text, reached, similar[len(reached) :])

    def _word_overlap(self, text: str, context_share: float) -> Floats:
        """Return per sub-question which share of the draft's words, weighted by rarity, it or its
        context holds: float32 (n,) in [0, 1]; 0 for a draft of stop words."""
        terms = self._words.read_query(text)
        rows = np.arange(len(self._ledger), dtype=np.int64)
        held = np.zeros(len(rows), np.float32)
        for term in terms:
            own = self._words.presence(term, rows, "text")
            around = self._words.presence(term, rows, "context")
            held += np.float32(term.rarity) * np.maximum(own, np.float32(context_share) * around)
        every = sum(term.rarity for term in terms)
        return held / np.float32(every) if every else held


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


def _context(index: Index, line: LedgerLine) -> str:
    """Return the words around a sub-question: its topic and all that its askers wrote with it."""
    answer = index.answers_by_key[line.document_id, line.answer_id]
    return f"{line.topic}\n{answer.question_blocks[line.block].text}"
