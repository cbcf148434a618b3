"""Keep the words of an item beside its place, and tell later whether they still stand there.

A document may be replaced by another one of the same name: then an offset points at other words,
and an id at another answer. So an item counts only where its very words are, with their source as
it is there; elsewhere it is what was kept. Words are told apart from the same words elsewhere as a
text quote selector does (W3C Web Annotation Data Model, 4.2.4): by what stands around them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from chatbot.dossier.content import heading_of, paragraphs_of
from chatbot.dossier.items import AnswerItem, Cited, FollowUpItem, LostItem, QuoteItem
from chatbot.dossier.paragraphs import Paragraph, Style
from chatbot.ledger.records import LedgerLine
from corpus.records import Answer, Document

MAX_AROUND = 32
"""Characters that are kept of what stands before and after a quote."""
MIN_TELLING = 40
"""Characters of a quote that is known again by itself: half a sentence, no mere amount."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an item: the document's title, what a dossier shows, and of a quote the words
    themselves with what stands around them."""

    title: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    words: str = ""
    before: str = ""
    after: str = ""


def keep_words(item: Cited) -> Kept:
    """Return what to keep of an item."""
    shown = item.document.title, heading_of(item), paragraphs_of(item)
    if not isinstance(item, QuoteItem):
        return Kept(*shown)
    words = item.answer.text[item.start : item.end]
    before, after = _around(item.answer, item.start, len(words))
    return Kept(*shown, words, before[-MAX_AROUND:], after[:MAX_AROUND])


def find_quote(document: Document, kept: Kept, old: Answer | None, start: int) -> QuoteItem | None:
    """Return the quote where its words stand now: at `start` in its `old` answer, or at the only
    other place; None where that can't be told. Few words count only among the words that stood
    around them."""
    end = start + len(kept.words)
    if old and old.text[start:end] == kept.words and _stands_among(old, start, kept):
        return QuoteItem(document, old, start, end)
    found = list(_occurrences(document.answers, kept.words))
    around = [one for one in found if _stands_among(*one, kept)]
    for fitting in (around, found if len(kept.words) >= MIN_TELLING else []):
        if len(fitting) == 1:
            ((answer, start),) = fitting
            return QuoteItem(document, answer, start, start + len(kept.words))
    return None


def find_answer(document: Document, kept: Kept, old: Answer | None) -> AnswerItem | None:
    """Return the answer with the same questions and words: the `old` one, or the first; None where
    there is none."""
    answers = chain([old] if old else [], document.answers)
    items = (AnswerItem(document, answer) for answer in answers)
    return next((item for item in items if _quotes(item) == quotes_of(kept)), None)


def find_follow_up(
    document: Document, kept: Kept, lines: Iterable[tuple[Answer, LedgerLine]]
) -> FollowUpItem | None:
    """Return the first of these sub-questions with the same words of question and answer; None
    where there is none."""
    items = (FollowUpItem(document, answer, line) for answer, line in lines)
    return next((item for item in items if _quotes(item) == quotes_of(kept)), None)


def lost(kept: Kept, is_loaded: bool) -> LostItem:
    """Return the item of which only what was kept is left."""
    return LostItem(kept.title, kept.heading, kept.paragraphs, is_loaded)


def quotes_of(kept: Kept) -> tuple[str, ...]:
    """Return the words of the document in what is kept."""
    return tuple(one.text for one in kept.paragraphs if one.style is Style.QUOTE)


def kept_to_json(kept: Kept) -> dict[str, Any]:
    """Return what is kept, as the browser keeps it."""
    return {
        "titel": kept.title,
        "kop": kept.heading,
        "alineas": [[one.style.value, one.text, one.source] for one in kept.paragraphs],
        "woorden": kept.words,
        "voor": kept.before,
        "na": kept.after,
    }


def kept_from_json(fields: object) -> Kept | None:
    """Return what a browser kept; None where it kept no words, or something else."""
    if not isinstance(fields, Mapping):
        return None
    try:
        texts = [str(fields[name]) for name in ("titel", "kop", "woorden", "voor", "na")]
        paragraphs = tuple(
            Paragraph(Style(style), str(text), str(source))
            for style, text, source in fields["alineas"]
        )
    except (KeyError, TypeError, ValueError):
        return None
    title, heading, *around = texts
    return Kept(title, heading, paragraphs, *around)


def _occurrences(answers: Sequence[Answer], words: str) -> Iterator[tuple[Answer, int]]:
    for answer in answers if words else ():
        start = answer.text.find(words)
        while start >= 0:
            yield answer, start
            start = answer.text.find(words, start + 1)


def _around(answer: Answer, start: int, length: int) -> tuple[str, str]:
    """Return all that stands before and after words; an answer begins and ends with a line end."""
    return f"\n{answer.text[:start]}", f"{answer.text[start + length :]}\n"


def _stands_among(answer: Answer, start: int, kept: Kept) -> bool:
    before, after = _around(answer, start, len(kept.words))
    return before.endswith(kept.before) and after.startswith(kept.after)


def _quotes(item: Cited) -> tuple[str, ...]:
    return quotes_of(keep_words(item))
