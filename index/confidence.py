"""How sure the search is that its first hit answers the question: two small logistic models, one
for questions that stand alone and one for follow-ups.

They look at what the question says and the hit does not: words that neither the passage nor its
context holds, names and numbers among them, and how unlike them everything in the passage is; the
token of the question that the passage has the least like; the verdict of a small network on all
tokens (`index.verifier`); an asker who isn't theirs; another answer than the turns before had; a
number, a name or the year that was asked for and isn't brought. Weights and threshold come from the
dev questions, those on the fictitious appendices and written ones on passages of other parliaments
by `python -m eval.fit_confidence`; the confidence is the chance that the first hit is right.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.contents import Index
from index.quotes import Quote
from index.ranking import Ranking, Reading
from index.stems import content_stems
from index.token_codes import Codes, best_similarities, smooth_least
from index.wanted import (
    NAME,
    brings_date,
    brings_number,
    counted_word,
    counts,
    lacks_duration,
    lacks_money,
    lacks_name,
    lacks_percentage,
    lacks_year,
    tells_when,
    wants_date,
    wants_number,
    wants_reason,
)


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: what is added to the weighted sum of the signs, and the weight of each."""

    bias: float
    signs: Mapping[str, float]


ALONE = Weights(
    2.174,
    {
        "missing": -0.167,
        "rarest_missing": -1.490,
        "name_missing": -3.892,
        "number_missing": -1.575,
        "shortness": -4.107,
        "unlike": -4.359,
        "unlike_least": -1.458,
        "verdict": 3.163,
        "form_missing": -1.153,
        "unit_missing": -2.022,
        "uncounted": -1.803,
        "unnamed": -1.253,
        "other_year": -1.835,
        "score": 2.048,
        "asker_missing": -8.635,
    },
)
"""For a question that stands alone."""
FOLLOWING = Weights(
    0.796,
    {
        "missing": -0.515,
        "rarest_missing": 0.944,
        "name_missing": -5.253,
        "number_missing": -2.636,
        "shortness": -1.341,
        "unlike": -0.867,
        "unlike_least": -3.614,
        "verdict": 1.391,
        "form_missing": -3.032,
        "unit_missing": -1.178,
        "uncounted": 0.109,
        "unnamed": -0.795,
        "other_year": 0.038,
        "score": 2.146,
        "asker_missing": -8.635,
        "left_thread": -3.076,
    },
)
"""For one that is read in the light of what was said before: it says less itself, so the same signs
tell other things. An asker who isn't theirs, of which no follow-up to choose by has one, counts as
for one that stands alone."""
THRESHOLD = 0.5
"""Below it the search abstains: the lowest of those tried at which, by ten-fold predictions, no
more than one in ten adversarial questions that stand alone gets through; of adversarial follow-ups,
which say less themselves, three in ten do (`eval.fit_confidence`)."""

UNITS = (lacks_money, lacks_percentage, lacks_duration)
"""Say whether a quote lacks the money, per cent or time that is asked for."""
MIN_HEAD = 5
"""Letters from which the end of a compound counts as a word of its own."""
HELD = 0.5
"""A word counts as held from this weight on: compounds with it and mistyped words do, the
mere parts of a compound don't."""


def estimate_confidence(index: Index, reading: Reading, ranking: Ranking, quote: Quote) -> float:
    """Return the confidence in the first hit and its quote, in [0, 1].

    Args:
        index: The index.
        reading: The question.
        ranking: What was found for it; at least one passage.
        quote: What is quoted of the first passage.
    """
    signs = read_signs(index, reading, ranking, quote)
    weights = _weights_for(reading)
    total = weights.bias + sum(weight * signs[name] for name, weight in weights.signs.items())
    return float(1 / (1 + np.exp(-total)))


def _weights_for(reading: Reading) -> Weights:
    """Return by which weights the first hit of a question is judged."""
    return FOLLOWING if reading.is_follow_up else ALONE


def read_signs(index: Index, reading: Reading, ranking: Ranking, quote: Quote) -> dict[str, float]:
    """Return what the model looks at, by the names of `FOLLOWING`, each about 0 to 1.

    A question without content words counts as missing them all.
    """
    row = ranking.rows[:1]
    lacking = _lacking(index, reading, row)
    passage = index.passages[row[0]]
    codes = index.sentences.codes_of(index.sentences.rows_of(row)[0])
    nearest = best_similarities(reading.tokens, codes, np.array([0, len(codes)]))
    nearest = nearest.max(axis=1, initial=0.0)
    return {
        **_word_signs(reading, lacking),
        "unlike": _unlike(reading, nearest, lacking),
        "unlike_least": 1 - smooth_least(nearest),
        "verdict": _judge(index, reading, codes),
        **_form_signs(reading.query, passage.text[quote.start : quote.end]),
        "score": float(ranking.scores[0]),
        "uncounted": float(_lacks_count(index, reading, passage.text)),
        "asker_missing": float(reading.askers.miss(index.answer_of(passage).askers)),
        "left_thread": -float(ranking.features["thread"][0]),
    }


def _word_signs(reading: Reading, lacking: NDArray[np.float32]) -> dict[str, float]:
    """Return what the words say that the hit and its context lack (1 in `lacking`)."""
    shares = reading.weights * lacking
    said = np.array([term.at_large * term.share for term in reading.terms], np.float32)
    names = _name_stems(reading.query)
    named = [term.stem in names for term in reading.terms]
    numbers = [term.stem[0].isdigit() for term in reading.terms]
    return {
        "missing": float((lacking * said).sum()) / 3 if reading.terms else 1.0,
        "rarest_missing": float(shares.max()) if reading.terms else 1.0,
        "name_missing": float((shares * named).sum()),
        "number_missing": float((lacking * numbers).any()),
        "shortness": 1 / max(len(reading.terms), 1),
    }


def _unlike(reading: Reading, nearest: NDArray[np.float32], lacking: NDArray[np.float32]) -> float:
    """Return how little the passage has that is like the lacking word that it has the least like:
    1 less the mean over the word's tokens of `nearest`, the cosine with the nearest token of the
    passage, float32 (tokens,), times how rare the word is in Dutch at large; 0 for no word."""
    missing = [term for term, lacks in zip(reading.terms, lacking, strict=True) if lacks]
    if not missing:
        return 0.0
    stems = [frozenset(content_stems(word)) for word in reading.token_words]
    places = [[n for n, own in enumerate(stems) if term.stem in own] for term in missing]
    pairs = [(term, nearest[own]) for term, own in zip(missing, places, strict=True) if own]
    return max((term.at_large * (1 - float(near.mean())) for term, near in pairs), default=0.0)


def _judge(index: Index, reading: Reading, codes: Codes) -> float:
    """Return the verdict of the model's verifier on the passage that has these tokens, a tenth of
    the logit; 0 by a model without."""
    verifier = index.encoder.verifier
    return 0.0 if verifier is None else verifier.judge(reading.tokens, codes) / 10


def _form_signs(query: str, quote: str) -> dict[str, float]:
    """Return which form of answer is asked for and isn't brought."""
    return {
        "form_missing": float(_lacks_form(query, quote)),
        "unit_missing": float(any(lacks(query, quote) for lacks in UNITS)),
        "unnamed": float(lacks_name(query, quote)),
        "other_year": float(lacks_year(query, quote)),
    }


def _lacking(index: Index, reading: Reading, row: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return 1 for each word of the question that the hit and its context lack, else 0.

    Who holds "ESR88.17" lacks none of its parts, and who holds all parts of "VOP-aanvraag" doesn't
    lack the whole.
    """
    held = {
        term.stem
        for term in reading.terms
        if any(float(index.lexical.presence(term, row, f)[0]) >= HELD for f in ("text", "context"))
    }
    for term in reading.terms:
        if term.parts and term.stem in held:
            held.update(term.parts)
        elif term.parts and held.issuperset(term.parts):
            held.add(term.stem)
    return np.array([term.stem not in held for term in reading.terms], np.float32)


def _name_stems(query: str) -> set[str]:
    return {stem for match in NAME.finditer(query) for stem in content_stems(match[0])}


def _lacks_count(index: Index, reading: Reading, text: str) -> bool:
    """Say whether a question asks how many there are of something that the text doesn't count.

    What the documents have in the place of a mistyped word counts as the word, also where it was
    typed in pieces.
    """
    if not counted_word(reading.query):
        return False
    vocabulary = index.lexical.vocabulary
    asked = set(content_stems(counted_word(vocabulary.mend(reading.query))))
    known = vocabulary.stems
    meant = {
        known[stem_id]
        for term in reading.terms
        if term.stem in asked
        for stem_id, weight in term.matches
        if weight >= HELD
    }
    stems = asked | meant
    return bool(asked) and not counts(
        text, lambda word: any(_is_kind_of(stems, stem) for stem in content_stems(word))
    )


def _is_kind_of(stems: Set[str], stem: str) -> bool:
    """Say whether a stem is one of some stems or what one of them is a kind of: who counts
    "organisaties" answers how many "kunstenorganisaties" there are."""
    return stem in stems or (len(stem) >= MIN_HEAD and any(one.endswith(stem) for one in stems))


def _lacks_form(query: str, quote: str) -> bool:
    """Say whether a question asks for a number or date that the quote doesn't bring."""
    if wants_reason(query):
        return False
    return (wants_number(query) and not brings_number(quote, query)) or (
        wants_date(query) and not (brings_date(quote, query) or tells_when(quote))
    )
