"""A place in a document: the exact words that a citation points at, and its link.

A link (`?document=...&answer=...&van=...&tot=...`) names offsets, never words to look for, so that
exactly the cited words are shown. Offsets count characters of `Answer.text`, or of the text of one
of the answer's question blocks; 0-based, end exclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from chatbot.checks import ChatbotError
from chatbot.ledger.records import LedgerLine
from corpus.records import Answer
from index.search import Hit
from index.storage import Index

MOST_DIGITS = 9
NO_SUCH_PLACE = "Deze link wijst niets aan in de geladen documenten; voeg het document opnieuw toe."


@dataclass(frozen=True, slots=True)
class Place:
    """Words of an answer, or of its question block number `block` (from 0); none if start = end."""

    document_id: str
    answer_id: str
    start: int = 0
    end: int = 0
    block: int | None = None


def place_of_hit(hit: Hit) -> Place:
    """Return where the quote of a hit stands in its answer."""
    start = hit.passage.start
    return Place(
        hit.answer.document_id,
        hit.answer.answer_id,
        start + hit.quote_start,
        start + hit.quote_end,
    )


def place_of_answer(answer: Answer) -> Place:
    """Return the place of a whole answer, without words in particular."""
    return Place(answer.document_id, answer.answer_id)


def place_of_line(line: LedgerLine) -> Place:
    """Return where a sub-question stands in its block."""
    end = line.start + len(line.text)
    return Place(line.document_id, line.answer_id, line.start, end, line.block)


def link_to(place: Place, **more: str | int) -> str:
    """Return the link that shows a place, relative to the page."""
    fields: dict[str, str | int] = {"document": place.document_id, "answer": place.answer_id}
    if place.end > place.start:
        fields |= {"van": place.start, "tot": place.end}
    if place.block is not None:
        fields["vraag"] = place.block + 1
    return f"?{urlencode(fields | more)}"


def read_place(index: Index, fields: Mapping[str, Any]) -> Place:
    """Return the place that a link names; `document` may be left out where the id is unique.

    Raises:
        ChatbotError: If the documents of the index hold no such place.
    """
    answer = _find_answer(index, str(fields.get("document", "")), str(fields.get("answer", "")))
    block = _number(fields.get("vraag"), 0) - 1
    if block >= len(answer.question_blocks):
        raise ChatbotError(NO_SUCH_PLACE)
    text = answer.text if block < 0 else answer.question_blocks[block].text
    start, end = _number(fields.get("van"), 0), _number(fields.get("tot"), 0)
    if not 0 <= start <= end <= len(text):
        raise ChatbotError(NO_SUCH_PLACE)
    return Place(answer.document_id, answer.answer_id, start, end, block if block >= 0 else None)


def leaf_number(fields: Mapping[str, Any]) -> int | None:
    """Return the number of the leaf (`blad`) that a link turns to; None for the place's own."""
    return read_number(fields.get("blad"))


def answer_at(index: Index, place: Place) -> Answer:
    """Return the answer in which a place of this index lies."""
    return index.answers_by_key[place.document_id, place.answer_id]


def _find_answer(index: Index, document_id: str, answer_id: str) -> Answer:
    found = index.answers_by_key.get((document_id, answer_id))
    if found is None and not document_id:
        found = next((one for one in index.answers if one.answer_id == answer_id), None)
    if found is None:
        raise ChatbotError(NO_SUCH_PLACE)
    return found


def _number(value: object, default: int) -> int:
    """Return the number that a link gives, as JSON or text."""
    if value is None or value == "":
        return default
    number = read_number(value)
    if number is None:
        raise ChatbotError(NO_SUCH_PLACE)
    return number


def read_number(value: object) -> int | None:
    """Return the whole number from 0 on that a link or form gives, as JSON or text; None for
    anything else, and for one that is longer than any place."""
    text = str(value) if isinstance(value, str | int) else ""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None
