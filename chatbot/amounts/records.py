"""The record of the ledger: one amount or count, where it stands and what it is about."""

from dataclasses import dataclass
from decimal import Decimal

from corpus.records import Asker


@dataclass(frozen=True, slots=True)
class AmountLine:
    """One amount or count of a document.

    `start` and `end` are offsets in the text that it stands in: the answer's, or with `block` (from
    0) that of the answer's question block. `sentence` is the exact slice of that text from
    `sentence_start`. `page` is the page of the amount itself, 0 where the source doesn't tell.
    `value` counts `unit`s; `value_eur` is set for money only. `change` ("stijging", "daling") and
    `rate` ("per jaar") are what the words beside it say, and `year`, `credit` ("VAK", "VEK",
    "VAK/VEK"), `article_code` and `esr_code` what the text says it is about; each is None where
    nothing is said.
    """

    answer_id: str
    document_id: str
    topic: str
    askers: tuple[Asker, ...]
    page: int
    raw: str
    value: Decimal
    unit: str
    value_eur: Decimal | None
    change: str | None
    rate: str | None
    year: int | None
    credit: str | None
    article_code: str | None
    esr_code: str | None
    sentence: str
    sentence_start: int
    start: int
    end: int
    block: int | None = None

    @property
    def is_question(self) -> bool:
        """Whether it stands in a question; else it stands in the minister's answer."""
        return self.block is not None

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self.unit in ("%", "procentpunt")
