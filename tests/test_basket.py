"""The dossier as a browser keeps it: what it stands for, its order, and what is refused."""

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
from index.storage import Index

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
