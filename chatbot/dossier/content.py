"""From a basket to the text of a dossier: sections of paragraphs, and numbered notes.

The text is plain: Word and Markdown each write it their own way, and mark up nothing in it. A
note says where the words before it stand, page by page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from chatbot.dossier.items import (
    AnswerItem,
    Basket,
    Cited,
    FollowUpItem,
    Item,
    LostItem,
    NoteItem,
    QuoteItem,
)
from chatbot.dossier.paragraphs import Paragraph, Style
from chatbot.printable import printable
from chatbot.reply import citation_text, page_span
from corpus.enumeration import join_names
from corpus.records import Asker, Document

TITLE = "Dossier"
INTRODUCTION = (
    "Samengesteld met Bijlage. Citaten zijn letterlijk overgenomen; de voetnoten noemen de bron."
)
EMPTY = "Dit dossier is leeg: er werd nog niets toegevoegd."
NO_TOPIC = "Zonder onderwerp"
NO_ANSWER = "Op deze vraag staat geen antwoord in het document."
NOT_LOADED = "Staat niet in de geladen documenten: “{}” ontbreekt; dit is wat u bewaarde"
CHANGED = "Staat niet meer zo in de geladen documenten: “{}” is veranderd; dit is wat u bewaarde"
LOST = "zoals bewaard; staat niet meer in de geladen documenten"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


def make_sections(basket: Basket) -> tuple[Section, ...]:
    """Return one section per item, in the order of the basket, numbered from 1."""
    return tuple(
        Section(f"{number}. {heading_of(item)}", paragraphs_of(item))
        for number, item in enumerate(basket, start=1)
    )


def heading_of(item: Item) -> str:
    """Return the heading of an item, without its number."""
    if isinstance(item, NoteItem):
        return "Nota"
    if isinstance(item, LostItem):
        return _one_line(item.heading)
    topic = _one_line(item.answer.topic) or NO_TOPIC
    return f"Opvolging: {topic}" if isinstance(item, FollowUpItem) else topic


def paragraphs_of(item: Item) -> tuple[Paragraph, ...]:
    """Return what an item says, each quote with its source."""
    if isinstance(item, NoteItem):
        return tuple(_own_words(item.text))
    if isinstance(item, QuoteItem):
        label = Paragraph(Style.LABEL, "Citaat uit het antwoord van de minister")
        return (label, *_quoted(item, item.start, item.end))
    if isinstance(item, AnswerItem):
        return tuple(_question_and_answer(item))
    return tuple(_lost(item) if isinstance(item, LostItem) else _follow_up(item))


def asked_text(document: Document, askers: Iterable[Asker], topic: str, pages: str) -> str:
    """Return the source of a question: "TITLE, p. 14, vraag van N-VA (Axel Ronse), VDAB"."""
    who = join_names(dict.fromkeys(map(str, askers)))
    asked_by = f"vraag van {who}" if who else "vraag"
    return ", ".join(part for part in (document.title, pages, asked_by, topic) if part)


def _question_and_answer(item: AnswerItem) -> Iterator[Paragraph]:
    answer = item.answer
    for block in answer.question_blocks:
        names = join_names(dict.fromkeys(map(str, block.askers)))
        yield Paragraph(Style.LABEL, f"Vraag van {names}" if names else "Vraag")
        pages = page_span(block.page_start, block.page_end)
        source = asked_text(item.document, block.askers, answer.topic, pages)
        yield from _with_source(block.text, source)
    yield Paragraph(Style.LABEL, "Antwoord van de minister")
    if answer.text:
        yield from _quoted(item, 0, len(answer.text))
    else:
        yield Paragraph(Style.TEXT, NO_ANSWER)


def _follow_up(item: FollowUpItem) -> Iterator[Paragraph]:
    line = item.line
    pages = page_span(line.page, line.page)
    source = asked_text(item.document, line.askers, line.topic, pages)
    yield Paragraph(Style.LABEL, "Gevraagd")
    yield from _with_source(line.text, source)
    yield Paragraph(Style.LABEL, f"Stand: {line.status} (te controleren)")
    if line.evidence is not None:
        yield from _quoted(item, line.evidence.start, line.evidence.end)
    yield from _own_words(line.missing)
    if line.follow_up:
        yield Paragraph(Style.LABEL, "Voorstel van vervolgvraag")
        yield from _own_words(line.follow_up)


def _lost(item: LostItem) -> Iterator[Paragraph]:
    """Yield that the words aren't there any more, and the words as they were kept."""
    title = _one_line(item.title)
    yield Paragraph(Style.LABEL, (CHANGED if item.is_loaded else NOT_LOADED).format(title))
    for kept in item.paragraphs:
        source = f"{kept.source} ({LOST})" if kept.source else ""
        yield replace(kept, text=_one_line(kept.text), source=_one_line(source))


def _quoted(item: Cited, start: int, end: int) -> Iterator[Paragraph]:
    """Yield the lines of a quote; the last one on a page, or pages, names the source."""
    spans = list(_line_spans(item.answer.text, start, end))
    for row, (low, high) in enumerate(spans):
        following = spans[row + 1] if row + 1 < len(spans) else None
        pages = item.answer.pages_of(low, high)
        is_last = following is None or item.answer.pages_of(*following) != pages
        source = citation_text(item.document, item.answer, low, high) if is_last else ""
        text = _one_line(item.answer.text[low:high])
        yield Paragraph(Style.QUOTE, text, _one_line(source))


def _with_source(text: str, source: str) -> Iterator[Paragraph]:
    lines = [_one_line(line) for line in text.split("\n") if line.strip()]
    for row, line in enumerate(lines, start=1):
        yield Paragraph(Style.QUOTE, line, _one_line(source) if row == len(lines) else "")


def _own_words(text: str) -> Iterator[Paragraph]:
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(Style.TEXT, _one_line(line))


def _line_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a slice that hold something begin and end."""
    low = start
    for line in text[start:end].split("\n"):
        if line.strip():
            yield low, low + len(line)
        low += len(line) + 1


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())
