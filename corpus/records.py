"""The records that travel through Bijlage: page, answer, question, passage.

They hold text and places, never layout or vectors. All are frozen; sequences are tuples.
Offsets count characters of an answer's joined text (`Answer.text`), 0-based, end exclusive;
pages count from 1, and 0 is a page that the source does not tell. Derived values are properties.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

UNKNOWN_PAGE = 0
"""The page of an answer whose source names none."""


class DocumentError(Exception):
    """A source that can't be read; the message is one Dutch sentence that names the remedy."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a source: its number (from 1) and its lines, unchanged."""

    number: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who put a question: a party ("" where the source doesn't tell a member's), and a member
    unless it was put in writing by the party."""

    party: str
    member: str | None = None

    def __str__(self) -> str:
        if self.party and self.member:
            return f"{self.party} ({self.member})"
        return self.party or self.member or ""


@dataclass(frozen=True, slots=True)
class Question:
    """One sub-question, on the page where it starts, put by one or more askers; by none where the
    source doesn't tell who asks."""

    text: str
    page: int
    askers: tuple[Asker, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """Everything that one asker, or several in a row, wrote: context, quotations, questions."""

    askers: tuple[Asker, ...]
    text: str
    page_start: int
    page_end: int


@dataclass(frozen=True, slots=True)
class PageStart:
    """From `offset` on, the text stands on page `page`."""

    offset: int
    page: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The minister's text under one group of questions; the unit that a user cites.

    `text` is running text: one space between words, paragraphs apart by a newline, each list
    item on a line of its own; it is empty for a question that the source leaves unanswered.
    `topic` is empty where the source gives none. `page_starts` is ordered and starts at offset 0;
    `has_page_positions` is False where a source names an answer's pages without saying where they
    turn (JSONL): then only the first and last page may be cited.
    """

    answer_id: str
    document_id: str
    topic: str
    askers: tuple[Asker, ...]
    question_blocks: tuple[QuestionBlock, ...]
    questions: tuple[Question, ...]
    text: str
    page_starts: tuple[PageStart, ...]
    article_codes: tuple[str, ...]
    esr_codes: tuple[str, ...]
    links: tuple[str, ...]
    has_page_positions: bool = True

    def page_at(self, offset: int) -> int:
        """Return the page on which the character at `offset` stands."""
        row = bisect_right(self.page_starts, offset, key=lambda start: start.offset) - 1
        return self.page_starts[max(row, 0)].page

    @property
    def page_start(self) -> int:
        """Page of the first character of the text."""
        return self.page_at(0)

    @property
    def page_end(self) -> int:
        """Last page on which there is text: a note may stand on an earlier one than what it
        follows."""
        return max(start.page for start in self.page_starts)

    def page_of(self, start: int, end: int) -> int:
        """Return the page on which the slice `text[start:end]` starts; `UNKNOWN_PAGE` where the
        source only gives a range of pages, or none."""
        first, last = self.pages_of(start, end)
        return first if self.has_page_positions or first == last else UNKNOWN_PAGE

    def pages_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and last page of the slice `text[start:end]`."""
        if not self.has_page_positions:
            return self.page_start, self.page_end
        pages = [self.page_at(start)]
        pages += [turn.page for turn in self.page_starts if start < turn.offset < end]
        return min(pages), max(pages)


@dataclass(frozen=True, slots=True)
class Passage:
    """The exact slice `answer.text[start:end]` that is embedded and retrieved."""

    passage_id: str
    answer_id: str
    document_id: str
    start: int
    end: int
    text: str
    page_start: int
    page_end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One source: its metadata and its answers, in document order.

    `source_hash` is the SHA-256 (hex) of the source's bytes. `pages` is empty for a JSONL
    source, which has no layout. `answers` is a tuple, but for a document in a large index: there
    each answer is read when it is looked at. `pages_without_text` are the numbers of the pages
    that are pictures (scans): nothing on them can be found.
    """

    document_id: str
    title: str
    committee: str
    year: int | None
    source: str
    source_hash: str
    pages: tuple[Page, ...]
    answers: Sequence[Answer]
    pages_without_text: tuple[int, ...] = ()
