"""Who wants to know who asked about a subject gets the questions about it, and who put them."""

import pytest

from chatbot.reply import Reply, answer_last_turn, answer_question, reply_to_json
from chatbot.terminal import asked_lines, reply_lines
from chatbot.turns import Turn
from chatbot.views.conversation import render_turn
from chatbot.who_asked import AskedAbout, subject_of
from index.storage import Index


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("welke partij stelde een vraag over de kiosken", "de kiosken"),
        ("wie vroeg naar de dienstencheques?", "de dienstencheques"),
        ("Wie stelde de vraag over leefloners?", "leefloners"),
        ("Wie vroeg hoeveel personeel VDAB moet besparen?", "hoeveel personeel VDAB moet besparen"),
        ("Welke fractie heeft een vraag gesteld over ESF?", "ESF"),
        ("Welk lid van de N-VA vroeg naar IBO?", "IBO"),
        ("Wie heeft over de VOP een vraag gesteld?", "de VOP"),
        ("Van wie is de vraag over telewerk?", "telewerk"),
        ("Wie wou weten waarom de VOP daalt?", "waarom de VOP daalt"),
        ("En wie vroeg dat?", "Hoeveel kost de IBO?"),
    ],
)
def test_the_subject_is_told_from_the_asking(question: str, subject: str) -> None:
    assert subject_of(question, "Hoeveel kost de IBO?") == subject


@pytest.mark.parametrize(
    "question",
    ["Wie vraagt een erkenning aan?", "Wie vroeg een vergunning aan?", "Wie stelde het plan op?",
     "Welke bedrijven vroegen naar steun?", "Wie stelde vragen?", "Wie vroeg dat?",
     "Wie vroeg naar de kiosken en wat was het antwoord?", "Wat vroeg Tom Ongena over de VOP?",
     "Wat antwoordde de minister aan wie vroeg naar de VOP?"],
)  # fmt: skip
def test_other_questions_have_none(question: str) -> None:
    assert subject_of(question) == ""


def about(reply: Reply) -> AskedAbout:
    assert reply.asked_about is not None
    assert reply.abstained
    return reply.asked_about


def test_the_questions_about_a_subject_are_listed_with_who_put_them(appendix_index: Index) -> None:
    reply = answer_question(appendix_index, "wie vroeg naar de dienstencheques")
    found = about(reply).found
    assert {str(asker) for put in found for asker in put.askers} == {"N-VA (Axel Ronse)"}
    assert {put.answer.topic for put in found} == {"Dienstencheques"}
    head, *lines = asked_lines(reply)
    assert head == "Over “de dienstencheques”: deze 2 vragen werden gesteld:"
    assert all("N-VA (Axel Ronse), p. 1" in line for line in lines)
    shown = render_turn(Turn(reply))
    assert "<li>“Wij veronderstellen" in shown
    assert "blockquote" not in shown


def test_only_those_who_are_named_count(appendix_index: Index) -> None:
    found = about(answer_question(appendix_index, "Welk lid van SP.A vroeg naar de VOP?")).found
    assert found
    assert all("SP.A" in {asker.party for asker in put.askers} for put in found)


def test_a_follow_up_asks_it_of_what_was_asked_before(appendix_index: Index) -> None:
    turns = ["Hoeveel personeelsleden moet VDAB besparen?", "Wie vroeg dat?"]
    (put,) = about(answer_last_turn(appendix_index, turns)).found
    assert (put.text, str(put.askers[0])) == ("Over hoeveel VTE’s gaat dit?", "SP.A")


def test_questions_that_do_not_name_it_are_told_apart(appendix_index: Index) -> None:
    reply = answer_question(appendix_index, "welke partij stelde een vraag over de kiosken")
    assert not about(reply).found
    assert [put.text for put in about(reply).answered] == [
        "Graag meer toelichting bij deze stijging?",
        "Over welke concrete zaken gaat het hier?",
    ]
    head = "Over “de kiosken” is in deze documenten geen vraag gevonden."
    assert asked_lines(reply)[0] == f"{head} Het antwoord dat erover gaat, kwam er op:"


def test_an_answer_without_a_question_is_named(appendix_index: Index) -> None:
    (told,) = asked_lines(answer_question(appendix_index, "Wie vroeg naar telewerk?"))
    assert "geen vraag gevonden. Dit gaat er wel over: " in told
    assert told.endswith("p. 15, antwoord zonder schriftelijke vraag, Telewerken.")


def test_a_subject_that_nobody_asked_about_is_said_to_be_so(appendix_index: Index) -> None:
    reply = answer_question(appendix_index, "Wie vroeg naar de olympische spelen?")
    assert not about(reply).found
    assert len(about(reply).nearest) == 2
    assert "geen vraag gevonden. Het dichtst in de buurt:" in asked_lines(reply)[0]
    assert list(reply_lines(reply))[1].startswith("“")
    data = reply_to_json(reply)["asked_about"]
    assert (data["subject"], data["found"]) == ("de olympische spelen", [])
    assert " ".join(data["nearest"][0]) == ("text before askers page answer_id document_id topic")
