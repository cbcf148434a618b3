"""How much sub-questions that were asked resemble what is written now.

By meaning (the index's own model) and by rare words (the word rules of the search). A bare "Wat is
de reden hiervan?" says little, so each also counts with its topic and the text around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
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
class AskedText:
    """A sub-question, the topic above it ("" for none), and all that was written with it."""

    text: str
    topic: str
    around: str


class Likeness:
    """Sub-questions, ready to be compared. Row i of the vectors and of the words is `asked[i]`."""

    def __init__(self, encoder: Encoder, asked: Sequence[AskedText]) -> None:
        self._encoder = encoder
        self._count = len(asked)
        texts = [one.text for one in asked]
        self._bare = encoder.encode_queries(texts)
        self._placed = encoder.encode_queries([f"{one.topic}. {one.text}" for one in asked])
        self._words = LexicalIndex.build(texts, [f"{one.topic}\n{one.around}" for one in asked])

    def scores(self, text: str, weights: Weights = WEIGHTS) -> Floats:
        """Return how much each sub-question resembles a text: float32 (n,) in [0, 1]."""
        (vector,) = self._encoder.encode_queries([text])
        meaning = np.maximum(self._bare @ vector, self._placed @ vector).clip(0, 1)
        words = self._word_overlap(text, weights.context)
        return np.asarray(weights.meaning * meaning + (1 - weights.meaning) * words, np.float32)

    def _word_overlap(self, text: str, context_share: float) -> Floats:
        """Return per sub-question which share of the text's words, weighted by rarity, it or its
        context holds: float32 (n,) in [0, 1]; 0 for a text of stop words."""
        terms = self._words.read_query(text)
        rows = np.arange(self._count, dtype=np.int64)
        held = np.zeros(self._count, np.float32)
        for term in terms:
            own = self._words.presence(term, rows, "text")
            around = self._words.presence(term, rows, "context")
            held += np.float32(term.rarity) * np.maximum(own, np.float32(context_share) * around)
        every = sum(term.rarity for term in terms)
        return held / np.float32(every) if every else held
