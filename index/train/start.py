"""What needs no step: the parallel sentences, the teacher's vectors, the student's vocabulary."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from index.train.bert import (
    PAD_ID,
    Student,
    TableModel,
    TransformerModel,
    load_teacher,
    make_transformer,
)
from index.train.company import company_vectors, mend_rare, read_plain_text
from index.train.pairs import Parallel, read_entries, read_parallel
from index.train.settings import Settings
from index.train.teacher import teacher_vectors
from index.train.tokens import TokenReader
from index.train.vocabulary import Shares, english_tokens, fit_tokens
from index.train.workshop import Sentences, Workshop


def draw_parallel(data: Path, settings: Settings) -> tuple[Parallel, ...]:
    """Return the parallel sentences in a drawn order, of which any beginning is a fair sample."""
    pairs = read_parallel(data, settings.skipped)
    order = np.random.default_rng(settings.seed).permutation(len(pairs))
    return tuple(pairs[row] for row in order)


def ask_teacher(shop: Workshop, teacher: Path, parallel: Sequence[Parallel]) -> Sentences:
    """Return sentences with the teacher's vectors of their English side."""
    longest = shop.settings.sentence_tokens
    shop.report(f"{len(parallel)} parallel sentences")
    english = [pair.english for pair in parallel]
    vectors = teacher_vectors(english, teacher, shop.out / "teacher", longest, shop.device)
    dutch = shop.reader.read([pair.dutch for pair in parallel])
    return Sentences(tuple(row[:longest] for row in dutch), torch.from_numpy(vectors))


def start_student(
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
    if is_table:
        return TableModel(weights)
    return make_transformer(model, weights, PAD_ID, shop.settings.layers)


def mend_student(shop: Workshop, data: Path, model: Student, sentences: Sentences) -> None:
    """Give the tokens that the sentences hardly hold a vector from plain text, in place."""
    count = shop.reader.tokenizer.get_vocab_size()
    path = shop.out / "company.npy"
    if not path.exists():
        shop.report("reading plain text")
        entries = read_entries(data, "train")
        known = (text for e in entries for text in (e.title, e.question, e.answer))
        texts = [*read_plain_text(data), *known]
        rows = (*shop.reader.read(texts), *sentences.rows)
        np.save(path, company_vectors(rows, count, shop.settings.seed))
    seen = np.bincount([t for row in sentences.rows for t in set(row)], minlength=count)
    tokens = model.tokens.weight
    with torch.no_grad():
        tokens.copy_(mend_rare(tokens, np.load(path), seen))


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
