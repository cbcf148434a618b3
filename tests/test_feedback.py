"""Verdicts: kept on this computer, the last one counts, and given back as gold questions."""

import json
from pathlib import Path

import pytest
from handmade import hit_on

from chatbot.checks import ChatbotError
from chatbot.feedback import export, opinion_on, read_all, save
from chatbot.reply import Reply
from chatbot.turns import RIGHT, WRONG
from corpus.records import Document
from eval.questions import read_gold
from index.search import Filters, SearchResult


def reply_to(appendix: Document, question: str, abstained: bool = False) -> Reply:
    hits = () if abstained else (hit_on(appendix, "419 personeelsleden"),)
    return Reply(question, SearchResult(question, hits, 0.9, abstained), Filters())


def test_the_last_verdict_on_a_reply_counts(appendix: Document, tmp_path: Path) -> None:
    file = tmp_path / "map" / "feedback.sqlite3"
    assert read_all(file) == ()
    reply = reply_to(appendix, "Hoeveel?")
    for verdict in (RIGHT, WRONG, RIGHT, WRONG):
        save(opinion_on(reply, (), verdict), file)
    save(opinion_on(reply, ("Wat met VDAB?",), RIGHT), file)  # another dialogue
    save(opinion_on(reply, (), WRONG), file)  # once more: it stays where it was
    assert [(one.turns, one.verdict) for one in read_all(file)] == [
        (("Hoeveel?",), WRONG),
        (("Wat met VDAB?", "Hoeveel?"), RIGHT),
    ]


def test_right_replies_become_gold_questions_that_eval_reads(
    appendix: Document, tmp_path: Path
) -> None:
    file = tmp_path / "feedback.sqlite3"
    save(opinion_on(reply_to(appendix, "Hoeveel mensen?"), (), RIGHT), file)
    save(opinion_on(reply_to(appendix, "En dan?"), ("Hoeveel mensen?",), RIGHT), file)
    save(opinion_on(reply_to(appendix, "Wie is koning?", abstained=True), (), RIGHT), file)
    save(opinion_on(reply_to(appendix, "Hoe duur?"), (), WRONG), file)
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


def test_what_cannot_be_read_or_written_is_said_in_dutch(tmp_path: Path) -> None:
    broken = tmp_path / "feedback.sqlite3"
    broken.write_text("geen database, " * 100, encoding="utf-8")
    with pytest.raises(ChatbotError, match="is geen leesbaar feedbackbestand"):
        read_all(broken)
    with pytest.raises(ChatbotError, match=r"eindigt op \.jsonl"):
        export(tmp_path / "geen", tmp_path / "uit.txt")
