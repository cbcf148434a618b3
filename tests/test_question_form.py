"""A question is read alike however it is typed."""

import pytest

from chatbot.reply import answer_question
from index.question_form import as_question, without_capitals
from index.storage import Index


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wat kost de IBO", "Wat kost de IBO?"),
        ("Wat kost de IBO??", "Wat kost de IBO?"),
        ("Wat kost de IBO.", "Wat kost de IBO?"),
        ("  vdab  ", "Vdab?"),
        ("?", "?"),
    ],
)
def test_the_model_reads_one_form(text: str, expected: str) -> None:
    assert as_question(text) == expected


def test_a_question_in_capitals_is_read_in_lower_case() -> None:
    assert without_capitals("WAT KOST DE IBO?") == "wat kost de ibo?"
    assert without_capitals("IBO VDAB") == "IBO VDAB"
    assert without_capitals("Wat kost de IBO?") == "Wat kost de IBO?"


@pytest.mark.parametrize("question", ["Wat kost de lokale regierol", "Wie betaalt de Noordzee"])
def test_a_question_mark_changes_no_verdict(appendix_index: Index, question: str) -> None:
    forms = (question, f"{question}?", f"{question} ?", f"w{question[1:]}")
    found = {round(answer_question(appendix_index, form).result.confidence, 6) for form in forms}
    assert len(found) == 1


def test_capitals_change_no_verdict(appendix_index: Index) -> None:
    for question in ("Wat kost de lokale regierol?", "Hoeveel personeel bespaart de dienst?"):
        plain, loud = (answer_question(appendix_index, q) for q in (question, question.upper()))
        assert plain.abstained is loud.abstained
        assert plain.hits[0].passage == loud.hits[0].passage
