"""What a member collects: answers, quotes, sub-questions to follow up, notes of their own.

A basket is a tuple of items in the order of the dossier; nothing here changes one.
"""

from dataclasses import dataclass

from chatbot.checks import ChatbotError
from chatbot.dossier.paragraphs import Paragraph
from chatbot.ledger.records import LedgerLine
from corpus.records import Answer, Document

MAX_NOTE_CHARS = 10_000  # about four pages: a note, not a document


@dataclass(frozen=True, slots=True)
class AnswerItem:
    """A whole answer with its questions."""

    document: Document
    answer: Answer


@dataclass(frozen=True, slots=True)
class QuoteItem:
    """The quote `answer.text[start:end]`."""

    document: Document
    answer: Answer
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FollowUpItem:
    """A sub-question of an answer, what is missing, and the draft of a new question."""

    document: Document
    answer: Answer
    line: LedgerLine


@dataclass(frozen=True, slots=True)
class NoteItem:
    """A note of the member's own."""

    text: str


@dataclass(frozen=True, slots=True)
class LostItem:
    """What was kept of a document that isn't loaded, or (`is_loaded`) whose words are others now:
    its title, and the heading and paragraphs as they were."""

    title: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    is_loaded: bool


Cited = AnswerItem | QuoteItem | FollowUpItem
"""What stands in a document."""
Item = Cited | NoteItem | LostItem
Basket = tuple[Item, ...]


def make_quote(document: Document, answer: Answer, quote: str) -> QuoteItem:
    """Return the item of a quote.

    Raises:
        ChatbotError: If the answer doesn't hold these very words.
    """
    start = answer.text.find(quote) if quote.strip() else -1
    if start < 0:
        raise ChatbotError(
            f"Het citaat staat niet woordelijk in antwoord {answer.answer_id}; "
            "neem het letterlijk over uit de tekst van het antwoord."
        )
    return QuoteItem(document, answer, start, start + len(quote))


def make_note(text: str) -> NoteItem:
    """Return the item of a note, without surrounding space.

    Raises:
        ChatbotError: If it is blank or too long.
    """
    note = text.strip()
    if not note:
        raise ChatbotError("Uw nota is leeg; typ een tekst.")
    if len(note) > MAX_NOTE_CHARS:
        raise ChatbotError(
            f"Uw nota telt {len(note)} tekens; schrijf hoogstens {MAX_NOTE_CHARS} tekens."
        )
    return NoteItem(note)
