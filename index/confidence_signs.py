"""What a question says and its first hit does not, as numbers for `index.confidence`.

Of the words (`shares` are by rarity, and sum to 1):

    rarest_missing  the share of the rarest word that neither the hit nor its context holds
    unknown         how many such words no document has, a third of it
    name_missing    the summed share of such words that are names
    number_missing  1 where one of them is a number
    shortness       1 / the number of words

Of the tokens:

    unlike_least    1 - the smooth minimum of the similarities of the question's tokens
    verdict         the logit of a small network on all tokens (`index.verifier`), a tenth of it

Of the form that is asked for (`index.answer_type`), each 1 where the quote lacks it:

    form_missing    a number or a date
    unit_missing    money, a percentage or a time
    unnamed         a new name, asked which
    other_year      the year that is named, or which quarter or the like
    uncounted       a count of what is to be counted, in the whole passage

Of the hit:

    score           its score in the ranking
    asker_missing   1 where an asker who is named didn't ask
    left_thread     the confidence in the answer to the turns before, where this is another answer
"""

from collections.abc import Set
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.answer_type import (
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
from index.contents import Index
from index.lexical_parts import FIELDS
from index.ordinals import numbers_another
from index.quotes import Quote
from index.ranking import Ranking
from index.reading import Reading
from index.stems import content_stems, stem_word
from index.token_codes import Codes, best_similarities, smooth_least
from index.vocabulary import Term

UNITS = (lacks_money, lacks_percentage, lacks_duration)
"""Say whether a quote lacks the money, per cent or time that is asked for."""
MIN_HEAD = 5
"""Letters from which the end of a compound counts as a word of its own."""
HELD = 0.5
"""A word counts as held from this weight on: compounds with it and mistyped words do, the
mere parts of a compound don't."""


def read_signs(index: Index, reading: Reading, ranking: Ranking, quote: Quote) -> dict[str, float]:
    """Return what the model looks at, by the names above, each about -1 to 2.

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
        "other_year": float(lacks_year(query, quote) or numbers_another(query, quote)),
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
