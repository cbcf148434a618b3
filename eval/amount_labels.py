"""The labels of amounts, conflicts and codes, written by reading the appendices.

A label is one amount or count: its words in their context (which stands once in the question or the
answer), value, unit, worth in euro, page, and year, credit and code where the text tells them.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.records import Answer
from eval.json_lines import read_json_lines
from eval.questions import GOLD_FOLDER, LABEL_SPLITS

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AmountLabel:
    """One labelled amount; `is_question` tells that it stands in a question, not in the answer."""

    answer_id: str
    is_question: bool
    page: int
    context: str
    raw: str
    value: float
    unit: str
    value_eur: float | None
    year: int | None
    credit: str | None
    article_code: str | None
    esr_code: str | None


def read_amount_labels(split: str, folder: Path = GOLD_FOLDER) -> tuple[AmountLabel, ...]:
    """Read the labels of one split, in file order.

    Raises:
        ValueError: If the split is unknown.
    """
    if split not in LABEL_SPLITS:
        raise ValueError(f"split must be one of {', '.join(LABEL_SPLITS)}, got {split!r}")
    return tuple(_label(fields) for fields in read_json_lines(folder / f"amounts-{split}.jsonl"))


def place_of(label: AmountLabel, answer: Answer) -> tuple[int | None, int, int] | None:
    """Return where a label's words stand: the question block (None for the answer's text), start
    and end; None if its context doesn't stand there exactly once."""
    texts: list[tuple[int | None, str]] = [(None, answer.text)]
    if label.is_question:
        texts = [(row, block.text) for row, block in enumerate(answer.question_blocks)]
    found = [(row, text) for row, text in texts if label.context in text]
    if len(found) != 1 or found[0][1].count(label.context) != 1:
        return None
    row, text = found[0]
    start = text.index(label.context) + label.context.rindex(label.raw)
    return row, start, start + len(label.raw)


def _label(fields: Json) -> AmountLabel:
    is_question = fields.pop("place") == "question"
    return AmountLabel(is_question=is_question, **fields)
