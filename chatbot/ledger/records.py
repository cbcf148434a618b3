"""The records of the ledger: a sub-question, what became of it, and the words that show it."""

from dataclasses import dataclass
from typing import Literal

from corpus.records import Asker

Status = Literal["beantwoord", "deels", "open"]
STATUSES: tuple[Status, ...] = ("beantwoord", "deels", "open")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact slice `answer.text[start:end]` that addresses a sub-question, and the page on
    which it starts (0 where the source doesn't tell)."""

    quote: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One sub-question, an exact slice of what was asked, and the suggested status.

    It starts at `start` in the answer's question block number `block` (both from 0). `page` is the
    page on which the sentence of the sub-question starts (0: not told). `evidence`
    is None for "open". `missing` says in Dutch what the answer lacks, and `follow_up` is a draft of
    a new question for it; they are "" and None for "beantwoord".
    """

    answer_id: str
    document_id: str
    topic: str
    askers: tuple[Asker, ...]
    text: str
    block: int
    start: int
    page: int
    status: Status
    evidence: Evidence | None
    missing: str
    follow_up: str | None
