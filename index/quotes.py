"""Choose the sentences of a passage that answer a question.

What may be quoted: a sentence, two that follow one another, or a whole list with the sentence
that leads it in. Each is scored by the words of the question that it holds (a word that few
sentences of the passage hold says most), by the vectors of its sentences, and by whether it
brings the number, date, reason or list that is asked for. A longer quote must earn its length.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.lists import Span, find_lists
from index.ranking import Reading
from index.storage import Index
from index.wanted import brings_form, wants_list

COSINE_WEIGHT = 0.1
FORM_WEIGHT = 0.1
LIST_WEIGHT = 0.3
CONTEXT_WORDS = 0.5
"""What a word counts that stands in the passage's context too: it tells sentences less apart."""
SECOND_SENTENCE = 0.2
"""What a second sentence costs."""
POSITION = 0.01
"""What each sentence before a quote costs: of equals, the first is quoted."""


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of a passage: spans, cosines with the question, and the weighted presence of
    each of its words, float32 (terms, sentences)."""

    text: str
    spans: tuple[Span, ...]
    cosines: NDArray[np.float32]
    words: NDArray[np.float32]


def choose_quote(index: Index, reading: Reading, row: int) -> Span:
    """Return (start, end) of the quote in the text of passage `row`."""
    passage = _read_sentences(index, reading, row)
    if not passage.spans:
        return 0, len(passage.text)
    options = list(_list_options(passage, reading.query)) + list(_sentence_options(passage))
    scores = [_score(passage, reading.query, first, last) + extra for first, last, extra in options]
    first, last, _ = options[int(np.argmax(scores))]
    return passage.spans[first][0], passage.spans[last][1]


def _read_sentences(index: Index, reading: Reading, row: int) -> _Sentences:
    rows, _ = index.sentences.rows_of(np.array([row]))
    presence = index.sentences.presence(reading.terms, rows)
    in_context = [index.lexical.presence(t, np.array([row]), "context")[0] for t in reading.terms]
    weights = reading.weights * (1 - (1 - CONTEXT_WORDS) * np.array(in_context, np.float32))
    rarity = np.log1p(len(rows) / np.maximum(presence.sum(axis=1), 1.0))
    weights = weights * rarity
    weights /= max(float(weights.sum()), 1e-9)
    return _Sentences(
        index.passages[row].text,
        index.sentences.spans_of(row),
        index.sentences.cosines(reading.vector, rows),
        presence * weights[:, None].astype(np.float32),
    )


def _sentence_options(passage: _Sentences) -> Iterator[tuple[int, int, float]]:
    """Yield (first, last, extra) of each sentence and each pair."""
    count = len(passage.spans)
    yield from ((row, row, 0.0) for row in range(count))
    yield from ((row, row + 1, -SECOND_SENTENCE) for row in range(count - 1))


def _list_options(passage: _Sentences, query: str) -> Iterator[tuple[int, int, float]]:
    """Yield (first, last, extra) of each list; it is what was wanted, or its lead-in says so."""
    extra = LIST_WEIGHT if wants_list(query) else 0.0
    for first, last in find_lists(passage.text, passage.spans):
        announced = passage.text[slice(*passage.spans[first])].endswith(":")
        if extra or announced:
            yield first, last, extra


def _score(passage: _Sentences, query: str, first: int, last: int) -> float:
    words = passage.words[:, first : last + 1].max(axis=1).sum() if len(passage.words) else 0.0
    cosine = passage.cosines[first : last + 1].max()
    quote = passage.text[passage.spans[first][0] : passage.spans[last][1]]
    form = FORM_WEIGHT * brings_form(quote, query)
    return float(words + COSINE_WEIGHT * cosine + form - POSITION * first)
