"""A conversation: what the browser keeps of it, and that it comes back as it was."""

import pytest

from chatbot.checks import ChatbotError
from chatbot.reply import answer_question
from chatbot.terminal import FOLLOWS, reply_lines
from chatbot.turns import MAX_TURNS, WRONG, ask, judge, keep, restore
from chatbot.views.conversation import render_turn
from index.search import Filters
from index.storage import Index

FIRST = "Hoeveel IBO’s werden stopgezet wegens overmacht?"


def test_a_conversation_comes_back_with_its_follow_ups_filters_and_verdicts(
    appendix_index: Index,
) -> None:
    turns = ask(appendix_index, FIRST, Filters(), ())
    turns = ask(appendix_index, "En hoeveel herstart?", Filters(), turns)
    turns = ask(appendix_index, "Hoeveel budget is er?", Filters(parties=("CD&V",)), turns)
    turns = judge(turns, 1, WRONG)
    assert restore(appendix_index, keep(turns)) == turns


def test_what_can_not_be_asked_any_more_is_left_out(appendix_index: Index) -> None:
    kept = [
        {"vraag": "Hoeveel budget?", "partijen": ["Weg"], "onderwerpen": []},
        {"vraag": ""},
        "geen beurt",
        {"vraag": FIRST, "oordeel": "vreemd"},
    ]
    (turn,) = restore(appendix_index, kept)
    assert turn.reply.question == FIRST
    assert turn.verdict is None
    assert restore(appendix_index, "geen lijst") == ()


def test_a_short_question_is_read_as_a_follow_up_where_that_is_surer(appendix_index: Index) -> None:
    turns = ask(appendix_index, "Welke gebouwen verkoopt VDAB?", Filters(), ())
    *_, last = ask(appendix_index, "Om welke reden?", Filters(), turns)
    assert last.reply.context
    assert "efficiënt en doelmatig beheer van patrimonium" in last.reply.hits[0].quote
    for told in (render_turn(last), "\n".join(reply_lines(last.reply))):
        assert FOLLOWS in told


def test_a_short_question_on_a_new_subject_is_answered_on_its_own(appendix_index: Index) -> None:
    turns = ask(appendix_index, "Welke gebouwen verkoopt VDAB?", Filters(), ())
    *_, last = ask(appendix_index, "Wat kosten dienstencheques?", Filters(), turns)
    alone = answer_question(appendix_index, "Wat kosten dienstencheques?")
    assert last.reply == alone
    assert FOLLOWS not in render_turn(last)


def test_old_turns_leave_the_page(appendix_index: Index) -> None:
    one = ask(appendix_index, FIRST, Filters(), ())
    many = one * MAX_TURNS
    assert len(ask(appendix_index, FIRST, Filters(), many)) == MAX_TURNS


def test_a_verdict_needs_a_turn(appendix_index: Index) -> None:
    turns = ask(appendix_index, FIRST, Filters(), ())
    for row, verdict in ((1, WRONG), (-1, WRONG), (0, "misschien")):
        with pytest.raises(ChatbotError, match="staat niet meer op de pagina"):
            judge(turns, row, verdict)


def test_only_the_last_turns_that_a_browser_kept_are_asked_again(appendix_index: Index) -> None:
    kept = [{"vraag": f"Hoeveel kost de IBO {row}?"} for row in range(MAX_TURNS + 5)]
    kept[-1]["oordeel"] = ["geen oordeel"]  # type: ignore[assignment]
    asked = [turn.reply.question for turn in restore(appendix_index, kept)]
    assert asked == [str(fields["vraag"]) for fields in kept[5:]]


def test_what_is_not_found_among_chosen_answers_is_said_to_be_so(appendix_index: Index) -> None:
    chosen = Filters(parties=("Vlaams Belang",))
    lines = " ".join(reply_lines(answer_question(appendix_index, "sodexo", filters=chosen)))
    words = " ".join(lines.split())
    assert "niet in de antwoorden waarin gezocht is (Vlaams Belang)" in words
    assert "Neem de filter weg" in words
