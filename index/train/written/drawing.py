"""Draw what one step sees: passages that are like others of them, and of each some questions that
it answers and some that it doesn't."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.arrays import Rows
from index.train.written.questions import Asked, Written

OTHERS = 3
"""Sentences of a passage beside those that answer."""
WITH_TITLE = 0.5
"""Share of the passages that stand under their title: the product embeds topic and passage."""
ANSWERED, UNANSWERED = 3, 2
"""Questions of a passage in a step. Reading a passage takes most of the time, so it pays to put
more than one to it."""
LIKE = 8
"""Passages that count as like another: those of its own answer first, then by their vectors."""
TOGETHER = 4
"""Passages that are drawn together: one, and some like it. In an appendix, too, a question is held
against answers on its own subject."""

ABOVE_ANY_COSINE = 2.0
BLOCK = 1000
"""Passages that are held against all others at once."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Questions that a passage answers, `asked`, with the numbers of their passages and of the
    sentences that answer them; `near` ones that it doesn't, with the numbers of their passages;
    `passages` whole, and `sentences` of each with the numbers of their passages."""

    asked: tuple[str, ...]
    asked_owners: tuple[int, ...]
    answers: tuple[tuple[int, ...], ...]
    near: tuple[str, ...]
    near_owners: tuple[int, ...]
    passages: tuple[str, ...]
    sentences: tuple[str, ...]
    owners: tuple[int, ...]


def find_like(vectors: Vectors, titles: Sequence[str]) -> Rows:
    """Return the rows of the LIKE passages that are most like each, but for itself, nearest first:
    int64 (n, LIKE), or fewer columns for fewer passages.

    Those under its title (none: "") stand first: in a long answer a question must find its passage
    among others on the same subject.

    Args:
        vectors: Unit vectors of the passages, float32 (n, dimension).
        titles: The title of each.
    """
    groups: dict[str, list[int]] = {}
    for row, title in enumerate(titles):
        if title:
            groups.setdefault(title, []).append(row)
    count = min(LIKE, len(vectors) - 1)
    found = np.zeros((len(vectors), count), np.int64)
    for start in range(0, len(vectors), BLOCK):
        for row, near in enumerate(vectors[start : start + BLOCK] @ vectors.T, start):
            near[groups.get(titles[row], [])] += ABOVE_ANY_COSINE
            near[row] = -np.inf
            some = np.sort(np.argpartition(-near, count - 1)[:count])
            found[row] = some[np.argsort(-near[some], kind="stable")]
    return found


def draw_passages(
    written: Sequence[Written], like: Rows, size: int, rng: np.random.Generator
) -> Drawn:
    """Draw `size` passages, or all when there are fewer; `like` says which are like each."""
    chosen = [written[row] for row in _draw_rows(like, size, rng)]
    asked = [
        (row, one.answered[number])
        for row, one in enumerate(chosen)
        for number in _some(len(one.answered), ANSWERED, rng)
    ]
    near = [
        (row, one.unanswered[number].text)
        for row, one in enumerate(chosen)
        for number in _some(len(one.unanswered), UNANSWERED, rng)
    ]
    places = [
        (row, place)
        for row, one in enumerate(chosen)
        for place in _some_places(one, [question for own, question in asked if own == row], rng)
    ]
    return Drawn(
        asked=tuple(question.text for _, question in asked),
        asked_owners=tuple(row for row, _ in asked),
        answers=tuple(
            tuple(
                number
                for number, (owner, place) in enumerate(places)
                if owner == row and place in question.places
            )
            for row, question in asked
        ),
        near=tuple(text for _, text in near),
        near_owners=tuple(row for row, _ in near),
        passages=tuple(_whole(one, rng) for one in chosen),
        sentences=tuple(chosen[row].sentences[place] for row, place in places),
        owners=tuple(row for row, _ in places),
    )


def _draw_rows(like: Rows, size: int, rng: np.random.Generator) -> list[int]:
    taken: dict[int, None] = {}
    for row in rng.permutation(len(like)).tolist():
        if row not in taken:
            free = [one for one in rng.permutation(like[row]).tolist() if one not in taken]
            taken.update(dict.fromkeys([row, *free[: TOGETHER - 1]]))
        if len(taken) >= size:
            break
    return list(taken)[:size]


def _some(total: int, count: int, rng: np.random.Generator) -> list[int]:
    return [int(place) for place in rng.permutation(total)[:count]]


def _some_places(one: Written, asked: Sequence[Asked], rng: np.random.Generator) -> list[int]:
    wanted = frozenset().union(*(question.places for question in asked))
    return sorted(wanted.union(_some(len(one.sentences), OTHERS, rng)))


def _whole(one: Written, rng: np.random.Generator) -> str:
    title = [one.title] if one.title and rng.random() < WITH_TITLE else []
    return "\n".join([*title, " ".join(one.sentences)])
