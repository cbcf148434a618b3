"""The HTML of a reply: order, folding, and that no text of a document or user ever runs."""

import re
from dataclasses import replace

from handmade import hit_on

from chatbot.render import escape, render_conversation, render_header, render_notice, render_turn
from chatbot.reply import Reply
from corpus.records import Asker, Document
from index.search import Filters, Hit, SearchResult

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> ${3} {{4}} **5** ![6](http://x) \" '"
)


def reply_with(*hits: Hit, question: str = "Hoeveel?", abstained: bool = False) -> Reply:
    return Reply(question, SearchResult(question, hits, 0.9, abstained), Filters())


def test_quote_citation_question_and_passage_come_in_that_order(appendix: Document) -> None:
    html = render_turn(reply_with(hit_on(appendix, "419 personeelsleden")))
    places = [
        html.index(part)
        for part in (
            "<blockquote>419 personeelsleden</blockquote>",
            "p. 16, antwoord aan SP.A, VDAB</figcaption>",
            "Vraag van SP.A",
            "Antwoord van de minister",
            "<mark>419 personeelsleden</mark>",
        )
    ]
    assert places == sorted(places)


def test_further_hits_are_folded_and_complete(appendix: Document) -> None:
    first = hit_on(appendix, "419 personeelsleden")
    html = render_turn(reply_with(first, hit_on(appendix, "1845 IBO’s werden stopgezet")))
    folded = html[html.index('<details class="verder">') :]
    assert "Verder gevonden: 1 passage</summary>" in folded
    assert "<blockquote>1845 IBO’s werden stopgezet</blockquote>" in folded
    assert "antwoord zonder schriftelijke vraag" in folded


def test_an_abstention_says_so_and_calls_its_hits_the_nearest(appendix: Document) -> None:
    html = render_turn(reply_with(hit_on(appendix, "419 personeelsleden"), abstained=True))
    assert html.index("Dit staat niet in de bijlage.") < html.index("dichtst in de buurt")
    assert html.index("dichtst in de buurt") < html.index("419 personeelsleden")
    assert '<details class="verder">' not in html


def test_an_abstention_without_hits_is_one_sentence() -> None:
    assert '<p class="niet">Dit staat niet in de bijlage.</p></div>' in render_turn(
        reply_with(abstained=True)
    )


def test_a_long_question_is_folded_and_a_short_one_open(appendix: Document) -> None:
    hit = hit_on(appendix, "419 personeelsleden")
    block = hit.answer.question_blocks[0]

    def shown(text: str) -> str:
        answer = replace(hit.answer, question_blocks=(replace(block, text=text),))
        return render_turn(reply_with(replace(hit, answer=answer)))

    assert '<details class="vraagblok" open>' in shown("a" * 400)
    assert '<details class="vraagblok">' in shown("a" * 401)


def test_no_text_of_document_or_user_becomes_html(appendix: Document) -> None:
    hit = hit_on(appendix, "419 personeelsleden")
    block = replace(hit.answer.question_blocks[0], text=HOSTILE, askers=(Asker(HOSTILE, HOSTILE),))
    answer = replace(
        hit.answer, text=HOSTILE, topic=HOSTILE, askers=block.askers, question_blocks=(block,)
    )
    passage = replace(hit.passage, text=HOSTILE, end=len(HOSTILE))
    document = replace(hit.document, title=HOSTILE)
    evil = Hit(1, 1.0, passage, answer, document, 8, 30)
    reply = replace(reply_with(evil, evil, question=HOSTILE), filters=Filters(parties=(HOSTILE,)))
    html = render_conversation([reply]) + render_header([document]) + render_notice(HOSTILE)
    tags = set(re.findall(r"<(/?\w+)", html))
    assert not tags & {"script", "img", "/script"}
    assert "onerror=alert" in html  # shown as text
    assert not re.search(r"<[^>]*onerror", html)


def test_steering_characters_are_left_out() -> None:
    assert escape("a\x00b\x1b[31mc\u202ed\u200be\ud800f") == "ab[31mcdef"


def test_the_header_counts_answers_and_names_the_documents(appendix: Document) -> None:
    html = render_header([appendix])
    assert "32 antwoorden · Bijlage 1 BBT Werk en Sociale Economie 2021" in html
    assert "1 antwoord · " in render_header([replace(appendix, answers=appendix.answers[:1])])
    assert "en 2 andere" in render_header([appendix] * 5)
