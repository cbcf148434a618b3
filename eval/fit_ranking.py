"""Choose the weights of the ranking on the questions for choosing: what each gives, best first.

    python -m eval.fit_ranking --data FOLDER

Every score's weight is tried over a grid, and the power of the lexical ones, the weight of the
passage's own words fixed at 0.8: only their proportions matter. Those by tokens are of the passages
that the weights as they stand let them be looked at for. Then, with those weights as they stand,
what tells the passages of one answer apart (`index.reranking.WITHIN`). Judged by the mean
reciprocal rank (10) of the first passage that holds the evidence and that of the first passage of a
right answer, half each; with the folder of public Dutch text also on the written questions
(`eval.written`), which count as much as all gold ones. Run it again when the model changes.
"""

import argparse
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.evidence import holds_evidence
from eval.experiment import open_split
from eval.fit_confidence import read_last_turn
from eval.questions import CHOOSING, GoldQuestion, read_gold
from eval.runs import Found
from eval.written import read_groups
from index.contents import Index
from index.lexical_parts import FIELDS
from index.quotes import choose_quotes
from index.ranking import LEXICAL_POWER, TOKEN_WEIGHT, WEIGHTS, add_up, rank_passages
from index.reranking import POOL, QUOTE, WITHIN, reorder

Weights = Mapping[str, float]
Grids = Mapping[str, Sequence[float]]

POWER = "power"
SHIPPED: Weights = {**WEIGHTS, "tokens": TOKEN_WEIGHT, POWER: LEXICAL_POWER}
GRIDS: Grids = {
    POWER: (1.0, 1.5, 2.0),
    "text": (0.8,),
    "dense": (0.2, 0.4, 0.6, 0.8),
    "context": (0.8, 1.0, 1.2),
    "sentence": (0.0, 0.2, 0.4),
    "tokens": (0.0, 0.5, 1.0),
    "asker": (WEIGHTS["asker"],),
    "thread": (WEIGHTS["thread"],),
}
WITHIN_GRIDS: Grids = {
    "text": (0.0, 0.4, 0.8),
    "dense": (0.2, 0.4, 0.8, 1.6),
    "tokens": (0.0, 0.5, 1.0, 2.0),
    QUOTE: (0.4,),
}
SHOWN = 15
DEPTH = 10

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The highest power that one question's lexical scores may be raised to; the scores of its
    candidates by name, those of their quotes among them, whose passages they are, which of them are
    of a right answer, and which hold the evidence."""

    most_power: float
    features: Mapping[str, Floats]
    answers: tuple[str, ...]
    of_answer: NDArray[np.bool_]
    holds_evidence: NDArray[np.bool_]


def main() -> None:
    """Print the best combinations of weights."""
    parser = argparse.ArgumentParser(prog="python -m eval.fit_ranking")
    parser.add_argument("--data", type=Path, help="folder with kamer-..., vlaamse-...")
    data = parser.parse_args().data
    sets = [
        [one for split in CHOOSING for one in collect(open_split(split), read_gold(split))],
        *(
            [[one for g in read_groups(data) for one in collect(g.open(), g.questions)]]
            if data
            else ()
        ),
    ]
    print("weights")
    _show(sets, [(weights, WITHIN) for weights in _combine(GRIDS)])
    print("within an answer")
    _show(sets, [(SHIPPED, within) for within in _combine(WITHIN_GRIDS)])


def _combine(grids: Grids) -> Iterator[Weights]:
    for values in itertools.product(*grids.values()):
        yield dict(zip(grids, values, strict=True))


def _show(sets: Sequence[Sequence[Candidates]], options: Sequence[tuple[Weights, Weights]]) -> None:
    judged = [[mean_reciprocal_rank(one, *option) for one in sets] for option in options]
    best = sorted(zip(judged, options, strict=True), key=lambda pair: -sum(pair[0]))
    for scores, option in best[:SHOWN]:
        print(f"RR@10 {' '.join(f'{score:.4f}' for score in scores)}  {option}", flush=True)


def collect(index: Index, questions: Sequence[GoldQuestion]) -> list[Candidates]:
    """Return the candidates of every answerable question, a follow-up read as one."""
    found = []
    for question in questions:
        if question.is_answerable:
            reading = read_last_turn(index, question.turns)
            ranking = rank_passages(index, reading, None)
            passages = [index.passages[row] for row in ranking.rows]
            right = [holds_evidence(question, Found((p.answer_id,), p.text)) for p in passages]
            quotes = choose_quotes(index, reading, ranking.rows)
            found.append(
                Candidates(
                    reading.most_power,
                    {
                        **ranking.features,
                        QUOTE: np.array([quote.score for quote in quotes], np.float32),
                    },
                    tuple(passage.answer_id for passage in passages),
                    np.array([p.answer_id in question.answer_ids for p in passages], np.bool_),
                    np.array(right, np.bool_),
                )
            )
    return found


def mean_reciprocal_rank(
    questions: Sequence[Candidates], weights: Weights, within: Weights = WITHIN
) -> float:
    """Return the mean over questions of 1 / rank of the first passage of a right answer and of the
    first that holds the evidence, 0 beyond rank 10."""
    ranks = []
    for question in questions:
        order = _order(question, weights, within)[:DEPTH]
        for right in (question.of_answer, question.holds_evidence):
            found = np.flatnonzero(right[order])
            ranks.append(1 / (found[0] + 1) if len(found) else 0.0)
    return float(np.mean(ranks))


def _order(question: Candidates, weights: Weights, within: Weights) -> NDArray[np.int64]:
    """Return the candidates' places, best first, as `index.reranking` orders them."""
    most = question.most_power
    power = min(most, weights[POWER]) / min(most, LEXICAL_POWER)
    raised = {name: question.features[name] ** np.float32(power) for name in FIELDS}
    sums = {name: weight for name, weight in weights.items() if name != POWER}
    order = np.argsort(-add_up({**question.features, **raised}, sums), kind="stable")
    groups: dict[str, list[int]] = {}
    for place, row in enumerate(order[:POOL].tolist()):
        groups.setdefault(question.answers[row], []).append(place)
    return order[reorder([*groups.values()], add_up(question.features, within)[order])]


if __name__ == "__main__":
    main()
