"""Count everything that was asked, per party, member and topic: complete, never a top-k.

A question is what one asker, or several together, put at one place; it holds sub-questions (the
lines of the ledger). A question of two parties counts for each of them, so rows may add up to more
than the total. A party that documents spell in two ways is one party.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from chatbot.ledger.records import STATUSES, LedgerLine, Status
from chatbot.reply import Json, page_of_slice
from corpus.parties import spell_alike
from corpus.records import Answer, Asker, Document

TOTAL = "Totaal"
NO_TOPIC = "(geen onderwerp)"
NO_ASKER = "(geen vraagsteller genoemd)"
NO_PARTY = "(geen partij genoemd)"

Askers = tuple[Asker, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How much stands under one name; the three statuses add up to `sub_questions`."""

    name: str
    questions: int
    sub_questions: int
    answered: int
    partial: int
    open: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The counts. Parties and members come by sub-questions (most first, then by name), topics in
    document order. `unasked` are the answers that stand without a question, `unanswered` those
    whose question stands without an answer, both in document order."""

    total: Tally
    parties: tuple[Tally, ...]
    members: tuple[Tally, ...]
    topics: tuple[Tally, ...]
    unasked: tuple[Answer, ...]
    unanswered: tuple[Answer, ...]


def build_overview(documents: Iterable[Document], ledger: Sequence[LedgerLine]) -> Overview:
    """Count the questions of the documents and the lines of their ledger."""
    answers = [answer for document in documents for answer in document.answers]
    blocks = [(block, answer.topic) for answer in answers for block in answer.question_blocks]
    spelling = spell_alike(asker.party for block, _ in blocks for asker in block.askers)
    asked = [(_spelled(block.askers, spelling), topic) for block, topic in blocks]
    lines = [((_spelled(line.askers, spelling), line.topic), line) for line in ledger]
    return Overview(
        total=_total(asked, lines),
        parties=_by_size(_count(lambda askers, _: _parties(askers), asked, lines)),
        members=_by_size(_count(lambda askers, _: _members(askers), asked, lines)),
        topics=_count(lambda _, topic: [topic or NO_TOPIC], asked, lines),
        unasked=tuple(a for a in answers if a.text and not a.question_blocks),
        unanswered=tuple(a for a in answers if a.question_blocks and not a.text),
    )


def overview_to_json(overview: Overview) -> Json:
    """Return what `bijlage overview --json` gives."""
    return {
        "total": _tally_to_json(overview.total),
        "parties": [_tally_to_json(tally) for tally in overview.parties],
        "members": [_tally_to_json(tally) for tally in overview.members],
        "topics": [_tally_to_json(tally) for tally in overview.topics],
        "unasked": [_answer_to_json(answer) for answer in overview.unasked],
        "unanswered": [_answer_to_json(answer) for answer in overview.unanswered],
    }


def _spelled(askers: Askers, spelling: Mapping[str, str]) -> Askers:
    return tuple(replace(asker, party=spelling.get(asker.party, asker.party)) for asker in askers)


def _count(
    names_of: Callable[[Askers, str], list[str]],
    asked: Sequence[tuple[Askers, str]],
    lines: Sequence[tuple[tuple[Askers, str], LedgerLine]],
) -> tuple[Tally, ...]:
    """Count the questions and lines under each of their names, in order of first appearance."""
    questions = Counter(name for place in asked for name in names_of(*place))
    statuses = Counter((name, line.status) for place, line in lines for name in names_of(*place))
    return tuple(_tally(name, questions[name], statuses) for name in questions)


def _tally(name: str, questions: int, statuses: Counter[tuple[str, Status]]) -> Tally:
    answered, partial, unanswered = (statuses[name, status] for status in STATUSES)
    every = answered + partial + unanswered
    return Tally(name, questions, every, answered, partial, unanswered)


def _total(
    asked: Sequence[tuple[Askers, str]], lines: Sequence[tuple[tuple[Askers, str], LedgerLine]]
) -> Tally:
    return _tally(TOTAL, len(asked), Counter((TOTAL, line.status) for _, line in lines))


def _parties(askers: Askers) -> list[str]:
    return list(dict.fromkeys(asker.party or NO_PARTY for asker in askers)) or [NO_ASKER]


def _members(askers: Askers) -> list[str]:
    """A question that a party put in writing counts for no member."""
    return list(dict.fromkeys(str(asker) for asker in askers if asker.member))


def _by_size(tallies: Iterable[Tally]) -> tuple[Tally, ...]:
    return tuple(sorted(tallies, key=lambda tally: (-tally.sub_questions, tally.name)))


def _tally_to_json(tally: Tally) -> Json:
    return {
        "name": tally.name,
        "questions": tally.questions,
        "sub_questions": tally.sub_questions,
        "beantwoord": tally.answered,
        "deels": tally.partial,
        "open": tally.open,
    }


def _answer_to_json(answer: Answer) -> Json:
    return {
        "answer_id": answer.answer_id,
        "document_id": answer.document_id,
        "topic": answer.topic,
        "page": page_of_slice(answer, 0, 1),
    }
