"""The ledger of sub-questions over the real appendix, a second one, and answers in JSONL."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chatbot import cli
from chatbot.ledger.build import build_ledger
from chatbot.ledger.kinship import are_kin
from chatbot.ledger.output import NO_LINES, ledger_lines
from chatbot.ledger.records import STATUSES, LedgerLine
from chatbot.ledger.selection import select_lines
from chatbot.ledger.wording import Form, brings, confirms, leans
from corpus.readers import read_documents
from corpus.records import Asker
from eval.ledger import labels_of, read_labels, score_ledger
from eval.questions import document_of
from index.encoder import Encoder
from index.filters import FilterError, Filters
from index.storage import Index, build_index, load_index

DATA = Path(__file__).parent / "data"

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def ledger(appendix_index: Index) -> tuple[LedgerLine, ...]:
    return build_ledger(appendix_index)


def line_on(ledger: tuple[LedgerLine, ...], words: str) -> LedgerLine:
    (line,) = [line for line in ledger if words in line.text]
    return line


def check_slices(index: Index, ledger: tuple[LedgerLine, ...]) -> None:
    """Every text and quote is an exact slice, every page that of the first character."""
    for line in ledger:
        answer = index.answers_by_key[line.document_id, line.answer_id]
        held = [q for q in answer.questions if line.text in q.text and q.askers == line.askers]
        assert line.page in {question.page for question in held}
        if line.evidence:
            quote = line.evidence
            assert quote.quote == answer.text[quote.start : quote.end]
            first, last = answer.pages_of(quote.start, quote.end)
            told = answer.has_page_positions or first == last
            assert quote.page == (first if told else 0)


def check_wholeness(ledger: tuple[LedgerLine, ...]) -> None:
    """What is open has no evidence; what isn't answered says what is missing and asks again."""
    for line in ledger:
        assert line.status in STATUSES
        assert (line.evidence is None) == (line.status == "open")
        answered = line.status == "beantwoord"
        assert bool(line.missing) != answered
        assert (line.follow_up is None) == answered


def test_lines_of_the_appendix_are_exact(
    appendix_index: Index, ledger: tuple[LedgerLine, ...]
) -> None:
    check_slices(appendix_index, ledger)
    check_wholeness(ledger)


def test_a_sentence_that_only_says_that_something_is_asked_is_no_evidence(
    ledger: tuple[LedgerLine, ...],
) -> None:
    evidence = line_on(ledger, "Aan welke uitgaven wordt het restbedrag besteed?").evidence
    assert evidence is not None
    assert evidence.quote.startswith("Het beschikbare krediet voor de RSZ")


def test_lines_of_other_sources_are_exact(second: Index) -> None:
    lines = build_ledger(second)
    check_slices(second, lines)
    check_wholeness(lines)


def test_every_question_of_every_answer_has_a_line(
    appendix_index: Index, ledger: tuple[LedgerLine, ...]
) -> None:
    for answer in appendix_index.answers:
        own = [line.text for line in ledger if line.answer_id == answer.answer_id]
        assert all(any(text in question.text for text in own) for question in answer.questions)
        assert bool(own) == bool(answer.questions)


@pytest.mark.parametrize("split", ["dev", "test"])
def test_labels_stand_in_the_source_on_their_page(appendix_index: Index, split: str) -> None:
    answers = {answer.answer_id: answer for answer in appendix_index.answers}
    for label in labels_of(split):
        answer = answers[label.answer_id]
        blocks = [b for b in answer.question_blocks if b.askers == label.askers]
        assert sum(block.text.count(label.text) for block in blocks) == 1
        assert any(b.page_start <= label.page <= b.page_end for b in blocks)
        assert bool(label.evidence) == (label.status != "open")
        for span, page in zip(label.evidence, label.pages, strict=True):
            assert answer.text.count(span) == 1
            assert answer.page_at(answer.text.index(span)) == page


@pytest.mark.parametrize("split", ["second", "third"])
def test_labels_of_the_fictitious_appendices_stand_in_them_to_the_letter(split: str) -> None:
    (document,) = read_documents(document_of(split))
    lines = " ".join(line.strip() for page in document.pages for line in page.lines)
    pages = {page.number: "".join("".join(page.lines).split()) for page in document.pages}
    whole = " ".join(lines.split())
    for label in labels_of(split):
        assert label.text in whole
        assert "".join(label.text.split())[:20] in pages[label.page]
        assert bool(label.evidence) == (label.status != "open")
        answer = next(a for a in document.answers if a.answer_id == label.answer_id)
        for span, page in zip(label.evidence, label.pages, strict=True):
            assert answer.text.count(span) == 1
            assert answer.page_at(answer.text.index(span)) == page


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("third") / "index"
    build_index([document_of("third")], folder, Encoder.load())
    return load_index(folder)


def test_open_questions_of_the_third_appendix_are_told(third: Index) -> None:
    scores = score_ledger("third", labels_of("third"), build_ledger(third), third.answers)
    assert (scores.open_f1 or 0) >= 0.8
    assert (scores.right_status or 0) >= 0.75
    assert scores.precision == scores.recall == 1.0


def test_what_is_missing_of_an_answer_is_named(third: Index) -> None:
    lines = build_ledger(third)
    hours = line_on(lines, "uren gezinszorg")
    assert (hours.status, hours.missing) == ("deels", "Het antwoord zegt niets over 2022.")
    places = line_on(lines, "nieuwe plaatsen per provincie")
    assert places.missing == "De uitsplitsing per provincie ontbreekt."


@pytest.mark.parametrize(
    ("sentence", "question", "brings_it"),
    [
        ("In 2023 kost dat 23,4 miljoen euro.", "Hoeveel begeleiders stopten?", False),
        ("Op 31 maart stopten zij.", "Hoeveel begeleiders stopten?", False),
        ("Er stopten 112 begeleiders.", "Hoeveel begeleiders stopten?", True),
        ("Er waren 4.875 aanvragen.", "Hoe lang wacht men?", False),
        ("Men wacht 14 maanden.", "Hoe lang wacht men?", True),
        ("Er waren 38 dossiers.", "Wat is de kostprijs?", False),
    ],
)
def test_a_number_is_of_the_kind_that_is_asked(
    sentence: str, question: str, brings_it: bool
) -> None:
    assert brings(Form.NUMBER, sentence, question) is brings_it


def test_words_of_one_family_are_kin() -> None:
    assert are_kin("ontwikkelt", "ontwikkeld")
    assert are_kin("leerlingenbevrag", "bevrag")
    assert not are_kin("wachttijd", "wachtlijst")
    assert not are_kin("dossier", "sier")


def test_the_splits_are_those_of_the_gold_questions() -> None:
    from eval.questions import read_gold

    for split in ("dev", "test"):
        held = {i for question in read_gold(split) for i in question.answer_ids}
        assert {label.answer_id for label in labels_of(split)} <= held


def test_the_labels_of_the_second_source_stand_in_it(second: Index) -> None:
    answers = {answer.answer_id: answer for answer in second.answers}
    for label in read_labels(DATA / "subquestions-second.jsonl"):
        answer = answers[label.answer_id]
        assert sum(block.text.count(label.text) for block in answer.question_blocks) == 1
        assert all(answer.text.count(span) == 1 for span in label.evidence)


@pytest.mark.parametrize("split", ["dev", "test"])
def test_sub_questions_are_found_to_the_letter(
    appendix_index: Index, ledger: tuple[LedgerLine, ...], split: str
) -> None:
    scores = score_ledger(split, labels_of(split), ledger, appendix_index.answers)
    assert (scores.precision or 0) >= 0.95
    assert (scores.recall or 0) >= 0.95
    assert scores.right_page == 1.0
    assert scores.right_askers == 1.0


def test_a_quote_is_judged_by_its_words_and_by_its_page(
    appendix_index: Index, ledger: tuple[LedgerLine, ...]
) -> None:
    labels = labels_of("dev")
    held = {(label.answer_id, label.text): label for label in labels if label.evidence}
    line = next(x for x in ledger if x.evidence and (x.answer_id, x.text) in held)
    label = held[line.answer_id, line.text]
    assert line.evidence is not None
    right = replace(label, evidence=(line.evidence.quote,), pages=(line.evidence.page,))
    other = next(a.text for a in appendix_index.answers if a.answer_id == line.answer_id)
    elsewhere = other[: line.evidence.start] or other[line.evidence.end :]
    apart = replace(right, evidence=(elsewhere,))
    for judged, hit, page in (
        (right, 1.0, 1.0),
        (apart, 0.0, 1.0),
        (replace(right, pages=(99,)), 1.0, 0.0),
    ):
        scores = score_ledger("dev", [judged], ledger, appendix_index.answers)
        assert (scores.evidence_hit, scores.evidence_page) == (hit, page)


def test_open_questions_of_dev_and_of_a_second_source_are_told(
    appendix_index: Index, ledger: tuple[LedgerLine, ...], second: Index
) -> None:
    dev = score_ledger("dev", labels_of("dev"), ledger, appendix_index.answers)
    labels = read_labels(DATA / "subquestions-second.jsonl")
    other = score_ledger("second", labels, build_ledger(second), second.answers)
    assert (dev.open_f1 or 0) >= 0.75
    assert (other.open_f1 or 0) >= 0.8
    assert (other.precision, other.recall) == (1.0, 1.0)


def test_the_buildings_are_open_and_their_reason_is_not(ledger: tuple[LedgerLine, ...]) -> None:
    buildings = line_on(ledger, "Over welke gebouwen")
    assert buildings.status == "open"
    assert (buildings.text, buildings.page) == ("Over welke gebouwen gaat het hier", 12)
    assert buildings.askers == (Asker("N-VA", "Axel Ronse"),)
    assert buildings.follow_up == (
        "Eerder stelde Axel Ronse (N-VA) de minister de volgende vraag over “Specifieke "
        "begrotingsvragen”: “Over welke gebouwen gaat het hier” (Bijlage 1 BBT Werk en Sociale "
        "Economie 2021, p. 12), in aansluiting op: “Er is een opbrengst van 10.455 keuro tav "
        "BO2020 door de verkoop van VDAB gebouwen in 2020”. Het schriftelijke antwoord (p. 12) "
        "gaat daar niet op in. Kan de minister dit alsnog meedelen?"
    )
    assert line_on(ledger, "waarom deze werden verkocht").status == "beantwoord"


def test_a_promise_answers_in_part(second: Index) -> None:
    line = line_on(build_ledger(second), "Hoeveel nachtvluchten")
    assert line.status == "deels"
    assert line.evidence is not None
    assert line.evidence.quote == "De cijfers over de nachtvluchten worden u later bezorgd."
    assert line.evidence.page == 5
    assert "slechts gedeeltelijk op in: een cijfer of een bedrag ontbreekt." in (
        line.follow_up or ""
    )
    assert line.missing == (
        "Het antwoord stelt dit uit of laat het in het midden; een cijfer of een bedrag ontbreekt."
    )


def test_several_askers_and_none_are_named_in_the_draft(tmp_path: Path) -> None:
    lines = [
        {"id": "a", "text": "De lucht is blauw.", "questions": ["Wie betaalt de brug?"]},
        {
            "id": "b",
            "text": "Het gras is groen. De zee is nat.",
            "questions": ["Hoeveel kost de brug over de Schelde? Wanneer opent de tunnel?"],
            "askers": ["Groen", "N-VA (Axel Ronse)"],
        },
    ]
    source = tmp_path / "vragen.jsonl"
    source.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    build_index([source], tmp_path / "index", Encoder.load())
    found = build_ledger(load_index(tmp_path / "index"))
    assert [line.text for line in found] == [
        "Wie betaalt de brug?",
        "Hoeveel kost de brug over de Schelde?",
        "Wanneer opent de tunnel?",
    ]
    assert [line.page for line in found] == [0, 0, 0]
    assert found[1].follow_up == (
        "Eerder stelden de fractie Groen en Axel Ronse (N-VA) de minister de volgende vraag: "
        "“Hoeveel kost de brug over de Schelde?” (vragen). Het schriftelijke antwoord gaat daar "
        "niet op in. Kan de minister de gevraagde cijfers alsnog bezorgen?"
    )
    drafts = [line.follow_up for line in found if line.follow_up and not line.askers]
    opening = "Eerder werd de minister de volgende vraag gesteld: “Wie betaalt de brug?”"
    assert all(draft.startswith(opening) for draft in drafts)


def test_lines_are_chosen_by_who_put_them(
    appendix_index: Index, ledger: tuple[LedgerLine, ...]
) -> None:
    chosen = select_lines(appendix_index, ledger, Filters(parties=("sp.a",)))
    assert chosen
    assert {asker.party for line in chosen for asker in line.askers} == {"SP.A"}
    shared = select_lines(appendix_index, ledger, Filters(members=("bothuyne",)))
    assert {line.answer_id for line in shared} == {"bbt-wse-2021-09"}
    open_ones = select_lines(appendix_index, ledger, Filters(), ("open",))
    assert open_ones == tuple(line for line in ledger if line.status == "open")
    with pytest.raises(FilterError, match="De partij 'XYZ' staat niet in de geladen documenten"):
        select_lines(appendix_index, ledger, Filters(parties=("XYZ",)))


def run_json(capsys: Capture, *arguments: str) -> Any:
    assert cli.main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_gives_the_contract_as_json(index_folder: Path, capsys: Capture) -> None:
    lines = run_json(capsys, "questions", "--index", str(index_folder))
    assert len(lines) == 53
    keys = {"answer_id", "party", "member", "text", "page", "status", "evidence", "follow_up"}
    assert all(keys <= line.keys() for line in lines)
    assert Counter(type(line["page"]) for line in lines) == {int: 53}
    one = next(line for line in lines if line["text"] == "Over hoeveel VTE’s gaat dit?")
    assert (one["party"], one["member"], one["page"]) == ("SP.A", None, 16)


def test_the_command_tells_people_that_it_is_to_be_checked(
    index_folder: Path, capsys: Capture
) -> None:
    arguments = ["questions", "--index", str(index_folder), "--status", "open"]
    assert cli.main(arguments) == 0
    out = capsys.readouterr().out
    assert re.match(r"Deelvragen: \d+ \(0 beantwoord, 0 deels, \d+ open\)\.", out)
    assert "OPEN (te controleren) · p. 12 · N-VA (Axel Ronse) · Specifieke begrotingsvragen" in out
    assert "Ontwerp van vervolgvraag: Eerder stelde Axel Ronse (N-VA)" in out


def test_three_who_ask_together_are_listed_as_in_running_text(
    ledger: tuple[LedgerLine, ...],
) -> None:
    line = replace(ledger[0], askers=(Asker("Groen"), Asker("N-VA"), Asker("SP.A")))
    assert "· Groen, N-VA en SP.A" in " ".join(" ".join(ledger_lines([line])).split())


def test_no_lines_is_said_in_dutch(second_folder: Path, capsys: Capture) -> None:
    topic = ["--topic", "Laadinfrastructuur", "--status", "open"]
    assert cli.main(["questions", "--index", str(second_folder), *topic]) == 0
    assert capsys.readouterr().out == f"{NO_LINES}\n"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Dat is correct opgemerkt.", True),
        ("Dit klopt inderdaad niet.", True),
        ("Neen, dat werd niet beslist.", True),
        ("Inderdaad. De kosten stijgen.", True),
        ("Dat is de reden waarom het budget daalt.", False),
        ("Nederland doet dat ook.", False),
        ("Jaarlijks stijgt dat.", False),
    ],
)
def test_an_answer_that_starts_with_yes_or_no(answer: str, expected: bool) -> None:
    assert confirms(answer) is expected


def test_a_yes_answers_the_first_question_that_wants_one(ledger: tuple[LedgerLine, ...]) -> None:
    line = line_on(ledger, "11.000 keuro ipv 11.000 euro")
    assert (line.status, line.evidence and line.evidence.page) == ("beantwoord", 14)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Over welke gebouwen gaat het hier", True),
        ("Hoe zal dat concreet worden georganiseerd?", True),
        ("Waarom?", True),
        ("Hoeveel werknemers in de sociale economie kregen een premie?", False),
    ],
)
def test_a_question_that_leans_on_the_sentence_before_it(question: str, expected: bool) -> None:
    assert leans(question) is expected
