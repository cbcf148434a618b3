"""Written questions in the layout of the Flemish Parliament, alone and many; all invented."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from line_kinds import LineKind, label_lines

from chatbot.cautions import cautions_of
from chatbot.ledger.asked import read_sub_questions
from chatbot.ledger.follow_up import draft_follow_up
from chatbot.ledger.wording import Form
from chatbot.reply import answer_to_json
from chatbot.workbench.overview import NO_PARTY, build_overview
from corpus.answers import read_answers
from corpus.docx import read_docx
from corpus.pages import split_pages
from corpus.readers import read_documents
from corpus.records import Answer, Asker
from index.facets import names_of_answer

Reader = Callable[..., tuple[Answer, ...]]

QUESTION = ("Het aantal fietsers stijgt.", "", "1. Hoeveel dossiers zijn er?", "", "2. Waarom?")
ANSWER = ("1. Er zijn 412 dossiers.", "", "2. De premie is bekend bij de gemeenten.")
MINISTER = ("JAN PEETERS", "VLAAMS MINISTER VAN MOBILITEIT EN OPENBARE", "WERKEN")


def question(number: int, member: str, title: str, *, kind: bool = True) -> tuple[str, ...]:
    head = (f"nr. {number}", f"van {member}", "datum: 12 januari 2023", "")
    to = (f"aan {MINISTER[0]}", *MINISTER[1:], "")
    return (*(["SCHRIFTELIJKE VRAAG"] if kind else []), *head, *to, title, "", *QUESTION)


def answer(number: int, member: str, label: str = "ANTWOORD") -> tuple[str, ...]:
    head = (label, f"op vraag nr. {number} van 12 januari 2023", f"van {member}", "")
    return (*MINISTER, "", *head, *ANSWER)


BUNDLE = (
    question(12, "LIES AERTS", "Fietspaden - Stand van zaken"),
    answer(12, "LIES AERTS"),
    question(7, "TOM VAN DEN BROECK", "Laadpalen - Kostprijs"),
    answer(7, "TOM VAN DEN BROECK", "GECOORDINEERD ANTWOORD"),
)


def paged(*pages: tuple[str, ...]) -> str:
    return "\f".join("\n".join(page) + "\n" for page in pages)


def typed(*pages: tuple[str, ...]) -> tuple[Answer, ...]:
    """Read what Word holds: a paragraph for each filled line, and page breaks."""
    word = docx.Document()
    for page in pages:
        for line in filter(None, page):
            word.add_paragraph(line)
        word.add_page_break()
    out = io.BytesIO()
    word.save(out)
    reading = read_docx(out.getvalue())
    return read_answers(reading.pages, "proef", reading.hints)[1]


def read(*pages: tuple[str, ...]) -> tuple[Answer, ...]:
    return read_answers(split_pages(paged(*pages)), "proef")[1]


@pytest.mark.parametrize("reader", [read, typed], ids=["text", "word"])
@pytest.mark.parametrize("count", [1, 2], ids=["one", "two"])
def test_written_questions_are_read_with_member_title_question_and_answer(
    reader: Reader, count: int
) -> None:
    answers = reader(*BUNDLE[: 2 * count])
    assert [(a.topic, a.askers) for a in answers] == [
        ("Fietspaden - Stand van zaken", (Asker("", "LIES AERTS"),)),
        ("Laadpalen - Kostprijs", (Asker("", "TOM VAN DEN BROECK"),)),
    ][:count]
    for found in answers:
        (block,) = found.question_blocks
        assert block.text == "\n".join(filter(None, QUESTION))
        assert [one.text for one in found.questions] == ["Hoeveel dossiers zijn er?", "Waarom?"]
        assert found.text == "\n".join(filter(None, ANSWER))


def test_pages_are_those_of_question_and_answer() -> None:
    answers = read(*BUNDLE)
    pages = [(a.question_blocks[0].page_start, a.page_start, a.page_end) for a in answers]
    assert pages == [(1, 2, 2), (3, 4, 4)]


def test_every_line_of_a_written_question_stands_in_one_place() -> None:
    kinds = [line.kind for line in label_lines(split_pages(paged(*BUNDLE[:2])))]
    assert kinds == [
        *[LineKind.ASKER] * 7,
        LineKind.HEADING,
        *[LineKind.QUESTION] * 3,
        *[LineKind.LABEL] * 6,
        *[LineKind.ANSWER] * 2,
    ]


def test_the_words_over_a_question_may_be_missing_and_so_may_its_answer() -> None:
    first = question(12, "LIES AERTS", "Fietspaden", kind=False)
    answers = read(
        first, question(7, "TOM DE SMET", "Laadpalen", kind=False), answer(7, "TOM DE SMET")
    )
    assert [(a.topic, bool(a.text)) for a in answers] == [
        ("Fietspaden", False),
        ("Laadpalen", True),
    ]


def test_a_party_that_is_given_with_the_member_is_kept() -> None:
    (found,) = read(
        question(12, "Lies Aerts (CD&V)", "Fietspaden"), answer(12, "Lies Aerts (CD&V)")
    )
    assert found.askers == (Asker("CD&V", "Lies Aerts"),)


def test_a_question_without_a_title_stands_under_its_number() -> None:
    untitled = question(7, "TOM DE SMET", "Wat kost een laadpaal?")
    answers = read(*BUNDLE[:2], untitled, answer(7, "TOM DE SMET"))
    assert answers[1].topic == "nr. 7"
    assert answers[1].question_blocks[0].text.startswith("Wat kost een laadpaal?")


def test_an_answer_to_another_member_names_no_asker() -> None:
    (found,) = read(BUNDLE[0], answer(12, "ANN DE SMET"))
    assert found.askers == ()


@pytest.mark.parametrize("reader", [read, typed], ids=["text", "word"])
def test_answers_that_stand_apart_from_their_questions_are_given_to_nobody(reader: Reader) -> None:
    answers = reader(BUNDLE[0], BUNDLE[2], BUNDLE[1], BUNDLE[3])
    assert {asker for found in answers for asker in found.askers} == set()


@pytest.mark.parametrize(
    "lines",
    [
        ("SCHRIFTELIJKE VRAAG", "nr. 12", "Hoeveel dossiers zijn er?"),
        ("JAN PEETERS", "VLAAMS MINISTER VAN WERK", "Hoeveel dossiers zijn er?"),
        ("Antwoord op vraag", "Hoeveel dossiers zijn er?"),
        ("Vlaams minister Peeters", "Hoeveel dossiers zijn er?"),
    ],
)
def test_label_words_and_ministers_are_no_party(lines: tuple[str, ...], tmp_path: Path) -> None:
    assert [found.askers for found in typed(lines, ANSWER)] == [()]
    path = tmp_path / "vraag.txt"
    path.write_text("\n".join((*lines, "", *ANSWER)))
    (document,) = read_documents(path)
    assert any("geen enkele vraag" in caution for caution in cautions_of(document))


def test_a_member_without_a_party_is_shown_and_counted_as_such(tmp_path: Path) -> None:
    path = tmp_path / "vragen.txt"
    path.write_text(paged(*BUNDLE))
    (document,) = read_documents(path)
    first = document.answers[0]
    assert [str(asker) for asker in first.askers] == ["LIES AERTS"]
    assert answer_to_json(first)["askers"] == [{"party": None, "member": "LIES AERTS"}]
    names = names_of_answer(first, document.title)
    assert (names["parties"], names["members"]) == (set(), {"LIES AERTS"})
    overview = build_overview([document], [])
    assert [(tally.name, tally.questions) for tally in overview.parties] == [(NO_PARTY, 2)]
    assert [tally.name for tally in overview.members] == ["LIES AERTS", "TOM VAN DEN BROECK"]


def test_a_follow_up_names_the_member_alone() -> None:
    found = read(*BUNDLE)[0]
    draft = draft_follow_up("Vragen", found, read_sub_questions(found)[0], "open", Form.NUMBER)
    assert draft.startswith(
        "Eerder stelde LIES AERTS de minister de volgende vraag over “Fietspaden"
    )
