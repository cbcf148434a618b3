"""The dossier as a browser keeps it: what it stands for, its order, and what is refused."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from chatbot.basket import (
    FULL,
    MAX_ENTRIES,
    add_entry,
    basket_of,
    move_entry,
    read_entries,
    remove_entry,
)
from chatbot.checks import ChatbotError
from chatbot.dossier.items import AnswerItem, FollowUpItem, NoteItem, QuoteItem
from chatbot.findings import Findings
from chatbot.places import place_of_line, read_place
from chatbot.views.ledger import render_line
from index.storage import Index, build_index, load_index

QUOTE = {"document": "bbt-wse-2021", "answer": "bbt-wse-2021-22", "van": "0", "tot": "4"}
ANSWER = {"document": "bbt-wse-2021", "answer": "bbt-wse-2021-09"}


@pytest.fixture(scope="module")
def findings(appendix_index: Index) -> Findings:
    return Findings(appendix_index)


def test_every_kind_of_entry_becomes_its_item(findings: Findings) -> None:
    line = next(line for line in findings.ledger if line.follow_up)
    follow_up = {
        "document": line.document_id,
        "answer": line.answer_id,
        "deelvraag": line.text,
    }
    entries = [QUOTE, ANSWER, follow_up, {"nota": "Navragen."}]
    (quote, answer, again, note), alive = basket_of(findings, entries)
    assert isinstance(quote, QuoteItem)
    assert quote.answer.text[quote.start : quote.end] == "VDAB"
    assert isinstance(answer, AnswerItem)
    assert isinstance(again, FollowUpItem)
    assert again.line == line
    assert note == NoteItem("Navragen.")
    assert alive == entries


def test_the_same_entry_is_kept_once(findings: Findings) -> None:
    once = add_entry(findings, [], QUOTE)
    assert add_entry(findings, once, {**QUOTE, "iets": "anders"}) == once


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
    entries: list[dict[str, str]] = []
    for line in lines:
        html = unescape(render_line(findings.index, line))
        links = [dict(parse_qsl(link)) for link in re.findall(r'"\?([^"]+)"', html)]
        shown, kept = links[0], next(link for link in links if "deelvraag" in link)
        assert read_place(findings.index, shown) == place_of_line(line)
        entries = add_entry(findings, entries, kept)
    basket, _ = basket_of(findings, entries)
    assert [item.line for item in basket if isinstance(item, FollowUpItem)] == list(lines)


def test_entries_move_and_go(findings: Findings) -> None:
    entries = [QUOTE, ANSWER, {"nota": "x"}]
    assert move_entry(entries, 2, -1) == [QUOTE, {"nota": "x"}, ANSWER]
    assert move_entry(entries, 0, -1) == entries
    assert move_entry(entries, 2, 1) == entries
    assert remove_entry(entries, 1) == [QUOTE, {"nota": "x"}]


def test_what_stands_for_nothing_is_refused_or_left_out(findings: Findings) -> None:
    with pytest.raises(ChatbotError, match="wijst niets aan"):
        add_entry(findings, [], {"answer": "weg"})
    with pytest.raises(ChatbotError, match="Uw nota is leeg"):
        add_entry(findings, [], {"nota": " "})
    assert basket_of(findings, [{"answer": "weg"}, QUOTE])[1] == [QUOTE]
    assert read_entries("geen lijst") == []
    assert read_entries([1, {"vreemd": "x"}, QUOTE]) == [{}, QUOTE]


def test_a_dossier_has_a_limit(findings: Findings) -> None:
    full = [{"nota": str(number)} for number in range(MAX_ENTRIES)]
    with pytest.raises(ChatbotError, match=FULL):
        add_entry(findings, full, QUOTE)
