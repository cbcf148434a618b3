"""From signs to a status: a small logistic model of the chance that an answer addresses a
sub-question, and rules for an answer that does so only in part.

Weights and threshold come from the labelled sub-questions of the dev half, of the fictitious
appendices and of the invented blocks by `python -m eval.fit_ledger`. The status is a suggestion: it
is shown with the words "te controleren".
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from chatbot.ledger.records import Status
from chatbot.ledger.signs import Match, Sentences, best_sentence, lacks_form, read_signs
from chatbot.ledger.wording import Form, confirms, missing_breakdown, missing_years
from corpus.enumeration import join_names
from corpus.promises import PromiseKind, kind_of

Judged = tuple[Status, int | None, str]
"""Status, place of the sentence that addresses it (None when open), what is missing."""

BIAS = -2.087
WEIGHTS: Mapping[str, float] = {
    "fit": 1.468,
    "number": -1.194,
    "margin": 1.850,
    "room": 0.908,
    "sure": 1.366,
}
THRESHOLD = 0.62
"""Below this chance a sub-question is open."""

HELD_OFF = 0.3
"""Share of the sub-question's words from which a sentence that puts it off addresses it."""
HALF = 0.5
"""Share of the sub-question's words from which a sentence is about it, whatever it lacks."""
_LISTS = re.compile(r":|^[-•] |\w, (?:[^\s,.;]+ ){1,5}en \w", re.MULTILINE)
"""An enumeration: a colon, an item of a list, "Genk, Hasselt en Tongeren"."""
_FIGURES = re.compile(r"\b(?:cijfer\w*|gegevens|aantal\w*|bedrag\w*)\b", re.IGNORECASE)
_REFERS = re.compile(
    r"\b(?:zie (?:ook )?(?:het |mijn |de )?(?:\w+ )?(?:antwoord|vraag|hierboven|hieronder|hoger)"
    r"|(?:verwijs|verwezen|verwijzen) (?:\w+ )*naar)\b",
    re.IGNORECASE,
)
"""A sentence that only says where the answer is."""


def chance(signs: Mapping[str, float]) -> float:
    """Return the chance that the answer addresses the sub-question, in [0, 1]."""
    total = BIAS + sum(weight * signs[name] for name, weight in WEIGHTS.items())
    return float(1 / (1 + np.exp(-total)))


def judge(matches: Sequence[Match], number: int, sentences: Sentences) -> Judged:
    """Return what became of sub-question `number`; nothing is missing when it is answered."""
    match = matches[number]
    if not sentences.spans:
        return "open", None, "De bron geeft geen antwoord."
    if _is_confirmed(matches, number, sentences):
        return "beantwoord", 0, ""
    signs = read_signs(matches, number, sentences)
    best = best_sentence(matches, number)
    is_open = chance(signs) < THRESHOLD or _lacks_all(match, sentences, best)
    if is_open or _is_of_another(matches, number, sentences.quote(best), best):
        put_off = _find_put_off(matches, number, sentences)
        if put_off is None:
            return "open", None, _nothing(match.form_wanted)
        return "deels", put_off, _later(match.form_wanted)
    missing = _missing_part(match, sentences, best)
    return ("deels" if missing else "beantwoord"), best, missing


def _is_confirmed(matches: Sequence[Match], number: int, sentences: Sentences) -> bool:
    """Say whether the answer starts with a yes or a no, and this is the first sub-question that
    wants one."""
    wanting = (n for n, match in enumerate(matches) if match.form_wanted is Form.YES_NO)
    return next(wanting, None) == number and confirms(sentences.quote(0))


def _is_of_another(matches: Sequence[Match], number: int, quote: str, place: int) -> bool:
    """Say whether a sentence only puts something off, of which it isn't clear that it was asked
    here: it holds too few words of this one of several sub-questions."""
    match = matches[number]
    is_told = len(matches) == 1 or match.is_bare or match.own[place] >= HELD_OFF
    return not is_told and _puts_off(quote) and not _gives_number(match, place)


def _lacks_all(match: Match, sentences: Sentences, place: int) -> bool:
    """Say whether the number, date or enumeration that is asked for is nowhere, and the best
    sentence neither says where it is or that it comes later, nor holds half of the words."""
    quote = sentences.quote(place)
    if match.own[place] >= HALF or _REFERS.search(quote) or _puts_off(quote):
        return False
    is_unlisted = match.seeks_only and not _LISTS.search(sentences.text)
    return is_unlisted or lacks_form(match, sentences)


def _find_put_off(matches: Sequence[Match], number: int, sentences: Sentences) -> int | None:
    """Return the place of the sentence that puts the sub-question off or says that its answer
    isn't known; None for none."""
    match = matches[number]
    places = [
        place
        for place, quote in enumerate(map(sentences.quote, range(len(sentences.spans))))
        if _puts_off(quote) and number in _asked_for(matches, place, quote)
    ]
    return max(places, key=lambda place: match.score[place], default=None)


def _asked_for(matches: Sequence[Match], place: int, quote: str) -> list[int]:
    """Return the sub-questions whose words a sentence holds: those for a number where it speaks of
    figures, if there are any; else the one that it fits best. Where it holds those of none, it is
    for the one that it fits best."""
    held = [row for row, match in enumerate(matches) if match.own[place] >= HELD_OFF]
    if not held:
        return [int(np.argmax([match.fit[place] for match in matches]))]
    counting = [row for row in held if matches[row].form_wanted is Form.NUMBER]
    if counting and _FIGURES.search(quote):
        return counting
    best = max(match.score[place] for match in matches)
    return [row for row in held if matches[row].score[place] >= best]


def _gives_number(match: Match, place: int) -> bool:
    return match.form_wanted is Form.NUMBER and bool(match.form[place])


def _puts_off(sentence: str) -> bool:
    return kind_of(sentence) in (PromiseKind.DEFERRAL, PromiseKind.UNKNOWN)


def _missing_part(match: Match, sentences: Sentences, place: int) -> str:
    """Return what an answer that addresses the sub-question still lacks, or ""."""
    quote = sentences.quote(place)
    if _puts_off(quote) and not _gives_number(match, place):
        return _later(match.form_wanted)
    if _REFERS.search(quote):
        return "Het antwoord verwijst naar een andere plaats."
    if lacks_form(match, sentences):
        return f"In het antwoord ontbreekt {match.form_wanted.value}."
    years = missing_years(match.asked.text, sentences.text)
    if years:
        return f"Het antwoord zegt niets over {join_names(years)}."
    kind = missing_breakdown(match.asked.text, sentences.text)
    return f"De uitsplitsing per {kind} ontbreekt." if kind else ""


def _nothing(form: Form) -> str:
    if form in (Form.NUMBER, Form.DATE, Form.REASON):
        return f"Geen enkele zin van het antwoord geeft {form.value} hiervoor."
    return "Geen enkele zin van het antwoord gaat hierop in."


def _later(form: Form) -> str:
    wanted = form.value if form in (Form.NUMBER, Form.DATE, Form.REASON) else "het antwoord zelf"
    return f"Het antwoord stelt dit uit of laat het in het midden; {wanted} ontbreekt."
