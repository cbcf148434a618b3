"""The dossier as a browser keeps it: what it stands for, its order, and what is refused; and that
its words are what was kept, whatever becomes of the documents."""

import json
import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from chatbot.basket import (
    FULL,
    MAX_ENTRIES,
    TOO_LARGE,
    add_entry,
    add_words,
    adopt_entries,
    item_of,
    items_of,
    move_entry,
    remove_entry,
)
from chatbot.checks import ChatbotError
from chatbot.dossier.content import make_sections
from chatbot.dossier.items import AnswerItem, FollowUpItem, LostItem, NoteItem, QuoteItem
from chatbot.dossier.markdown import to_markdown
from chatbot.findings import Findings
from chatbot.kept import MAX_KEPT_BYTES, Record, difference, read_records, size_of
from chatbot.places import place_of_line, read_place
from chatbot.reply import citation_text
from chatbot.views.dossier import render_lost
from chatbot.views.ledger import render_line
from index.encoder import Encoder
from index.storage import Index, build_index, load_index

QUOTE = {"document": "bbt-wse-2021", "answer": "bbt-wse-2021-22", "van": "0", "tot": "4"}
ANSWER = {"document": "bbt-wse-2021", "answer": "bbt-wse-2021-09"}
LONG = "De fietspaden langs de kanalen kosten 12 miljoen euro in 2024."

Loaded = Callable[[str, list[dict[str, Any]]], Findings]


@pytest.fixture(scope="module")
def findings(appendix_index: Index) -> Findings:
    return Findings(appendix_index)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture
def loaded(tmp_path: Path, encoder: Encoder) -> Loaded:
    """Load answers under a document's name, in place of what it was before."""

    def load(name: str, answers: list[dict[str, Any]]) -> Findings:
        source = tmp_path / f"{name}.jsonl"
        source.write_text("\n".join(map(json.dumps, answers)), encoding="utf-8")
        build_index([source], tmp_path / "index", encoder)
        return Findings(load_index(tmp_path / "index", encoder))

    return load


def kept(findings: Findings, *named: Mapping[str, str]) -> list[Record]:
    entries: list[Record] = []
    for fields in named:
        entries = add_entry(findings, entries, fields)
    return entries


def quote_of(findings: Findings, document_id: str, words: str) -> dict[str, str]:
    """Return what a link to words says."""
    for answer in findings.index.documents_by_id[document_id].answers:
        start = answer.text.find(words)
        if start >= 0:
            place = {"van": str(start), "tot": str(start + len(words))}
            return {"document": document_id, "answer": answer.answer_id, **place}
    raise AssertionError(words)


def words_of(item: object) -> str:
    assert isinstance(item, QuoteItem)
    return item.answer.text[item.start : item.end]


def answer(name: str, text: str, page: int = 1) -> dict[str, Any]:
    return {"id": name, "topic": "Fietspaden", "text": text, "page_start": page, "page_end": page}


def test_every_kind_of_entry_becomes_its_item(findings: Findings) -> None:
    line = next(line for line in findings.ledger if line.follow_up)
    follow_up = {
        "document": line.document_id,
        "answer": line.answer_id,
        "deelvraag": line.text,
    }
    entries = kept(findings, QUOTE, ANSWER, follow_up, {"nota": " Navragen. "})
    quote, whole, again, note = items_of(findings, entries)
    assert words_of(quote) == "VDAB"
    assert isinstance(whole, AnswerItem)
    assert isinstance(again, FollowUpItem)
    assert again.line == line
    assert note == NoteItem("Navragen.")


def test_every_answer_and_sub_question_is_known_again_by_its_words(findings: Findings) -> None:
    for one in findings.index.answers:
        named = {"document": one.document_id, "answer": one.answer_id}
        (item,) = items_of(findings, kept(findings, named))
        assert item == AnswerItem(findings.index.document_of(one), one)
    for line in findings.ledger:
        named = {"document": line.document_id, "answer": line.answer_id, "deelvraag": line.text}
        (item,) = items_of(findings, kept(findings, named))
        assert isinstance(item, FollowUpItem)


def test_the_same_entry_is_kept_once(findings: Findings) -> None:
    once = kept(findings, QUOTE)
    assert add_entry(findings, once, {**QUOTE, "iets": "anders"}) == once
    (again,) = kept(findings, {name: QUOTE[name] for name in QUOTE if name != "document"})
    assert again["id"] == once[0]["id"]


def test_a_sub_question_that_two_parties_put_in_the_same_words_is_each_ones_own(
    appendix_index: Index, tmp_path: Path
) -> None:
    asked = "Hoeveel bedraagt de besparing?"
    fields = {
        "id": "dubbel",
        "topic": "Besparing",
        "questions": [{"text": asked, "party": party} for party in ("Groen", "N-VA")],
        "text": "De cijfers volgen later.",
    }
    source = tmp_path / "dubbel.jsonl"
    source.write_text(json.dumps(fields), encoding="utf-8")
    build_index([source], tmp_path / "index", appendix_index.encoder)
    findings = Findings(load_index(tmp_path / "index"))
    lines = findings.ledger
    assert [line.text for line in lines] == [asked, asked]
    assert [line.start for line in lines] == [0, len(asked) + 1]
    entries: list[Record] = []
    for line in lines:
        html = unescape(render_line(findings.index, line))
        links = [dict(parse_qsl(link)) for link in re.findall(r'"\?([^"]+)"', html)]
        shown, kept = links[0], next(link for link in links if "deelvraag" in link)
        assert read_place(findings.index, shown) == place_of_line(line)
        entries = add_entry(findings, entries, kept)
    items = items_of(findings, entries)
    assert [item.line for item in items if isinstance(item, FollowUpItem)] == list(lines)


def test_entries_move_and_go(findings: Findings) -> None:
    entries = kept(findings, QUOTE, ANSWER, {"nota": "x"})
    quote, whole, note = (entry["id"] for entry in entries)
    assert [entry["plaats"] for entry in entries] == sorted(entry["plaats"] for entry in entries)
    moved = move_entry(entries, note, -1)
    assert [entry["id"] for entry in moved] == [quote, note, whole]
    assert [entry["plaats"] for entry in moved] == [entry["plaats"] for entry in entries]
    assert move_entry(entries, quote, -1) == entries
    assert move_entry(entries, note, 1) == entries
    assert move_entry(entries, "weg", 1) == entries
    assert [entry["id"] for entry in remove_entry(entries, whole)] == [quote, note]


def test_a_change_names_only_what_this_window_did(findings: Findings) -> None:
    quote, whole = entries = kept(findings, QUOTE, ANSWER)
    moved = difference(entries, move_entry(entries, whole["id"], -1))
    assert (moved["nieuw"], moved["weg"]) == ([], [])
    assert [entry["id"] for entry in moved["anders"]] == [whole["id"], quote["id"]]
    gone = difference(entries, remove_entry(entries, quote["id"]))
    assert gone == {"nieuw": [], "anders": [], "weg": [quote["id"]]}
    more = difference(entries, add_entry(findings, entries, {"nota": "x"}))
    assert ([one["nota"] for one in more["nieuw"]], more["anders"], more["weg"]) == (["x"], [], [])


def test_a_place_that_is_none_is_no_record(findings: Findings) -> None:
    (note,) = kept(findings, {"nota": "x"})
    for place in (float("inf"), float("nan"), True, -1, 2**60, 10**400, "1", None):
        assert read_records([{**note, "plaats": place}, note]) == [note]
    assert read_records([{**note, "plaats": note["plaats"] + 0.5}])


def test_what_stands_for_nothing_is_refused(findings: Findings) -> None:
    with pytest.raises(ChatbotError, match="wijst niets aan"):
        add_entry(findings, [], {"answer": "weg"})
    with pytest.raises(ChatbotError, match="Uw nota is leeg"):
        add_entry(findings, [], {"nota": " "})
    assert read_records("geen lijst") == []
    whole = {"id": "x", "plaats": 1, "nota": "y"}
    assert read_records([1, {"vreemd": "x"}, {"id": "z"}, whole]) == [whole]


def test_a_dossier_has_a_limit(findings: Findings) -> None:
    full = [{"id": str(row), "plaats": row, "nota": str(row)} for row in range(MAX_ENTRIES)]
    with pytest.raises(ChatbotError, match=FULL):
        add_entry(findings, full, QUOTE)


def test_a_dossier_is_never_larger_than_a_request(findings: Findings) -> None:
    most = MAX_KEPT_BYTES // (2 * 9_000)  # "é" takes two bytes
    notes = [{"nota": f"{row}{'é' * 9_000}"} for row in range(most + 1)]
    entries = kept(findings, *notes[:-1])
    assert size_of(entries) <= MAX_KEPT_BYTES
    with pytest.raises(ChatbotError, match=TOO_LARGE):
        add_entry(findings, entries, notes[-1])


def test_words_that_moved_are_found_at_their_new_page(loaded: Loaded) -> None:
    before = loaded("fiets", [answer("f1", LONG, page=3)])
    entries = kept(before, quote_of(before, "fiets", LONG))
    after = loaded("fiets", [answer("f0", "Iets nieuws."), answer("f1", f"Kortom. {LONG}", page=5)])
    (item,) = items_of(after, entries)
    assert words_of(item) == LONG
    assert isinstance(item, QuoteItem)
    assert "p. 5" in citation_text(item.document, item.answer, item.start, item.end)


def test_words_that_went_to_another_answer_are_found_there(loaded: Loaded) -> None:
    before = loaded("fiets", [answer("f1", LONG)])
    entries = kept(before, quote_of(before, "fiets", LONG), {"document": "fiets", "answer": "f1"})
    after = loaded("fiets", [answer("f1", "Iets heel anders."), answer("f2", LONG, page=9)])
    quote, whole = items_of(after, entries)
    assert words_of(quote) == LONG
    assert isinstance(whole, AnswerItem)
    assert whole.answer.answer_id == "f2"


@pytest.mark.parametrize(
    "text",
    [
        LONG.replace("12", "19"),  # as long: other words at the same place
        f"{LONG[:-1]}, zo bleek.",
        "Niets.",
        f"Eerst: {LONG} Daarna nog eens: {LONG} Klaar.",  # which of the two can't be told
    ],
)
def test_changed_words_are_never_quoted(loaded: Loaded, text: str) -> None:
    before = loaded("fiets", [answer("f1", LONG, page=3)])
    named = quote_of(before, "fiets", LONG), {"document": "fiets", "answer": "f1"}
    entries = kept(before, *named)
    source = "fiets, p. 3"
    after = loaded("fiets", [answer("f1", text, page=7)])
    items = items_of(after, entries)
    assert all(isinstance(item, LostItem) and item.is_loaded for item in items)
    exported = to_markdown(make_sections(items))
    assert exported.count(f"> {LONG}[^") == 2
    assert exported.count("“fiets” is veranderd") == 2
    assert f"{source}, antwoord zonder schriftelijke vraag, Fietspaden (zoals bewaard;" in exported
    assert "p. 7" not in exported
    assert "2 stukken van uw dossier staan niet" in render_lost(items)


def test_a_few_words_count_only_where_they_stood(loaded: Loaded) -> None:
    text = f"De kost is {'volgens de dienst ' * 2}12 miljoen euro{' in het jaar 2024' * 2}."
    before = loaded("fiets", [answer("f1", text)])
    entries = kept(before, quote_of(before, "fiets", "12 miljoen"))
    moved = loaded("fiets", [answer("f1", f"Dit is nieuw.\n{text} Het is 12 miljoen meer.")])
    assert words_of(item_of(moved, entries[0])) == "12 miljoen"
    other = loaded("fiets", [answer("f1", "De kost, nu 12 miljoen frank, daalt.")])
    assert isinstance(item_of(other, entries[0]), LostItem)


def test_a_sub_question_with_another_answer_is_shown_as_it_was_kept(
    findings: Findings, loaded: Loaded
) -> None:
    line = next(line for line in findings.ledger if line.evidence)
    named = {"document": line.document_id, "answer": line.answer_id, "deelvraag": line.text}
    (entry,) = kept(findings, named)
    other = loaded(line.document_id, [answer(line.answer_id, "Iets heel anders.")])
    item = item_of(other, entry)
    assert isinstance(item, LostItem)
    assert line.evidence is not None
    assert line.evidence.quote.split("\n")[0] in "\n".join(one.text for one in item.paragraphs)


def test_without_its_document_an_entry_stays_and_comes_back(
    findings: Findings, second: Index
) -> None:
    entries = kept(findings, QUOTE, ANSWER, {"nota": "x"})
    title = findings.index.documents[0].title
    elsewhere = items_of(Findings(second), entries)
    quote, whole, note = elsewhere
    assert isinstance(quote, LostItem)
    assert not quote.is_loaded
    assert isinstance(whole, LostItem)
    assert note == NoteItem("x")
    assert render_lost(elsewhere) == (
        '<p class="melding" role="status">2 stukken van uw dossier staan niet (meer) zo in de'
        f" geladen documenten en blijven bewaard; voeg “{title}” opnieuw toe onder Documenten"
        " om ze weer bij de bron te zien.</p>"
    )
    assert f"“{title}” ontbreekt" in to_markdown(make_sections(elsewhere))
    assert words_of(items_of(findings, entries)[0]) == "VDAB"


def test_what_an_earlier_version_kept_is_taken_over(findings: Findings, second: Index) -> None:
    old = [QUOTE, {"nota": "x"}, {"document": "weg", "answer": "weg-1"}, "niets"]
    entries = adopt_entries(Findings(second), old, [])
    assert [isinstance(item, LostItem) for item in items_of(Findings(second), entries)] == [
        True,
        False,
        True,
    ]
    complete = add_words(findings, entries)
    assert [one["id"] for one in complete] == [one["id"] for one in entries]
    quote, note, gone = items_of(findings, complete)
    assert words_of(quote) == "VDAB"
    assert note == NoteItem("x")
    assert isinstance(gone, LostItem)
    assert isinstance(items_of(Findings(second), complete)[0], LostItem)


def test_broken_words_of_a_browser_are_no_fault(findings: Findings) -> None:
    for broken in ("tekst", {}, {"titel": 1, "kop": "", "alineas": [["vreemd", "", ""]]}, None):
        entry = {"id": "a", "plaats": 1, **QUOTE, "bewaard": broken}
        assert isinstance(item_of(findings, entry), LostItem)
