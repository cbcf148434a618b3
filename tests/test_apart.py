"""Questions that stand together before all answers, in invented appendices."""

import pytest
from test_layouts import LONG, read, spaced

from corpus.labels import is_numbered_label, label_number
from corpus.records import Answer

PARTIES = ("Groen", "N-VA", "Vooruit")
ANSWERS = tuple(f"{' '.join(LONG)} Dat geldt voor deel {number}." for number in (1, 2, 3))


def apart(
    asked: str, over_answers: str, numbers: tuple[int, ...] = (1, 2, 3)
) -> tuple[Answer, ...]:
    """Read an appendix of three questions and then their answers; `asked` is how a question starts
    (its asker's line and its text), `over_answers` what stands over an answer."""
    lines = ["BBT 2023", "", "Vragen van de leden", ""]
    for number, party in enumerate(PARTIES, start=1):
        lines += [*asked.format(n=number, party=party).split("|"), ""]
    for number, part in zip(numbers, (1, 2, 3), strict=True):
        label = over_answers.format(n=number)
        lines += [*label.split("|"), *LONG, f"Dat geldt voor deel {part}.", ""]
    return read(spaced(*lines))


@pytest.mark.parametrize("over_answers", ["Vraag {n}|", "Antwoord {n}", "Antwoord op vraag {n}:|"])
@pytest.mark.parametrize(
    "asked",
    ["{party}|{n}. Hoeveel zijn er?", "Vraag {n} van Axel Ronse ({party})|Hoeveel zijn er?"],
)
def test_each_answer_is_given_its_question_by_number(asked: str, over_answers: str) -> None:
    answers = apart(asked, over_answers)
    assert [[asker.party for asker in answer.askers] for answer in answers] == [
        [party] for party in PARTIES
    ]
    assert [len(answer.questions) for answer in answers] == [1, 1, 1]
    assert [" ".join(answer.text.split()) for answer in answers] == [*ANSWERS]


def test_an_answer_that_starts_on_the_line_of_its_number_keeps_that_line() -> None:
    answers = apart("{party}|{n}. Hoeveel zijn er?", "Antwoord {n}: Het zijn er {n}.|")
    assert [answer.text.split("\n")[0] for answer in answers] == [
        f"Antwoord {number}: Het zijn er {number}." for number in (1, 2, 3)
    ]


def test_answers_with_other_numbers_are_left_as_they_stand() -> None:
    answers = apart("{party}|{n}. Hoeveel zijn er?", "Vraag {n}|", numbers=(1, 2, 4))
    assert [len(answer.askers) for answer in answers] == [3, 0, 0]


def test_parts_of_one_answer_to_several_askers_stay_together() -> None:
    """Nothing says that the number of a part is that of an asker."""
    answers = apart("{party}|Hoeveel zijn er in {n}?", "Antwoord {n}")
    assert [len(answer.askers) for answer in answers] == [3]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Vraag 4", 4),
        ("ANTWOORD OP VRAAG 12:", 12),
        ("Vraag nr. 4 van Axel Ronse (N-VA)", 4),
        ("Antwoord 2: De premie stijgt.", 2),
        ("Vraag 4 werd ingetrokken", None),
        ("Antwoord van de minister", None),
    ],
)
def test_the_number_of_a_question_or_answer(line: str, number: int | None) -> None:
    assert label_number(line) == number
    assert is_numbered_label(line) == line.endswith(("4", "12:"))
