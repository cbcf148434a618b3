"""An index that grows part by part: it answers like one that was made at once."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import index.catalogue
import index.contents
import index.growth
import index.merging
from corpus.records import Document
from index.encoder import Encoder
from index.encoding_log import NAME, EncodingLog
from index.filters import Filters
from index.folder import read_folder
from index.search import SearchResult, search
from index.storage import Index, build_index, load_index, remove_document, renew_index

SECOND = Path(__file__).parent / "data" / "bbt-mobiliteit-2023.txt"
QUESTIONS = (
    "Hoeveel personeelsleden moet VDAB besparen tegen 2024?",
    "Waarom daalt het krediet voor de doelgroepvermindering?",
    "telewerk",
    "Welke partij vroeg naar de dienstencheques?",
    "Hoeveel zeehonden slapen er op het strand?",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an index count as large from its first passage on, and each answer be a part."""
    monkeypatch.setattr(index.growth, "SMALL", 0)
    monkeypatch.setattr(index.catalogue, "SMALL", 0)
    monkeypatch.setattr(index.growth, "PART_CHARS", 1)


@pytest.fixture
def folder(index_folder: Path, tmp_path: Path) -> Path:
    """A copy of the index of the appendix, one part."""
    return Path(shutil.copytree(index_folder, tmp_path / "index"))


@pytest.fixture
def extra(tmp_path: Path) -> Path:
    return write_answers(tmp_path / "extra.jsonl", {"x-1": "De zeehond slaapt op het strand."})


def write_answers(path: Path, texts: dict[str, str]) -> Path:
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def number_lines() -> Iterator[tuple[str, str]]:
    """Yield the first hundred lines of the second appendix, each with an id."""
    lines = [line.strip() for line in SECOND.read_text("utf-8").splitlines() if line.strip()]
    yield from ((f"regel-{number}", line) for number, line in enumerate(lines[:100]))


def found(index: Index, **options: object) -> list[tuple[object, ...]]:
    """Return the five hits of each question, with quote and page, and how sure each reply is."""
    results: list[SearchResult] = [search(index, question, **options) for question in QUESTIONS]  # type: ignore[arg-type]
    return [
        (hit.passage, hit.quote, hit.quote_page, hit.score, round(result.confidence, 4))
        for result in results
        for hit in result.hits
    ]


def count_parts(folder: Path) -> int:
    return sum(name.startswith("answers.jsonl") for name in read_folder(folder).files)


@pytest.mark.usefixtures("_large")
def test_an_index_in_parts_finds_what_one_made_at_once_finds(
    folder: Path, extra: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index([SECOND, extra], folder, encoder)
    grown = load_index(folder, encoder)
    assert count_parts(folder) == 3
    monkeypatch.undo()
    build_index([extra], folder, encoder)
    at_once = load_index(folder, encoder)
    assert count_parts(folder) == 1
    assert tuple(grown.documents) == at_once.documents
    assert tuple(grown.answers) == at_once.answers
    assert tuple(grown.passages) == at_once.passages
    for ours, theirs in zip(found(grown)[::5], found(at_once)[::5], strict=True):
        assert ours[:3] == theirs[:3]


@pytest.mark.usefixtures("_large")
def test_merged_parts_find_the_same_with_the_same_scores(
    folder: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index([SECOND], folder, encoder)
    in_parts = load_index(folder, encoder)
    before = found(in_parts)
    monkeypatch.setattr(index.merging, "MOST_PARTS", 0)
    build_index([SECOND], folder, encoder)
    merged = load_index(folder, encoder)
    assert count_parts(folder) == 1
    assert found(merged) == before
    assert tuple(merged.documents) == tuple(in_parts.documents)
    assert {k: dict(v) for k, v in merged.facets.items()}.keys() == in_parts.facets.keys()
    for kind, names in in_parts.facets.items():
        assert names.keys() == merged.facets[kind].keys()
        for name, rows in names.items():
            assert rows.tolist() == merged.facets[kind][name].tolist()


@pytest.mark.usefixtures("_large")
def test_many_vectors_are_put_in_clusters_and_find_the_same(
    folder: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index([SECOND], folder, encoder)
    before = found(load_index(folder, encoder))
    monkeypatch.setattr(index.merging, "FLAT_LIMIT", 50)
    build_index([SECOND], folder, encoder)
    opened = load_index(folder, encoder)
    assert [part.is_flat for part in opened.vectors.parts] == [False]
    assert [hit[:3] for hit in found(opened)[::5]] == [hit[:3] for hit in before[::5]]
    hits = search(opened, "Hoeveel?", 5, Filters(documents=("bbt-mobiliteit-2023",))).hits
    assert {hit.document.document_id for hit in hits} == {"bbt-mobiliteit-2023"}


@pytest.mark.usefixtures("_large")
def test_a_part_is_added_without_writing_the_others_again(
    folder: Path, extra: Path, encoder: Encoder
) -> None:
    before = {path.name: path.stat().st_ino for path in folder.glob("generation-*/*")}
    report = build_index([extra], folder, encoder)
    after = {path.name: path.stat().st_ino for path in folder.glob("generation-*/*")}
    assert (report.documents, report.answers, report.embedded) == (2, 33, 1)
    assert before.items() < after.items()
    assert {name.rpartition(".")[2] for name in after.keys() - before.keys()} == {"1"}


@pytest.mark.usefixtures("_large")
def test_a_replaced_document_is_nowhere_any_more(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    source = tmp_path / "dieren.jsonl"
    seal = {"id": "a", "text": "De zeehond slaapt. Het regent.", "topic": "Zeehonden"}
    source.write_text(json.dumps(seal), "utf-8")
    build_index([source], folder, encoder)
    source.write_text(json.dumps({**seal, "text": "De otter eet. Het regent."}), "utf-8")
    report = build_index([source], folder, encoder)
    assert (report.documents, report.answers) == (2, 33)
    assert report.embedded == 2  # the passage and its first sentence; the second is lent
    opened = load_index(folder, encoder)
    assert [document.document_id for document in opened.documents] == ["bbt-wse-2021", "dieren"]
    assert report.passages == len(opened.passages) - 1 == len(opened.live)  # type: ignore[arg-type]
    hits = search(opened, "zeehond", k=100).hits
    assert not any("zeehond" in hit.passage.text for hit in hits)
    (hit,) = search(opened, "regent het?", filters=Filters(documents=("dieren",))).hits
    assert hit.passage.text == "De otter eet. Het regent."


@pytest.mark.usefixtures("_large")
def test_a_large_part_is_not_read_for_the_sake_of_a_few_vectors(
    folder: Path, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_answers(tmp_path / "dieren.jsonl", {"a": "De zeehond slaapt. Het regent."})
    build_index([source], folder, encoder)
    monkeypatch.setattr(index.contents, "READ_PER_ENCODED", 0)
    write_answers(source, {"a": "De otter eet. Het regent."})
    assert build_index([source], folder, encoder).embedded == 3  # the passage and both sentences
    hits = search(load_index(folder, encoder), "regent het?", k=100).hits
    assert [hit.passage.text for hit in hits if "regent" in hit.passage.text] == [
        "De otter eet. Het regent."
    ]


@pytest.mark.usefixtures("_large")
def test_a_removed_document_is_gone_and_its_filter_too(
    folder: Path, extra: Path, encoder: Encoder, appendix: Document
) -> None:
    build_index([extra], folder, encoder)
    remove_document("extra", folder, encoder)
    opened = load_index(folder, encoder)
    assert tuple(opened.documents) == (appendix,)
    assert "extra" not in opened.documents_by_id
    assert "extra" not in opened.facets["documents"]
    assert not any(hit.answer.answer_id == "x-1" for hit in search(opened, "zeehond", 100).hits)
    with pytest.raises(ValueError, match="is the last document of the index"):
        remove_document("bbt-wse-2021", folder, encoder)


@pytest.mark.usefixtures("_large")
def test_a_large_index_made_with_another_model_is_encoded_anew(
    tmp_path: Path, folder: Path, extra: Path, encoder: Encoder
) -> None:
    other = Encoder.load(None, "query: ", "passage: ")
    source = write_answers(tmp_path / "dieren.jsonl", {"y": "De otter eet."})
    build_index([source], tmp_path / "other", other)
    report = build_index([extra], tmp_path / "other", encoder)
    assert report.embedded == 2
    folder = tmp_path / "other"
    assert len(load_index(folder, encoder).documents) == 2


@pytest.mark.usefixtures("_large")
def test_a_large_index_is_made_again_document_by_document_and_encodes_nothing(
    folder: Path, extra: Path, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index([extra], folder, encoder)
    write_answers(extra, {"x-1": "De zeehond slaapt op het strand.", "x-2": "Het regent."})
    build_index([extra], folder, encoder)
    before = found(load_index(folder, encoder))
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(index.contents, "lexical_context", lambda *_: "nieuwewoordvorm")
    renew_index(folder, encoder, lambda *counts: told.append(counts))
    renewed = load_index(folder, encoder)
    assert told == []
    assert count_parts(folder) == 2
    assert renewed.live is None
    assert len(renewed.lexical.read_query("nieuwewoordvorm")[0].matches) == 1
    monkeypatch.undo()
    renew_index(folder, encoder)
    assert count_parts(folder) == 1
    assert [hit[:3] for hit in found(load_index(folder, encoder))[::5]] == [
        hit[:3] for hit in before[::5]
    ]


@pytest.mark.usefixtures("_large")
def test_a_large_index_is_made_again_with_newer_documents_in_their_places(
    folder: Path, extra: Path, tmp_path: Path, encoder: Encoder
) -> None:
    build_index([extra], folder, encoder)
    newer = write_answers(tmp_path / "bbt-wse-2021.jsonl", {"n-1": "De otter eet."})
    other = write_answers(tmp_path / "ander.jsonl", {"o-1": "De bever bouwt."})
    renew_index(folder, encoder, sources=[newer, other])
    opened = load_index(folder, encoder)
    assert [answer.answer_id for answer in opened.answers] == ["n-1", "x-1", "o-1"]
    assert search(opened, "Wat eet de otter?").hits[0].passage.text == "De otter eet."


def test_the_documents_of_a_large_index_are_read_when_looked_at(
    folder: Path, appendix: Document, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.catalogue, "SMALL", 0)
    opened = load_index(folder, encoder)
    assert not isinstance(opened.answers, tuple)
    assert tuple(opened.answers) == tuple(appendix.answers)
    assert tuple(opened.answers[-2:]) == tuple(appendix.answers[-2:])
    assert opened.answers_by_key["bbt-wse-2021", appendix.answers[4].answer_id].page_start
    assert opened.documents_by_id.get("geen") is None
    with pytest.raises(KeyError):
        opened.answers_by_key["bbt-wse-2021", "geen"]
    with pytest.raises(IndexError):
        opened.answers[32]


def test_a_build_that_is_broken_off_goes_on_where_it_was(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.encoding_log.BEGINS_AT", 1)
    monkeypatch.setattr("index.embedding_cache.STEP", 16)
    folder, done = tmp_path / "index", []
    source = write_answers(tmp_path / "bron.jsonl", dict(number_lines()))

    def break_off(count: int, total: int) -> None:
        done.append(count)
        if 64 <= count < total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index([source], folder, encoder, break_off)
    assert done == [16, 32, 48, 64]
    with (folder / NAME).open("ab") as file:
        file.write(b"half a record")
    report = build_index([source], folder, encoder)
    whole = build_index([source], tmp_path / "other", encoder)
    assert report.embedded == whole.embedded - 64
    assert not (folder / NAME).exists()
    again, other = load_index(folder, encoder).sentences, load_index(tmp_path / "other").sentences
    np.testing.assert_array_equal(again.vectors.arrays[0], other.vectors.arrays[0])
    np.testing.assert_array_equal(again.codes.arrays[0], other.codes.arrays[0])


@pytest.mark.parametrize("torn", [bytes(64), b"\1", (8).to_bytes(8, "little") + bytes(40)])
def test_what_a_power_cut_left_of_a_log_is_passed_over(
    torn: bytes, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.encoding_log.BEGINS_AT", 1)
    one, other = ([bytes([number]) * 32] for number in (1, 2))
    vector = np.ones((1, encoder.dimension), np.float32)
    EncodingLog(tmp_path, encoder).append(one, vector, None)
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes() + torn)
    assert [keys.tolist() for keys, _, _ in EncodingLog(tmp_path, encoder).read()] == [[[1] * 32]]
    EncodingLog(tmp_path, encoder).append(other, vector, None)
    kept = [bytes(keys) for keys, _, _ in EncodingLog(tmp_path, encoder).read()]
    assert kept == [*one, *other]


def test_a_log_of_zeros_does_not_stop_a_build(tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / NAME).write_bytes(EncodingLog(tmp_path, encoder)._head + bytes(64))
    source = write_answers(tmp_path / "bron.jsonl", {"a": "De zeehond slaapt."})
    assert build_index([source], tmp_path, encoder).passages == 1
    assert not (tmp_path / NAME).exists()


def test_a_log_of_another_model_is_not_used(tmp_path: Path, encoder: Encoder) -> None:
    log = EncodingLog(tmp_path, encoder)
    log.append(
        [bytes([number % 256]) * 32 for number in range(2048)],
        np.ones((2048, encoder.dimension), np.float32),
        None,
    )
    [(keys, vectors, _)] = EncodingLog(tmp_path, encoder).read()
    assert keys.shape == (2048, 32)
    assert vectors.shape == (2048, encoder.dimension)
    other = Encoder.load(None, "query: ", "passage: ")
    assert not [*EncodingLog(tmp_path, other).read()]
