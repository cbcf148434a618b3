"""Example questions for the page, taken from the documents' own sub-questions."""

import re
from dataclasses import dataclass

from chatbot.dialogue import OPENERS, leans_on_context
from chatbot.reply import answer_question
from corpus.records import Answer, Question
from index.storage import Index

MIN_CHARS, MAX_CHARS = 35, 130  # long enough to name a subject, short enough for a button
MOST_ANSWERS = 1000  # that examples are taken from; a large index reads each from disk
MAX_TRIED = 60  # questions that are searched, at some 10 ms each, before the page opens
POINTING = re.compile(r"\b(dat|dit|deze|die|hier\w*|daar\w*|er\w{0,4})\b", re.IGNORECASE)
NAMING = re.compile(r"\w*[A-Z]\w*[A-Z][\w-]*|\w{12,}")  # an acronym, or a long compound


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    topic: str
    confidence: float


def example_questions(index: Index, count: int = 4) -> tuple[str, ...]:
    """Return at most `count` questions on different topics, in document order.

    Asked here, each brings its own answer first; those that are answered with the most
    confidence are kept, because an example that fails would mislead.
    """
    fitting = [
        (answer, text)
        for answer in index.answers[:MOST_ANSWERS]
        for text in map(question_text, answer.questions)
        if fits(text)
    ]
    tried = fitting[:: len(fitting) // MAX_TRIED + 1]
    found = [candidate for own in tried if (candidate := _try(index, *own))]
    best: dict[str, _Candidate] = {}
    for candidate in sorted(found, key=lambda one: -one.confidence):
        best.setdefault(candidate.topic, candidate)
    chosen = list(best.values())[:count]
    return tuple(one.text for one in found if any(one is other for other in chosen))


def question_text(question: Question) -> str:
    """Return a sub-question as running text on one line, without a list mark."""
    return re.sub(r"^[-–•*+\s]+", "", " ".join(question.text.split()))


def fits(text: str) -> bool:
    """Return whether a text is one short question that stands on its own."""
    one_sentence = text.endswith("?") and not re.search(r"[.?!:;]\s", text)
    names_something = any(NAMING.fullmatch(word) for word in re.findall(r"[\w-]+", text))
    opens = text.casefold().split()[:1]
    leans = OPENERS.intersection(opens) or POINTING.search(text) or leans_on_context(text)
    short = MIN_CHARS <= len(text) <= MAX_CHARS
    return short and one_sentence and names_something and not leans


def _try(index: Index, answer: Answer, text: str) -> _Candidate | None:
    """Ask the question; None unless its own answer comes first."""
    reply = answer_question(index, text, k=1)
    if reply.abstained or reply.hits[0].answer != answer:
        return None
    return _Candidate(text, answer.topic, reply.result.confidence)
