"""A conversation: what the browser keeps of it, and that it comes back as it was."""

import json
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest

from chatbot.bodies import MAX_BODY_BYTES
from chatbot.checks import MAX_QUESTION_CHARS, ChatbotError
from chatbot.kept import MAX_KEPT_BYTES, size_of
from chatbot.reply import answer_question
from chatbot.terminal import FOLLOWS, reply_lines
from chatbot.turns import (
    MAX_TURNS,
    RIGHT,
    WRONG,
    Turn,
    adopt,
    ask,
    ask_again,
    is_last,
    judge,
    keep,
    link_to_question,
    read_link,
    renew,
    restore,
)
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
    (turn,) = restore(appendix_index, adopt(kept, []))
    assert turn.reply.question == FIRST
    assert turn.verdict is None
    assert restore(appendix_index, "geen lijst") == ()


def test_a_follow_up_is_read_as_it_was_whatever_another_window_asked_in_between(
    appendix_index: Index,
) -> None:
    first = ask(appendix_index, FIRST, Filters(), ())
    both = ask(appendix_index, "En hoeveel herstart?", Filters(), first)
    (elsewhere,) = ask(appendix_index, "Welke gebouwen verkoopt VDAB?", Filters(), ())
    kept = keep((first[0], elsewhere, both[1]))
    assert restore(appendix_index, kept) == (first[0], elsewhere, both[1])


def test_what_an_earlier_version_kept_is_read_in_the_light_of_the_turns_before(
    appendix_index: Index,
) -> None:
    turns = ask(appendix_index, FIRST, Filters(), ())
    turns = judge(ask(appendix_index, "En hoeveel herstart?", Filters(), turns), 1, WRONG)
    names = ("vraag", "partijen", "onderwerpen", "oordeel")
    old = [{name: one[name] for name in names} for one in keep(turns)]
    again = restore(appendix_index, adopt(old, []))
    assert [(turn.reply, turn.verdict) for turn in again] == [
        (turn.reply, turn.verdict) for turn in turns
    ]


def test_the_longest_conversation_fits_in_a_request(appendix_index: Index) -> None:
    longest = FIRST + "é" * (MAX_QUESTION_CHARS - len(FIRST))
    (turn,) = ask(appendix_index, longest, Filters(), ())
    most = tuple(replace(turn, name=str(row)) for row in range(MAX_TURNS))
    assert size_of(keep(most)) < MAX_KEPT_BYTES < MAX_BODY_BYTES - 12 * MAX_QUESTION_CHARS
    asked = ask(appendix_index, FIRST, Filters(), most)
    assert len(asked) == MAX_TURNS
    escaped = [{"question": FIRST, "turns": ["\U0001f600" * MAX_QUESTION_CHARS] * MAX_TURNS}]
    assert len(json.dumps(escaped)) < MAX_BODY_BYTES


def test_the_oldest_turns_leave_a_conversation_that_is_too_large(appendix_index: Index) -> None:
    (turn,) = ask(appendix_index, FIRST, Filters(), ())
    long = replace(turn.reply, context="\x01" * 40_000)
    past = tuple(Turn(long, name=str(row)) for row in range(10))
    turns = ask(appendix_index, FIRST, Filters(), past)
    assert size_of(keep(turns)) <= MAX_KEPT_BYTES
    assert [one.name for one in turns[:-1]] == ["7", "8", "9"]


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
    asked = [turn.reply.question for turn in restore(appendix_index, adopt(kept, []))]
    assert asked == [str(fields["vraag"]) for fields in kept[5:]]


def test_what_is_not_found_among_chosen_answers_is_said_to_be_so(appendix_index: Index) -> None:
    chosen = Filters(parties=("Vlaams Belang",))
    lines = " ".join(reply_lines(answer_question(appendix_index, "sodexo", filters=chosen)))
    words = " ".join(lines.split())
    assert "niet in de antwoorden waarin gezocht is (Vlaams Belang)" in words
    assert "Neem de filter weg" in words


@pytest.mark.parametrize("question", ["En hoeveel herstart?", "En het jaar daarvoor?"])
def test_a_link_is_read_as_its_question_was_whatever_stands_before(
    question: str, appendix_index: Index
) -> None:
    turns = ask(appendix_index, "Hoeveel IBO’s werden stopgezet in 2021?", Filters(), ())
    *_, last = ask(appendix_index, question, Filters(parties=("CD&V",)), turns)
    assert last.reply.context
    link = parse_qsl(link_to_question(last.reply).removeprefix("?"))
    asked, filters, unknown = read_link(appendix_index, link)
    assert asked is not None
    assert (filters, unknown) == (last.reply.filters, [])
    elsewhere = ask(appendix_index, "Welke gebouwen verkoopt VDAB?", Filters(), ())
    assert not is_last(asked, elsewhere)
    linked = ask_again(appendix_index, asked, elsewhere)
    assert is_last(asked, linked)
    assert linked[-1].reply == replace(last.reply, repeated=linked[-1].reply.repeated)


def test_the_link_of_a_plain_question_stands_alone_also_within_a_conversation(
    appendix_index: Index,
) -> None:
    asked, *_ = read_link(appendix_index, [("q", "Om welke reden? "), ("partij", "")])
    assert asked is not None
    turns = ask(appendix_index, "Welke gebouwen verkoopt VDAB?", Filters(), ())
    linked = ask_again(appendix_index, asked, turns)
    assert linked[-1].reply == answer_question(appendix_index, "Om welke reden?")
    assert read_link(appendix_index, [("partij", "SP.A"), ("partij", "Weg")]) == (
        None,
        Filters(parties=("SP.A",)),
        ["Weg"],
    )


def test_only_turns_whose_document_has_changed_are_answered_again(
    appendix_index: Index, second: Index
) -> None:
    turns = judge(ask(appendix_index, FIRST, Filters(), ()), 0, WRONG)
    assert renew(appendix_index, turns)[0] is turns[0]
    (renewed,) = renew(second, turns)
    assert (renewed.name, renewed.place) == (turns[0].name, turns[0].place)
    assert renewed.reply == answer_question(second, FIRST)
    assert renewed.verdict is None
    chosen = ask(appendix_index, FIRST, Filters(topics=("Dienstencheques",)), turns)
    assert [turn.name for turn in renew(second, chosen)] == [renewed.name]


def test_a_verdict_that_is_given_again_is_withdrawn(appendix_index: Index) -> None:
    turns = judge(ask(appendix_index, FIRST, Filters(), ()), 0, WRONG)
    assert judge(turns, 0, RIGHT)[0].verdict == RIGHT
    assert judge(turns, 0, WRONG)[0].verdict is None
