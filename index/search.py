"""Search an index: the passages that answer a question best, each with its quote.

Plain functions over an open index; nothing is kept between questions.
"""

from dataclasses import dataclass

from corpus.records import Answer, Document, Passage
from index.arrays import Rows
from index.confidence import THRESHOLD, estimate_confidence
from index.contents import Index
from index.filters import FilterError, Filters, allowed_rows
from index.quote_page import find_quote_page
from index.quotes import Quote
from index.ranking import Ranking
from index.reading import Reading, read_question
from index.reranking import rank_with_quotes
from index.thread import follow_thread

__all__ = ["FilterError", "Filters", "Hit", "SearchResult", "search"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question; higher scores are better, rank 1 is best.

    The quote is `passage.text[quote_start:quote_end]`; `quote_page` is the page on which the part
    of it stands that answers the question.
    """

    rank: int
    score: float
    passage: Passage
    answer: Answer
    document: Document
    quote_start: int
    quote_end: int
    quote_page: int

    @property
    def quote(self) -> str:
        """The sentences that answer the question, an exact slice of the passage."""
        return self.passage.text[self.quote_start : self.quote_end]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, and the confidence in [0, 1] that the first one answers the query."""

    query: str
    hits: tuple[Hit, ...]
    confidence: float
    abstained: bool


def search(
    index: Index,
    query: str,
    k: int = 5,
    filters: Filters = Filters(),  # noqa: B008
    context: str = "",
) -> SearchResult:
    """Return the k best passages for a query, at most one hit per passage, ties by passage_id.

    `context` is what a follow-up was preceded by; its words count for less than the query's.

    Hits are given also when the search abstains: the answer is probably not there.

    Raises:
        ValueError: If the query is blank or k is below 1.
        FilterError: If a filter names something that the index doesn't hold.
    """
    check_query(query, k)
    allowed = allowed_rows(filters, index.facets)
    reading = read_question(index, query, context)
    return answer_reading(index, query, reading, k, allowed)


def check_query(query: str, k: int) -> None:
    """Check what is asked.

    Raises:
        ValueError: If the query is blank or k is below 1.
    """
    if not query.strip():
        raise ValueError("query must not be blank")
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")


def answer_reading(
    index: Index, query: str, reading: Reading, k: int, allowed: Rows | None
) -> SearchResult:
    """Return the k best of the allowed rows (None: all live ones) for a query that was read."""
    reading = follow_thread(index, reading, allowed)
    ranking, quotes = rank_with_quotes(index, reading, k, allowed)
    hits = tuple(
        _make_hit(index, reading, ranking, place, quote) for place, quote in enumerate(quotes)
    )
    confidence = estimate_confidence(index, reading, ranking, quotes[0]) if quotes else 0.0
    return SearchResult(query, hits, confidence, not hits or confidence < THRESHOLD)


def _make_hit(index: Index, reading: Reading, ranking: Ranking, place: int, quote: Quote) -> Hit:
    passage = index.passages[ranking.rows[place]]
    answer = index.answer_of(passage)
    return Hit(
        rank=place + 1,
        score=float(ranking.scores[place]),
        passage=passage,
        answer=answer,
        document=index.document_of(answer),
        quote_start=quote.start,
        quote_end=quote.end,
        quote_page=find_quote_page(index, reading, answer, passage, quote),
    )
