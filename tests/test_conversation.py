"""The HTML of the conversation: order, folding, and that no text of anyone ever runs."""

import re
from dataclasses import replace

import pytest
from handmade import hit_on

from chatbot.certainty import (
    ABSENT,
    CERTAIN,
    CERTAINLY,
    DOUBTFUL,
    DOUBTFUL_FROM,
    PROBABLY,
    certainty_of,
)
from chatbot.reply import Reply
from chatbot.terminal import reply_lines
from chatbot.turns import Turn
from chatbot.views.conversation import (
    render_conversation,
    render_examples,
    render_header,
    render_notice,
    render_turn,
)
from chatbot.views.html import escape, paragraphs
from corpus.records import Asker, Document
from index.confidence import THRESHOLD
from index.search import Filters, Hit, SearchResult

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> ${3} {{4}} **5** ![6](http://x) \" '"
)


def reply_with(
    *hits: Hit, question: str = "Hoeveel?", abstained: bool = False, confidence: float = 0.95
) -> Reply:
    return Reply(question, SearchResult(question, hits, confidence, abstained), Filters())


def shown(*hits: Hit, abstained: bool = False, confidence: float | None = None) -> str:
    chance = confidence if confidence is not None else 0.1 if abstained else 0.95
    return render_turn(Turn(reply_with(*hits, abstained=abstained, confidence=chance)))


def test_certainty_quote_citation_question_and_passage_come_in_that_order(
    appendix: Document,
) -> None:
    html = shown(hit_on(appendix, "419 personeelsleden"))
    places = [
        html.index(part)
        for part in (
            "<strong>Zeker</strong>",
            "<blockquote>419 personeelsleden</blockquote>",
            "p. 16, antwoord aan SP.A, VDAB</a></figcaption>",
            "Vraag van SP.A",
            "Antwoord van de minister",
            "<mark>419 personeelsleden</mark>",
        )
    ]
    assert places == sorted(places)


def test_a_citation_links_to_the_exact_words(appendix: Document) -> None:
    hit = hit_on(appendix, "419 personeelsleden")
    start = hit.answer.text.index("419 personeelsleden")
    link = f"?document=bbt-wse-2021&amp;answer=bbt-wse-2021-22&amp;van={start}&amp;tot={start + 19}"
    assert f'<figcaption><a data-bron href="{link}&amp;som=' in shown(hit)


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [(1.0, CERTAINLY), (CERTAIN, CERTAINLY), (CERTAIN - 0.01, PROBABLY), (THRESHOLD, PROBABLY)],
)
def test_certainty_is_in_words_and_never_a_number_of_the_model(
    confidence: float, expected: object, appendix: Document
) -> None:
    reply = reply_with(hit_on(appendix, "419 personeelsleden"), confidence=confidence)
    certainty = certainty_of(reply)
    assert certainty == expected
    assert str(confidence) not in render_turn(Turn(reply))
    said = " ".join(" ".join(reply_lines(reply)).split())
    assert f"{certainty.words}. {certainty.meaning}" in said


def test_a_terminal_says_of_the_nearest_passages_how_sure_they_are(appendix: Document) -> None:
    reply = reply_with(hit_on(appendix, "419 personeelsleden"), abstained=True, confidence=0.3)
    assert DOUBTFUL.meaning in " ".join(" ".join(reply_lines(reply)).split())


def test_the_bands_promise_what_the_thresholds_are() -> None:
    assert "minstens 9 van de 10" in CERTAINLY.meaning
    assert (DOUBTFUL_FROM, THRESHOLD) == (0.2, 0.5)
    assert "5 à 9 van de 10" in PROBABLY.meaning
    assert "tussen 2 en 5 op 10" in DOUBTFUL.meaning
    assert "kleiner dan 2 op 10" in ABSENT.meaning


def test_further_hits_are_folded_and_complete(appendix: Document) -> None:
    first = hit_on(appendix, "419 personeelsleden")
    html = shown(first, hit_on(appendix, "1845 IBO’s werden stopgezet"))
    folded = html[html.index('<details class="verder">') :]
    assert "Verder gevonden: 1 passage</summary>" in folded
    assert "<blockquote>1845 IBO’s werden stopgezet</blockquote>" in folded
    assert "antwoord zonder schriftelijke vraag" in folded


def test_an_abstention_says_so_and_calls_its_hits_the_nearest(appendix: Document) -> None:
    html = shown(hit_on(appendix, "419 personeelsleden"), abstained=True)
    assert html.index("Dit staat niet in de bijlage.") < html.index("dichtst in de buurt")
    assert html.index("dichtst in de buurt") < html.index("419 personeelsleden")
    assert '<details class="verder">' not in html


def test_a_doubtful_abstention_leaves_the_judgement_to_the_reader(appendix: Document) -> None:
    html = shown(hit_on(appendix, "419 personeelsleden"), abstained=True, confidence=DOUBTFUL_FROM)
    assert "Dit staat misschien niet in de bijlage: geen passage beantwoordt" in html
    assert "Lees na of zij uw vraag beantwoorden." in html
    assert "beantwoorden uw vraag niet" not in html


def test_an_abstention_without_hits_is_one_sentence() -> None:
    assert '<p class="niet">Dit staat niet in de bijlage.</p></div>' in shown(abstained=True)


def test_a_verdict_shows_as_a_pressed_button(appendix: Document) -> None:
    reply = reply_with(hit_on(appendix, "419 personeelsleden"))
    assert 'aria-pressed="true"' not in render_turn(Turn(reply))
    judged = render_conversation([Turn(reply), Turn(reply, "onjuist")])
    (pressed,) = re.findall(r'<button[^>]*aria-pressed="true"[^>]*>', judged)
    assert 'data-oordeel="onjuist" data-beurt="1"' in pressed


def test_no_text_of_document_or_user_becomes_html(appendix: Document) -> None:
    hit = hit_on(appendix, "419 personeelsleden")
    block = replace(hit.answer.question_blocks[0], text=HOSTILE, askers=(Asker(HOSTILE, HOSTILE),))
    answer = replace(
        hit.answer,
        answer_id=HOSTILE,
        text=HOSTILE,
        topic=HOSTILE,
        askers=block.askers,
        question_blocks=(block,),
    )
    passage = replace(hit.passage, text=HOSTILE, end=len(HOSTILE))
    document = replace(hit.document, title=HOSTILE)
    evil = Hit(1, 1.0, passage, answer, document, 8, 30, 1)
    reply = replace(reply_with(evil, evil, question=HOSTILE), filters=Filters(parties=(HOSTILE,)))
    html = "".join(
        (
            render_conversation([Turn(reply)]),
            render_header([document]),
            render_notice(HOSTILE),
            render_examples([HOSTILE]),
        )
    )
    tags = set(re.findall(r"<(/?\w+)", html))
    assert not tags & {"script", "img", "/script"}
    assert "onerror=alert" in html  # shown as text
    outside_values = re.sub(r'"[^"]*"', "", html)
    assert not re.search(r"<[^>]*onerror", outside_values)


def test_steering_characters_are_left_out() -> None:
    assert escape("a\x00b\x1b[31mc\u202ed\u200be\ud800f") == "ab[31mcdef"


def test_a_mark_runs_over_paragraphs_and_covers_exactly_its_characters() -> None:
    # "een\n- twee\ndrie": 2 to 8 is "n", "- tw"
    assert paragraphs("een\n- twee\ndrie", (2, 8)) == (
        '<p>ee<mark>n</mark></p><p class="punt"><mark>- tw</mark>ee</p><p>drie</p>'
    )


def test_the_header_counts_answers_and_names_the_documents(appendix: Document) -> None:
    html = render_header([appendix])
    assert "32 antwoorden · Bijlage 1 BBT Werk en Sociale Economie 2021" in html
    assert "1 antwoord · " in render_header([replace(appendix, answers=appendix.answers[:1])])
    assert "en 2 andere" in render_header([appendix] * 5)
