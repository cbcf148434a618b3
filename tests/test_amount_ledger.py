"""The ledger of amounts over whole documents: page, year, credit, codes, conflicts, commands."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from chatbot import cli
from chatbot.amounts.codes import find_codes, list_codes
from chatbot.amounts.conflicts import find_conflicts
from chatbot.amounts.ledger import build_amounts
from chatbot.amounts.listing import amount_to_json
from chatbot.amounts.wording import find_change, find_rate
from corpus.readers import read_documents
from corpus.records import Answer, Asker, Document, PageStart, QuestionBlock
from eval.amount_labels import place_of, read_amount_labels
from eval.amounts import score_amounts, score_codes
from eval.questions import LABEL_SPLITS, SPLITS, answers_of

DATA = Path(__file__).parent / "data"
Capture = pytest.CaptureFixture[str]


def made_of(text: str, *asked: str, topic: str = "") -> Document:
    blocks = tuple(QuestionBlock((Asker("A"),), block, 1, 1) for block in asked)
    starts = (PageStart(0, 1),)
    answer = Answer("x-1", "x", topic, (Asker("A"),), blocks, (), text, starts, (), (), ())
    return Document("x", "X", "", None, "", "", (), (answer,))


def years(text: str, topic: str = "") -> list[int | None]:
    return [line.year for line in build_amounts([made_of(text, topic=topic)])]


def kinds(text: str, *asked: str) -> list[str]:
    document = made_of(text, *asked)
    return [c.kind for c in find_conflicts([document], build_amounts([document]))]


def run_json(capsys: Capture, *arguments: str) -> Any:
    assert cli.main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_every_label_stands_in_the_source_on_its_page(appendix: Document) -> None:
    answers = {answer.answer_id: answer for answer in appendix.answers}
    pages = {p.number: "".join("".join(p.lines).split()) for p in appendix.pages}
    for label in (label for split in SPLITS for label in read_amount_labels(split)):
        assert place_of(label, answers[label.answer_id]) is not None, label
        assert "".join(label.raw.split()) in pages[label.page], label


@pytest.mark.parametrize("split", ["second", "third"])
def test_every_label_of_the_fictitious_appendices_stands_in_them(split: str) -> None:
    answers = {answer.answer_id: answer for answer in answers_of(split)}
    for label in read_amount_labels(split):
        place = place_of(label, answers[label.answer_id])
        assert place is not None, label
        assert label.is_question or answers[label.answer_id].page_at(place[1]) == label.page


@pytest.mark.parametrize("split", LABEL_SPLITS)
def test_amounts_reach_the_bounds_of_the_issue(split: str) -> None:
    scores = score_amounts(split)
    assert min(scores.precision, scores.recall) >= 0.97
    assert (scores.right_value, scores.right_page) == (1.0, 1.0)


def test_all_codes_are_found_and_no_conflict_is_a_false_alarm() -> None:
    for split in ("dev", "second", "third"):
        scores = score_codes(split)
        assert (scores.code_recall, scores.code_amount_recall) == (1, 1)
        assert (scores.conflict_precision, scores.conflict_recall) == (1, 1)


def test_every_sentence_is_an_exact_slice_that_holds_its_amount(appendix: Document) -> None:
    answers = {answer.answer_id: answer for answer in appendix.answers}
    for line in build_amounts([appendix]):
        answer = answers[line.answer_id]
        text = answer.text if line.block is None else answer.question_blocks[line.block].text
        assert line.sentence in text
        assert line.raw in line.sentence
        assert text[line.start : line.end] == line.raw


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2019 waren er 5 dossiers, in 2020 7 dossiers.", [2019, 2020]),
        ("Er waren 5 dossiers in 2019 en 7 dossiers in 2020.", [2019, 2020]),
        ("In 2022 ging 12 euro uit. Daarvan ging 3 euro naar hen.", [2022, 2022]),
        ("Het budget stijgt in 2023 met 4 miljoen euro tegenover 2022.", [2023]),
        ("Het kostte 10 euro in 2020, tegenover 8 euro in 2019.", [2020, 2019]),
        ("In 2022 gaven wij:\n- Gent: 5 euro\n- Aalst: 7 euro", [2022, 2022]),
        ("Sinds 2018 bestaat dit. De premie bedraagt 500 euro.", [None]),
        ("In 2022 ging 12 euro uit. De boete bedraagt 3 euro.", [2022, None]),
        ("In 2022 stopten er 40 cursussen. Van die 40 gingen er 9 door.", [2022, 2022, 2022]),
        ("In 2022 ging 12 euro uit. Dat is 3 euro per maand.", [2022, None]),
        ("In 2022 stopten er 40 cursussen. Daarvan lopen er nu nog 9 cursussen.", [2022, None]),
        ("De premie van 500 euro blijft tot eind 2024 bestaan.", [None]),
        ("Voor 2021 en 2022 wordt 5 miljoen euro uitgetrokken.", [None]),
        ("Het decreet van 12 juli 2013 bepaalt een premie van 500 euro.", [None]),
        ("Het budget daalt met 5 euro ten opzichte van BA 2020.", [None]),
    ],
)
def test_a_year_is_the_one_that_the_text_gives_and_never_a_guess(
    text: str, expected: list[int | None]
) -> None:
    assert years(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dat kost 11.000 euro. Bedoelt u 11.000 keuro?", ["eenheid"]),
        ("Uitgaven:\n- A: 5.000 euro\n- B: 7.000 euro\nTotaal: 12.500 euro", ["som"]),
        ("Uitgaven:\n- A: 5.000 euro\n- B: 7.500 euro\nTotaal: 12.500 euro", []),
        ("Er waren 500 aanvragen, waarvan 620 goedgekeurd.", ["deel"]),
        ("Van 100 dossiers naar 150 dossiers, een stijging van 80%.", ["percentage"]),
        ("Van 100 dossiers naar 150 dossiers, een stijging van 50%.", []),
        ("Het budget voor de lokale regierol bedraagt 2,225 miljoen euro.\n"
         "Het budget voor de lokale regierol bedraagt 2,250 miljoen euro.", ["waarde"]),
        ("Het budget voor de lokale regierol bedraagt 2.225.000 euro.\n"
         "Het budget voor de lokale regierol bedraagt 2,2 miljoen euro.", []),
        ("In kwartaal 1 kreeg de dienst 20 dossiers voor de premie.\n"
         "In kwartaal 2 kreeg de dienst 30 dossiers voor de premie.", []),
    ],
)  # fmt: skip
def test_conflicts_are_flagged_and_rounding_is_none(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize("typed", ["ESR 88.17", "esr-code 88.17", "88.17", "esr88.17"])
def test_a_code_is_found_however_it_is_typed(appendix: Document, typed: str) -> None:
    (use,) = find_codes(typed, list_codes([appendix], build_amounts([appendix])))
    assert use.code == "ESR 88.17"
    assert [answer.answer_id for answer in use.answers] == ["bbt-wse-2021-16"]
    assert [line.raw for line in use.amounts] == ["16.000 keuro", "10.000 keuro"]


def test_a_second_appendix_and_a_jsonl_source_are_read_alike() -> None:
    first = build_amounts(read_documents(DATA / "bbt-mobiliteit-2023.txt"))
    told = [(line.raw, line.year, line.credit, line.page) for line in first]
    assert ("178 miljoen euro", 2023, "VAK", 4) in told
    assert ("274 kilometer", 2022, None, 1) in told
    second = build_amounts(read_documents(DATA / "kamer-vragen.jsonl"))
    assert ("41.907", "containers", 2022) in [(li.raw, li.unit, li.year) for li in second]


def test_amounts_as_json_keep_the_contract(capsys: Capture) -> None:
    lines = run_json(capsys, "amounts", "--party", "sp.a")
    saved = next(line for line in lines if line["raw"] == "4.368 keuro")
    assert (saved["value"], saved["unit"], saved["value_eur"]) == (4368, "keuro", 4_368_000)
    assert (saved["page"], saved["article_code"], saved["year"]) == (16, "JB0-1JDB2CY-IS", None)


def test_conflicts_and_codes_as_people_read_them(capsys: Capture) -> None:
    assert cli.main(["amounts", "--conflicts"]) == 0
    assert "een factor 1.000 verschil" in " ".join(capsys.readouterr().out.split())
    assert cli.main(["amounts", "--conflicts", "--party", "sp.a"]) == 0
    assert "Er zijn geen bedragen gevonden" in capsys.readouterr().out
    assert cli.main(["codes", "ZZ9"]) == 0
    assert "Geen enkele vraag of antwoord noemt de code" in capsys.readouterr().out


def test_no_cell_of_the_export_can_run_as_a_formula(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "bedragen.csv"
    assert cli.main(["amounts", "--csv", str(path)]) == 0
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig"), delimiter=";"))
    assert {"'+10.459 keuro", "22, 4 miljoen euro"} <= {row["bedrag"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "@")]
    assert cli.main(["amounts", "--csv", str(tmp_path / "x.txt")]) == 1
    assert "eindigt op .csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "raw", "change"),
    [
        ("De subsidie stijgt met 195 keuro.", "195 keuro", "stijging"),
        ("De uitgaven stegen met ongeveer 5 miljoen euro.", "5 miljoen euro", "stijging"),
        ("Dat is een daling van 9%.", "9%", "daling"),
        ("Waardoor de huur jaarlijks met 210.000 euro daalt.", "210.000 euro", "daling"),
        ("ESF: +4.000 keuro", "+4.000 keuro", "stijging"),
        ("Het saldo is –6 euro.", "–6 euro", None),
        ("Het aantal daalde van 13.900 leden in 2018 naar 12.250 leden.", "13.900 leden", None),
        ("Een stijging van 10 euro naar 12 euro.", "10 euro", None),
        ("Er is geen stijging van 5 euro.", "5 euro", None),
        ("De stijging kost 5 euro.", "5 euro", None),
        ("Het budget bedraagt 5 euro.", "5 euro", None),
    ],
)
def test_a_change_is_told_by_the_words_beside_the_amount(
    text: str, raw: str, change: str | None
) -> None:
    start = text.index(raw)
    assert find_change(text, start, start + len(raw)) == change


@pytest.mark.parametrize(
    ("text", "raw", "rate"),
    [
        ("Dat kost 730.000 euro per jaar.", "730.000 euro", "per jaar"),
        ("Slechts 15.000 euro op jaarbasis.", "15.000 euro", "op jaarbasis"),
        ("Een huurpremie van 148 euro per maand.", "148 euro", "per maand"),
        ("Een jaarlijkse bijdrage van 0,18 euro per inwoner.", "0,18 euro", "per inwoner"),
        ("De maatregel kost jaarlijks 640.000 euro.", "640.000 euro", "per jaar"),
        ("Het jaarlijkse budget van 310.000 euro.", "310.000 euro", "per jaar"),
        ("Een jaarlijkse som van 780 euro per hectare.", "780 euro", None),
        ("Dit budget van 310.000 euro geldt per jaar.", "310.000 euro", None),
        ("Er kwamen 5 dossiers per post.", "5 dossiers", None),
    ],
)
def test_a_rate_is_told_by_the_words_beside_the_amount(
    text: str, raw: str, rate: str | None
) -> None:
    start = text.index(raw)
    assert find_rate(text, start, start + len(raw)) == rate


def test_amounts_carry_their_change_and_rate(appendix: Document) -> None:
    lines = {line.raw: line for line in build_amounts([appendix])}
    assert lines["+10.459 keuro"].change == "stijging"
    assert lines["195 keuro"].change == "stijging"
    assert lines["15.000 euro"].rate == "op jaarbasis"
    assert amount_to_json(lines["84 medewerkers"])["rate"] == "per jaar"
