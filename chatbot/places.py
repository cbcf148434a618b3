"""A place in a document: the exact words that a citation points at, and its link.

A link (`?document=...&answer=...&van=...&tot=...&som=...`) names offsets, never words to look for,
so that exactly the cited words are shown. Offsets count characters of `Answer.text`, or of the text
of one of the answer's question blocks; 0-based, end exclusive. The checksum of the words (`som`)
tells when a document has been replaced, and other words stand there now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from chatbot.amounts.records import AmountLine
from chatbot.checks import ChatbotError
from chatbot.ledger.records import LedgerLine
from corpus.records import Answer
from index.search import Hit
from index.storage import Index

MOST_DIGITS = 9
NO_SUCH_PLACE = "Deze link wijst niets aan in de geladen documenten; voeg het document opnieuw toe."
OTHER_WORDS = (
    "Waar deze link naar wijst, staan nu andere woorden: het document is intussen vervangen."
    " Stel uw vraag opnieuw."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Words of an answer, or of its question block number `block` (from 0); none if start = end.

    `checksum` is that of the words, or of the whole answer where there are none in particular;
    empty where it isn't known.
    """

    document_id: str
    answer_id: str
    start: int = 0
    end: int = 0
    block: int | None = None
    checksum: str = field(default="", compare=False)


def place_of_words(
    where: Answer | AmountLine | LedgerLine, start: int, words: str, block: int | None = None
) -> Place:
    """Return the place of words that start at an offset of an answer, or of its question block."""
    end = start + len(words)
    return Place(where.document_id, where.answer_id, start, end, block, _checksum(words))


def place_of_hit(hit: Hit) -> Place:
    """Return where the quote of a hit stands in its answer."""
    return place_of_words(hit.answer, hit.passage.start + hit.quote_start, hit.quote)


def place_of_answer(answer: Answer) -> Place:
    """Return the place of a whole answer, without words in particular."""
    return Place(answer.document_id, answer.answer_id, checksum=_checksum(answer.text))


def place_of_line(line: LedgerLine) -> Place:
    """Return where a sub-question stands in its block."""
    return place_of_words(line, line.start, line.text, line.block)


def link_to(place: Place, **more: str | int) -> str:
    """Return the link that shows a place, relative to the page."""
    fields: dict[str, str | int] = {"document": place.document_id, "answer": place.answer_id}
    if place.end > place.start:
        fields |= {"van": place.start, "tot": place.end}
    if place.block is not None:
        fields["vraag"] = place.block + 1
    if place.checksum:
        fields["som"] = place.checksum
    return f"?{urlencode(fields | more)}"


def read_place(index: Index, fields: Mapping[str, Any]) -> Place:
    """Return the place that a link names; `document` may be left out where the id is unique.

    Raises:
        ChatbotError: If the documents of the index hold no such place, or other words than those
            that the link was made for.
    """
    answer = _find_answer(index, str(fields.get("document", "")), str(fields.get("answer", "")))
    block = _number(fields.get("vraag"), 0) - 1
    if block >= len(answer.question_blocks):
        raise ChatbotError(NO_SUCH_PLACE)
    text = answer.text if block < 0 else answer.question_blocks[block].text
    start, end = _number(fields.get("van"), 0), _number(fields.get("tot"), 0)
    if not 0 <= start <= end <= len(text):
        raise ChatbotError(NO_SUCH_PLACE)
    checksum = _checksum(text[start:end] if end > start else answer.text)
    if fields.get("som", checksum) not in (checksum, ""):
        raise ChatbotError(OTHER_WORDS)
    in_block = block if block >= 0 else None
    return Place(answer.document_id, answer.answer_id, start, end, in_block, checksum)


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


def _checksum(words: str) -> str:
    return f"{crc32(words.encode()):08x}"


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
