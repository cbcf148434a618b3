"""Verdicts: kept on this computer, the last one counts, and given back as gold questions."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from handmade import hit_on

from chatbot.checks import ChatbotError
from chatbot.feedback import export, opinion_on, read_all, save, withdraw
from chatbot.reply import Reply
from chatbot.turns import RIGHT, WRONG
from corpus.records import Document
from eval.questions import read_gold
from index.search import Filters, SearchResult

ON = ("bbt-wse-2021",)
"""The documents of the index in these tests."""


def reply_to(
    appendix: Document, question: str, abstained: bool = False, filters: Filters | None = None
) -> Reply:
    hits = () if abstained else (hit_on(appendix, "419 personeelsleden"),)
    return Reply(question, SearchResult(question, hits, 0.9, abstained), filters or Filters())


def test_the_last_verdict_on_a_reply_counts(appendix: Document, tmp_path: Path) -> None:
    file = tmp_path / "map" / "feedback.sqlite3"
    assert read_all(file) == ()
    reply = reply_to(appendix, "Hoeveel?")
    for verdict in (RIGHT, WRONG, RIGHT, WRONG):
        save(opinion_on(reply, (), ON, verdict), file)
    save(opinion_on(reply, ("Wat met VDAB?",), ON, RIGHT), file)  # another dialogue
    save(opinion_on(reply, (), ON, WRONG), file)  # once more: it stays where it was
    assert [(one.turns, one.verdict) for one in read_all(file)] == [
        (("Hoeveel?",), WRONG),
        (("Wat met VDAB?", "Hoeveel?"), RIGHT),
    ]


def test_a_verdict_that_is_withdrawn_is_forgotten(appendix: Document, tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    reply = reply_to(appendix, "Hoeveel?", filters=Filters(parties=("SP.A",)))
    withdraw(opinion_on(reply, (), ON, RIGHT), file)  # there is none yet
    save(opinion_on(reply, (), ON, RIGHT), file)
    save(opinion_on(reply_to(appendix, "Hoeveel?"), (), ON, WRONG), file)
    withdraw(opinion_on(reply, (), ON, RIGHT), file)
    assert [(one.filters, one.verdict) for one in read_all(file)] == [(Filters(), WRONG)]


def test_right_replies_become_gold_questions_that_eval_reads(
    appendix: Document, tmp_path: Path
) -> None:
    file = tmp_path / "feedback.sqlite3"
    save(opinion_on(reply_to(appendix, "Hoeveel mensen?"), (), ON, RIGHT), file)
    save(opinion_on(reply_to(appendix, "En dan?"), ("Hoeveel mensen?",), ON, RIGHT), file)
    save(opinion_on(reply_to(appendix, "Wie is koning?", abstained=True), (), ON, RIGHT), file)
    save(opinion_on(reply_to(appendix, "Hoe duur?"), (), ON, WRONG), file)
    gold, wrong, apart = export(file, tmp_path / "dev.jsonl")
    assert (gold, wrong) == (3, 1)
    plain, dialogue, absent = read_gold("dev", tmp_path)
    assert plain.turns == ("Hoeveel mensen?",)
    assert plain.answer_ids == ("bbt-wse-2021-22",)
    assert (plain.evidence, plain.pages) == (("419 personeelsleden",), (16,))
    assert dialogue.turns == ("Hoeveel mensen?", "En dan?")
    assert not absent.is_answerable
    rejected = json.loads(apart.read_text("utf-8"))
    assert rejected["turns"] == ["Hoe duur?"]
    assert rejected["rejected"]["answer_id"] == "bbt-wse-2021-22"


def test_a_verdict_given_under_a_filter_is_no_gold_question(
    appendix: Document, tmp_path: Path
) -> None:
    file = tmp_path / "feedback.sqlite3"
    groen, both = Filters(parties=("Groen",)), Filters(parties=("Vooruit", "Groen"))
    for filters in (groen, both, Filters()):
        reply = reply_to(appendix, "Hoeveel?", abstained=True, filters=filters)
        save(opinion_on(reply, (), (*ON, "tweede"), RIGHT), file)
    assert [one.filters for one in read_all(file)] == [
        groen,
        Filters(parties=("Groen", "Vooruit")),
        Filters(),
    ]
    gold, left, apart = export(file, tmp_path / "dev.jsonl")
    assert (gold, left) == (1, 2)
    assert len(read_gold("dev", tmp_path)) == 1
    assert json.loads((tmp_path / "dev.jsonl").read_text("utf-8"))["documents"] == [*ON, "tweede"]
    first, _ = map(json.loads, apart.read_text("utf-8").splitlines())
    assert first == {
        "turns": ["Hoeveel?"],
        "filters": {"parties": ["Groen"]},
        "documents": [*ON, "tweede"],
        "abstained": True,
        "accepted": {"answer_id": "", "quote": ""},
    }


def test_verdicts_of_before_filters_were_kept_are_no_gold_questions(
    appendix: Document, tmp_path: Path
) -> None:
    file = tmp_path / "feedback.sqlite3"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(
            "CREATE TABLE feedback (turns TEXT NOT NULL, abstained INTEGER NOT NULL,"
            " document_id TEXT NOT NULL, answer_id TEXT NOT NULL, quote TEXT NOT NULL,"
            " page INTEGER NOT NULL, verdict TEXT NOT NULL,"
            " PRIMARY KEY (turns, document_id, answer_id, quote))"
        )
        row = ('["Hoeveel?"]', 0, "bbt-wse-2021", "bbt-wse-2021-22", "419 personeelsleden", 16)
        database.execute("INSERT INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, RIGHT))
    save(opinion_on(reply_to(appendix, "Hoe duur?"), (), ON, RIGHT), file)
    earlier, new = read_all(file)
    assert (earlier.turns, earlier.filters, earlier.page) == (("Hoeveel?",), None, 16)
    assert (new.filters, new.documents) == (Filters(), ON)
    gold, left, apart = export(file, tmp_path / "dev.jsonl")
    assert (gold, left) == (1, 1)
    kept = json.loads(apart.read_text("utf-8"))
    assert kept["filters"] is None
    assert kept["accepted"]["quote"] == "419 personeelsleden"


def test_what_cannot_be_read_or_written_is_said_in_dutch(tmp_path: Path) -> None:
    broken = tmp_path / "feedback.sqlite3"
    broken.write_text("geen database, " * 100, encoding="utf-8")
    with pytest.raises(ChatbotError, match="is geen leesbaar feedbackbestand"):
        read_all(broken)
    with pytest.raises(ChatbotError, match=r"eindigt op \.jsonl"):
        export(tmp_path / "geen", tmp_path / "uit.txt")


def test_a_place_that_cannot_be_written_to_is_not_taken_for_a_broken_file(
    appendix: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opinion = opinion_on(reply_to(appendix, "Hoeveel?"), (), ON, RIGHT)
    kept = tmp_path / "feedback.sqlite3"
    save(opinion, kept)
    data = bytearray(kept.read_bytes())
    data[18] = 3  # the version for writing, of a later SQLite: that file can only be read
    read_only = tmp_path / "lezen.sqlite3"
    read_only.write_bytes(data)
    with pytest.raises(ChatbotError, match=r"geschreven \(daar kan alleen worden gelezen"):
        save(opinion, read_only)
    with pytest.raises(ChatbotError, match=r"geschreven \(u hebt er geen rechten voor"):
        save(opinion, tmp_path)
    with pytest.raises(ChatbotError, match=r"geschreven \(een deel van het pad is geen map"):
        save(opinion, kept / "map" / "feedback.sqlite3")

    connect = sqlite3.connect

    def connect_to_full(path: Path) -> sqlite3.Connection:
        database = connect(path)
        database.execute("PRAGMA max_page_count = 1")
        return database

    monkeypatch.setattr(sqlite3, "connect", connect_to_full)
    with pytest.raises(ChatbotError, match=r"geschreven \(de schijf is vol"):
        save(opinion, tmp_path / "vol.sqlite3")
