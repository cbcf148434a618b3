"""Choose the weights of the ranking on the dev questions: what each gives, best first.

    python -m eval.fit_ranking [INDEX_FOLDER]

Every score's weight is tried over a grid, that of the passage's own words fixed at 0.8: only
their proportions matter. Judged by the mean reciprocal rank (10) of the first passage that holds
the evidence. Only the dev half is read. Run it again when the model changes.
"""

import itertools
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.readers import BUNDLED_APPENDIX
from eval.evidence import holds_evidence
from eval.questions import read_gold
from eval.runs import Found
from index.encoder import Encoder
from index.ranking import rank_passages, read_question
from index.storage import Index, build_index, load_index

FIXED = {"text": 0.8}
GRIDS: Mapping[str, Sequence[float]] = {
    "dense": (0.0, 0.2, 0.4, 0.5, 0.6, 0.8, 1.0, 1.5, 2.0),
    "context": (0.0, 0.4, 0.6, 0.8, 1.0),
    "sentence": (0.0, 0.2, 0.4, 0.8),
}
SHOWN = 15
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Candidates:
    """The scores of one question's candidates by name, and which of them hold the evidence."""

    features: Mapping[str, NDArray[np.float32]]
    is_right: NDArray[np.bool_]


def main(arguments: Sequence[str]) -> None:
    """Print the best combinations of weights."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(arguments[0]) if arguments else Path(made)
        if not arguments:
            build_index([BUNDLED_APPENDIX], folder, Encoder.load())
        questions = collect(load_index(folder))
    options = [
        dict(zip(GRIDS, values, strict=True)) for values in itertools.product(*GRIDS.values())
    ]
    judged = [(mean_reciprocal_rank(questions, FIXED | option), option) for option in options]
    for score, option in sorted(judged, key=lambda pair: -pair[0])[:SHOWN]:
        print(f"RR@10 {score:.4f}  {FIXED | option}")


def collect(index: Index) -> tuple[Candidates, ...]:
    """Return the candidates of every answerable dev question of one turn."""
    found = []
    for question in read_gold("dev"):
        if question.is_answerable and len(question.turns) == 1:
            ranking = rank_passages(index, read_question(index, question.turns[0]), None)
            passages = [index.passages[row] for row in ranking.rows]
            right = [holds_evidence(question, Found((p.answer_id,), p.text)) for p in passages]
            found.append(Candidates(ranking.features, np.array(right, np.bool_)))
    return tuple(found)


def mean_reciprocal_rank(questions: Sequence[Candidates], weights: Mapping[str, float]) -> float:
    """Return the mean over questions of 1 / rank of the first right passage, 0 beyond rank 10."""
    ranks = []
    for question in questions:
        total = sum(weight * question.features[name] for name, weight in weights.items())
        right = np.flatnonzero(question.is_right[np.argsort(-np.asarray(total), kind="stable")])
        ranks.append(1 / (right[0] + 1) if len(right) and right[0] < DEPTH else 0.0)
    return float(np.mean(ranks))


if __name__ == "__main__":
    main(sys.argv[1:])
