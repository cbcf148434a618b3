"""What is derived from an index: the ledgers, the overview, the examples; worked out when first
asked for and then kept, as long as the documents stay the same."""

from functools import cached_property
from threading import RLock
from typing import Any

from chatbot.amounts.codes import CodeUse, list_codes
from chatbot.amounts.conflicts import Conflict, find_conflicts
from chatbot.amounts.ledger import build_amounts
from chatbot.amounts.records import AmountLine
from chatbot.examples import example_questions
from chatbot.ledger.build import build_ledger
from chatbot.ledger.records import LedgerLine
from chatbot.workbench.asked import AskedQuestions
from chatbot.workbench.overview import Overview, build_overview
from chatbot.workbench.promises import PromiseLine, list_promises
from index.storage import Index


class _once(cached_property[Any]):  # noqa: N801
    """A property that is worked out once, whoever ask for it at the same time."""

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
        if instance is None:
            return self
        with instance.lock:
            return super().__get__(instance, owner)


class Findings:
    """The findings of one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.lock = RLock()

    @_once
    def examples(self) -> tuple[str, ...]:
        """Example questions from the documents."""
        return example_questions(self.index)

    @_once
    def ledger(self) -> tuple[LedgerLine, ...]:
        """Every sub-question with its status."""
        return build_ledger(self.index)

    @_once
    def asked(self) -> AskedQuestions:
        """The sub-questions, ready to be compared with drafts."""
        return AskedQuestions(self.index, self.ledger)

    @_once
    def amounts(self) -> tuple[AmountLine, ...]:
        """Every amount and count."""
        return build_amounts(self.index.documents)

    @_once
    def conflicts(self) -> tuple[Conflict, ...]:
        """Amounts that clash."""
        return find_conflicts(self.index.documents, self.amounts)

    @_once
    def codes(self) -> tuple[CodeUse, ...]:
        """Every budget article and ESR code, with where it is named."""
        return list_codes(self.index.documents, self.amounts)

    @_once
    def overview(self) -> Overview:
        """The counts per party, member and topic."""
        return build_overview(self.index.documents, self.ledger)

    @_once
    def promises(self) -> tuple[PromiseLine, ...]:
        """Every promise and deferral."""
        pairs = ((self.index.document_of(answer), answer) for answer in self.index.answers)
        return list_promises(pairs)
