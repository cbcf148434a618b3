"""Hits made by hand over the real appendix, for tests of what comes after the search."""

from corpus.records import Document, Passage
from index.search import Hit


def hit_on(appendix: Document, quote: str) -> Hit:
    """Return a hit on `quote`, in a passage that is the whole answer that holds it."""
    answer = next(answer for answer in appendix.answers if quote in answer.text)
    passage = Passage(
        f"{answer.answer_id}-p1",
        answer.answer_id,
        answer.document_id,
        0,
        len(answer.text),
        answer.text,
        answer.page_start,
        answer.page_end,
    )
    start = answer.text.index(quote)
    return Hit(1, 0.5, passage, answer, appendix, start, start + len(quote), answer.page_at(start))
