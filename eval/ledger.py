"""Measure the ledger of sub-questions against labels written by reading.

A label is a sub-question, word for word, with its page, askers and status; where the answer
addresses it, `evidence` names spans any of which shows that. A line counts as found when its
answer and text are a label's, to the letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from chatbot.ledger.build import build_ledger
from chatbot.ledger.records import Evidence, LedgerLine
from chatbot.reply import answer_question
from corpus.records import Answer, Asker
from eval.evidence import find_places
from eval.experiment import ModelChoice, open_index
from eval.json_lines import read_json_lines
from eval.questions import GOLD_FOLDER, document_of
from eval.tables import Table, plain

OPEN = "open"


@dataclass(frozen=True, slots=True)
class SubQuestionLabel:
    """One labelled sub-question; `pages` are those of the evidence spans."""

    answer_id: str
    text: str
    page: int
    askers: tuple[Asker, ...]
    status: str
    evidence: tuple[str, ...]
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LedgerScores:
    """Counts and shares (0 to 1) of one split; a share of nothing is None.

    `precision` and `recall` are of sub-questions; those of status "open", its F1, and the share of
    right statuses and pages are over the sub-questions that were found, that of right askers over
    those whose label names them. `evidence_hit` is
    the share of those addressed by the labels and not called open whose quote shares words with a
    labelled span, `evidence_page` that of those whose quote is on a page of one. `answered_open`
    and `answered_addressed` are the shares of the sub-questions that are open and addressed by the
    labels to which the chat gives an answer, each put as it stands; None before they are put.
    """

    split: str
    labels: int
    found: int
    precision: float | None
    recall: float | None
    open_labels: int
    open_found: int
    open_precision: float | None
    open_recall: float | None
    open_f1: float | None
    right_status: float | None
    right_page: float | None
    right_askers: float | None
    evidence_hit: float | None
    evidence_page: float | None
    answered_open: float | None = None
    answered_addressed: float | None = None


def read_labels(path: Path) -> tuple[SubQuestionLabel, ...]:
    """Read the labels of a file, in file order."""
    return tuple(map(_label, read_json_lines(path)))


def labels_of(split: str) -> tuple[SubQuestionLabel, ...]:
    """Read the labels of one split, as in `eval.questions.LEDGER_SPLITS`."""
    return read_labels(GOLD_FOLDER / f"subquestions-{split}.jsonl")


def run_ledger(choice: ModelChoice, splits: Sequence[str]) -> list[LedgerScores]:
    """Build the ledger of each split's document and compare it with the labels of the split."""
    encoder = choice.load()
    found: list[LedgerScores] = []
    for source, group in groupby(splits, document_of):
        index = open_index(source, encoder)
        ledger = build_ledger(index)
        for split in group:
            labels = labels_of(split)
            scores = score_ledger(split, labels, ledger, index.answers)
            is_open = [label.status == OPEN for label in labels]
            answered = [not answer_question(index, label.text, k=1).abstained for label in labels]
            by_chat = list(zip(is_open, answered, strict=True))
            found.append(
                replace(
                    scores,
                    answered_open=_share_of([a for o, a in by_chat if o]),
                    answered_addressed=_share_of([a for o, a in by_chat if not o]),
                )
            )
    return found


def score_ledger(
    split: str,
    labels: Sequence[SubQuestionLabel],
    ledger: Sequence[LedgerLine],
    answers: Sequence[Answer],
) -> LedgerScores:
    """Compare the lines of the labelled answers with the labels."""
    texts = {answer.answer_id: answer.text for answer in answers}
    wanted = {(label.answer_id, label.text): label for label in labels}
    held = {label.answer_id for label in labels}
    lines = [line for line in ledger if line.answer_id in held]
    pairs = [
        (line, wanted[line.answer_id, line.text])
        for line in lines
        if (line.answer_id, line.text) in wanted
    ]
    told = [(line, label) for line, label in pairs if label.askers]
    called = [line.status == OPEN for line, _ in pairs]
    is_open = [label.status == OPEN for _, label in pairs]
    both = sum(a and b for a, b in zip(called, is_open, strict=True))
    shown = [(one, one.evidence, label) for one, label in pairs if one.evidence and label.evidence]
    return LedgerScores(
        split=split,
        labels=len(labels),
        found=len(lines),
        precision=_share(len(pairs), len(lines)),
        recall=_share(len(pairs), len(labels)),
        open_labels=sum(is_open),
        open_found=sum(called),
        open_precision=_share(both, sum(called)),
        open_recall=_share(both, sum(is_open)),
        open_f1=_share(2 * both, sum(called) + sum(is_open)),
        right_status=_share(sum(line.status == label.status for line, label in pairs), len(pairs)),
        right_page=_share(sum(line.page == label.page for line, label in pairs), len(pairs)),
        right_askers=_share(sum(line.askers == label.askers for line, label in told), len(told)),
        evidence_hit=_share(
            sum(is_hit(texts[line.answer_id], found, label) for line, found, label in shown),
            len(shown),
        ),
        evidence_page=_share(
            sum(found.page in label.pages for _, found, label in shown), len(shown)
        ),
    )


def is_hit(text: str, quote: Evidence, label: SubQuestionLabel) -> bool:
    """Say whether a line's quote overlaps a labelled span of the answer's text."""
    spans = find_places(label.evidence, text)
    return any(quote.start < end and start < quote.end for start, end in spans)


def ledger_table(scores: Sequence[LedgerScores]) -> Table:
    """Return the scores as a table, a column per split."""
    names = {
        "labels": "deelvragen volgens de labels",
        "found": "deelvragen gevonden",
        "precision": "deelvragen, precisie",
        "recall": "deelvragen, recall",
        "right_page": "pagina juist",
        "right_askers": "vraagstellers juist",
        "open_labels": "open volgens de labels",
        "open_found": "open genoemd",
        "open_precision": "open, precisie",
        "open_recall": "open, recall",
        "open_f1": "open, F1",
        "right_status": "status juist",
        "evidence_hit": "bewijszin juist",
        "evidence_page": "bewijszin op een pagina van het bewijs",
        "answered_open": "open, in de chat beantwoord",
        "answered_addressed": "andere, in de chat beantwoord",
    }
    rows = [
        (label, *(plain(getattr(score, name)) for score in scores)) for name, label in names.items()
    ]
    return Table(
        "Deelvragen en hun status", ("maat", *(score.split for score in scores)), tuple(rows)
    )


def _label(fields: dict[str, Any]) -> SubQuestionLabel:
    return SubQuestionLabel(
        answer_id=fields["answer_id"],
        text=fields["text"],
        page=fields["page"],
        askers=tuple(Asker(asker["party"], asker["member"]) for asker in fields["askers"]),
        status=fields["status"],
        evidence=tuple(fields["evidence"]),
        pages=tuple(fields["pages"]),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _share_of(held: Sequence[bool]) -> float | None:
    return _share(sum(held), len(held))
