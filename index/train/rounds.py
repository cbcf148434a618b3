"""The contrastive rounds: look for hard negatives, then bring questions and answers together."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from index.train.batches import Questions, cut, draw_questions
from index.train.bert import Student
from index.train.examples import Example, groups_of
from index.train.losses import Memory, contrast_loss
from index.train.mining import Found, merge, mine_by_model, mine_by_words
from index.train.steps import Loss, Plan, draw, train
from index.train.workshop import Sentences, Workshop, anchor

Drawn = Callable[[np.random.Generator], Tensor]
"""From a source of randomness to the loss of what is drawn with it."""


def train_rounds(
    shop: Workshop, model: Student, sentences: Sentences, examples: Sequence[Example]
) -> None:
    """Train the student in rounds, each with new negatives; the model is changed in place."""
    settings = shop.settings
    shop.report(f"{len(examples)} questions and answers")
    easy = _by_words(shop, examples)
    for number in range(1, settings.rounds + 1):
        stage = f"contrast-{number}"
        questions = _by_model(shop, model, easy, stage) if settings.mines_by_model else easy
        rates = settings.layer_rate, settings.token_rate
        memory = Memory(settings.remembered, model.tokens.embedding_dim).to(shop.device)
        plan = Plan(stage, settings.contrast_steps, *(settings.contrast_rate * r for r in rates))

        asked = _asked(shop, model, questions, memory)
        loss = _anchored(shop, model, sentences, asked, stage)
        train(model, loss, plan, shop.out / f"{stage}.pt", shop.report, memory)


def _anchored(
    shop: Workshop, model: Student, sentences: Sentences, asked: Drawn, stage: str
) -> Loss:
    """Return what is asked, with the anchor beside it."""
    settings = shop.settings

    def loss(step: int) -> Tensor:
        rng = draw(settings.seed, stage, step)
        value = asked(rng)
        kept = anchor(shop, model, sentences, settings.anchor_batch, rng)
        return value + settings.anchor_weight * kept

    return loss


def _asked(shop: Workshop, model: Student, questions: Questions, memory: Memory) -> Drawn:
    """Return the loss of questions that are drawn; their answers go into the memory."""
    settings = shop.settings

    def loss(rng: np.random.Generator) -> Tensor:
        chosen = draw_questions(questions, settings.question_batch, rng)
        queries = [cut(questions.queries[row], settings.query_tokens, rng) for row in chosen]
        answers = [cut(questions.passages[row], settings.passage_tokens, rng) for row in chosen]
        groups = torch.tensor([questions.groups[row] for row in chosen], device=shop.device)
        passages = shop.encode(model, answers)
        value = contrast_loss(shop.encode(model, queries), passages, groups, memory)
        memory.add(passages, groups)
        return value

    return loss


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
