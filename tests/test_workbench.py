import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from chatbot.cli import main
from chatbot.ledger.build import build_ledger
from chatbot.ledger.records import LedgerLine
from chatbot.workbench.asked import AskedQuestions, split_draft
from chatbot.workbench.overview import NO_TOPIC, Overview, Tally, build_overview
from chatbot.workbench.overview_svg import NO_BARS, charts_svg, overview_svg
from chatbot.workbench.overview_text import NOTHING_ASKED, overview_lines
from chatbot.workbench.promises import NONE_FOUND, list_promises, promise_lines
from chatbot.workbench.selection import select_answers
from corpus.readers import read_documents
from corpus.records import Document
from index.filters import FilterError, Filters
from index.storage import Index

DATA = Path(__file__).parent / "data"
SOURCES = [DATA / "bbt-mobiliteit-2023.txt", DATA / "kamer-vragen.jsonl"]


@pytest.fixture(scope="module")
def ledger(appendix_index: Index) -> tuple[LedgerLine, ...]:
    return build_ledger(appendix_index)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> object:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def line(document: Document, number: int, status: str, **other: object) -> LedgerLine:
    answer = document.answers[number]
    question = answer.questions[0]
    fields = {
        "answer_id": answer.answer_id,
        "document_id": answer.document_id,
        "topic": answer.topic,
        "askers": question.askers,
        "text": question.text,
        "block": 0,
        "start": 0,
        "page": question.page,
        "status": status,
        "evidence": None,
        "missing": "",
        "follow_up": None,
    }
    return LedgerLine(**{**fields, **other})  # type: ignore[arg-type]


def test_answers_are_selected_by_party_member_topic_and_document(appendix: Document) -> None:
    (second,) = read_documents(SOURCES[0])
    documents = [appendix, second]
    assert len(select_answers(documents, Filters())) == 32 + 11
    chosen = select_answers(documents, Filters(members=("vanhoutte",)))
    assert [answer.answer_id[-2:] for _, answer in chosen] == ["02", "06"]
    assert len(select_answers(documents, Filters(documents=("bbt-mobiliteit-2023",)))) == 11
    with pytest.raises(FilterError, match="partij 'Niemand' staat niet"):
        select_answers(documents, Filters(parties=("Niemand",)))


def test_promises_come_with_kind_moment_and_source() -> None:
    (document,) = read_documents(SOURCES[0])
    answers = select_answers([document], Filters(topics=("De Lijn",)))
    found = list_promises(answers)
    assert [(line.promise.kind, line.promise.due) for line in found] == [
        ("belofte", "2035"),
        ("uitstel", None),
    ]
    assert found[0].citation == (
        "Bijlage 2 BBT Mobiliteit en Openbare Werken 2023, p. 3, "
        "antwoord aan Partij voor het Platteland, De Lijn"
    )
    assert list_promises(answers, ["onbekend"]) == ()
    assert list(promise_lines(())) == [NONE_FOUND]


def test_the_overview_counts_by_hand() -> None:
    """Answers 1 (two askers, each a question), 3 (one question of two members) and 5 (unasked) of
    the second appendix, with four lines."""
    (document,) = read_documents(SOURCES[0])
    part = [document.answers[row] for row in (0, 2, 4)]
    shortened = Document(**{**_fields(document), "answers": tuple(part)})
    lines = [
        line(document, 0, "beantwoord"),
        line(document, 0, "open", askers=part[0].question_blocks[1].askers),
        line(document, 2, "deels"),
        line(document, 2, "open"),
    ]
    overview = build_overview([shortened], lines)
    assert overview.total == Tally("Totaal", 3, 4, 1, 1, 2)
    assert overview.parties == (
        Tally("Lijst Morgen", 2, 3, 1, 1, 1),
        Tally("Samen Vooruitzien", 1, 2, 0, 1, 1),
        Tally("Burgerunie", 1, 1, 0, 0, 1),
    )
    assert overview.members == (
        Tally("Lijst Morgen (Lies Aertgeerts)", 2, 3, 1, 1, 1),
        Tally("Samen Vooruitzien (Karim El Amrani)", 1, 2, 0, 1, 1),
    )
    assert [tally.name for tally in overview.topics] == [
        "Fietsinfrastructuur",
        "Basisbereikbaarheid en openbaar vervoer",
    ]
    assert [answer.topic for answer in overview.unasked] == ["Verkeersveiligheid op schoolroutes"]


def test_a_party_that_two_documents_spell_in_two_ways_is_counted_once(tmp_path: Path) -> None:
    documents = []
    for name, party in (("een", "SP.A"), ("twee", "sp.a"), ("drie", "SP.A")):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"{party} (Lies Aerts)\n\nHoeveel zijn er?\n\nEr zijn er zeven.\n")
        documents += read_documents(path)
    lines = [line(document, 0, "open") for document in documents]
    overview = build_overview(documents, lines)
    assert overview.parties == (Tally("SP.A", 3, 3, 0, 0, 3),)
    assert overview.members == (Tally("SP.A (Lies Aerts)", 3, 3, 0, 0, 3),)


def test_the_overview_of_the_appendix_is_complete(
    appendix: Document, ledger: tuple[LedgerLine, ...]
) -> None:
    overview = build_overview([appendix], ledger)
    blocks = [block for answer in appendix.answers for block in answer.question_blocks]
    assert overview.total.questions == len(blocks)
    assert overview.total.sub_questions == len(ledger)
    for tally in (overview.total, *overview.parties, *overview.members, *overview.topics):
        assert tally.answered + tally.partial + tally.open == tally.sub_questions
    assert sum(tally.sub_questions for tally in overview.topics) == len(ledger)
    assert {tally.name for tally in overview.parties} == {
        asker.party for block in blocks for asker in block.askers
    }
    topics = {answer.topic or NO_TOPIC for answer in appendix.answers if answer.question_blocks}
    assert {tally.name for tally in overview.topics} == topics
    assert len(overview.unasked) == 9


def test_the_overview_as_text_and_as_chart_names_everyone(
    appendix: Document, ledger: tuple[LedgerLine, ...]
) -> None:
    overview = build_overview([appendix], ledger)
    text = "\n".join(overview_lines(overview))
    drawn = ElementTree.fromstring(charts_svg(overview))
    shown = " ".join(drawn.itertext())
    for tally in (*overview.parties, *overview.members):
        assert tally.name in text
        assert tally.name in shown
    widest = 0.0
    for bars in drawn.iter("{http://www.w3.org/2000/svg}rect"):
        widest = max(widest, float(bars.get("x", 0)) + float(bars.get("width", 0)))
    assert widest <= float(drawn.get("width", 0))


def test_names_are_escaped_in_the_chart() -> None:
    drawn = overview_svg("<b>", [Tally('<script>"&', 1, 1, 1, 0, 0)])
    assert "<script>" not in drawn
    assert '<script>"&' in " ".join(ElementTree.fromstring(drawn).itertext())


def test_an_empty_overview_says_so() -> None:
    empty = Overview(Tally("Totaal", 0, 0, 0, 0, 0), (), (), (), (), ())
    assert list(overview_lines(empty)) == [NOTHING_ASKED]
    assert overview_svg("Per partij", ()) == NO_BARS
    ElementTree.fromstring(charts_svg(empty))


def test_a_draft_is_split_into_its_questions() -> None:
    draft = "De premie daalt. Waarom daalt de premie? Hoeveel werknemers kregen ze in 2021?"
    assert split_draft(draft) == [
        "Waarom daalt de premie?",
        "Hoeveel werknemers kregen ze in 2021?",
    ]
    assert split_draft("stand van zaken fietstellingen") == ["stand van zaken fietstellingen"]
    assert split_draft(" ?! ") == []


def test_a_question_asked_before_is_found_and_a_new_one_is_told(
    appendix_index: Index, ledger: tuple[LedgerLine, ...]
) -> None:
    draft = "Hoe vaak werd de tijdelijke VOP gebruikt? Hoeveel wolven leven er in Limburg?"
    old, new = AskedQuestions(appendix_index, ledger).find(draft)
    assert old.asked[0].line.text == "Hoeveel keer werd de tijdelijke VOP ingezet in 2020?"
    assert old.asked[0].line.page == 2
    assert new.is_new
    assert len(old.asked) + len(old.nearest) == 5
    scores = [similar.score for similar in (*old.asked, *old.nearest)]
    assert scores == sorted(scores, reverse=True)


def test_every_question_of_the_ledger_finds_itself(
    second: Index,
) -> None:
    ledger = build_ledger(second)
    questions = AskedQuestions(second, ledger)
    for one in ledger:
        (found,) = questions.find(one.text, 1)[:1]
        assert not found.is_new
        assert found.asked[0].line.text == one.text


def test_nothing_is_found_where_nothing_was_asked(appendix_index: Index) -> None:
    (found,) = AskedQuestions(appendix_index, ()).find("Hoeveel kost dit?")
    assert found.is_new
    assert found.nearest == ()


def test_the_commands_work_on_the_second_appendix_and_the_chamber(
    second_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = ("--index", str(second_folder))
    promises = run(capsys, "promises", *index, "--kind", "uitstel")
    assert isinstance(promises, list)
    by_id = {promise["answer_id"]: promise for promise in promises}
    assert by_id["kamer-002"]["page"] is None  # between pages 12 and 13
    assert by_id["kamer-003"]["page"] == 14
    overview = run(capsys, "overview", *index, "--svg", str(tmp_path / "grafiek.svg"))
    assert isinstance(overview, dict)
    assert overview["total"]["questions"] == 12 + 4
    assert [answer["answer_id"] for answer in overview["unasked"]] == [
        "bbt-mobiliteit-2023-05",
        "kamer-005",
    ]
    assert (tmp_path / "grafiek.svg").read_text(encoding="utf-8").startswith("<svg")
    asked = run(capsys, "asked", *index, "Hoeveel haltes zullen er verdwijnen?")
    assert isinstance(asked, list)
    assert any("Hoeveel haltes verdwijnen" in one["text"] for one in asked[0]["similar"])
    out = tmp_path / "dossier.md"
    ids = ("kamer-002", "bbt-mobiliteit-2023-06")
    exported = run(capsys, "export", *index, "--answers", *ids, "--questions", "--out", str(out))
    assert isinstance(exported, dict)
    assert exported["file"] == str(out)
    text = out.read_text(encoding="utf-8")
    assert re.search(r"kamer-vragen-2023, p\. 12-13, antwoord aan Burgerunie", text)


def test_a_citation_is_printed_to_be_copied(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["cite", "bbt-wse-2021-22", "--quote", "84 medewerkers per jaar"]
    assert main(arguments) == 0
    assert capsys.readouterr().out.strip() == (
        "“84 medewerkers per jaar” (Bijlage 1 BBT Werk en Sociale Economie 2021, p. 16, "
        "antwoord aan SP.A, VDAB)"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["export", "--answers", "x", "--out", "d.md"], "'x' staat niet in de index"),
        (["export", "--answers", "bbt-wse-2021-01", "--out", "d.txt"], "op .docx of .md"),
        (["export", "--out", "d.md"], "niets om te bewaren"),
        (["overview", "--svg", "d.png"], "eindigt op .svg"),
        (["asked", " ? "], "vraag is leeg"),
        (["cite", "bbt-wse-2021-01", "--quote", "nee"], "niet woordelijk"),
        (["promises", "--party", "Niemand"], "staat niet in de geladen documenten"),
    ],
)
def test_a_fault_is_one_dutch_sentence(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("bijlage: ")
    assert message in shown.err
    assert shown.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["promises"], ["cite", "bbt-wse-2021-01"]])
def test_commands_without_a_model_load_none(command: list[str], tmp_path: Path) -> None:
    code = (
        "import sys; from chatbot.cli import main\n"
        f"main({command!r})\n"
        "print([n for n in ('torch', 'faiss', 'gradio') if n in sys.modules], file=sys.stderr)"
    )
    command_line = [sys.executable, "-c", code]
    done = subprocess.run(
        command_line, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stderr.splitlines()[-1] == "[]"


def _fields(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in Document.__dataclass_fields__}
