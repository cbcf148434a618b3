"""A conversation: its turns in memory, and the little of it that a visitor's browser keeps.

The browser keeps the questions, their filters and the reader's verdicts, never a reply; after a
reload the questions are answered again, so that what is shown always fits the documents.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from chatbot.checks import ChatbotError, check_question
from chatbot.reply import Reply, answer_last_turn
from index.search import FilterError, Filters
from index.storage import Index

LINKED = {"parties": "partij", "topics": "onderwerp"}
"""The kinds of filters that the page offers, by their names in a link."""
MAX_TURNS = 40
"""Older turns leave the page; a conversation stays some 500 KB."""
RIGHT, WRONG = "juist", "onjuist"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its reply, and the reader's verdict on it: RIGHT, WRONG or None."""

    reply: Reply
    verdict: str | None = None


Turns = tuple[Turn, ...]


def ask(index: Index, text: str, filters: Filters, past: Turns) -> Turns:
    """Return the conversation with one more turn, read in the light of the ones before.

    Raises:
        ChatbotError: If the question is blank or too long.
        FilterError: If a filter names what the documents don't hold.
    """
    question = check_question(text)
    asked = [*(turn.reply.question for turn in past), question]
    reply = answer_last_turn(index, asked, filters=filters)
    return (*past, Turn(reply))[-MAX_TURNS:]


def keep(turns: Turns) -> list[dict[str, Any]]:
    """Return what the browser keeps of a conversation, as JSON."""
    return [
        {
            "vraag": turn.reply.question,
            "partijen": list(turn.reply.filters.parties),
            "onderwerpen": list(turn.reply.filters.topics),
            "oordeel": turn.verdict,
        }
        for turn in turns
    ]


def restore(index: Index, kept: object) -> Turns:
    """Answer again what a browser kept, the last `MAX_TURNS` of it; what can't be asked any more
    is left out."""
    turns: Turns = ()
    for fields in kept[-MAX_TURNS:] if isinstance(kept, list) else []:
        try:
            *past, turn = ask(index, str(fields["vraag"]), _read_filters(fields), turns)
        except (ChatbotError, FilterError, KeyError, TypeError):
            continue
        verdict = fields.get("oordeel")
        judged = Turn(turn.reply, verdict if verdict in (RIGHT, WRONG) else None)
        turns = (*past, judged)
    return turns


def judge(turns: Turns, row: int, verdict: str) -> Turns:
    """Return the conversation with a verdict on one turn.

    Raises:
        ChatbotError: If there is no such turn or verdict.
    """
    if not 0 <= row < len(turns) or verdict not in {RIGHT, WRONG}:
        raise ChatbotError("Dit antwoord staat niet meer op de pagina; stel de vraag opnieuw.")
    return (*turns[:row], Turn(turns[row].reply, verdict), *turns[row + 1 :])


def link_to_question(reply: Reply) -> str:
    """Return the link that asks a question again, within the same filters, relative to the page."""
    chosen = [(name, value) for name, values in _named(reply.filters) for value in values]
    return f"?{urlencode([('q', reply.question), *chosen])}"


def read_link(index: Index, fields: Iterable[tuple[str, str]]) -> tuple[str, Filters, list[str]]:
    """Return what a link asks ("": nothing) and within which filters, and the names among these
    that the documents don't hold, which are left out."""
    given = [(name, value) for name, value in fields if value]
    asked = next((value.strip() for name, value in given if name == "q"), "")
    chosen, unknown = [], []
    for kind, own in LINKED.items():
        names = dict.fromkeys(value for name, value in given if name == own)
        known = index.facets[kind]
        chosen.append(tuple(name for name in names if name in known))
        unknown += [name for name in names if name not in known]
    parties, topics = chosen
    return asked, Filters(parties=parties, topics=topics), unknown


def _named(filters: Filters) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, getattr(filters, kind)) for kind, name in LINKED.items()]


def _read_filters(fields: Mapping[str, Any]) -> Filters:
    return Filters(
        parties=tuple(map(str, fields.get("partijen") or ())),
        topics=tuple(map(str, fields.get("onderwerpen") or ())),
    )
