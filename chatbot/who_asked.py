"""Answer "Wie vroeg naar de kiosken?": who put questions about a subject, and which.

The words around the subject ("welke partij stelde een vraag over") stand in no answer, so only the
subject is searched; of the answers found, the sub-questions above them are compared with it as a
draft is ("Al gevraagd?").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chatbot.put_questions import PutQuestion, put_sub_questions
from chatbot.workbench.likeness import WEIGHTS, AskedText, Floats, Likeness
from index.askers import find_askers
from index.contents import Index
from index.search import Hit, SearchResult

SEARCHED = 10
"""Passages of which the answers' sub-questions are compared."""
NEAR = 0.75
"""Share of the likeness of the best sub-question that the others which are told have at least."""
MOST_NEAREST = 2

_WHO = (
    r"(?:wie|welke? (?:\w+ )?(?:partij(?:en)?|fracties?|lid|leden|parlementslid|parlementsleden"
    r"|volksvertegenwoordigers?|vraagstellers?)(?: van (?!wie)[^?]{2,40}?)?)"
)
_ALSO = r"(?:er|al|ook|nog|eerder|reeds|ooit|iets|meer|informatie|uitleg|toelichting) "
_A_QUESTION = r"(?:(?:een|de|die|deze|enkele) )?(?:schriftelijke )?vra(?:ag|gen)"
_ABOUT = r"(?:naar|over|omtrent|rond|inzake|betreffende|bij|met betrekking tot|in verband met)"
_WHETHER = r"(?=(?:of|hoe\w*|waar\w*|wanneer|welke?|wat|wie) )"
_SUBJECT = r"(?P<subject>[^?]*?[^?\s.])"
_FRAMES = tuple(
    re.compile(rf"\W*(?:en |maar )?{frame}[\s?.]*", re.IGNORECASE)
    for frame in (
        rf"{_WHO} (?:vroeg(?:en)?|vraagt) (?:{_ALSO})*(?:{_ABOUT} |{_WHETHER}){_SUBJECT}",
        rf"{_WHO} (?:stelden?|stel(?:t|len)|had(?:den)?|he(?:eft|bben)) (?:{_ALSO})*"
        rf"{_A_QUESTION} (?:gesteld )?(?:{_ABOUT} |{_WHETHER}){_SUBJECT}",
        rf"{_WHO} he(?:eft|bben) (?:{_ALSO})*{_ABOUT} {_SUBJECT} (?:iets |{_A_QUESTION} )?"
        r"(?:gevraagd|gesteld)",
        rf"{_WHO} (?:wou|wilden?) (?:{_ALSO})*weten (?:{_ABOUT} |{_WHETHER}){_SUBJECT}",
        rf"van {_WHO} (?:is|was|komt|kwam) {_A_QUESTION} (?:{_ABOUT} |{_WHETHER}){_SUBJECT}",
    )
)
_POINTS = re.compile(
    rf"\W*(?:en |maar )?{_WHO} (?:vroeg(?:en)? (?:{_ALSO})*(?:dat|dit|ernaar|daarnaar|hiernaar"
    r"|erover|daarover|hierover)|stelden? (?:die|deze) vra(?:ag|gen)"
    r"|stelden? (?:daar|hier|er) ?(?:een )?vra(?:ag|gen) over)\W*",
    re.IGNORECASE,
)
"""The same of what was asked before: "Wie vroeg dat?"."""
_ASKS_ANSWER = re.compile(r"\b(?:ge)?antwoord\w*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """The sub-questions about a subject, most like it first. Where there are none: the hit that is
    about it, and those of its answer though they don't name it; without a hit the nearest."""

    subject: str
    found: tuple[PutQuestion, ...] = ()
    answered: tuple[PutQuestion, ...] = ()
    nearest: tuple[PutQuestion, ...] = ()
    source: Hit | None = None


def subject_of(question: str, context: str = "") -> str:
    """Return about what a question wants to know who asked, in its own words or those of the turns
    that it leans on; "" for any other question, and one that wants to know the answer too."""
    text = " ".join(question.split())
    if _ASKS_ANSWER.search(text):
        return ""
    if _POINTS.fullmatch(text):
        return context
    matches = (frame.fullmatch(text) for frame in _FRAMES)
    return next((match["subject"] for match in matches if match), "")


def find_asked_about(index: Index, question: str, subject: str, result: SearchResult) -> AskedAbout:
    """Return what was asked about a subject above the answers that a search for it found; of those
    whom the question names only, if it names any."""
    named = find_askers(question, index.facets["parties"], index.facets["members"])
    answers = {(hit.answer.document_id, hit.answer.answer_id): hit.answer for hit in result.hits}
    puts = [
        put
        for answer in answers.values()
        for put in put_sub_questions(answer)
        if not named.names or any(named.names_of(asker) for asker in put.askers)
    ]
    scores = _compare(index, subject, puts)
    best = np.argsort(-scores, kind="stable")
    floor = max(WEIGHTS.floor, NEAR * float(scores.max(initial=0)))
    if found := tuple(puts[row] for row in best if scores[row] >= floor):
        return AskedAbout(subject, found)
    if result.abstained:
        return AskedAbout(subject, nearest=tuple(puts[row] for row in best[:MOST_NEAREST]))
    source = result.hits[0]
    own = tuple(put for put in puts if put.answer == source.answer)
    return AskedAbout(subject, answered=own, source=source)


def _compare(index: Index, subject: str, puts: Sequence[PutQuestion]) -> Floats:
    if not puts:
        return np.zeros(0, np.float32)
    texts = [AskedText(put.text, put.answer.topic, put.around) for put in puts]
    return Likeness(index.encoder, texts).scores(subject)
