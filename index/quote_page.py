"""Find the page on which the part of a quote stands that answers the question.

A list or a sentence may begin at the foot of a page and say what is asked on the next. The source
names both pages ("p. 15-16"); where only one can be given, it is that of the sentence or item which
answers best by itself, and of a sentence over two pages the one on which it starts, unless the
words, number, date or reason that are asked for clearly stand on the next.
"""

from itertools import pairwise

from corpus.records import Answer, Passage
from index.answer_type import brings_form
from index.contents import Index
from index.quotes import Quote, form_weight
from index.reading import Reading

LATER_PAGE = 0.5
"""What it costs, in shares of the question's words, that a part doesn't open the sentence. On pages
made to turn in a quote of one sentence (`eval.page_turns`) the right one is found at .755 of the
turns, at .678 with a cost of .1, and at .761 by always taking the first; but of the five questions
to choose by whose evidence starts on the later page of such a quote, four get that page."""


def find_quote_page(
    index: Index, reading: Reading, answer: Answer, passage: Passage, quote: Quote
) -> int:
    """Return the page of the part of a quote's core that answers the question; the page on which
    that sentence starts, where no later part says clearly more of it.

    Args:
        index: The index.
        reading: The question.
        answer: The answer that the passage is a slice of.
        passage: What the quote is from.
        quote: What is quoted of it.
    """
    start, end = (passage.start + place for place in quote.core)
    first, last = answer.pages_of(start, end)
    if first == last or not answer.has_page_positions:
        return first
    starts = [start, *(turn.offset for turn in answer.page_starts if start < turn.offset < end)]
    parts = [answer.text[slice(*part)] for part in pairwise([*starts, end])]
    scores = [_score_part(index, reading, part) for part in parts]
    scores = [scores[0], *(score - LATER_PAGE for score in scores[1:])]
    return answer.page_at(starts[scores.index(max(scores))])


def _score_part(index: Index, reading: Reading, part: str) -> float:
    """Return the share of the question's words that a part holds, more if it brings the form."""
    held = set(index.lexical.vocabulary.stem_ids(part))
    words = sum(
        weight * max((share for stem, share in term.matches if stem in held), default=0.0)
        for term, weight in zip(reading.terms, reading.weights.tolist(), strict=True)
    )
    return float(words + form_weight(reading.query) * brings_form(part, reading.query))
