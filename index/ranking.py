"""Rank passages for a question: dense and lexical scores of the best candidates of both, summed.

The two searches each name their best passages among the allowed rows; every candidate then gets
every score, so that no passage is punished for standing just outside the other's list. Lexical
scores lie in [0, 1]. A cosine is taken against the cosines of the question with passages all over
the index (a standard score), since models differ in what they call similar.

The best of them are then looked at by tokens (late interaction; Khattab and Zaharia, "ColBERT",
SIGIR 2020, section 3.1): each token of the question looks for the nearest one of the passage.

Measured on the dev questions and left out: a third ranker by character n-grams (the spelling of
words is mended before they are looked up) and reciprocal rank fusion (it forgets by how much).
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from index.arrays import Rows
from index.askers import NamedAskers
from index.contents import Index
from index.lexical_parts import FIELDS
from index.reading import Reading, Scores, Thread

CANDIDATES = 60
"""Passages that each search may name; more than any user sees, few enough to score in full."""
WEIGHTS: Mapping[str, float] = {
    "dense": 0.6,
    "text": 0.8,
    "context": 1.0,
    "sentence": 0.2,
    "asker": 0.3,
    "thread": 0.3,
}
TOKEN_WEIGHT = 0.5
"""Weight of each score in the sum, and of the tokens for the best passages. Chosen on the questions
of `eval.questions.CHOOSING` (eval/fit_ranking.py): of the weights that are about as good there,
those that also put the passages of written questions first more often."""
LEXICAL_POWER = 1.5
"""Power to which a lexical score, the share of the question's words that is held, is raised: twice
the share counts nearly three times. Whoever asks in other words than those of the answer meets some
of them by chance, in other passages; a passage that really has the words has most of them. Not in a
follow-up, whose words come from several turns (no passage needs to have all of those), nor where
there is a word or two: there the power is half their number; who types a name means that name."""
TOKEN_POOL = 20
"""Passages, the best ones, that are looked at by tokens; 40 or all of them change nothing."""

LARGE = 50_000
"""Passages from which on both searches of a question go on at once: over a million they take .72 of
the time that they take one after the other, on two cores that share what they reckon with."""

DEVIATIONS = 10
"""Standard deviations that a cosine lies above the usual ones where it counts as 1: so it is of the
size of a lexical score, and the weights are too."""
MIN_SPREAD = 0.01
"""Standard deviation of cosines that is reckoned with at least: with less the texts are all alike,
and what is left is how the processor rounds."""
TIE_DIGITS = 4
"""Decimals of a score that decide the order: equal texts differ in the sixth by rounding alone."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, best first: their rows, their summed scores, and each score by its name."""

    rows: Rows
    scores: Scores
    features: Mapping[str, Scores]


def rank_passages(index: Index, reading: Reading, allowed: Rows | None) -> Ranking:
    """Return the candidates among the allowed rows (None: all), best first, ties by id."""
    rows, cosines = _find_candidates(index, reading, allowed)
    features = {
        "dense": _standardise(cosines, index.usual.passages @ reading.vector),
        **{field: _lexical_scores(index, reading, field, rows) for field in FIELDS},
        "sentence": _best_sentences(index, reading.vector, rows),
        "asker": _asker_scores(index, reading.askers, rows),
        "thread": _thread_scores(index, reading.thread, rows),
    }
    total = add_up(features, WEIGHTS)
    pool = np.argsort(-total, kind="stable")[:TOKEN_POOL]
    features["tokens"] = np.zeros(len(rows), np.float32)
    features["tokens"][pool] = _token_scores(index, reading, rows[pool])
    total += np.float32(TOKEN_WEIGHT) * features["tokens"]
    return _order(index, rows, total, features)


def add_up(features: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
    """Return the weighted sum, float32 (n,), of the scores (n,) that have a weight."""
    parts = [np.float32(weight) * features[name] for name, weight in weights.items()]
    return np.asarray(np.sum(parts, axis=0), np.float32)


def _find_candidates(index: Index, reading: Reading, allowed: Rows | None) -> tuple[Rows, Scores]:
    """Return the best of the allowed rows by either search, ascending, and the cosine of each."""
    fields = {field: WEIGHTS[field] for field in FIELDS}
    look_up = partial(index.lexical.best_rows, reading.terms, fields, CANDIDATES, allowed)
    words = _threads().submit(look_up).result if len(index.passages) >= LARGE else look_up
    dense, cosines = index.vectors.search(reading.vector, CANDIDATES, allowed)
    others = np.setdiff1d(words(), dense)
    rows = np.concatenate([dense, others])
    cosines = np.concatenate([cosines, index.vectors.score(reading.vector, others)])
    order = np.argsort(rows)
    return rows[order], cosines[order]


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    """Return the threads in which words are looked up (not across a fork)."""
    return ThreadPoolExecutor(thread_name_prefix="words")


def _lexical_scores(index: Index, reading: Reading, field: str, rows: Rows) -> Scores:
    """Return the score of each row's words, in [0, 1]."""
    held = index.lexical.score_rows(reading.terms, field, rows)
    return np.asarray(held ** min(reading.most_power, LEXICAL_POWER), np.float32)


def _best_sentences(index: Index, vector: Scores, rows: Rows) -> Scores:
    """Return the cosine with each row's best sentence against those of usual sentences."""
    sentences, starts = index.sentences.rows_of(rows)
    best = _best_of(index.sentences.cosines(vector, sentences), starts)
    return _standardise(best, index.usual.sentences @ vector)


def _asker_scores(index: Index, named: NamedAskers, rows: Rows) -> Scores:
    """Return -1 for each row of an answer that an asker whom the question names didn't ask for,
    else 0."""
    if not named.names:
        return np.zeros(len(rows), np.float32)
    answers = (index.answer_of(index.passages[row]) for row in rows.tolist())
    return -np.array([named.miss(answer.askers) for answer in answers], np.float32)


def _thread_scores(index: Index, thread: Thread, rows: Rows) -> Scores:
    """Return for each row minus the confidence in the answer to the earlier turns where it is of
    another answer, else 0."""
    if not thread.confidence:
        return np.zeros(len(rows), np.float32)
    passages = (index.passages[row] for row in rows.tolist())
    left = [(one.document_id, one.answer_id) != thread.answer for one in passages]
    return np.float32(-thread.confidence) * np.array(left, np.float32)


def _token_scores(index: Index, reading: Reading, rows: Rows) -> Scores:
    """Return the mean over the question's tokens of the cosine with the nearest token of each row,
    not below 0, so that who isn't looked at is never above who is; 0 by a model without tokens."""
    sentences, starts = index.sentences.rows_of(rows)
    found = index.sentences.similarities(reading.tokens, sentences)
    if not len(found):
        return np.zeros(len(rows), np.float32)
    return np.asarray(np.maximum(_best_of(found, starts).mean(axis=0), 0), np.float32)


def _standardise(cosines: Scores, usual: Scores) -> Scores:
    """Return how far each cosine (n,) lies above the mean of the usual ones (m,), float32 (n,), in
    units of `DEVIATIONS` of their standard deviation; the cosines where nothing is usual (m = 0).
    """
    if not len(usual):
        return cosines
    spread = max(float(usual.std()), MIN_SPREAD)
    return np.asarray((cosines - usual.mean()) / spread / DEVIATIONS, np.float32)


def _best_of(scores: Scores, starts: Rows) -> Scores:
    """Return the highest score of each range of the last axis; every passage has at least one
    sentence."""
    if len(starts) == 1:
        return scores[..., :0]
    return np.asarray(np.maximum.reduceat(scores, starts[:-1], axis=-1), np.float32)


def _order(index: Index, rows: Rows, total: Scores, features: Mapping[str, Scores]) -> Ranking:
    rounded = np.round(total, TIE_DIGITS)
    ids = _read_tied_ids(index, rows, rounded)
    order = sorted(range(len(rows)), key=lambda place: (-rounded[place], ids.get(place, ())))
    picked = np.array(order, np.int64)
    return Ranking(rows[picked], rounded[picked], {n: f[picked] for n, f in features.items()})


def _read_tied_ids(index: Index, rows: Rows, scores: Scores) -> dict[int, tuple[str, str]]:
    """Return the ids of the passages that share their score with others, by their places."""
    _, which, counts = np.unique(scores, return_inverse=True, return_counts=True)
    tied = np.flatnonzero(counts[which] > 1)
    passages = {int(place): index.passages[int(rows[place])] for place in tied}
    return {place: (one.passage_id, one.document_id) for place, one in passages.items()}
