"""Dutch lexical search: BM25 over stems, on a passage's own words and on its context.

The only module that imports bm25s. Two fields share one vocabulary: the words of
the passage, and those of its context (topic, questions, askers, codes). Scores are divided by
the highest that the question could get, so they lie in [0, 1] and questions compare. A word of
the question that no document holds counts in that maximum: it is what the passage lacks.

BM25 as in Lucene, k1 and b as in Robertson and Zaragoza (2009), section 3.
"""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.compounds import MIN_COMPOUND, split_compound
from index.stems import content_tokens, stem_word
from index.vocabulary import COMPOUND_WEIGHT, PART_WEIGHT, Term, Vocabulary

K1 = 1.2
B = 0.75
FIELDS = ("text", "context")
PARTS = ("data", "indices", "indptr")

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Field:
    """One BM25 matrix, column per stem: rows `indices[indptr[i]:indptr[i + 1]]` hold stem i."""

    data: NDArray[np.float32]
    indices: NDArray[np.int32]
    indptr: NDArray[np.int64]

    def rows(self, stem_id: int) -> NDArray[np.int32]:
        return self.indices[self.indptr[stem_id] : self.indptr[stem_id + 1]]


class LexicalIndex:
    """Passages by their stems; rows are numbered from 0 in the order given."""

    def __init__(
        self, vocabulary: Vocabulary, idf: Scores, text: _Field, context: _Field, count: int
    ) -> None:
        self.count = count
        self.vocabulary = vocabulary
        self._idf = idf
        self._fields = {"text": text, "context": context}
        self._models = {name: _open_bm25(f, count) for name, f in self._fields.items()}

    @classmethod
    def build(cls, texts: Sequence[str], contexts: Sequence[str]) -> "LexicalIndex":
        """Index passages by their text and their context, of equal number (0 is fine).

        Raises:
            ValueError: If the numbers differ.
        """
        if len(texts) != len(contexts):
            raise ValueError(f"{len(texts)} texts, but {len(contexts)} contexts")
        tokens = [[content_tokens(text) for text in field] for field in (texts, contexts)]
        words = sorted({token for field in tokens for found in field for token in found})
        stem_of = {word: stem_word(word) for word in words}
        stems = sorted(set(stem_of.values()))
        ids = {stem: row for row, stem in enumerate(stems)}
        parts = _split_all(stems)
        rows = [
            [_to_ids([stem_of[token] for token in found], ids, parts) for found in field]
            for field in tokens
        ]
        both = (set(text) | set(context) for text, context in zip(*rows, strict=True))
        frequencies = np.bincount([row for found in both for row in found], minlength=len(stems))
        idf = _idf(frequencies, len(texts))
        text, context = (_score_field(field, idf) for field in rows)
        letters = [word for word in words if word.isalpha()]
        vocabulary = Vocabulary(stems, letters, idf, len(texts))
        return cls(vocabulary, idf, text, context, len(texts))

    def read_query(self, query: str) -> tuple[Term, ...]:
        """Return the content words of a question, each once, in order."""
        return self.vocabulary.read_query(query)

    def score(self, terms: Iterable[Term], field: str) -> Scores:
        """Return how well each passage matches in one field, float32 (n,) in [0, 1].

        Args:
            terms: What `read_query` gave.
            field: "text" or "context".
        """
        weights: dict[float, list[int]] = {}
        highest = 0.0
        for term in terms:
            highest += term.rarity
            for stem_id, weight in term.matches:
                weights.setdefault(weight * term.at_large * term.share, []).append(stem_id)
        scores = np.zeros(self.count, np.float32)
        for weight, ids in weights.items():
            scores += np.float32(weight) * self._models[field].get_scores_from_ids(ids)
        return np.minimum(scores / np.float32(highest), 1) if highest else scores

    def presence(self, term: Term, rows: NDArray[np.int64], field: str) -> Scores:
        """Return for each of `rows` the best weight with which it holds a term, in [0, 1].

        Both parts of a compound together count as a compound that a word opens or closes.
        """
        found = np.zeros(len(rows), np.float32)
        together = np.full(len(rows), sum(w == PART_WEIGHT for _, w in term.matches) > 1)
        for stem_id, weight in term.matches:
            holds = np.isin(rows, self._fields[field].rows(stem_id))
            found = np.maximum(found, np.float32(weight) * holds)
            together &= holds | (weight != PART_WEIGHT)
        return np.maximum(found, np.float32(COMPOUND_WEIGHT) * together)

    def to_files(self) -> dict[str, bytes]:
        """Return the index as two files: its stems in JSON, its numbers in plain arrays."""
        arrays = {
            f"{name}_{part}": getattr(field, part)
            for name, field in self._fields.items()
            for part in PARTS
        }
        buffer = io.BytesIO()
        np.savez(buffer, idf=self._idf, **arrays)
        header = {
            "count": self.count,
            "stems": self.vocabulary.stems,
            "words": self.vocabulary.words,
        }
        data = json.dumps(header, ensure_ascii=False).encode()
        return {"lexical.json": data, "lexical.npz": buffer.getvalue()}

    @classmethod
    def from_files(cls, files: Mapping[str, bytes]) -> "LexicalIndex":
        """Read what `to_files` gave.

        Raises:
            ValueError: If the bytes aren't JSON or arrays.
            KeyError: If a file or one of its parts is missing.
        """
        header = json.loads(files["lexical.json"])
        with np.load(io.BytesIO(files["lexical.npz"]), allow_pickle=False) as arrays:
            text, context = (
                _Field(*(arrays[f"{name}_{part}"] for part in PARTS)) for name in FIELDS
            )
            idf, count = arrays["idf"], header["count"]
            vocabulary = Vocabulary(header["stems"], header["words"], idf, count)
            return cls(vocabulary, idf, text, context, count)


def _split_all(stems: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the parts of each compound among the stems."""
    known = frozenset(stems)
    long = (stem for stem in known if len(stem) >= MIN_COMPOUND)
    return {stem: parts for stem in long if (parts := split_compound(stem, known, stem_word))}


def _to_ids(
    stems: Sequence[str], ids: Mapping[str, int], parts: Mapping[str, tuple[str, ...]]
) -> list[int]:
    """Return the ids of the stems, then those of the parts of compounds among them."""
    found = [part for stem in stems for part in parts.get(stem, ())]
    return [ids[stem] for stem in (*stems, *found)]


def _idf(frequencies: NDArray[np.int64], count: int) -> Scores:
    """Return the inverse document frequency as Lucene has it, float32."""
    idf = np.log(1 + (count - frequencies + 0.5) / (frequencies + 0.5))
    return np.asarray(idf, np.float32)


def _score_field(documents: Sequence[list[int]], idf: Scores) -> _Field:
    """Score every stem in every document, with the rarity of stems over both fields."""
    if not any(documents):
        empty = np.zeros(len(idf) + 1, np.int64)
        return _Field(np.zeros(0, np.float32), np.zeros(0, np.int32), empty)
    model = bm25s.BM25(method="lucene", k1=K1, b=B)
    vocabulary = {str(row): row for row in range(len(idf))}
    model.index((documents, vocabulary), show_progress=False)
    indptr = np.asarray(model.scores["indptr"], np.int64)
    frequencies = np.diff(indptr)
    own = _idf(frequencies, len(documents))
    data = model.scores["data"] * np.repeat(idf / own, frequencies)
    indices = np.asarray(model.scores["indices"], np.int32)
    return _Field(data.astype(np.float32), indices, indptr)


def _open_bm25(field: _Field, count: int) -> Any:
    """Return bm25s's scorer over a matrix that was made before."""
    model = bm25s.BM25(method="lucene", k1=K1, b=B)
    model.scores = {part: getattr(field, part) for part in PARTS} | {"num_docs": count}
    model.nonoccurrence_array = None
    return model
