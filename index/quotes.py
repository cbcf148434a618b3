"""Choose the sentences of a passage that answer a question.

Each part that may be quoted (`index.quote_options`) is scored by the words of the question that it
holds (a word that few sentences of the passage hold says most), by how near its tokens come to each
token of the question (late interaction, `index.token_codes`), by the vectors of its sentences, and
by whether it brings the number, date, reason or list that is asked for. A longer quote must earn
its length.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.answer_type import (
    brings_form,
    names_other_code,
    names_year,
    wants_reason,
    wants_unit,
)
from index.arrays import Rows
from index.contents import Index
from index.lists import Span, leads_in
from index.ordinals import shares_ordinal
from index.quote_options import Option, list_options
from index.reading import Reading, Scores
from index.tokens import fold

COSINE_WEIGHT = 0.1
TOKEN_WEIGHT = 1.2
"""What the mean similarity of the question's tokens counts."""
FORM_WEIGHT = 0.1
"""What it counts that a quote brings the number or date that is asked for."""
REASON_WEIGHT = 0.2
"""What it counts that a quote brings a reason, asked why."""
UNIT_WEIGHT = 0.3
"""What it counts that a quote brings money or a percentage, asked for that."""
YEAR_WEIGHT = 0.2
"""What it counts that a quote names a year or a quarter that is asked about: its neighbours name
others."""
OTHER_CODE = 0.3
"""What it costs that a quote names a budget code, but not the one that is asked about."""
CONTEXT_WORDS = 0.3
"""What a word counts that stands in the passage's context too: it tells sentences less apart."""
EARLIER_TURNS = 3
"""Power of the share of a word from an earlier turn: it leads to the passage, less to the quote,
which must bring what is asked now."""
POINTED_WORDS = 0.7
"""What a word of the sentence before counts in one that points back to it, and all that speaks for
a lead-in in what it leads in."""
POSITION = 0.01
"""What each sentence before a quote costs: of equals, the first is quoted."""
POINTS_BACK = re.compile(
    r"(?:[-•o] )?(?:(?:dit|deze|dat|die|ze|zij|daar\w*|hier\w*|het gaat|het betreft"
    r"|een jaar (?:eerder|later))\b"
    r"|(?:\w+ ){1,3}(?:daar|hier|er)(?:van|voor|mee|bij|in|aan|over|op)\b"
    r"|(?:[^\s,.;:]+ ){1,5}(?:is|zijn|was|waren|gaat|ging|gingen|word(?:t|en)|werd(?:en)?"
    r"|bedra(?:agt|gen)|bedroeg(?:en)?|ontvang(?:t|en)|ontving(?:en)?|krijg(?:t|en)|kre(?:eg|gen)"
    r"|tel(?:t|len)|telde(?:n)?|steeg|stegen|daalde(?:n)?|viel|kom(?:t|en)|kwam(?:en)?|lo(?:opt|pen)"
    r"|liep(?:en)?|kost(?:te(?:n)?)?|do(?:et|en)|deed|deden|heeft|hebben|had(?:den)?|stelde(?:n)?"
    r"|kan|kunnen|zal|zullen|besta(?:at|an)|gebeur(?:t|de)|luk(?:t|te))"
    r" (?:dat|dit|het|er|ze|zij|deze|die)\b)",
    re.IGNORECASE,
)
"""A sentence about something that the one before it names: "In 2023 waren dat er 51"."""


LINK_WANTED = re.compile(
    r"\b(?:links?|url|web\w*|sites?|online|internet|adres|waar (?:vind|staat))\b"
)
"""What asks for the address of a page; otherwise one that ends a quote is no part of it."""
LAST_LINKS = re.compile(r"(?<=\S)(?:\s+(?:https?://|www\.)\S+)+\Z")


@dataclass(frozen=True, slots=True)
class Quote:
    """What of a passage is quoted, `text[start:end]`, how well it answers the question, and the
    span of the sentence in it that does so best by itself."""

    start: int
    end: int
    score: float
    core: Span


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The sentences of some passages, one after another: how well each holds each word of the
    question, float32 (terms, sentences), how near it comes to each of its tokens, float32 (tokens,
    sentences), and its cosine with it, float32 (sentences,)."""

    presence: Scores
    tokens: Scores
    cosines: Scores

    def slice(self, start: int, end: int) -> "_Sentences":
        """Return those from start to end."""
        return _Sentences(
            self.presence[:, start:end], self.tokens[:, start:end], self.cosines[start:end]
        )


def choose_quotes(index: Index, reading: Reading, rows: Rows) -> tuple[Quote, ...]:
    """Return the quote of each of the passages `rows`."""
    held = [index.lexical.presence(term, rows, "context") for term in reading.terms]
    in_context = np.array(held, np.float32).reshape(len(reading.terms), len(rows))
    places, starts = index.sentences.rows_of(rows)
    every = _Sentences(
        index.sentences.presence(reading.terms, places),
        index.sentences.similarities(reading.tokens, places),
        index.sentences.cosines(reading.vector, places),
    )
    bounds = pairwise(starts.tolist())
    return tuple(
        _choose_quote(index, reading, int(row), context, every.slice(start, end))
        for row, context, (start, end) in zip(rows, in_context.T, bounds, strict=True)
    )


def _choose_quote(
    index: Index, reading: Reading, row: int, in_context: Scores, sentences: _Sentences
) -> Quote:
    """Return the quote of the passage in a row.

    Args:
        index: The index.
        reading: The question.
        row: The passage's.
        in_context: How well its context holds each word of the question, float32 (terms,).
        sentences: Its own.
    """
    text, spans = index.passages[row].text, index.sentences.spans_of(row)
    if not spans:
        return Quote(0, len(text), 0.0, (0, len(text)))
    pointing = [bool(POINTS_BACK.match(text, *span)) for span in spans]
    words = _weigh_words(reading, sentences.presence, in_context, pointing)
    options = list_options(text, spans, pointing, reading.query)
    if reading.terms and not words.any() and in_context.all():
        # a code or name of the whole answer: no sentence is more about it, so the first is quoted
        options = [min(options, key=lambda option: option.first)]
    signs = _read_signs(reading, sentences, words, text, spans)
    scores = _score(signs, options)
    best = int(np.argmax(scores))
    first, last, _ = options[best]
    core = first + _find_core(signs[:, first : last + 1], text, spans[first : last + 1])
    start, end = spans[first][0], spans[last][1]
    if not LINK_WANTED.search(fold(reading.query)):
        end = start + len(LAST_LINKS.sub("", text[start:end]))
    return Quote(start, end, float(scores[best]), (spans[core][0], min(spans[core][1], end)))


def _find_core(signs: Scores, text: str, spans: Sequence[Span]) -> int:
    """Return the place of the sentence, of those of a quote, that answers best by itself.

    What a colon leads in is read in its light, and is the answer rather than what leads it in.
    """
    leads = [leads_in(text, span) for span in spans]
    signs = signs.copy()
    lead = None
    for place, is_lead in enumerate(leads):
        if is_lead:
            lead = signs[:, place]
        elif lead is not None:
            signs[:, place] = np.maximum(signs[:, place], np.float32(POINTED_WORDS) * lead)
    total = signs.sum(axis=0)
    told = [place for place, is_lead in enumerate(leads) if not is_lead]
    return max(told or range(len(leads)), key=lambda place: float(total[place]))


def _weigh_words(
    reading: Reading, presence: Scores, in_context: Scores, pointing: Sequence[bool]
) -> Scores:
    """Return what each word of the question counts in each sentence, float32 (terms, sentences)."""
    rarity = np.log1p(len(pointing) / np.maximum(presence.sum(axis=1), 1))
    weights = reading.weights * rarity * (1 - (1 - CONTEXT_WORDS) * in_context)
    weights = weights * np.array([term.share**EARLIER_TURNS for term in reading.terms])
    weights = np.asarray(weights / max(float(weights.sum()), 1e-9), np.float32)
    weighted: Scores = inherit(presence, pointing) * weights[:, None]
    return weighted


def _read_signs(
    reading: Reading, sentences: _Sentences, words: Scores, text: str, spans: Sequence[Span]
) -> Scores:
    """Return all that speaks for each sentence, float32 (signs, sentences): of a quote, the highest
    of each row counts."""
    cut = [text[start:end] for start, end in spans]
    forms, years, other_codes = (
        np.array([test(sentence, reading.query) for sentence in cut], np.float32)
        for test in (brings_form, _names_moment, names_other_code)
    )
    return np.concatenate(
        [
            words,
            sentences.tokens * np.float32(TOKEN_WEIGHT / max(len(sentences.tokens), 1)),
            COSINE_WEIGHT * sentences.cosines[None, :],
            np.float32(form_weight(reading.query)) * forms[None, :],
            YEAR_WEIGHT * years[None, :],
            OTHER_CODE * (1 - other_codes)[None, :],
        ],
        dtype=np.float32,
    )


def _names_moment(sentence: str, query: str) -> bool:
    """Say whether a sentence names a year that a question names, or a "tweede kwartaal"."""
    return names_year(sentence, query) or shares_ordinal(query, sentence)


def form_weight(query: str) -> float:
    """Return what it counts that a quote brings the form of answer that a question asks for."""
    if wants_unit(query):
        return UNIT_WEIGHT
    return REASON_WEIGHT if wants_reason(query) else FORM_WEIGHT


def inherit(presence: Scores, pointing: Sequence[bool]) -> Scores:
    """Give a sentence that points back the words of the one before it, at a discount: "Deze
    bedragen" are the fines of which that one speaks. Both are float32 (terms, sentences)."""
    presence = presence.copy()
    for row in range(1, len(pointing)):
        if pointing[row]:
            inherited = np.float32(POINTED_WORDS) * presence[:, row - 1]
            presence[:, row] = np.maximum(presence[:, row], inherited)
    return presence


def _score(signs: Scores, options: Sequence[Option]) -> Scores:
    """Score each option, float32 (options,): what speaks most for its sentences, of each row of
    `signs` (signs, sentences), less what stands before it."""
    bounds = np.array([(first, last + 1) for first, last, _ in options])
    extra = np.array([extra - POSITION * first for first, _, extra in options])
    padded = np.concatenate([signs, signs[:, :1]], axis=1)  # a quote may end with the last sentence
    best = np.maximum.reduceat(padded, bounds.ravel(), axis=1)[:, ::2]
    return np.asarray(best.sum(axis=0) + extra, np.float32)
