"""How sure the search is that its first hit answers the question: two small logistic models, one
for questions that stand alone and one for follow-ups.

They look at what the question says and the hit does not: words that neither the passage nor its
context holds, names and numbers among them, and how many of them no document has; the token of the
question that the passage has the least like; the verdict of a small network on all tokens
(`index.verifier`); an asker who isn't theirs; another answer than the turns before had; a number, a
name or the year that was asked for and isn't brought. Weights and threshold come from the
dev questions, those on the fictitious appendices and written ones on passages of other parliaments
by `python -m eval.fit_confidence`; the confidence is the chance that the first hit is right.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.contents import Index
from index.lexical_parts import FIELDS
from index.quotes import Quote
from index.ranking import Ranking
from index.reading import Reading
from index.stems import content_stems, stem_word
from index.token_codes import Codes, best_similarities, smooth_least
from index.vocabulary import Term
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
    named_codes,
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
    2.386,
    {
        "rarest_missing": -5.050,
        "unknown": -0.799,
        "name_missing": -5.870,
        "number_missing": -1.265,
        "shortness": -0.471,
        "unlike_least": -0.729,
        "verdict": 3.832,
        "form_missing": -0.890,
        "unit_missing": -2.310,
        "uncounted": -1.530,
        "unnamed": -0.640,
        "other_year": -2.118,
        "asker_missing": -10.746,
    },
)
"""For a question that stands alone. How unlike what the passage lacks is to anything in it, the
share of it in the question, and the score in the ranking tell nothing more (ten folds). That only
the context holds a word makes it likelier that the answer is the right one, but not that it tells
what was asked: the members' own questions, which it may leave open, are in the context."""
FOLLOWING = Weights(
    -0.384,
    {
        "rarest_missing": 0.280,
        "name_missing": -7.818,
        "number_missing": -2.692,
        "shortness": -0.177,
        "unlike_least": -2.908,
        "verdict": 1.591,
        "form_missing": -1.993,
        "unit_missing": -0.603,
        "uncounted": 0.171,
        "unnamed": -0.856,
        "other_year": -2.640,
        "score": 2.604,
        "asker_missing": -4.160,
        "left_thread": -2.846,
    },
)
"""For one that is read in the light of what was said before: it says less itself, so the same signs
tell other things."""
THRESHOLD = 0.5
"""Below it the search abstains: of those tried the one at which, by ten-fold predictions, about one
in ten adversarial questions that stand alone gets through (.115); of adversarial follow-ups, which
say less themselves, three in ten do (`eval.fit_confidence`)."""

SIGNS = tuple(dict.fromkeys((*ALONE.signs, *FOLLOWING.signs)))
"""The names of all signs."""
UNITS = (lacks_money, lacks_percentage, lacks_duration)
"""Say whether a quote lacks the money, per cent or time that is asked for."""
MIN_HEAD = 5
"""Letters from which the end of a compound counts as a word of its own."""
HELD = 0.5
"""A word counts as held from this weight on: compounds with it and mistyped words do, the
mere parts of a compound don't."""


def estimate_confidence(index: Index, reading: Reading, ranking: Ranking, quote: Quote) -> float:
    """Return the confidence in the first hit and its quote, in [0, 1]; 0 where the question names
    budget codes and nothing around the hit names one of them: a code is right or wrong.

    Args:
        index: The index.
        reading: The question.
        ranking: What was found for it; at least one passage.
        quote: What is quoted of the first passage.
    """
    if _lacks_code(index, reading, ranking):
        return 0.0
    signs = read_signs(index, reading, ranking, quote)
    weights = _weights_for(reading)
    total = weights.bias + sum(weight * signs[name] for name, weight in weights.signs.items())
    return float(1 / (1 + np.exp(-total)))


def _lacks_code(index: Index, reading: Reading, ranking: Ranking) -> bool:
    asked = named_codes(reading.query)
    if not asked:
        return False
    answer = index.answer_of(index.passages[ranking.rows[0]])
    return asked.isdisjoint((*answer.article_codes, *answer.esr_codes))


def _weights_for(reading: Reading) -> Weights:
    """Return by which weights the first hit of a question is judged."""
    return FOLLOWING if reading.is_follow_up else ALONE


def read_signs(index: Index, reading: Reading, ranking: Ranking, quote: Quote) -> dict[str, float]:
    """Return what the model looks at, by the names in `SIGNS`, each about -1 to 2.

    A question without content words counts as missing them all.
    """
    row = ranking.rows[:1]
    reading = replace(reading, terms=_subject_terms(reading))
    lacking = _lacking(index, reading, row)
    passage = index.passages[row[0]]
    codes = index.sentences.codes_of(index.sentences.rows_of(row)[0])
    nearest = best_similarities(reading.tokens, codes, np.array([0, len(codes)]))
    nearest = nearest.max(axis=1, initial=0.0)
    return {
        **_word_signs(reading, lacking),
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
    names = _name_stems(reading.query)
    named = [term.stem in names for term in reading.terms]
    numbers = [term.stem[0].isdigit() for term in reading.terms]
    unknown = [all(weight < HELD for _, weight in term.matches) for term in reading.terms]
    return {
        "rarest_missing": float(shares.max()) if reading.terms else 1.0,
        "unknown": float((lacking * unknown).sum()) / 3,
        "name_missing": float((shares * named).sum()),
        "number_missing": float((lacking * numbers).any()),
        "shortness": 1 / max(len(reading.terms), 1),
    }


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


def _subject_terms(reading: Reading) -> tuple[Term, ...]:
    """Return the words of a question but for the names of askers, which stand above the answer and
    not in it; all where those are all."""
    names = {stem_word(word) for word in reading.askers.words}
    names |= {part for term in reading.terms if term.stem in names for part in term.parts}
    return tuple(term for term in reading.terms if term.stem not in names) or reading.terms


def _lacking(index: Index, reading: Reading, row: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return 1 for each word of the question that the hit and its context lack, else 0.

    Who holds "ESR88.17" lacks none of its parts, and who holds all parts of "VOP-aanvraag" doesn't
    lack the whole.
    """
    held = {
        term.stem
        for term in reading.terms
        if any(float(index.lexical.presence(term, row, f)[0]) >= HELD for f in FIELDS)
    }
    for term in reading.terms:
        if term.parts and term.stem in held:
            held.update(term.parts)
        elif term.parts and held.issuperset(term.parts):
            held.add(term.stem)
    return np.array([term.stem not in held for term in reading.terms], np.float32)


def _name_stems(query: str) -> set[str]:
    """Return the stems of the names in a question; of "VOP-cijfers" only "vop" is one."""
    names = (match[0] for match in NAME.finditer(query))
    return {stem for name in names for part in _name_parts(name) for stem in content_stems(part)}


def _name_parts(name: str) -> list[str]:
    """Return a name, or the parts of it that have a capital or a digit where not all do."""
    parts = name.split("-")
    named = [part for part in parts if part != part.lower() or part.isdigit()]
    return [name] if len(named) == len(parts) else named


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
