"""Judge what a peer gave, on the appendix and on the Chamber, the same way for all.

On the appendix a hit is judged by its text alone, the product's too: it is credited with the
answers of which it holds a whole sentence (see `eval.naive`), and it holds the evidence or not.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from chatbot.dialogue import context_of
from corpus.records import Document
from eval.bench.jobs import Piece, Query
from eval.intervals import SEED, Estimate, estimate_mean
from eval.metrics import measure_rankings
from eval.naive import credit_chunks
from eval.questions import GoldQuestion
from eval.runs import Ranking, Run
from eval.scores import ALL, groups_of, judge, summarise

MEASURES = ("Success@1", "hit@5", "evidence@1", "evidence@5")
"""The right answer first, the right answer among five hits, and the evidence likewise."""
CHAMBER_MEASURES = ("RR@10", "R@1", "R@10")

Hits = Sequence[Sequence[Piece]]


def queries_of(questions: Sequence[GoldQuestion]) -> tuple[Query, ...]:
    """Return what is asked: of a dialogue its last turn, in the light of the others."""
    return tuple(Query(question.turns[-1], context_of(question.turns)) for question in questions)


def judge_gold(
    questions: Sequence[GoldQuestion], hits: Hits, document: Document
) -> dict[str, Estimate]:
    """Return each measure over the answerable questions of one split, with its interval.

    Args:
        questions: The gold questions of one split.
        hits: What a peer gave for each, best first, in their order.
        document: The appendix.
    """
    texts = list(dict.fromkeys(piece.text for found in hits for piece in found))
    credited = dict(zip(texts, credit_chunks(texts, document), strict=True))
    rankings = tuple(
        Ranking(tuple(credited[piece.text] for piece in found), confidence=0.0) for found in hits
    )
    judgement = judge(questions, Run("peer", rankings), abstains=False)
    summary = summarise(judgement, groups_of(questions)[ALL])
    return {measure: summary[measure] for measure in MEASURES}


def judge_chamber(qrels: Mapping[str, Sequence[str]], hits: Hits) -> dict[str, Estimate]:
    """Return each measure over the titles, with its interval.

    Args:
        qrels: The right answers of each title.
        hits: What a peer gave for each title, best first, in the order of `qrels`.
    """
    ranked = (tuple(dict.fromkeys(piece.document_id for piece in found)) for found in hits)
    values = measure_rankings(qrels, dict(zip(qrels, ranked, strict=True)), CHAMBER_MEASURES)
    rng = np.random.default_rng(SEED)
    return {measure: estimate_mean(values[measure], rng) for measure in CHAMBER_MEASURES}
