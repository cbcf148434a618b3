"""A list that goes on past the passage of its quote is said to do so, with a link to the rest."""

from dataclasses import replace

import pytest
from handmade import hit_on

from chatbot.places import Place, link_to
from chatbot.reply import Reply
from chatbot.running_on import rest_of_list, runs_on
from chatbot.terminal import reply_lines
from chatbot.turns import Turn
from chatbot.views.conversation import render_turn
from chatbot.views.html import escape
from corpus.records import Document, PageStart
from index.search import Filters, Hit, SearchResult

FIRST = """VDAB verwacht volgende stijgingen van eigen ontvangsten:
- IBO: +10.459 keuro
- Samenwerking met Riziv: +2.000 keuro"""
NEXT = "- ESF: +4.000 keuro"


def cut_after(hit: Hit) -> Hit:
    """Return the hit with its passage cut off where the quote ends."""
    start = hit.passage.start
    text = hit.passage.text[: hit.quote_end]
    return replace(hit, passage=replace(hit.passage, end=start + len(text), text=text))


@pytest.fixture
def cut(appendix: Document) -> Hit:
    return cut_after(hit_on(appendix, FIRST))


def test_the_rest_of_a_list_is_shown_where_it_is(cut: Hit) -> None:
    rest = rest_of_list(cut)
    assert rest is not None
    assert cut.answer.text[rest.start : rest.end] == NEXT
    assert runs_on(cut, rest) == "De opsomming gaat verder op p. 5"
    reply = Reply("Welke?", SearchResult("Welke?", (cut, cut), 0.95, False), Filters())
    assert list(reply_lines(reply)).count("De opsomming gaat verder op p. 5.") == 1
    shown = render_turn(Turn(reply))
    link = f'<a data-bron href="{escape(link_to(rest))}">De opsomming gaat verder op p. 5</a>'
    assert shown.count(link) == 2


def test_what_leads_a_list_in_says_where_that_is(appendix: Document) -> None:
    cut = cut_after(hit_on(appendix, FIRST.partition("\n")[0]))
    rest = rest_of_list(cut)
    assert rest is not None
    assert runs_on(cut, rest) == "De opsomming staat op p. 5"


def test_without_pages_only_that_it_goes_on_is_said(cut: Hit) -> None:
    answer = replace(cut.answer, page_starts=(PageStart(0, 0),))
    nowhere = replace(cut, answer=answer)
    assert runs_on(nowhere, Place("", "", 0, 1)) == "De opsomming gaat verder in het antwoord"


def test_a_quote_that_could_have_held_more_says_nothing(appendix: Document) -> None:
    assert rest_of_list(hit_on(appendix, FIRST)) is None


@pytest.mark.parametrize(
    "quote",
    ["- Samenwerking met Riziv: +2.000 keuro", "- Diversen: +568 keuro", "419 personeelsleden"],
)
def test_one_item_and_the_end_of_a_list_say_nothing(quote: str, appendix: Document) -> None:
    assert rest_of_list(cut_after(hit_on(appendix, quote))) is None
