"""Dutch lexical search: BM25 over stems, on a passage's own words and on its context.

Two fields share one vocabulary: the words of the passage, and those of its context (topic,
questions, askers, codes). Scores are divided by the highest that the question could get, so they
lie in [0, 1] and questions compare. A word of the question that no document holds counts in that
maximum: it is what the passage lacks.

The formula is in `index.bm25`. The best passages are found without scoring all: a word that can't
lift a passage into the best any more is only looked up for those in reach (MaxScore; Turtle and
Flood, Information Processing & Management 31(6), 1995). The result is the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from index.arrays import Rows
from index.bm25 import Scores, norm_lengths, saturate
from index.collection import Collection, lengths_of, read_collection
from index.lexical_parts import FIELDS, LexicalPart, make_part
from index.postings import Postings
from index.tally import Tally, kth_at_least, pick_best
from index.vocabulary import COMPOUND_WEIGHT, Term

SHORT_LIST = 4096
"""Passages with a stem up to which it is quicker to score them than to see if that is needed."""
KEPT_LISTS = 4096
"""Lists of passages that are kept at hand: a question looks each of its own up several times."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A stem of a question in one field, and what its BM25 is multiplied by."""

    field: str
    stem_id: int
    weight: float


class LexicalIndex:
    """Passages by their stems; rows are numbered from 0 in the order given, part after part.

    They are the whole collection, unless one is given of which they are a few. Rows that were
    dropped are never among the best.
    """

    def __init__(
        self,
        parts: Sequence[LexicalPart],
        collection: Collection | None = None,
        dropped: Rows | None = None,
    ) -> None:
        collection = collection or read_collection(parts)
        self._parts = tuple(parts)
        self._dropped = dropped
        self._starts = np.cumsum([0, *(part.count for part in parts)])
        self.count = int(self._starts[-1])
        self._collection = collection
        self.vocabulary = collection.vocabulary
        self.vocabulary.prepare()
        self._idf = collection.idf
        self._norms = {name: _norms(parts, name, collection.means[name]) for name in FIELDS}
        self._lists = lru_cache(maxsize=KEPT_LISTS)(partial(_find_lists, self._starts, self._parts))

    @classmethod
    def build(cls, texts: Sequence[str], contexts: Sequence[str]) -> "LexicalIndex":
        """Index passages by their text and their context, of equal number (0 is fine).

        Raises:
            ValueError: If the numbers differ.
        """
        return cls([make_part(texts, contexts)])

    def read_query(self, query: str) -> tuple[Term, ...]:
        """Return the content words of a question, each once, in order."""
        return self.vocabulary.read_query(query)

    def score(self, terms: Iterable[Term], field: str) -> Scores:
        """Return how well each passage matches in one field, float32 (n,) in [0, 1].

        Args:
            terms: What `read_query` gave.
            field: "text" or "context".
        """
        clauses, highest = self._read_terms(terms, {field: 1.0})
        tally = Tally(np.zeros(self.count, np.float32))
        for clause in clauses:
            self._add(clause, tally)
        return np.minimum(tally.scores / np.float32(highest), 1) if highest else tally.scores

    def score_rows(self, terms: Iterable[Term], field: str, rows: Rows) -> Scores:
        """Return how well each of `rows` matches in one field, float32 (len(rows),) in [0, 1]."""
        clauses, highest = self._read_terms(terms, {field: 1.0})
        scores = np.zeros(len(rows), np.float32)
        for clause in clauses:
            scores += self._score_clause(clause, rows)
        return np.minimum(scores / np.float32(highest), 1) if highest else scores

    def best_rows(
        self, terms: Iterable[Term], weights: Mapping[str, float], k: int, allowed: Rows | None
    ) -> Rows:
        """Return the k rows with the highest weighted sum of both fields, in no order.

        Only rows above zero, and of those allowed (ascending; None: all).

        Args:
            terms: What `read_query` gave.
            weights: What the score in each field counts.
            k: At least 1.
            allowed: The rows that may be found.
        """
        clauses, _ = self._read_terms(terms, weights)
        tally = Tally(self._nothing_yet(allowed))
        bounds = self._bounds(clauses) if self.count > SHORT_LIST else [0.0] * len(clauses)
        ordered = [clauses[place] for place in np.argsort(-np.array(bounds), kind="stable")]
        rest = np.cumsum([0.0, *sorted(bounds)])[::-1].tolist()
        number, reach = 0, None
        while reach is None:
            if number == len(ordered) or self._length(ordered[number]) > SHORT_LIST:
                reach = tally.in_reach(rest[number], k)
            if reach is None:
                self._add(ordered[number], tally)
                number += 1
        return self._finish(ordered[number:], rest[number + 1 :], tally.scores, reach, k)

    def presence(self, term: Term, rows: Rows, field: str) -> Scores:
        """Return for each of `rows` the best weight with which it holds a term, in [0, 1].

        Both halves of a compound together count as a compound that a word opens or closes.
        """
        holds = {stem_id: self._count(stem_id, field, rows) > 0 for stem_id, _ in term.matches}
        found = np.zeros(len(rows), np.float32)
        for stem_id, weight in term.matches:
            found = np.maximum(found, np.float32(weight) * holds[stem_id])
        if len(term.halves) == 2:
            first, second = (holds[stem_id] for stem_id in term.halves)
            found = np.maximum(found, np.float32(COMPOUND_WEIGHT) * (first & second))
        return found

    @property
    def parts(self) -> tuple[LexicalPart, ...]:
        """The parts, in the order of their rows."""
        return self._parts

    def weigh(
        self, terms: Iterable[Term], weights: Mapping[str, float]
    ) -> dict[tuple[str, int], float]:
        """Return by field and stem id what the saturated frequency of a stem is multiplied by, for
        a sum of both fields with these weights."""
        clauses, _ = self._read_terms(terms, weights)
        return {(clause.field, clause.stem_id): clause.weight for clause in clauses}

    def _read_terms(
        self, terms: Iterable[Term], weights: Mapping[str, float]
    ) -> tuple[list[_Clause], float]:
        """Return the clauses of a question in some fields, and the highest score of one field."""
        shares: dict[int, float] = {}
        highest = 0.0
        for term in terms:
            highest += term.rarity
            for stem_id, weight in term.matches:
                share = weight * term.at_large * term.share
                shares[stem_id] = shares.get(stem_id, 0.0) + share
        return [
            _Clause(field, stem_id, weight)
            for field, field_weight in weights.items()
            for stem_id, share in shares.items()
            if (weight := field_weight * share * float(self._idf[stem_id]))
        ], highest

    def _length(self, clause: _Clause) -> int:
        lists = self._lists(clause.stem_id, clause.field)
        return sum(int(p.starts[place + 1] - p.starts[place]) for _, p, place in lists)

    def _bounds(self, clauses: Iterable[_Clause]) -> list[float]:
        """Return the most that each clause adds to any row."""
        return [clause.weight * self._most(clause) for clause in clauses]

    def _most(self, clause: _Clause) -> float:
        """Return the most that the frequency of a stem counts in any row, in [0, 1)."""
        mean = self._norms[clause.field].mean
        return max(
            (
                float(saturate(p.most[place], norm_lengths(p.shortest[place], mean)))
                for _, p, place in self._lists(clause.stem_id, clause.field)
            ),
            default=0.0,
        )

    def _add(self, clause: _Clause, tally: Tally) -> None:
        """Add what a clause gives to the scores of all rows."""
        for start, postings, place in self._lists(clause.stem_id, clause.field):
            found = postings.slice_of(place)
            rows = postings.rows[found].astype(np.int64) + start
            norms = self._norms[clause.field].values[rows]
            tally.add(rows, np.float32(clause.weight) * saturate(postings.counts[found], norms))

    def _score_clause(self, clause: _Clause, rows: Rows) -> Scores:
        counts = self._count(clause.stem_id, clause.field, rows)
        norms = self._norms[clause.field].values[rows]
        return np.float32(clause.weight) * saturate(counts, norms)

    def _count(self, stem_id: int, field: str, rows: Rows) -> NDArray[np.uint8]:
        """Return how often each of `rows` holds a stem in a field."""
        counts = np.zeros(len(rows), np.uint8)
        for start, postings, place in self._lists(stem_id, field):
            inside = (rows >= start) & (rows < start + len(postings.lengths))
            counts[inside] = postings.count_in(place, rows[inside] - start)
        return counts

    def _nothing_yet(self, allowed: Rows | None) -> Scores:
        """Return the scores before any word: 0, and of rows that may not be found -inf, which it
        stays whatever is added."""
        if allowed is None:
            scores = np.zeros(self.count, np.float32)
        else:
            scores = np.full(self.count, -np.inf, np.float32)
            scores[allowed] = 0
        if self._dropped is not None:
            scores[self._dropped] = -np.inf
        return scores

    def _finish(
        self,
        clauses: Sequence[_Clause],
        rest: Sequence[float],
        scores: Scores,
        reach: Rows,
        k: int,
    ) -> Rows:
        """Add the clauses that are left to the rows in reach, and return the k best. `rest` is the
        most that those after each clause add: who can't be among the best any more is let go."""
        total = scores[reach]
        for clause, most in zip(clauses, rest, strict=True):
            total += self._score_clause(clause, reach)
            kept = total >= kth_at_least(total, k) - most
            reach, total = reach[kept], total[kept]
        return pick_best(reach, total, k)


def _find_lists(
    starts: Rows, parts: Sequence[LexicalPart], stem_id: int, field: str
) -> tuple[tuple[int, Postings, int], ...]:
    """Return of each part with a stem its first row, its postings and the place of the stem."""
    fields = ((int(start), part.fields[field]) for start, part in zip(starts, parts, strict=False))
    found = ((start, postings, postings.place_of(stem_id)) for start, postings in fields)
    return tuple(one for one in found if one[2] >= 0)


@dataclass(frozen=True, slots=True)
class _Norms:
    """k1 * (1 - b + b * length / mean length) of each row, and the mean length."""

    values: Scores
    mean: float


def _norms(parts: Sequence[LexicalPart], field: str, mean: float) -> _Norms:
    return _Norms(norm_lengths(lengths_of(parts, field), mean), mean)
