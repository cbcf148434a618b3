"""The benchmark beside peers: judging, the peers' own processes, the sample, what is written."""

import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from corpus.readers import BUNDLED_APPENDIX
from corpus.records import Document
from eval.bench import cli
from eval.bench.chamber_sample import draw_sample, write_answers
from eval.bench.findings import findings
from eval.bench.jobs import (
    Asked,
    Built,
    Job,
    Piece,
    Query,
    fastest,
    read_job,
    read_texts,
    write_json,
)
from eval.bench.judging import judge_chamber, judge_gold, queries_of
from eval.bench.measure import Measured, measure_appendix
from eval.bench.peers import BY_NAME, PEERS, Peer
from eval.bench.processes import Bench, PeerError, versions
from eval.bench.tables import cost_table, quality_table
from eval.methods import FUSED, make_methods
from eval.questions import read_gold
from eval.runs import run_method
from eval.scores import judge
from index.encoder import BUNDLED_FOLDER
from index.search import search
from index.storage import Index
from index.train.split import half_of

STAFF = Query("Hoeveel personeelsleden moet VDAB besparen tegen 2024?")
STAFF_ANSWER = "een besparing van 419 personeelsleden"
OTHERS = [peer for peer in PEERS if peer.name not in ("bijlage", "bm25s_words")]


@pytest.fixture
def job(tmp_path: Path) -> Job:
    queries = (STAFF, Query("En het personeelsplan?", "Hoeveel bespaart VDAB?"))
    source = BUNDLED_APPENDIX
    return Job("bm25s_words", source, tmp_path / "index", BUNDLED_FOLDER, queries, k=5)


def squeeze(text: str) -> str:
    return "".join(text.split())


def test_by_its_text_alone_the_product_is_judged_as_by_its_answers(
    appendix_index: Index, appendix: Document
) -> None:
    questions = read_gold("test")[:120]
    hits = [
        [
            Piece("", hit.passage.text)
            for hit in search(appendix_index, query.text, 5, context=query.context).hits
        ]
        for query in queries_of(questions)
    ]
    found = judge_gold(questions, hits, appendix)
    run = run_method(FUSED, make_methods(appendix_index)[FUSED], questions)
    by_answer = judge(questions, run, abstains=True)
    for measure, estimate in found.items():
        values = by_answer.values[measure]
        assert estimate.value == pytest.approx(np.nanmean(values)), measure


def test_raw_text_that_holds_two_answers_is_credited_with_what_it_holds_most_of(
    appendix: Document,
) -> None:
    question = next(q for q in read_gold("dev") if q.is_answerable and q.kind == "fact")
    right = next(a for a in appendix.answers if a.answer_id in question.answer_ids)
    wrong = next(a for a in appendix.answers if a.answer_id not in question.answer_ids)
    short = wrong.text.split(".")[0] + "."
    both = judge_gold([question], [[Piece("", f"{right.text}\n\n{short}")]], appendix)
    assert {m: e.value for m, e in both.items()} == dict.fromkeys(both, 1.0)
    second = judge_gold([question], [[Piece("", wrong.text), Piece("", right.text)]], appendix)
    values = {m: e.value for m, e in second.items()}
    assert values == {"Success@1": 0, "hit@5": 1, "evidence@1": 0, "evidence@5": 1}


def test_the_chambers_hits_count_for_the_answer_that_they_are_of() -> None:
    qrels = {"wolven": ("4",), "treinen": ("1", "3")}
    wolves = [Piece("2", "a"), Piece("2", "b"), Piece("4", "c")]
    trains = [Piece("3", "d"), Piece("2", "e")]
    found = judge_chamber(qrels, [wolves, trains])
    # Pieces of one answer count once: wolves second (1/2), trains first (1), one of two at 1.
    assert found["RR@10"].value == pytest.approx(0.75)
    assert found["R@1"].value == pytest.approx((0 + 0.5) / 2)
    assert found["R@10"].value == pytest.approx((1 + 0.5) / 2)


def test_a_peer_builds_and_answers_in_processes_of_its_own(job: Job) -> None:
    bench = Bench(job.folder.parent / "bench")
    built = bench.build(job)
    asked = bench.ask(job)
    assert built.pieces == 63  # windows of the appendix, as LangChain cuts it
    assert [len(found) for found in asked.hits] == [5, 5]
    assert squeeze(STAFF_ANSWER) in squeeze("".join(piece.text for piece in asked.hits[0]))
    assert len(asked.clock_ms) == len(asked.processor_ms) == 2
    assert min(asked.clock_ms) > 0
    assert 20 < asked.peak_mib < 2000
    files = [path.stat().st_size for path in job.folder.rglob("*") if path.is_file()]
    assert built.disk_mib == pytest.approx(sum(files) / 2**20)
    assert 0.05 < bench.first_answer_s(job) < 120


def test_a_peer_gets_a_dialogue_in_one(job: Job) -> None:
    assert job.queries[1].joined == "Hoeveel bespaart VDAB? En het personeelsplan?"
    assert STAFF.joined == STAFF.text


def test_a_peer_that_fails_says_why(job: Job, tmp_path: Path) -> None:
    missing = replace(job, source=tmp_path / "none.txt")
    with pytest.raises(PeerError, match=r"bm25s_words build: .*No such file.*none\.txt"):
        Bench(tmp_path / "bench").build(missing)


def test_a_peer_without_its_package_is_told_apart() -> None:
    peer = Peer("x", "X", ("no-such-package",), False, "")
    with pytest.raises(PeerError, match=r"no-such-package.* see the extra `bench`"):
        versions(peer)


def test_a_job_reads_back_as_it_was_written(job: Job, tmp_path: Path) -> None:
    path = tmp_path / "job.json"
    write_json(job, path)
    assert read_job(path) == job


def test_of_every_query_the_fastest_round_counts() -> None:
    hits = ((Piece("1", "a"),), (Piece("2", "b"),))
    first = Asked(hits, (3.0, 8.0), (2.0, 7.0), 100.0)
    second = Asked(hits, (5.0, 4.0), (1.0, 9.0), 120.0)
    assert fastest([first, second]) == Asked(hits, (3.0, 4.0), (1.0, 7.0), 120.0)


def test_a_sample_holds_all_answers_of_its_titles_and_as_many_as_asked(tmp_path: Path) -> None:
    titles = [f"Vraag over onderwerp {number}" for number in range(40)]
    rows = [
        f"{number}\t{title}\tWaarom?\tHet antwoord {number}."
        for number, title in enumerate([*titles, *titles[:10]])
    ]
    header = "doc_id\ttitle\tquestion\tanswer"
    (tmp_path / "pairs.tsv").write_text("\n".join([header, *rows]), encoding="utf-8")
    sample = draw_sample(tmp_path, titles=5, answers=20)
    assert len(sample.qrels) == 5
    assert {half_of(title) for title in sample.qrels} == {"test"}
    assert len(sample.answers) == 20
    assert {i for ids in sample.qrels.values() for i in ids} <= sample.answers.keys()
    assert sample == draw_sample(tmp_path, titles=5, answers=20)
    write_answers(sample, tmp_path / "answers.jsonl")
    texts = {text.document_id: text.text for text in read_texts(tmp_path / "answers.jsonl")}
    assert texts == sample.answers


@pytest.fixture
def two_measured(appendix: Document) -> list[Measured]:
    """Ours without a hit, and a hybrid that takes twice the time and finds all."""
    questions = read_gold("dev")[:20]
    answers = {answer.answer_id: answer.text for answer in appendix.answers}
    texts = ["\n\n".join(answers[i] for i in question.answer_ids) for question in questions]
    bad = judge_gold(questions, [[]] * len(questions), appendix)
    good = judge_gold(questions, [[Piece("", text)] for text in texts], appendix)
    built = Built(63, clock_s=3.0, processor_s=2.5, peak_mib=900.0, disk_mib=0.44)
    asked = Asked(((),) * 3, (9.0, 10.0, 30.0), (8.0, 9.0, 10.0), 600.0)
    slower = replace(asked, processor_ms=(16.0, 18.0, 20.0))
    return [
        Measured(BY_NAME["bijlage"], built, 4.0, asked, {"test": bad}),
        Measured(BY_NAME["txtai_hybrid"], built, 3.2, slower, {"test": good}),
    ]


def test_cost_is_written_beside_ours(two_measured: list[Measured]) -> None:
    table = cost_table(two_measured, "")
    # p99 of three: the 2.98th of them, 9 + .98 * 1 for ours and 18 + .98 * 2 for the other.
    expected = ("63", "2.5", "4.00", "9.0", "10.0", "1.00", "10.0", "29.6", "600", "900", "0.4")
    assert table.rows[0] == ("Bijlage", *expected)
    assert table.rows[1][4:7] == ("18.0", "20.0", "2.00")
    assert quality_table(two_measured, "test").rows[0][1].startswith("0.000 [")


def test_where_we_lose_is_said(two_measured: list[Measured]) -> None:
    said = findings(two_measured)
    assert said[0] == (
        "Right answer first: **not ahead**, 0.000 against 1.000 of the best other, txtai hybrid."
    )
    assert said[4] == (
        "Median warm question (processor time): **ahead**, 0.50 times the cheapest other hybrid, "
        "txtai hybrid."
    )
    assert said[5].startswith("First answer of a process: **not ahead**, 1.25 times")
    assert findings(two_measured[1:]) == []


def test_one_command_writes_tables_numbers_and_plots(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert cli.main(["--out", str(out), "--rounds", "1", "--peer", "bm25s_words"]) == 0
    fields = json.loads((out / "benchmark.json").read_text(encoding="utf-8"))
    (words,) = fields["appendix"]
    asked = {split: sum(q.is_answerable for q in read_gold(split)) for split in ("dev", "test")}
    counts = {split: found["Success@1"]["count"] for split, found in words["quality"].items()}
    assert counts == asked
    text = (out / "benchmark.md").read_text(encoding="utf-8")
    assert f"| bm25s | {words['quality']['test']['Success@1']['value']:.3f} [" in text
    for name in ("benchmark-quality.png", "benchmark-latency.png"):
        assert f"({name})" in text
        assert (out / name).stat().st_size > 10_000


def test_a_peer_that_is_not_installed_is_left_out_with_the_reason(tmp_path: Path) -> None:
    if find_spec("chromadb"):
        pytest.skip("chromadb is installed here")
    peers = [BY_NAME["chroma_vectors"], BY_NAME["bm25s_words"]]
    measured, (left_out,) = measure_appendix(peers, tmp_path, rounds=1)
    assert [one.peer.name for one in measured] == ["bm25s_words"]
    assert left_out.peer.name == "chroma_vectors"
    assert "chromadb isn't installed" in left_out.reason


def test_a_folder_without_the_chambers_questions_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--out", str(tmp_path / "out"), "--data", str(tmp_path), "--peer", "bm25s_words"]
    assert cli.main(arguments) == 1
    assert "geef de map die pairs.tsv (UTF-8) bevat" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("peer", OTHERS, ids=lambda peer: peer.name)
def test_a_peer_of_the_extra_finds_the_staff_cuts(peer: Peer, job: Job) -> None:
    for module in MODULES[peer.name]:
        pytest.importorskip(module)
    bench = Bench(job.folder.parent / "bench")
    bench.build(replace(job, peer=peer.name))
    asked = bench.ask(replace(job, peer=peer.name))
    assert [len(found) for found in asked.hits] == [5, 5]
    assert squeeze(STAFF_ANSWER) in squeeze("".join(piece.text for piece in asked.hits[0]))


MODULES = {
    "langchain_vectors": ("langchain_community",),
    "langchain_hybrid": ("langchain_community", "langchain_classic", "rank_bm25"),
    "txtai_hybrid": ("txtai",),
    "llamaindex_hybrid": (
        "llama_index.core",
        "llama_index.embeddings.huggingface",
        "llama_index.retrievers.bm25",
    ),
    "haystack_hybrid": ("haystack", "haystack_integrations"),
    "chroma_vectors": ("chromadb",),
}
