"""Choose the sentences of a passage that answer a question.

What may be quoted: a sentence, two that follow one another (a fact and its reason, when asked why,
as if they were one), or a whole list with the sentence that leads it in. Each is scored by the
words of the question that it holds (a word that few sentences of the passage hold says most), by
how near its tokens come to each token of the question (late interaction, `index.token_codes`), by
the vectors of its sentences, and by whether it brings the number, date, reason or list that is
asked for. A longer quote must earn its length.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.contents import Index
from index.lists import Span, find_lists
from index.ranking import Reading, Rows, Scores
from index.wanted import brings_form, names_other_code, points_to_reason, wants_list, wants_reason

COSINE_WEIGHT = 0.1
TOKEN_WEIGHT = 0.8
"""What the mean similarity of the question's tokens counts."""
FORM_WEIGHT = 0.1
"""What it counts that a quote brings the number, date or reason that is asked for."""
LIST_WEIGHT = 0.3
OTHER_CODE = 0.3
"""What it costs that a quote names a budget code, but not the one that is asked about."""
CONTEXT_WORDS = 0.5
"""What a word counts that stands in the passage's context too: it tells sentences less apart."""
EARLIER_TURNS = 3
"""Power of the share of a word from an earlier turn: it leads to the passage, less to the quote,
which must bring what is asked now."""
POINTED_WORDS = 0.7
"""What a word of the sentence before counts in one that points back to it."""
SECOND_SENTENCE = 0.2
"""What a second sentence costs."""
POSITION = 0.01
"""What each sentence before a quote costs: of equals, the first is quoted."""
POINTS_BACK = re.compile(
    r"(?:[-•o] )?(?:(?:dit|deze|dat|die|ze|zij|daar\w*|hier\w*|het gaat|het betreft)\b"
    r"|(?:\w+ ){1,3}(?:daar|hier|er)(?:van|voor|mee|bij|in|aan|over|op)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of a passage: their spans, their cosines with the question, whether each
    brings the form that is asked for or only names other codes, per word of the question its
    weighted presence, float32 (terms, sentences), and per token its similarity, float32 (tokens,
    sentences)."""

    text: str
    spans: tuple[Span, ...]
    cosines: Scores
    forms: NDArray[np.bool_]
    other_codes: NDArray[np.bool_]
    words: Scores
    tokens: Scores


def choose_quotes(index: Index, reading: Reading, rows: Rows) -> tuple[Span, ...]:
    """Return (start, end) of the quote in the text of each of the passages `rows`."""
    held = [index.lexical.presence(term, rows, "context") for term in reading.terms]
    in_context = np.array(held, np.float32).reshape(len(reading.terms), len(rows))
    return tuple(
        _choose_quote(index, reading, int(row), in_context[:, place])
        for place, row in enumerate(rows)
    )


def _choose_quote(index: Index, reading: Reading, row: int, in_context: Scores) -> Span:
    passage = _read_sentences(index, reading, row, in_context)
    if not passage.spans:
        return 0, len(passage.text)
    options = [
        *_list_options(passage, wants_list(reading.query)),
        *(_reason_options(passage) if wants_reason(reading.query) else ()),
        *_sentence_options(len(passage.spans)),
    ]
    if reading.terms and not passage.words.any() and in_context.all():
        # a code or name of the whole answer: no sentence is more about it, so the first is quoted
        options = [option for option in options if option[0] == 0][:1]
    scores = [_score(passage, first, last) + extra for first, last, extra in options]
    first, last, _ = options[int(np.argmax(scores))]
    return passage.spans[first][0], passage.spans[last][1]


def _read_sentences(index: Index, reading: Reading, row: int, in_context: Scores) -> _Sentences:
    text, spans = index.passages[row].text, index.sentences.spans_of(row)
    rows, _ = index.sentences.rows_of(np.array([row]))
    presence = index.sentences.presence(reading.terms, rows)
    rarity = np.log1p(len(rows) / np.maximum(presence.sum(axis=1), 1))
    weights = reading.weights * rarity * (1 - (1 - CONTEXT_WORDS) * in_context)
    weights = weights * np.array([term.share**EARLIER_TURNS for term in reading.terms])
    weights = np.asarray(weights / max(float(weights.sum()), 1e-9), np.float32)
    presence = _inherit(presence, text, spans)
    return _Sentences(
        text,
        spans,
        index.sentences.cosines(reading.vector, rows),
        np.array([brings_form(text[start:end], reading.query) for start, end in spans], np.bool_),
        np.array([names_other_code(text[a:b], reading.query) for a, b in spans], np.bool_),
        presence * weights[:, None],
        index.sentences.similarities(reading.tokens, rows),
    )


def _inherit(presence: Scores, text: str, spans: Sequence[Span]) -> Scores:
    """Give a sentence that points back the words of the one before it, at a discount: "Deze
    bedragen" are the fines of which that one speaks."""
    presence = presence.copy()
    for row in range(1, len(spans)):
        if POINTS_BACK.match(text, *spans[row]):
            inherited = np.float32(POINTED_WORDS) * presence[:, row - 1]
            presence[:, row] = np.maximum(presence[:, row], inherited)
    return presence


def _sentence_options(count: int) -> Iterator[tuple[int, int, float]]:
    """Yield (first, last, extra) of each sentence and each pair."""
    yield from ((row, row, 0.0) for row in range(count))
    yield from ((row, row + 1, -SECOND_SENTENCE) for row in range(count - 1))


def _list_options(passage: _Sentences, is_wanted: bool) -> Iterator[tuple[int, int, float]]:
    """Yield (first, last, extra) of each list that is wanted, or that a colon leads in."""
    for first, last in find_lists(passage.text, passage.spans):
        announced = passage.text[slice(*passage.spans[first])].endswith(":")
        if is_wanted or announced:
            yield first, last, LIST_WEIGHT if is_wanted else 0.0


def _reason_options(passage: _Sentences) -> Iterator[tuple[int, int, float]]:
    """Yield (first, last, extra) of each sentence and the one before it that tell why together."""
    for row in range(1, len(passage.spans)):
        if points_to_reason(passage.text[slice(*passage.spans[row])]):
            yield row - 1, row, 0.0


def _score(passage: _Sentences, first: int, last: int) -> float:
    """Score the sentences from first to last as one quote."""
    inside = slice(first, last + 1)
    words = passage.words[:, inside].max(axis=1).sum() if len(passage.words) else 0.0
    tokens = passage.tokens[:, inside].max(axis=1).mean() if len(passage.tokens) else 0.0
    meaning = COSINE_WEIGHT * passage.cosines[inside].max() + TOKEN_WEIGHT * tokens
    form = FORM_WEIGHT * passage.forms[inside].any()
    other = OTHER_CODE * passage.other_codes[inside].all()
    return float(words + meaning + form - other - POSITION * first)
