"""The contrastive stage: look for hard negatives, then bring questions and answers together.

What the student knew from the teacher is its anchor: the loss of `distil.py` goes on beside.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from index.train.batches import Questions, cut, draw_questions
from index.train.bert import Transformer
from index.train.examples import Example, groups_of
from index.train.losses import Memory, contrast_loss
from index.train.mining import Found, merge, mine_by_model, mine_by_words
from index.train.queries import fold, thin
from index.train.steps import Plan, draw, train
from index.train.taught import Taught
from index.train.tokens import Row
from index.train.workshop import Workshop, draw_taught

WARM_UP = 0.06
"""Share of the steps in which the rate grows to its highest."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions with their answers, and the token ids of the same questions, folded."""

    questions: Questions
    folded: tuple[Row, ...]


def contrast(
    shop: Workshop, model: Transformer, taught: Taught, examples: Sequence[Example]
) -> None:
    """Train the student on questions and answers; it is changed in place."""
    settings = shop.settings
    shop.report(f"{len(examples)} questions and answers")
    asked = _read(shop, model, examples)
    memory = Memory(settings.remembered, model.tokens.embedding_dim).to(shop.device)
    rate, warm_up = settings.contrast_rate, max(1, round(WARM_UP * settings.contrast_steps))
    plan = Plan("contrast", settings.contrast_steps, rate, rate * settings.token_share, warm_up)

    def loss(step: int) -> Tensor:
        rng = draw(settings.seed, plan.stage, step)
        value = _questions_loss(shop, model, asked, memory, rng)
        kept = draw_taught(shop, model, taught, settings.anchor_batch, rng)
        return value + settings.anchor_weight * kept

    train(model, loss, plan, shop.out / "contrast.pt", shop.report, memory)


def _questions_loss(
    shop: Workshop, model: Transformer, asked: Asked, memory: Memory, rng: np.random.Generator
) -> Tensor:
    """Return the loss of questions that are drawn; their answers go into the memory."""
    questions = asked.questions
    chosen = draw_questions(questions, shop.settings.question_batch, rng)
    longest = shop.settings.passage_tokens
    answers = [cut(questions.passages[row], longest, rng) for row in chosen]
    queries = [
        _draw_query(shop, asked, row, answer, rng)
        for row, answer in zip(chosen, answers, strict=True)
    ]
    groups = torch.tensor([questions.groups[row] for row in chosen], device=shop.device)
    passages = shop.encode(model, answers)
    value = contrast_loss(shop.encode(model, queries), passages, groups, memory)
    memory.add(passages, groups)
    return value


def _draw_query(
    shop: Workshop, asked: Asked, row: int, answer: Row, rng: np.random.Generator
) -> Row:
    settings = shop.settings
    texts = asked.folded if rng.random() < settings.fold_share else asked.questions.queries
    query = cut(texts[row], settings.query_tokens, rng)
    return thin(query, answer, shop.pieces, rng) if rng.random() < settings.thin_share else query


def _read(shop: Workshop, model: Transformer, examples: Sequence[Example]) -> Asked:
    """Return the examples as token ids, with the negatives that share their words and those that
    the model finds."""
    queries = shop.reader.read([example.query for example in examples])
    folded = shop.reader.read([fold(example.query) for example in examples])
    passages = shop.reader.read([example.passage for example in examples])
    groups = groups_of(examples)

    def by_model() -> Found:
        asked = shop.embed(model, queries, shop.settings.query_tokens)
        return mine_by_model(
            asked, shop.embed(model, passages, shop.settings.passage_tokens), groups
        )

    words = _kept(shop.out / "words.json", lambda: mine_by_words(examples, groups))
    negatives = merge(words, _kept(shop.out / "negatives.json", by_model))
    return Asked(Questions(queries, passages, groups, negatives), folded)


def _kept(path: Path, mine: Callable[[], Found]) -> Found:
    """Return negatives that were found before, or look for them now and keep them."""
    if not path.exists():
        path.write_text(json.dumps(mine()), encoding="utf-8")
    return tuple(tuple(rows) for rows in json.loads(path.read_text(encoding="utf-8")))
