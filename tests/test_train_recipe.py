"""The recipe from data to a model that the product opens, on a handful of sentences."""

import re
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load
from tiny_training import TEACHER, write_data, write_tokenizer

from index.encoder import Encoder
from index.train.cli import main

SMALL = (
    *("--sentence-batch", "4", "--question-batch", "6", "--passage-tokens", "16"),
    *("--rounds", "1", "--device", "cpu", "--threads", "1"),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tokenizer(tmp_path_factory.mktemp("tokenizer"))


def train(data: Path, tokenizer: Path, out: Path, *more: str) -> int:
    paths = ["--data", data, "--teacher", TEACHER, "--tokenizer", tokenizer, "--out", out]
    return main([*map(str, paths), *SMALL, *more])


def weights_of(out: Path) -> bytes:
    return (out / "model" / "model.safetensors").read_bytes()


@pytest.mark.parametrize("student", ["transformer", "table"])
def test_the_model_that_comes_out_is_opened_by_the_product(
    student: str, data: Path, tokenizer: Path, tmp_path: Path
) -> None:
    steps = ("--distil-steps", "30", "--contrast-steps", "10")
    assert train(data, tokenizer, tmp_path, "--student", student, *steps) == 0
    encoder = Encoder.load(str(tmp_path / "model"))
    assert encoder.dimension == 384
    texts = ["De hond slaapt in het huis.", "Dé HOND slaapt in het huis.", "Water is koud."]
    same, accented, other = encoder.encode_queries(texts)
    assert same @ accented == pytest.approx(1.0, abs=1e-5)
    teacher = Encoder.load(str(TEACHER))
    asked, cold = teacher.encode_queries(["The dog sleeps in the house.", "Water is cold."])
    assert same @ asked > same @ cold  # it is where the teacher is
    assert other @ cold > other @ asked


def test_a_run_that_was_cut_off_ends_where_it_would_have(
    data: Path, tokenizer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("--student", "table", "--distil-steps", "130", "--contrast-steps", "120")
    whole, halves = tmp_path / "whole", tmp_path / "halves"
    assert train(data, tokenizer, whole, *asked) == 0

    def cut_off(line: str) -> None:
        if "contrast-1 110" in line or "contrast-1 120" in line:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("index.train.cli.report", cut_off)
        with pytest.raises(KeyboardInterrupt):
            train(data, tokenizer, halves, *asked)
    assert not (halves / "model").exists()
    assert train(data, tokenizer, halves, *asked) == 0
    assert weights_of(whole) == weights_of(halves)


def test_another_seed_gives_another_model_in_another_folder(
    data: Path, tokenizer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--student", "table", "--distil-steps", "2", "--contrast-steps", "2")
    assert train(data, tokenizer, tmp_path / "a", *asked) == 0
    assert train(data, tokenizer, tmp_path / "b", *asked, "--seed", "1") == 0
    assert weights_of(tmp_path / "a") != weights_of(tmp_path / "b")
    assert train(data, tokenizer, tmp_path / "a", *asked, "--seed", "1") == 1
    assert "was made with other settings" in capsys.readouterr().err


def test_data_that_are_not_there_are_named(
    tokenizer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train(tmp_path, tokenizer, tmp_path / "out") == 1
    assert re.search(r"en-nl.pairs\.tsv can't be read", capsys.readouterr().err)


def test_training_brings_questions_nearer_to_their_answers(
    data: Path, tokenizer: Path, tmp_path: Path
) -> None:
    found = []
    for steps in ("0", "60"):
        asked = ("--student", "table", "--distil-steps", "0", "--contrast-steps", steps)
        assert train(data, tokenizer, tmp_path / steps, *asked, "--token-rate", "0.02") == 0
        encoder = Encoder.load(str(tmp_path / steps / "model"))
        queries = encoder.encode_queries(["Wolven", "Brood", "Scholen", "Ziekenhuizen"])
        answers = encoder.encode_passages(["roedels", "graan", "klas", "dertig"])
        found.append(np.trace(queries @ answers.T))
    assert found[1] > found[0] + 0.5


def test_a_run_goes_on_from_a_finished_model(data: Path, tokenizer: Path, tmp_path: Path) -> None:
    none = ("--distil-steps", "0", "--contrast-steps", "0")
    assert train(data, tokenizer, tmp_path / "a", "--distil-steps", "5", *none[2:]) == 0
    start = ("--start", str(tmp_path / "a" / "model"))
    assert train(data, tokenizer, tmp_path / "same", *start, *none) == 0
    first, same = (load(weights_of(tmp_path / out)) for out in ("a", "same"))
    assert all(np.array_equal(first[name], same[name]) for name in first)
    assert train(data, tokenizer, tmp_path / "on", *start, *none[:2], "--contrast-steps", "3") == 0
    assert weights_of(tmp_path / "on") != weights_of(tmp_path / "a")
    assert train(data, tokenizer, tmp_path / "on", *none[:2], "--contrast-steps", "3") == 1
