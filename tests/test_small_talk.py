"""What is said to a chat is told from what is asked of the documents."""

import pytest

from chatbot.reply import answer_last_turn, answer_question
from chatbot.small_talk import is_small_talk
from chatbot.terminal import NO_QUESTION, NO_SUMMARY, reply_lines
from chatbot.turns import Turn
from chatbot.views.conversation import render_turn
from index.storage import Index


@pytest.mark.parametrize(
    "text",
    ["Hallo", "hallo!", "Goedemorgen", "Dank u wel", "Bedankt hoor", "OK", "Help!", "Tot ziens",
     "Ik heb een vraag", "ja graag", "Oké, merci", "Vat samen", "Geef een korte samenvatting",
     "Kunt u dit even samenvatten?", "Vat alle antwoorden samen aub"],
)  # fmt: skip
def test_formulas_are_small_talk(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    ["", "?", "IBO", "het", "Hallo, wat kost de IBO?", "Welke hulp krijgen startende ondernemers?",
     "dank 419", "vraag van Axel Ronse", "telewerk", "de", "samen", "Vat dit", "Hoe samen?",
     "Vat het antwoord over VDAB samen", "Vat pagina 12 samen", "Samenvatting telewerk"],
)  # fmt: skip
def test_what_asks_something_is_none(text: str) -> None:
    assert not is_small_talk(text)


@pytest.mark.parametrize("text", ["Help", "Hallo", "vraag"])
def test_small_talk_is_not_answered(appendix_index: Index, text: str) -> None:
    reply = answer_question(appendix_index, text)
    assert reply.abstained
    assert reply.result.confidence == 0
    assert " ".join(reply_lines(reply)) == " ".join(NO_QUESTION)
    shown = render_turn(Turn(reply))
    assert NO_QUESTION[0] in shown
    assert "blockquote" not in shown


def test_who_asks_for_a_summary_is_told_what_there_is_instead(appendix_index: Index) -> None:
    reply = answer_question(appendix_index, "Kan je de bijlage samenvatten?")
    assert reply.abstained
    assert "Bijlage vat niets samen" in NO_SUMMARY[0]
    assert "het tabblad Overzicht" in NO_SUMMARY[1]
    assert " ".join(" ".join(reply_lines(reply)).split()) == " ".join(NO_SUMMARY)
    assert all(said in render_turn(Turn(reply)) for said in NO_SUMMARY)


def test_a_follow_up_leans_on_what_was_asked_before_the_thanks(appendix_index: Index) -> None:
    asked = "Hoeveel IBO's werden er in 2020 gestart tot oktober?"
    plain = answer_last_turn(appendix_index, [asked, "En in 2019?"])
    polite = answer_last_turn(appendix_index, [asked, "Bedankt", "En in 2019?"])
    assert polite.hits[0].passage == plain.hits[0].passage
