"""What a method gave for every gold question, in their order; nothing is judged here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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


Method = Callable[[Sequence[str]], Ranking]
"""From the turns of a dialogue, of which the last is asked (mostly the only one), to a ranking."""


@dataclass(frozen=True, slots=True)
class Run:
    """One method's rankings, aligned with the questions."""

    method: str
    rankings: tuple[Ranking, ...]


def run_method(name: str, method: Method, questions: Sequence[GoldQuestion]) -> Run:
    """Put every question to a method; of a dialogue its last turn, in the light of the others."""
    return Run(name, tuple(method(question.turns) for question in questions))
