"""Rank passages for a question: dense and lexical scores of the best candidates of both, summed.

The two searches each name their best passages among the allowed rows; every candidate then gets
every score, so that no passage is punished for standing just outside the other's list. All
scores lie in [-1, 1] and compare between questions, which the confidence relies on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.lexical import Term
from index.storage import Index

CANDIDATES = 60
"""Passages that each search may name; more than any user sees, few enough to score in full."""
WEIGHTS: Mapping[str, float] = {"dense": 1.0, "sentence": 0.6, "text": 1.2, "context": 0.8}
"""Weight of each score in the sum, chosen on the dev questions (eval/fit_ranking.py)."""

Rows = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as search reads it: its unit vector, float32 (dimension,), and its words."""

    query: str
    vector: Scores
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, best first: their rows, their summed scores, and each score by its name."""

    rows: Rows
    scores: Scores
    features: Mapping[str, Scores]


def read_question(index: Index, query: str) -> Reading:
    """Encode a question and look its words up."""
    return Reading(query, index.encoder.encode_queries([query])[0], index.lexical.read_query(query))


def rank_passages(index: Index, reading: Reading, allowed: Rows | None) -> Ranking:
    """Return the candidates among the allowed rows (None: all), best first, ties by id."""
    text = index.lexical.score(reading.terms, "text")
    context = index.lexical.score(reading.terms, "context")
    dense, _ = index.vectors.search(reading.vector, CANDIDATES, allowed)
    words = _best_rows(WEIGHTS["text"] * text + WEIGHTS["context"] * context, allowed)
    rows = np.union1d(dense, words)
    features = {
        "dense": index.vectors.score(reading.vector, rows),
        "sentence": _sentence_scores(index, reading.vector, rows),
        "text": text[rows],
        "context": context[rows],
    }
    return _order(index, rows, features)


def _best_rows(scores: Scores, allowed: Rows | None) -> Rows:
    """Return the rows with the highest scores above zero, at most CANDIDATES, unordered."""
    rows = np.arange(len(scores)) if allowed is None else allowed
    rows = rows[scores[rows] > 0]
    if len(rows) <= CANDIDATES:
        return rows
    return rows[np.argpartition(-scores[rows], CANDIDATES)[:CANDIDATES]]


def _sentence_scores(index: Index, vector: Scores, rows: Sequence[int] | Rows) -> Scores:
    """Return the highest cosine of the question with a sentence of each passage."""
    best = [index.sentences.cosines(vector, int(row)).max(initial=0.0) for row in rows]
    return np.array(best, np.float32)


def _order(index: Index, rows: Rows, features: Mapping[str, Scores]) -> Ranking:
    zero = np.zeros(len(rows), np.float32)
    total = sum((np.float32(WEIGHTS[name]) * features[name] for name in WEIGHTS), zero)
    ids = [(index.passages[row].passage_id, index.passages[row].document_id) for row in rows]
    order = sorted(range(len(rows)), key=lambda i: (-total[i], ids[i]))
    picked = np.array(order, np.int64)
    return Ranking(rows[picked], total[picked], {n: f[picked] for n, f in features.items()})
