"""Measure the promises and deferrals against labels written by reading the appendices.

A label is a whole sentence with its kind, page and moment. Labels that a careful reader could leave
out say `"sure": false`: finding them is neither right nor wrong. A sentence that is found and not
labelled is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.promises import Promise, find_promises
from corpus.readers import read_documents
from eval.json_lines import read_json_lines
from eval.questions import GOLD_FOLDER, answers_of, document_of
from eval.tables import Table


@dataclass(frozen=True, slots=True)
class PromiseLabel:
    """One labelled sentence of an answer."""

    answer_id: str
    kind: str
    quote: str
    page: int
    due: str | None
    is_sure: bool


@dataclass(frozen=True, slots=True)
class PromiseScores:
    """Counts and shares (0 to 1) of one split; shares of what was found and is labelled."""

    split: str
    labels: int
    found: int
    recall: float
    precision: float
    right_kind: float
    right_due: float
    right_page: float


def read_promise_labels(split: str) -> tuple[PromiseLabel, ...]:
    """Read the labels of one split, in file order."""
    return tuple(map(_label, read_json_lines(GOLD_FOLDER / f"promises-{split}.jsonl")))


def score_promises(split: str) -> PromiseScores:
    """Find the promises in the answers of one split and compare them with the labels."""
    labels = read_promise_labels(split)
    return compare(split, labels, _found(split))


def compare(split: str, labels: Sequence[PromiseLabel], found: Sequence[Promise]) -> PromiseScores:
    """Return the scores of what was found against the labels; a share of nothing is 1."""
    known = {(label.answer_id, label.quote): label for label in labels}
    sure = {key for key, label in known.items() if label.is_sure}
    pairs = [(promise, known.get((promise.answer_id, promise.quote))) for promise in found]
    hits = [(promise, label) for promise, label in pairs if label is not None]
    sure_hits = [(promise, label) for promise, label in hits if label.is_sure]
    wrong = len(pairs) - len(hits)
    return PromiseScores(
        split=split,
        labels=len(sure),
        found=len(pairs),
        recall=_share(len(sure_hits), len(sure)),
        precision=_share(len(sure_hits), len(sure_hits) + wrong),
        right_kind=_share(sum(p.kind == label.kind for p, label in sure_hits), len(sure_hits)),
        right_due=_share(sum(p.due == label.due for p, label in sure_hits), len(sure_hits)),
        right_page=_share(sum(p.page == label.page for p, label in hits), len(hits)),
    )


def promise_table(scores: Sequence[PromiseScores]) -> Table:
    """Return the scores as a table, a column per split."""
    rows = [
        ("zinnen gelabeld", *(str(score.labels) for score in scores)),
        ("zinnen gevonden", *(str(score.found) for score in scores)),
        ("recall", *(f"{score.recall:.3f}" for score in scores)),
        ("precision", *(f"{score.precision:.3f}" for score in scores)),
        ("kind right", *(f"{score.right_kind:.3f}" for score in scores)),
        ("due right", *(f"{score.right_due:.3f}" for score in scores)),
        ("page right", *(f"{score.right_page:.3f}" for score in scores)),
    ]
    header = ("maat", *(score.split for score in scores))
    return Table("Beloftes en uitstel", header, tuple(rows))


def _found(split: str) -> list[Promise]:
    (document,) = read_documents(document_of(split))
    return [
        promise for answer in answers_of(split) for promise in find_promises(answer, document.year)
    ]


def _label(fields: dict[str, Any]) -> PromiseLabel:
    return PromiseLabel(
        fields["answer_id"],
        fields["kind"],
        fields["quote"],
        fields["page"],
        fields["due"],
        fields["sure"],
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
