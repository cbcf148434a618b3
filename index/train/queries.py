"""Make queries harder, as those of users are: folded, and without the words of the answer.

A question of a document shares its words with the answer, so a model can learn to match words; that
BM25 does already. A query that lost those words must be matched by what it means.
"""

import unicodedata
from collections.abc import Sequence

import numpy as np

from index.train.tokens import WORD, Row

DROPPED = 0.5
"""Chance of a word that the passage has too to be dropped."""
FEWEST = 3
"""Words that a thinned query must keep; else it stays whole."""


def fold(text: str) -> str:
    """Return a text in lower case, without accents."""
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def thin(query: Row, passage: Row, pieces: Sequence[str], rng: np.random.Generator) -> Row:
    """Return a query without some of the words of which the passage has every piece.

    Args:
        query: Token ids without marks.
        passage: Token ids of what it is to find.
        pieces: The vocabulary; capitals, and whether a piece begins a word, make no difference.
        rng: Decides of each such word whether it goes.
    """
    there = {_bare(pieces[token]) for token in passage}
    kept = [
        word
        for word in _words(query, pieces)
        if not all(_bare(pieces[token]) in there for token in word) or rng.random() >= DROPPED
    ]
    return tuple(token for word in kept for token in word) if len(kept) >= FEWEST else query


def _words(row: Row, pieces: Sequence[str]) -> list[list[int]]:
    words: list[list[int]] = []
    for token in row:
        if pieces[token].startswith(WORD) or not words:
            words.append([])
        words[-1].append(token)
    return words


def _bare(piece: str) -> str:
    return piece.lower().strip(WORD)
