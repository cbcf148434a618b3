"""From data and a teacher to a Dutch embedding model, in four stages.

1. The student starts with a Dutch vocabulary in the teacher's space, in closed form (a
   transformer: under the teacher's own layers) (`vocabulary.py`).
2. It learns on parallel sentences to be where the English teacher is (`losses.py`).
3. It learns to bring questions and answers together, in rounds; before each round hard negatives
   are looked for, with what the model has become. What it knew from the teacher is its anchor.
4. It is written in sentence-transformers' format (`export.py`).

Every stage leaves a checkpoint in the working folder, and a run that is started again goes on from
there; so a folder belongs to one set of settings (it says which, and refuses another).
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from index.train.batches import Questions, Row, cut, draw_questions, draw_sentences
from index.train.bert import (
    PAD_ID,
    Student,
    TableModel,
    TransformerModel,
    load_teacher,
    make_transformer,
    to_batch,
)
from index.train.examples import Example, groups_of, make_examples
from index.train.export import export
from index.train.losses import anchor_loss, contrast_loss
from index.train.mining import Found, merge, mine_by_model, mine_by_words
from index.train.pairs import DataError, Parallel, read_entries, read_parallel
from index.train.settings import Settings
from index.train.steps import Plan, Report, draw, train
from index.train.teacher import embed_rows, teacher_vectors
from index.train.tokens import TokenReader, marked_reader, open_tokenizer
from index.train.vocabulary import Shares, english_tokens, fit_tokens


@dataclass(frozen=True, slots=True)
class Folders:
    """Where everything is: the data, the teacher, a tokenizer.json, and what the run makes."""

    data: Path
    teacher: Path
    tokenizer: Path
    out: Path


@dataclass(frozen=True, slots=True)
class Sentences:
    """Parallel sentences: the Dutch token ids, and the teacher's vectors, float16 (n, dim)."""

    rows: tuple[Row, ...]
    targets: Tensor


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every stage works with."""

    settings: Settings
    out: Path
    device: torch.device
    reader: TokenReader
    report: Report

    def encode(self, model: Student, rows: Sequence[Row]) -> Tensor:
        """Return unit vectors of bare rows, with gradients."""
        ids, mask = to_batch([self.reader.finish(row) for row in rows], self.device)
        return cast(Tensor, model(ids, mask))

    def embed(self, model: Student, rows: Sequence[Row], longest: int) -> NDArray[np.float32]:
        """Return unit vectors of the beginnings of bare rows, float32 (n, dimension)."""
        cut_rows = [row[:longest] for row in rows]
        places = {row: place for place, row in enumerate(dict.fromkeys(cut_rows))}
        found = embed_rows(model, [self.reader.finish(row) for row in places], self.device)
        return found[[places[row] for row in cut_rows]]


def run_recipe(
    folders: Folders, settings: Settings, device: torch.device, report: Report = print
) -> Path:
    """Make a model and return its folder, `out/model`.

    Raises:
        DataError: If the data can't be used, or `out` was made with other settings.
    """
    _claim(folders.out, settings)
    torch.manual_seed(settings.seed)
    words = open_tokenizer(folders.tokenizer)
    reader = marked_reader(words) if settings.student == "transformer" else TokenReader(words)
    shop = Workshop(settings, folders.out, device, reader, report)
    parallel = _draw_parallel(folders.data, settings)
    sentences = _ask_teacher(shop, folders.teacher, parallel[: settings.max_parallel])
    model = _start(shop, folders.teacher, parallel, sentences).to(device)
    _distil(shop, model, sentences)
    _contrast(shop, model, sentences, make_examples(read_entries(folders.data, "train")))
    export(model, words, folders.out / "model")
    return folders.out / "model"


def _claim(out: Path, settings: Settings) -> None:
    """Note the settings in the working folder, or see that they are the same."""
    out.mkdir(parents=True, exist_ok=True)
    path, text = out / "settings.json", json.dumps(asdict(settings), indent=1)
    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise DataError(f"{out} was made with other settings (see settings.json); take another")
    path.write_text(text, encoding="utf-8")


def _draw_parallel(data: Path, settings: Settings) -> tuple[Parallel, ...]:
    """Return the parallel sentences in a drawn order, of which any beginning is a fair sample."""
    pairs = read_parallel(data, settings.skipped)
    order = np.random.default_rng(settings.seed).permutation(len(pairs))
    return tuple(pairs[row] for row in order)


def _ask_teacher(shop: Workshop, teacher: Path, parallel: Sequence[Parallel]) -> Sentences:
    """Return sentences with the teacher's vectors of their English side."""
    longest = shop.settings.sentence_tokens
    shop.report(f"{len(parallel)} parallel sentences")
    english = [pair.english for pair in parallel]
    vectors = teacher_vectors(english, teacher, shop.out / "teacher", longest, shop.device)
    dutch = shop.reader.read([pair.dutch for pair in parallel])
    return Sentences(tuple(row[:longest] for row in dutch), torch.from_numpy(vectors))


def _start(
    shop: Workshop, teacher: Path, parallel: Sequence[Parallel], sentences: Sentences
) -> Student:
    """Return the student with its Dutch vocabulary, solved once and kept."""
    path = shop.out / "vocabulary.pt"
    model, english = load_teacher(teacher)
    is_table = shop.settings.student == "table"
    if not path.exists():
        shop.report("fitting the vocabulary")
        found = (
            _table_tokens(shop.reader, sentences)
            if is_table
            else _transformer_tokens(model, TokenReader(english), shop.reader, parallel)
        )
        torch.save(found, path)
    weights: Tensor = torch.load(path, weights_only=True)
    return TableModel(weights) if is_table else make_transformer(model, weights, PAD_ID)


def _table_tokens(reader: TokenReader, sentences: Sentences) -> Tensor:
    """Return token vectors whose mean is nearest the teacher's vector of each sentence."""
    count = reader.tokenizer.get_vocab_size()
    prior = torch.zeros(count, sentences.targets.shape[1])
    return fit_tokens(Shares.count(sentences.rows, count), sentences.targets.float(), prior)


def _transformer_tokens(
    teacher: TransformerModel,
    english: TokenReader,
    dutch: TokenReader,
    parallel: Sequence[Parallel],
) -> Tensor:
    """Return token vectors whose mean is nearest that of the translation's own token vectors."""
    known = english.read([pair.english for pair in parallel])
    found = dutch.read([pair.dutch for pair in parallel])
    return english_tokens(teacher, english.tokenizer, dutch.tokenizer, (known, found))


def _distil(shop: Workshop, model: Student, sentences: Sentences) -> None:
    settings = shop.settings
    plan = Plan("distil", settings.distil_steps, settings.layer_rate, settings.token_rate)

    def loss(step: int) -> Tensor:
        return _anchor(shop, model, sentences, draw(settings.seed, "distil", step))

    train(model, loss, plan, shop.out / "distil.pt", shop.report)


def _contrast(
    shop: Workshop, model: Student, sentences: Sentences, examples: Sequence[Example]
) -> None:
    settings = shop.settings
    shop.report(f"{len(examples)} questions and answers")
    easy = _by_words(shop, examples)
    for number in range(1, settings.rounds + 1):
        stage = f"contrast-{number}"
        questions = _by_model(shop, model, easy, stage) if settings.mines_by_model else easy
        rates = settings.layer_rate, settings.token_rate
        plan = Plan(stage, settings.contrast_steps, *(settings.contrast_rate * r for r in rates))

        def loss(step: int, stage: str = stage, questions: Questions = questions) -> Tensor:
            rng = draw(settings.seed, stage, step)
            asked = _ask(shop, model, questions, rng)
            return asked + settings.anchor_weight * _anchor(shop, model, sentences, rng)

        train(model, loss, plan, shop.out / f"{stage}.pt", shop.report)


def _anchor(
    shop: Workshop, model: Student, sentences: Sentences, rng: np.random.Generator
) -> Tensor:
    lengths = [len(row) for row in sentences.rows]
    chosen = draw_sentences(lengths, shop.settings.sentence_batch, rng)
    targets = sentences.targets[chosen].float().to(shop.device)
    return anchor_loss(shop.encode(model, [sentences.rows[row] for row in chosen]), targets)


def _ask(shop: Workshop, model: Student, questions: Questions, rng: np.random.Generator) -> Tensor:
    settings = shop.settings
    chosen = draw_questions(questions, settings.question_batch, rng)
    asked = [cut(questions.queries[row], settings.query_tokens, rng) for row in chosen]
    answers = [cut(questions.passages[row], settings.passage_tokens, rng) for row in chosen]
    groups = torch.tensor([questions.groups[row] for row in chosen], device=shop.device)
    return contrast_loss(shop.encode(model, asked), shop.encode(model, answers), groups)


def _by_words(shop: Workshop, examples: Sequence[Example]) -> Questions:
    """Return the examples as token ids, with the negatives that share their words."""
    queries = shop.reader.read([example.query for example in examples])
    passages = shop.reader.read([example.passage for example in examples])
    groups = groups_of(examples)
    negatives = _kept(shop.out / "words.json", lambda: mine_by_words(examples, groups))
    return Questions(queries, passages, groups, negatives)


def _by_model(shop: Workshop, model: Student, questions: Questions, stage: str) -> Questions:
    """Return the examples with the negatives that the model finds beside those they have."""

    def mine() -> Found:
        queries = shop.embed(model, questions.queries, shop.settings.query_tokens)
        passages = shop.embed(model, questions.passages, shop.settings.passage_tokens)
        return mine_by_model(queries, passages, questions.groups)

    found = _kept(shop.out / f"{stage}.json", mine)
    return replace(questions, negatives=merge(questions.negatives, found))


def _kept(path: Path, mine: Callable[[], Found]) -> Found:
    """Return negatives that were found before, or look for them now and keep them."""
    if not path.exists():
        path.write_text(json.dumps(mine()), encoding="utf-8")
    return tuple(tuple(rows) for rows in json.loads(path.read_text(encoding="utf-8")))
