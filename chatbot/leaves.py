"""A document as leaves to turn: its pages, or its answers where the source tells no pages.

A leaf holds pieces in document order: question blocks, and exact slices of answers. An answer is
cut where its page turns. Of a question block only the first and last page are known, so one that
runs over a page turn stands, whole, on each of its pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatbot.places import Place
from corpus.records import UNKNOWN_PAGE, Answer, Document


@dataclass(frozen=True, slots=True)
class Piece:
    """`answer.text[start:end]`, or all of the text of its question block number `block`.

    `is_first` is True on the first piece of the answer in the document.
    """

    answer: Answer
    block: int | None
    start: int
    end: int
    is_first: bool

    @property
    def text(self) -> str:
        """The words of this piece."""
        if self.block is None:
            return self.answer.text[self.start : self.end]
        return self.answer.question_blocks[self.block].text

    def covers(self, place: Place) -> bool:
        """Tell whether a place starts in, ends in or runs through this piece."""
        own = (self.answer.document_id, self.answer.answer_id, self.block)
        if own != (place.document_id, place.answer_id, place.block):
            return False
        return place.start < self.end and (place.end > self.start or place.end == place.start == 0)

    def span_of(self, place: Place) -> tuple[int, int]:
        """Return which characters of `text` a place points at, as far as they stand here."""
        if not self.covers(place):
            return 0, 0
        start = max(place.start - self.start, 0)
        return start, max(min(place.end - self.start, len(self.text)), start)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page (`number` is its number), or one answer (`number` is its position from 1)."""

    number: int
    pieces: tuple[Piece, ...]


def has_pages(document: Document) -> bool:
    """Tell whether the document is read page by page; else it is read answer by answer."""
    return all(
        answer.has_page_positions and answer.page_start != UNKNOWN_PAGE
        for answer in document.answers
    )


def leaves_of(document: Document) -> tuple[Leaf, ...]:
    """Return the leaves in order; a page on which nothing was recognised is left out."""
    if not has_pages(document):
        return tuple(
            Leaf(number, tuple(piece for _, piece in _pieces(answer)))
            for number, answer in enumerate(document.answers, start=1)
        )
    pages: dict[int, list[Piece]] = {}
    for answer in document.answers:
        for page, piece in _pieces(answer):
            pages.setdefault(page, []).append(piece)
    return tuple(Leaf(page, tuple(pages[page])) for page in sorted(pages))


def row_of(leaves: Sequence[Leaf], place: Place) -> int:
    """Return the row of the leaf on which a place starts; 0 where no leaf holds it."""
    for row, leaf in enumerate(leaves):
        if any(piece.covers(place) for piece in leaf.pieces):
            return row
    return 0


def words_on_page(document: Document, page: int, place: Place) -> str:
    """Return the words of a place that stand on a page; "" where none do."""
    pieces = [piece for leaf in leaves_of(document) if leaf.number == page for piece in leaf.pieces]
    spans = [(piece.text, *piece.span_of(place)) for piece in pieces]
    return "".join(text[start:end] for text, start, end in spans)


def _pieces(answer: Answer) -> Iterator[tuple[int, Piece]]:
    """Yield the pieces of an answer with their pages; the whole text where pages are unsure."""
    first = True
    for number, block in enumerate(answer.question_blocks):
        for page in range(block.page_start, block.page_end + 1):
            yield page, Piece(answer, number, 0, len(block.text), first)
            first = False
    starts = answer.page_starts if answer.has_page_positions else answer.page_starts[:1]
    ends = [*(start.offset for start in starts[1:]), len(answer.text)]
    for start, end in zip(starts, ends, strict=True):
        yield start.page, Piece(answer, None, start.offset, end, first)
        first = False
