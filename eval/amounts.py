"""Measure the ledger of amounts against labels written by reading the appendices.

An amount that is found matches the label whose words it overlaps; one that matches none is wrong.
Conflicts and codes are measured over whole appendices: there are too few to split.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chatbot.amounts.codes import list_codes
from chatbot.amounts.conflicts import find_conflicts
from chatbot.amounts.ledger import build_amounts
from chatbot.amounts.records import AmountLine
from corpus.readers import read_documents
from corpus.records import Answer
from eval.amount_labels import AmountLabel, Json, place_of, read_amount_labels
from eval.json_lines import read_json_lines
from eval.questions import GOLD_FOLDER, SPLITS, answers_of, document_of
from eval.tables import Table, plain


@dataclass(frozen=True, slots=True)
class AmountScores:
    """Counts and shares (0 to 1) of one split; the `right_` shares are of what matches a label."""

    split: str
    labels: int
    found: int
    precision: float
    recall: float
    right_value: float
    right_unit: float
    right_page: float
    right_year: float
    right_credit: float
    right_code: float


@dataclass(frozen=True, slots=True)
class CodeScores:
    """Counts and shares of a whole appendix: codes with their answers, parties and amounts that
    are found, and conflicts that are right and found."""

    document: str
    codes: int
    code_recall: float
    code_amount_recall: float
    conflicts: int
    conflict_precision: float
    conflict_recall: float


def score_amounts(split: str) -> AmountScores:
    """Build the ledger of one split's answers and compare it with the labels."""
    answers = {answer.answer_id: answer for answer in answers_of(split)}
    lines = [line for line in _ledger(document_of(split)) if line.answer_id in answers]
    return compare(split, read_amount_labels(split), lines, answers)


def compare(
    split: str,
    labels: Sequence[AmountLabel],
    lines: Sequence[AmountLine],
    answers: dict[str, Answer],
) -> AmountScores:
    """Return the scores of a ledger; a share of nothing is 1."""
    pairs = [(label, _match(label, lines, answers)) for label in labels]
    hits = [(label, line) for label, line in pairs if line is not None]

    def right(is_right: Callable[[AmountLabel, AmountLine], bool]) -> float:
        return _share(sum(is_right(label, line) for label, line in hits), len(hits))

    return AmountScores(
        split=split,
        labels=len(labels),
        found=len(lines),
        precision=_share(len({id(line) for _, line in hits}), len(lines)),
        recall=_share(len(hits), len(labels)),
        right_value=right(_same_value),
        right_unit=right(lambda label, line: label.unit == line.unit),
        right_page=right(lambda label, line: label.page == line.page),
        right_year=right(lambda label, line: label.year == line.year),
        right_credit=right(lambda label, line: label.credit == line.credit),
        right_code=right(
            lambda label, line: (
                (label.article_code, label.esr_code) == (line.article_code, line.esr_code)
            )
        ),
    )


def score_codes(split: str = SPLITS[0]) -> CodeScores:
    """Compare codes and conflicts with their labels, in the whole appendix that a split is of."""
    source = document_of(split)
    documents, ledger = read_documents(source), _ledger(source)
    uses = {use.code: use for use in list_codes(documents, ledger)}
    ending = "" if split in SPLITS else f"-{split}"
    labels = read_json_lines(GOLD_FOLDER / f"codes{ending}.jsonl")
    right = [
        label
        for label in labels
        if label["code"] in uses
        and set(label["answer_ids"]) <= {a.answer_id for a in uses[label["code"]].answers}
        and set(label["parties"]) <= {asker.party for asker in uses[label["code"]].parties}
    ]
    asked = [(label["code"], raw) for label in labels for raw in label["amounts"]]
    held = [raw in {line.raw for line in uses[code].amounts} for code, raw in asked if code in uses]
    known = {_key(label) for label in read_json_lines(GOLD_FOLDER / f"conflicts{ending}.jsonl")}
    found = [
        (conflict.lines[0].answer_id, frozenset(line.raw for line in conflict.lines))
        for conflict in find_conflicts(documents, ledger)
    ]
    return CodeScores(
        document=documents[0].document_id,
        codes=len(labels),
        code_recall=_share(len(right), len(labels)),
        code_amount_recall=_share(sum(held), len(asked)),
        conflicts=len(known),
        conflict_precision=_share(sum(key in known for key in found), len(found)),
        conflict_recall=_share(len(known & set(found)), len(known)),
    )


def amount_tables(scores: Sequence[AmountScores], codes: Sequence[CodeScores]) -> list[Table]:
    """Return the scores as tables: a column per split, and one per whole appendix."""
    rows = [
        ("bedragen gelabeld", *(str(score.labels) for score in scores)),
        ("bedragen gevonden", *(str(score.found) for score in scores)),
        *(
            (name.replace("_", " "), *(f"{getattr(score, name):.3f}" for score in scores))
            for name in AmountScores.__slots__[3:]
        ),
    ]
    whole = [
        (name.replace("_", " "), *(plain(getattr(score, name)) for score in codes))
        for name in CodeScores.__slots__[1:]
    ]
    return [
        Table("Bedragen en aantallen", ("maat", *(score.split for score in scores)), tuple(rows)),
        Table(
            "Codes en tegenspraken", ("maat", *(score.document for score in codes)), tuple(whole)
        ),
    ]


def _match(
    label: AmountLabel, lines: Sequence[AmountLine], answers: dict[str, Answer]
) -> AmountLine | None:
    place = place_of(label, answers[label.answer_id])
    if place is None:
        return None
    block, start, end = place
    of_text = (line for line in lines if (line.answer_id, line.block) == (label.answer_id, block))
    return next((line for line in of_text if line.start < end and start < line.end), None)


def _same_value(label: AmountLabel, line: AmountLine) -> bool:
    worth = None if line.value_eur is None else float(line.value_eur)
    return float(line.value) == label.value and worth == label.value_eur


def _key(label: Json) -> tuple[str, frozenset[str]]:
    return label["answer_id"], frozenset(label["raws"])


@cache
def _ledger(source: Path) -> tuple[AmountLine, ...]:
    return build_amounts(read_documents(source))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
