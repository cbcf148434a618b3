"""A conversation: its turns in memory, and the little of it that a visitor's browser keeps.

The browser keeps the questions, how they were read, their filters and the reader's verdicts, never
a reply (`chatbot.kept`); after a reload the questions are answered again, so that what is shown
always fits the documents. Each is read as it was, whatever turns of other windows stand before it;
so is the question of a link, which tells how it was read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from chatbot.checks import ChatbotError, check_question
from chatbot.dialogue import last_words
from chatbot.kept import MAX_KEPT_BYTES, Record, next_place, read_records, size_of
from chatbot.reply import Reply, answer_last_turn, answer_question
from index.search import FilterError, Filters
from index.storage import Index

LINKED = {"parties": "partij", "topics": "onderwerp"}
"""The kinds of filters that the page offers, by their names in a link."""
MAX_TURNS = 40
"""Older turns leave the page, and what browsers keep; a conversation stays some 500 KB."""
RIGHT, WRONG = "juist", "onjuist"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its reply, and the reader's verdict on it: RIGHT, WRONG or None; its name and
    place among what the browser keeps."""

    reply: Reply
    verdict: str | None = None
    name: str = field(default_factory=lambda: uuid4().hex)
    place: int = field(default_factory=next_place)


Turns = tuple[Turn, ...]


def ask(index: Index, text: str, filters: Filters, past: Turns) -> Turns:
    """Return the conversation with one more turn, read in the light of the ones before; the oldest
    turns leave it where it has too many, or is more than a request may bring.

    Raises:
        ChatbotError: If the question is blank or too long.
        FilterError: If a filter names what the documents don't hold.
    """
    question = check_question(text)
    asked = [*(turn.reply.question for turn in past), question]
    return _add(past, answer_last_turn(index, asked, filters=filters))


def ask_again(index: Index, fields: Mapping[str, Any], past: Turns) -> Turns:
    """Return the conversation with the question of a link (`read_link`) at its end, read as the
    link tells and not in the light of the turns before.

    Raises:
        ChatbotError, FilterError: As `ask`.
    """
    return _add(past, _answer_again(index, fields, past))


def renew(index: Index, turns: Turns) -> Turns:
    """Return the turns, those of which a document is gone or replaced answered again, without the
    verdict on other words; what can't be asked any more is left out."""
    renewed: Turns = ()
    for turn in turns:
        if _is_current(index, turn.reply):
            renewed = (*renewed, turn)
            continue
        (fields,) = keep((turn,))
        try:
            reply = _answer_again(index, fields, ())
        except (ChatbotError, FilterError):
            continue
        verdict = turn.verdict if _quotes(reply) == _quotes(turn.reply) else None
        renewed = (*renewed, replace(turn, reply=reply, verdict=verdict))
    return renewed


def _add(past: Turns, reply: Reply) -> Turns:
    turns = (*past, Turn(reply))[-MAX_TURNS:]
    while len(turns) > 1 and size_of(keep(turns)) > MAX_KEPT_BYTES:
        turns = turns[1:]
    return turns


def keep(turns: Turns) -> list[Record]:
    """Return what the browser keeps of a conversation."""
    return [
        {
            "id": turn.name,
            "plaats": turn.place,
            "vraag": turn.reply.question,
            "gelezen": turn.reply.result.query,
            "vervolg": turn.reply.context,
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
    for fields in read_records(kept)[-MAX_TURNS:]:
        try:
            reply = _answer_again(index, fields, turns)
        except (ChatbotError, FilterError, KeyError, TypeError):
            continue
        verdict = fields.get("oordeel")
        judged = verdict if verdict in (RIGHT, WRONG) else None
        turns = (*turns, Turn(reply, judged, fields["id"], fields["plaats"]))
    return turns


def adopt(old: object, after: Sequence[Record]) -> list[Record]:
    """Return as records, placed after others, the turns that an earlier version kept as a list."""
    found = [dict(one) for one in old if isinstance(one, Mapping)] if isinstance(old, list) else []
    first = next_place(after)
    return [{**one, "id": uuid4().hex, "plaats": first + row} for row, one in enumerate(found)]


def judge(turns: Turns, row: int, verdict: str) -> Turns:
    """Return the conversation with a verdict on one turn; given twice, it is withdrawn.

    Raises:
        ChatbotError: If there is no such turn or verdict.
    """
    if not 0 <= row < len(turns) or verdict not in {RIGHT, WRONG}:
        raise ChatbotError("Dit antwoord staat niet meer op de pagina; stel de vraag opnieuw.")
    given = None if turns[row].verdict == verdict else verdict
    return (*turns[:row], replace(turns[row], verdict=given), *turns[row + 1 :])


def link_to_question(reply: Reply) -> str:
    """Return the link that asks a question again, read as it was and within the same filters,
    relative to the page."""
    query, chosen = reply.result.query, _named(reply.filters)
    fields = [
        ("q", reply.question),
        *([("gelezen", query)] if query != reply.question else []),
        *([("vervolg", reply.context)] if reply.context else []),
        *((name, value) for name, values in chosen for value in values),
    ]
    return f"?{urlencode(fields)}"


def read_link(
    index: Index, fields: Iterable[tuple[str, str]]
) -> tuple[Record | None, Filters, list[str]]:
    """Return what a link asks, as a browser would keep it (None: nothing), within which filters,
    and the names among these that the documents don't hold, which are left out."""
    given = [(name, value.strip()) for name, value in fields if value.strip()]
    own = dict(reversed(given))  # of each the first
    named = {kind: [value for name, value in given if name == LINKED[kind]] for kind in LINKED}
    filters, unknown = known_filters(index, **named)
    if "q" not in own:
        return None, filters, unknown
    asked = {
        "vraag": own["q"],
        "gelezen": own.get("gelezen", own["q"]),
        "vervolg": own.get("vervolg", ""),
        "partijen": list(filters.parties),
        "onderwerpen": list(filters.topics),
    }
    return asked, filters, unknown


def is_last(asked: Record, turns: Turns) -> bool:
    """Say whether what a link asks was asked last, so that the page was only loaded again."""
    (last,) = keep(turns[-1:]) or [{}]
    return all(last.get(name) == value for name, value in asked.items())


def known_filters(
    index: Index, parties: Iterable[str], topics: Iterable[str]
) -> tuple[Filters, list[str]]:
    """Return as filters, each once, the names that the documents hold, and the other names."""
    chosen = {"parties": dict.fromkeys(parties), "topics": dict.fromkeys(topics)}
    known = {
        kind: tuple(name for name in names if name in index.facets[kind])
        for kind, names in chosen.items()
    }
    unknown = [name for kind, names in chosen.items() for name in names if name not in known[kind]]
    return Filters(**known), unknown


def _named(filters: Filters) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, getattr(filters, kind)) for kind, name in LINKED.items()]


def _is_current(index: Index, reply: Reply) -> bool:
    """Say whether all that a reply shows stands in the documents still."""
    shown = {hit.document.document_id: hit.document for hit in reply.hits}
    return not reply.asked_by and all(
        index.documents_by_id.get(name) == document for name, document in shown.items()
    )


def _quotes(reply: Reply) -> tuple[str, ...]:
    return tuple(hit.quote for hit in reply.hits[:1])


def _answer_again(index: Index, fields: Mapping[str, Any], past: Turns) -> Reply:
    """Return the reply to a kept question, read as it was; what an earlier version kept is read in
    the light of the turns before."""
    question, filters = check_question(str(fields["vraag"])), _read_filters(fields)
    if "vervolg" not in fields:
        return ask(index, question, filters, past)[-1].reply
    read, context = check_question(str(fields["gelezen"])), last_words(str(fields["vervolg"]))
    return replace(
        answer_question(index, read, filters=filters, context=context), question=question
    )


def _read_filters(fields: Mapping[str, Any]) -> Filters:
    return Filters(
        parties=tuple(map(str, fields.get("partijen") or ())),
        topics=tuple(map(str, fields.get("onderwerpen") or ())),
    )
