"""What a method gave for every gold question, in their order; nothing is judged here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chatbot.dialogue import context_of
from eval.questions import GoldQuestion


@dataclass(frozen=True, slots=True)
class Quote:
    """What is shown as the answer: `text[start:end]` of an answer, and the page it is said to be
    on."""

    answer_id: str
    start: int
    end: int
    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: its text and the answers it belongs to, most of it first (a naive chunk may run
    across several, or belong to none)."""

    answer_ids: tuple[str, ...]
    text: str
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """A method's hits for one query, best first, and how sure it is (higher is surer)."""

    found: tuple[Found, ...]
    confidence: float
    abstained: bool = False

    @property
    def answer_ids(self) -> tuple[str, ...]:
        """The answers, each once, in the order of their first hit."""
        return tuple(dict.fromkeys(i for found in self.found for i in found.answer_ids))


Method = Callable[[str, str], Ranking]
"""From a question and the context that it leans on ("" for none) to a ranking."""


@dataclass(frozen=True, slots=True)
class Run:
    """One method's rankings, aligned with the questions."""

    method: str
    rankings: tuple[Ranking, ...]


def run_method(name: str, method: Method, questions: Sequence[GoldQuestion]) -> Run:
    """Put every question to a method; of a dialogue its last turn, in the light of the others."""
    asked = ((question.turns[-1], context_of(question.turns)) for question in questions)
    return Run(name, tuple(method(query, context) for query, context in asked))
