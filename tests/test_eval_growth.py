"""The benchmark of growth, small: its documents, its vectors, and one run from end to end."""

import json
from pathlib import Path

import numpy as np
import pytest

from corpus.records import Document
from corpus.sentences import split_sentences
from eval.bench import growth
from eval.bench.growth_data import SummingEncoder, pick_sentences, write_sources
from eval.chamber import read_pairs
from index.encoder import Encoder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture
def data(tmp_path: Path, appendix: Document) -> Path:
    """A folder like the Chamber's, of the appendix's answers."""
    lines = ["doc_id\ttitle\tquestion\tanswer"]
    for answer in appendix.answers:
        lines.append(f"{answer.answer_id}\t{answer.topic}\t\t{' '.join(answer.text.split())}")
    (tmp_path / "pairs.tsv").write_text("\n".join(lines), "utf-8")
    return tmp_path


def test_real_answers_come_first_and_sentences_make_the_rest(data: Path, tmp_path: Path) -> None:
    answers = list(read_pairs(data).answers.values())
    sentences = pick_sentences(answers)
    (path,) = write_sources(answers[:3], sentences, tmp_path, 10)
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    assert len(texts) == 10
    assert [text.strip() for text in texts[:3]] == [text.strip() for text in answers[:3]]
    for text in texts[3:]:
        assert {text[start:end] for start, end in split_sentences(text)} <= set(sentences)


def test_a_text_of_known_sentences_gets_the_sum_of_their_vectors(
    data: Path, encoder: Encoder
) -> None:
    sentences = pick_sentences(list(read_pairs(data).answers.values()))[:4]
    summing = SummingEncoder(encoder, sentences)
    known, unknown = f"{sentences[0]} {sentences[1]}", "Een zeehond slaapt op het strand."
    found = summing.encode_passages([known, unknown])
    total = encoder.encode_passages(sentences[:2]).sum(axis=0)
    np.testing.assert_allclose(found[0], total / np.linalg.norm(total), atol=1e-5)
    np.testing.assert_allclose(found[1], encoder.encode_passages([unknown])[0], atol=1e-5)
    assert summing.seconds > 0


def test_a_run_measures_every_size_and_writes_it_down(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "REAL", 4)
    out, work = tmp_path / "out", tmp_path / "work"
    options = ["--data", str(data), "--out", str(out), "--work", str(work), "--sizes", "6", "30"]
    assert growth.main(options) == 0
    small, large = json.loads((out / "growth.json").read_text("utf-8"))
    assert small["answers"] == 6
    assert large["answers"] == 30
    assert large["passages"] > small["passages"] >= 7  # the document that was added too
    for row in (small, large):
        assert row["recall_dense"] == row["recall_hybrid"] == 1.0  # so few are all compared
        assert row["ask_p99_ms"] >= row["ask_p50_ms"] > 0
    text = (out / "growth.md").read_text("utf-8")
    assert f"| {large['passages']} |" in text
    assert (out / "growth.png").stat().st_size > 1000
