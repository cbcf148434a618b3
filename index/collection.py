"""What is known of a whole collection of passages: its words, and how rare and how long they are.

A part that is added changes the rarity of every stem, so this is worked out from all parts, or
carried along from one part to the next (`extend_collection`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Scores, find_idf
from index.lexical_parts import FIELDS, LexicalPart, make_part
from index.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Collection:
    """What the score of a passage depends on beside itself: the words of the whole collection,
    in how many of its `count` passages each stem stands, int64 (stems,), its inverse document
    frequency, float32, and the mean length of passages by field."""

    vocabulary: Vocabulary
    frequencies: NDArray[np.int64]
    idf: Scores
    count: int
    means: Mapping[str, float]


def read_collection(parts: Sequence[LexicalPart]) -> Collection:
    """Return what the parts together say of the whole collection."""
    stems = [stem for part in parts for stem in part.stems]
    words = [word for part in parts for word in part.words]
    frequencies = np.zeros(len(stems), np.int64)
    for part in parts:
        frequencies[part.held] += part.frequencies
    count = sum(part.count for part in parts)
    return make_collection(stems, words, frequencies, count, mean_lengths(parts))


def mean_lengths(parts: Sequence[LexicalPart]) -> dict[str, float]:
    """Return by field how many stems a passage of some parts has on average; 0 without any."""
    count = sum(part.count for part in parts)
    return {name: float(np.mean(lengths_of(parts, name))) if count else 0.0 for name in FIELDS}


def make_collection(
    stems: Sequence[str],
    words: Sequence[str],
    frequencies: NDArray[np.int64],
    count: int,
    means: Mapping[str, float],
) -> Collection:
    """Return a collection of `count` passages; `frequencies` says in how many each stem stands."""
    idf = find_idf(frequencies, count)
    return Collection(Vocabulary(stems, words, idf, count), frequencies, idf, count, means)


def extend_collection(
    known: Collection, texts: Sequence[str], contexts: Sequence[str]
) -> tuple[LexicalPart, Collection]:
    """Return a further part with these passages, and the collection with them.

    Raises:
        ValueError: If the numbers of texts and contexts differ.
    """
    part = make_part(texts, contexts, known.vocabulary.stems, known.vocabulary.words)
    return part, _add_part(known, part)


def _add_part(known: Collection, part: LexicalPart) -> Collection:
    count = known.count + part.count
    frequencies = np.append(known.frequencies, np.zeros(len(part.stems), np.int64))
    frequencies[part.held] += part.frequencies
    totals = {
        name: known.means[name] * known.count + float(lengths_of([part], name).sum())
        for name in FIELDS
    }
    means = {name: total / count if count else 0.0 for name, total in totals.items()}
    stems = (*known.vocabulary.stems, *part.stems)
    words = (*known.vocabulary.words, *part.words)
    return make_collection(stems, words, frequencies, count, means)


def lengths_of(parts: Sequence[LexicalPart], field: str) -> NDArray[np.float64]:
    """Return how many stems each passage of some parts has in a field, float64 (n,)."""
    return np.concatenate([np.zeros(0), *(part.fields[field].lengths for part in parts)])
