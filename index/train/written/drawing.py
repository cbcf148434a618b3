"""Draw what one step sees: some passages, of each one question that it answers and one that it
doesn't."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.train.written.questions import Written

OTHERS = 3
"""Sentences of a passage beside those that answer."""
WITH_TITLE = 0.5
"""Share of the passages that stand under their title: the product embeds topic and passage."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A passage, row by row: `questions` it answers, `near` ones that it doesn't (with the numbers
    of their passages, `near_owners`), `passages` whole, and sentences of each: their texts, whose
    they are, and whether they answer the question."""

    questions: tuple[str, ...]
    near: tuple[str, ...]
    near_owners: tuple[int, ...]
    passages: tuple[str, ...]
    sentences: tuple[str, ...]
    owners: tuple[int, ...]
    answers: tuple[bool, ...]


def draw_passages(written: Sequence[Written], size: int, rng: np.random.Generator) -> Drawn:
    """Draw `size` passages, or all when there are fewer."""
    chosen = [written[row] for row in rng.permutation(len(written))[:size]]
    asked = [one.answered[rng.integers(len(one.answered))] for one in chosen]
    near = [
        (row, one.unanswered[rng.integers(len(one.unanswered))])
        for row, one in enumerate(chosen)
        if one.unanswered
    ]
    sentences = [
        (one.sentences[place], row, place in question.places)
        for row, (one, question) in enumerate(zip(chosen, asked, strict=True))
        for place in _some_places(len(one.sentences), question.places, rng)
    ]
    return Drawn(
        questions=tuple(question.text for question in asked),
        near=tuple(text for _, text in near),
        near_owners=tuple(row for row, _ in near),
        passages=tuple(_whole(one, rng) for one in chosen),
        sentences=tuple(text for text, _, _ in sentences),
        owners=tuple(row for _, row, _ in sentences),
        answers=tuple(is_answer for _, _, is_answer in sentences),
    )


def _some_places(count: int, wanted: frozenset[int], rng: np.random.Generator) -> list[int]:
    return sorted(wanted.union(rng.permutation(count)[:OTHERS].tolist()))


def _whole(one: Written, rng: np.random.Generator) -> str:
    title = [one.title] if rng.random() < WITH_TITLE else []
    return "\n".join([*title, " ".join(one.sentences)])
