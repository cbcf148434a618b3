"""Choose the weights of the ranking on the questions for choosing: what each gives, best first.

    python -m eval.fit_ranking

Every score's weight is tried over a grid, that of the passage's own words fixed at 0.8: only
their proportions matter. So is what the quote counts in the order of an answer's own passages.
Those by tokens are of the passages that the weights as they stand let them be looked at for.
Judged by the mean reciprocal rank (10) of the first passage that holds the evidence and that of the
first passage of a right answer, half each. Run it again when the model changes.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.evidence import holds_evidence
from eval.fit_confidence import open_split
from eval.questions import CHOOSING, read_gold
from eval.runs import Found
from index.contents import Index
from index.quotes import choose_quotes
from index.ranking import rank_passages, read_question
from index.reranking import POOL, reorder

FIXED = {"text": 0.8}
QUOTE = "quote"
GRIDS: Mapping[str, Sequence[float]] = {
    "dense": (0.2, 0.4, 0.6, 0.8, 1.0),
    "context": (0.6, 0.8, 1.0),
    "sentence": (0.0, 0.2, 0.4),
    "tokens": (0.0, 0.5, 1.0),
    QUOTE: (0.2, 0.4, 0.8),
}
SHOWN = 15
DEPTH = 10

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The scores of one question's candidates by name, the scores of their quotes, whose passages
    they are, which of them are of a right answer, and which hold the evidence."""

    features: Mapping[str, Floats]
    quotes: Floats
    answers: tuple[str, ...]
    of_answer: NDArray[np.bool_]
    holds_evidence: NDArray[np.bool_]


def main() -> None:
    """Print the best combinations of weights."""
    questions = [one for split in CHOOSING for one in collect(open_split(split), split)]
    options = [
        dict(zip(GRIDS, values, strict=True)) for values in itertools.product(*GRIDS.values())
    ]
    judged = [(mean_reciprocal_rank(questions, FIXED | option), option) for option in options]
    for score, option in sorted(judged, key=lambda pair: -pair[0])[:SHOWN]:
        print(f"RR@10 {score:.4f}  {FIXED | option}")


def collect(index: Index, split: str) -> list[Candidates]:
    """Return the candidates of every answerable question of one turn."""
    found = []
    for question in read_gold(split):
        if question.is_answerable and len(question.turns) == 1:
            reading = read_question(index, question.turns[0])
            ranking = rank_passages(index, reading, None)
            passages = [index.passages[row] for row in ranking.rows]
            right = [holds_evidence(question, Found((p.answer_id,), p.text)) for p in passages]
            quotes = choose_quotes(index, reading, ranking.rows)
            found.append(
                Candidates(
                    ranking.features,
                    np.array([quote.score for quote in quotes], np.float32),
                    tuple(passage.answer_id for passage in passages),
                    np.array([p.answer_id in question.answer_ids for p in passages], np.bool_),
                    np.array(right, np.bool_),
                )
            )
    return found


def mean_reciprocal_rank(questions: Sequence[Candidates], weights: Mapping[str, float]) -> float:
    """Return the mean over questions of 1 / rank of the first passage of a right answer and of the
    first that holds the evidence, 0 beyond rank 10."""
    ranks = []
    for question in questions:
        order = _order(question, weights)[:DEPTH]
        for right in (question.of_answer, question.holds_evidence):
            found = np.flatnonzero(right[order])
            ranks.append(1 / (found[0] + 1) if len(found) else 0.0)
    return float(np.mean(ranks))


def _order(question: Candidates, weights: Mapping[str, float]) -> NDArray[np.int64]:
    """Return the candidates' places, best first, as `index.reranking` orders them."""
    total = np.zeros(len(question.answers), np.float32)
    for name, scores in question.features.items():
        total += np.float32(weights[name]) * scores
    order = np.argsort(-total, kind="stable")
    groups: dict[str, list[int]] = {}
    for place, row in enumerate(order[:POOL].tolist()):
        groups.setdefault(question.answers[row], []).append(place)
    scores = (total + np.float32(weights[QUOTE]) * question.quotes)[order]
    return order[reorder([*groups.values()], scores)]


if __name__ == "__main__":
    main()
