"""Find what a minister announced, put off, or said not to know, sentence by sentence.

The rules look at Dutch verb forms, not at subjects: a future tense with an act ("zal investeren",
not "zullen stijgen"), an intention of the government's own ("wil ik", "we zorgen ervoor"), a
present tense with a date ahead ("begin 2021 wordt geüpdatet"); an examination that runs ("wordt
onderzocht"), a result still to come ("cijfers volgen", "nog geen zicht"); an estimate that can't be
made. What is found is to be checked: the quote is the whole sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.deferral_patterns import CANNOT_TELL, NOT_YET
from corpus.periods import find_periods, lies_ahead
from corpus.promise_patterns import (
    ANNOUNCES,
    EXPECTS,
    FIGURE_MOVES,
    HABIT,
    IS_PAST,
    READY,
    REFUSES,
    REMARKS,
    STATE_STAYS,
    TURNS_OUT,
    WILL,
)
from corpus.records import Answer
from corpus.sentences import split_sentences

_CLAUSE_END = re.compile(
    r"[,;:.?!](?:\s|$)|\s(?:om|omdat|zodat|dat|als|indien|wanneer|waar\w*|terwijl|zonder)\s"
)


class PromiseKind(StrEnum):
    """What a sentence does: announce, put off, or say that something isn't known."""

    PROMISE = "belofte"
    DEFERRAL = "uitstel"
    UNKNOWN = "onbekend"


@dataclass(frozen=True, slots=True)
class Promise:
    """One sentence of an answer: `quote == answer.text[start:end]`, which starts on page `page`
    (0: unknown). `due` is the moment that the sentence names, in its own words, or None."""

    answer_id: str
    kind: PromiseKind
    quote: str
    start: int
    end: int
    page: int
    due: str | None


def find_promises(answer: Answer, since: int | None = None) -> tuple[Promise, ...]:
    """Return the promises, deferrals and unknowns of an answer, in order; one a sentence.

    `since` is the document's year, where known: a date in an earlier year lies ahead no more.
    """
    return tuple(_promises(answer, since))


def _promises(answer: Answer, since: int | None) -> Iterator[Promise]:
    for start, end in split_sentences(answer.text):
        sentence = answer.text[start:end]
        kind = kind_of(sentence, since)
        if kind is not None:
            page = answer.page_of(start, end)
            due = due_of(sentence, since)
            yield Promise(answer.answer_id, kind, sentence, start, end, page, due)


def kind_of(sentence: str, since: int | None = None) -> PromiseKind | None:
    """Return what one sentence does, or None; to put off outweighs to announce, and
    to refuse ("wordt niet verlaagd in 2023") is neither."""
    is_habit = HABIT.search(sentence) is not None
    refuses = REFUSES.match(sentence) is not None
    if not (is_habit or refuses) and any(pattern.search(sentence) for pattern in NOT_YET):
        return PromiseKind.DEFERRAL
    if any(pattern.search(sentence) for pattern in CANNOT_TELL):
        return PromiseKind.UNKNOWN
    if refuses:
        return None
    announces = ANNOUNCES.search(sentence) and not REMARKS.search(sentence)
    if announces or _will_act(sentence):
        return PromiseKind.PROMISE
    return PromiseKind.PROMISE if not is_habit and _is_dated_plan(sentence, since) else None


def due_of(sentence: str, since: int | None = None) -> str | None:
    """Return the moment that a sentence names: the first that lies ahead by its wording, else the
    last."""
    periods = find_periods(sentence, since)
    ahead = [period for period in periods if lies_ahead(sentence, period, since)]
    if not periods:
        return None
    start, end = ahead[0] if ahead else periods[-1]
    return sentence[start:end]


def _will_act(sentence: str) -> bool:
    """Tell whether a future tense tells of an act; an expected figure or state is a forecast."""
    is_dated = bool(find_periods(sentence))
    for will in WILL.finditer(sentence):
        before, clause = sentence[: will.start()], _first_clause(sentence[will.end() :])
        is_forecast = FIGURE_MOVES.search(clause) is not None
        if STATE_STAYS.search(clause) and not READY.search(clause):
            is_forecast = True
        if not is_forecast and (is_dated or not EXPECTS.search(before)):
            return True
    return False


def _is_dated_plan(sentence: str, since: int | None) -> bool:
    """Tell whether a clause in the present tense names a moment to come."""
    for clause in re.split(r"[;:()]\s*", sentence):
        if IS_PAST.search(clause):
            continue
        periods = find_periods(clause, since)
        if any(lies_ahead(clause, period, since) for period in periods):
            return True
        if periods and TURNS_OUT.search(clause):
            return True
    return False


def _first_clause(text: str) -> str:
    end = _CLAUSE_END.search(text)
    return text[: end.start()] if end else text
