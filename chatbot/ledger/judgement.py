"""From signs to a status: a small logistic model of the chance that an answer addresses a
sub-question, and rules for an answer that does so only in part.

Weights and threshold come from the labelled sub-questions of the dev half and from numbered
questions of the Chamber by `python -m eval.fit_ledger`. The status is a suggestion: it is shown
with the words "te controleren".
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from chatbot.ledger.records import Status
from chatbot.ledger.signs import Match, Sentences, best_sentence, read_signs
from chatbot.ledger.wording import Form
from corpus.promises import PromiseKind, kind_of

Judged = tuple[Status, int | None, str]
"""Status, place of the sentence that addresses it (None when open), what is missing."""

BIAS = -2.0
WEIGHTS: Mapping[str, float] = {
    "own": 0.3,
    "whole": 0.0,
    "bare": 2.0,
    "meaning": 1.4,
    "form": 0.5,
    "form_missing": -1.9,
    "margin": 3.3,
    "crowd": -0.8,
}
THRESHOLD = 0.4
"""Below this chance a sub-question is open."""

HELD_OFF = 0.25
"""Share of the sub-question's words from which a sentence that puts it off addresses it."""
_REFERS = re.compile(
    r"\b(?:zie (?:ook )?(?:het |mijn |de )?(?:\w+ )?(?:antwoord|vraag|hierboven|hieronder|hoger)"
    r"|(?:verwijs|verwezen|verwijzen) (?:\w+ )*naar)\b",
    re.IGNORECASE,
)
"""A sentence that only says where the answer is."""
_ALSO = re.compile(r", (?:met|en|alsook|evenals|inclusief) |, [\w’' -]+ en (?:\w+ )?\w+\W*$")
"""What asks for several things in one request: "de maatregelen, hun budget en concrete impact"."""


def chance(signs: Mapping[str, float]) -> float:
    """Return the chance that the answer addresses the sub-question, in [0, 1]."""
    total = BIAS + sum(weight * signs[name] for name, weight in WEIGHTS.items())
    return float(1 / (1 + np.exp(-total)))


def judge(matches: Sequence[Match], number: int, sentences: Sentences) -> Judged:
    """Return what became of sub-question `number`; nothing is missing when it is answered."""
    match = matches[number]
    if not sentences.spans:
        return "open", None, "De bron geeft geen antwoord."
    signs = read_signs(matches, number, sentences)
    best = best_sentence(matches, number)
    if chance(signs) < THRESHOLD:
        put_off = _find_put_off(match, sentences)
        if put_off is None:
            return "open", None, _nothing(match.form_wanted)
        return "deels", put_off, _later(match.form_wanted)
    missing = _missing_part(match, sentences.quote(best), bool(signs["form_missing"]))
    return ("deels" if missing else "beantwoord"), best, missing


def _find_put_off(match: Match, sentences: Sentences) -> int | None:
    """Return the place of the sentence that puts the sub-question off or says that its answer
    isn't known; None for none that holds enough of its words."""
    places = [
        place
        for place in range(len(sentences.spans))
        if match.own[place] >= HELD_OFF and _puts_off(sentences.quote(place))
    ]
    return max(places, key=lambda place: match.score[place], default=None)


def _puts_off(sentence: str) -> bool:
    return kind_of(sentence) in (PromiseKind.DEFERRAL, PromiseKind.UNKNOWN)


def _missing_part(match: Match, quote: str, form_missing: bool) -> str:
    """Return what an answer that addresses the sub-question still lacks, or ""."""
    if _puts_off(quote):
        return _later(match.form_wanted)
    if _REFERS.search(quote):
        return "Het antwoord verwijst naar een andere plaats."
    if form_missing:
        return f"In het antwoord ontbreekt {match.form_wanted.value}."
    if _ALSO.search(match.asked.text) and match.own.max(initial=0) < 0.5:
        return "De vraag omvat verschillende onderdelen; ga na of het antwoord ze alle behandelt."
    return ""


def _nothing(form: Form) -> str:
    if form in (Form.NUMBER, Form.DATE, Form.REASON):
        return f"Geen enkele zin van het antwoord geeft {form.value} hiervoor."
    return "Geen enkele zin van het antwoord gaat hierop in."


def _later(form: Form) -> str:
    wanted = form.value if form in (Form.NUMBER, Form.DATE, Form.REASON) else "het antwoord zelf"
    return f"Het antwoord stelt dit uit of laat het in het midden; {wanted} ontbreekt."
