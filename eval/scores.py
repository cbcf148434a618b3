"""Judge a run on the gold questions: per question, then per group with intervals by answer.

A measure that doesn't apply to a question is NaN there and leaves it out of the mean. Groups are
"all", every kind, and of the unanswerable ones every way in which they go wrong ("adversarial" is
those that name a topic of the appendix).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval import abstention, evidence
from eval.intervals import SEED, Estimate, Strings, estimate_mean, estimate_two_groups
from eval.metrics import measure_rankings
from eval.questions import ADVERSARIAL, KINDS, UNANSWERABLE, GoldQuestion
from eval.runs import Run

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

ALL = "all"
AUROC = "AUROC"
ECE = "ECE"
AURC = "AURC"
ERROR_RATE = "error rate"
HALLUCINATION_RATE = "hallucination rate"
ON_PAGE = "quote on page of evidence"
"""Not that the quote is the evidence: that is "quote contains"."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A run's values per question (float64, NaN where a measure doesn't apply), and for each
    question the confidence, whether the first answer is right, and the name of its cluster."""

    method: str
    values: Mapping[str, Floats]
    confidence: Floats
    right: Bools
    answerable: Bools
    clusters: Strings
    abstains: bool


def judge(questions: Sequence[GoldQuestion], run: Run, abstains: bool) -> Judgement:
    """Judge every ranking of a run.

    Args:
        questions: The gold questions, in the run's order.
        run: What a method gave.
        abstains: Whether the method can decline to answer and quotes, or only ranks.
    """
    values = _rank_values(questions, run) | _evidence_values(questions, run)
    if abstains:
        values |= _quote_values(questions, run) | _abstention_values(questions, run)
    return Judgement(
        method=run.method,
        values=values,
        confidence=np.array([ranking.confidence for ranking in run.rankings], np.float64),
        right=values["Success@1"] == 1.0,
        answerable=np.array([question.is_answerable for question in questions], np.bool_),
        clusters=np.array([question.cluster for question in questions], np.str_),
        abstains=abstains,
    )


def groups_of(questions: Sequence[GoldQuestion]) -> dict[str, Bools]:
    """Return the mask of each group that has a question, "all" first."""
    groups = {ALL: np.ones(len(questions), np.bool_)}
    for kind in KINDS:
        groups[kind] = np.array([question.kind == kind for question in questions])
    groups["adversarial"] = np.array([question.is_adversarial for question in questions])
    for way in ADVERSARIAL:
        name = f"{UNANSWERABLE}: {way}"
        groups[name] = np.array([question.adversarial == way for question in questions])
    return {name: mask for name, mask in groups.items() if mask.any()}


def summarise(judgement: Judgement, mask: Bools) -> dict[str, Estimate]:
    """Return every measure that applies to the questions under `mask`, with its interval."""
    rng = np.random.default_rng(SEED)
    found = {}
    for measure, values in judgement.values.items():
        known = mask & ~np.isnan(values)
        if known.any():
            found[measure] = estimate_mean(values[known], rng, judgement.clusters[known])
    return found


def summarise_confidence(judgement: Judgement) -> dict[str, Estimate]:
    """Return AUROC (answerable against unanswerable) of the confidence, over all questions, and,
    of a method that abstains, its area under the risk-coverage curve and calibration error."""
    confidence, rng = judgement.confidence, np.random.default_rng(SEED)
    sides = judgement.answerable, ~judgement.answerable
    groups = [confidence[side] for side in sides]
    clusters = [judgement.clusters[side] for side in sides]
    found = {AUROC: estimate_two_groups(abstention.auroc, groups, clusters, rng)}
    if judgement.abstains:
        bins = abstention.reliability(confidence, judgement.right)
        area = abstention.risk_area(confidence, judgement.right)
        found[AURC] = _point(area, len(confidence))
        found[ECE] = _point(abstention.calibration_error(bins), len(confidence))
    return found


def _rank_values(questions: Sequence[GoldQuestion], run: Run) -> dict[str, Floats]:
    pairs = list(zip(questions, run.rankings, strict=True))
    qrels = {q.query_id: q.answer_ids for q, _ in pairs if q.is_answerable}
    rankings = {q.query_id: r.answer_ids for q, r in pairs if q.is_answerable}
    asked = np.array([question.is_answerable for question in questions], np.bool_)
    return {
        measure: _spread(values, asked)
        for measure, values in measure_rankings(qrels, rankings).items()
    }


def _evidence_values(questions: Sequence[GoldQuestion], run: Run) -> dict[str, Floats]:
    pairs = list(zip(questions, run.rankings, strict=True))
    rows = [
        (evidence.hit_at(q, r, 5), *(evidence.evidence_at(q, r, k) for k in (1, 3, 5)))
        if q.is_answerable
        else (np.nan,) * 4
        for q, r in pairs
    ]
    names = ("hit@5", "evidence@1", "evidence@3", "evidence@5")
    return dict(zip(names, np.array(rows, np.float64).T, strict=True))


def _quote_values(questions: Sequence[GoldQuestion], run: Run) -> dict[str, Floats]:
    rows = [
        (
            evidence.is_on_page(question, ranking),
            evidence.quote_contains(question, ranking),
            evidence.quote_covers(question, ranking) if question.kind == "list" else np.nan,
        )
        if question.is_answerable
        else (np.nan,) * 3
        for question, ranking in zip(questions, run.rankings, strict=True)
    ]
    names = (ON_PAGE, "quote contains", "list items quoted")
    return dict(zip(names, np.array(rows, np.float64).T, strict=True))


def _abstention_values(questions: Sequence[GoldQuestion], run: Run) -> dict[str, Floats]:
    refused = np.array([ranking.abstained for ranking in run.rankings], np.float64)
    asked = np.array([question.is_answerable for question in questions], np.bool_)
    return {
        ERROR_RATE: np.where(asked, refused, np.nan),
        HALLUCINATION_RATE: np.where(asked, np.nan, 1 - refused),
    }


def _spread(values: Floats, mask: Bools) -> Floats:
    """Return `values` at the places of a mask and NaN elsewhere."""
    spread = np.full(len(mask), np.nan)
    spread[mask] = values
    return spread


def _point(value: float, count: int) -> Estimate:
    return Estimate(value, float("nan"), float("nan"), count)
