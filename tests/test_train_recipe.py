"""The recipe from data to a model that the product opens, on a handful of sentences."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load
from tiny_training import WIDTH, write_data, write_teacher
from tokenizers import Tokenizer

from index.encoder import Encoder
from index.train.cli import main
from index.train.teacher import open_teacher

SMALL = (
    *("--layers", "0", "1", "3", "--distil-batch", "4", "--distil-rate", "0.002"),
    *("--device", "cpu", "--threads", "1"),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_teacher(tmp_path_factory.mktemp("teacher") / "teacher.bin")


def train(data: Path, teacher: Path, out: Path, *more: str) -> int:
    paths = ["--data", data, "--teacher", teacher, "--out", out]
    return main([*map(str, paths), *SMALL, *more])


def weights_of(out: Path) -> bytes:
    return (out / "model" / "model.safetensors").read_bytes()


def test_the_model_that_comes_out_is_opened_by_the_product(
    data: Path, teacher: Path, tmp_path: Path
) -> None:
    assert train(data, teacher, tmp_path, "--distil-steps", "60") == 0
    encoder = Encoder.load(str(tmp_path / "model"))
    assert encoder.dimension == WIDTH
    texts = ["De hond slaapt in het huis.", "Water is koud in de winter.", "brood " * 400]
    vectors = encoder.encode_passages(texts)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = [encoder.encode_queries([text])[0] for text in texts]  # <pad> is row 1, not 0
    np.testing.assert_allclose(vectors, alone, atol=1e-3)
    config = json.loads((tmp_path / "model" / "config.json").read_text())
    assert (config["num_hidden_layers"], config["pad_token_id"]) == (3, 1)
    assert {str(value.dtype) for value in load(weights_of(tmp_path)).values()} == {"float16"}


def test_the_vocabulary_is_the_teachers_less_what_no_dutch_text_holds(
    data: Path, teacher: Path, tmp_path: Path
) -> None:
    assert train(data, teacher, tmp_path, "--distil-steps", "0", "--kept-pieces", "120") == 0
    pieces = Tokenizer.from_file(str(tmp_path / "model" / "tokenizer.json")).get_vocab()
    whole = open_teacher(teacher).pieces
    assert len(pieces) == 120 < len(whole)
    assert set(pieces) < set(whole)
    assert "▁και" not in pieces
    assert sorted(pieces, key=lambda piece: pieces[piece]) == [p for p in whole if p in pieces]


def test_a_run_that_was_cut_off_ends_where_it_would_have(
    data: Path, teacher: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert train(data, teacher, whole, "--distil-steps", "130") == 0

    def cut_off(line: str) -> None:
        if line.startswith("distil 120/"):  # 100 steps were saved, 20 are lost
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("index.train.cli.report", cut_off)
        with pytest.raises(KeyboardInterrupt):
            train(data, teacher, parts, "--distil-steps", "130")
    assert not (parts / "model").exists()
    assert train(data, teacher, parts, "--distil-steps", "130") == 0
    assert weights_of(whole) == weights_of(parts)


def test_another_seed_gives_another_model_in_another_folder(
    data: Path, teacher: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(data, teacher, tmp_path / "a", "--distil-steps", "2") == 0
    assert train(data, teacher, tmp_path / "b", "--distil-steps", "2", "--seed", "1") == 0
    assert weights_of(tmp_path / "a") != weights_of(tmp_path / "b")
    assert train(data, teacher, tmp_path / "a", "--distil-steps", "2", "--seed", "1") == 1
    assert "was made with other settings" in capsys.readouterr().err


def test_data_that_are_not_there_are_named(
    data: Path, teacher: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(tmp_path, teacher, tmp_path / "out") == 1
    assert re.search("holds no questions and answers for train", capsys.readouterr().err)
    assert train(data, tmp_path / "none.bin", tmp_path / "out") == 1
    assert re.search(r"none\.bin can't be read", capsys.readouterr().err)
