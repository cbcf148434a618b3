"""The one page of a quote that runs over a page turn."""

from dataclasses import replace

import pytest

from corpus.records import PageStart
from index.quote_page import find_quote_page
from index.reading import read_question
from index.reranking import rank_with_quotes
from index.storage import Index

LIST = "VDAB verwacht volgende stijgingen van eigen ontvangsten:"


def page_of(index: Index, question: str, opening: str, turn_before: str) -> int:
    """Return the page of the quote, which opens so, when page 1 ends before some words of it."""
    reading = read_question(index, question)
    ranking, (quote, *_) = rank_with_quotes(index, reading, 1, None)
    passage = index.passages[int(ranking.rows[0])]
    assert passage.text[quote.start : quote.end].startswith(opening)
    turn = passage.start + passage.text.index(turn_before, quote.start, quote.end)
    answer = replace(index.answer_of(passage), page_starts=(PageStart(0, 1), PageStart(turn, 2)))
    return find_quote_page(index, reading, answer, passage, quote)


@pytest.mark.parametrize(
    ("turn_before", "page"),
    [("- IBO: +10.459", 2), ("- Diversen: +568", 1), ("keuro", 1)],
)
def test_the_page_of_a_list_is_that_of_the_item_asked_for(
    appendix_index: Index, turn_before: str, page: int
) -> None:
    question = "Met hoeveel keuro stijgen de eigen ontvangsten van VDAB door de IBO?"
    assert page_of(appendix_index, question, LIST, turn_before) == page


def test_the_page_of_a_list_is_never_that_of_its_lead_in_alone(appendix_index: Index) -> None:
    question = "Welke stijgingen van eigen ontvangsten verwacht VDAB?"
    assert page_of(appendix_index, question, LIST, "- IBO") == 2
