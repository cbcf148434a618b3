"""Split a sub-question that asks two things: "Over welke gebouwen gaat het en waarom?".

Two open questions are joined by "en" or "of", each with a question word of its own; they may get
an answer apart. A question that a member wrote as one sentence stays one in `Answer.questions`.
"""

import re

from corpus.questions import QUESTION_WORD

_JOINT = re.compile(rf",? (?:en|of) (?!waar(?!om\b))(?={QUESTION_WORD}\W)", re.IGNORECASE)
"""What joins two questions. "En waar", "en waarop" mostly go on with a subordinate clause."""
_WORD_AND_REST = re.compile(rf"(?:^|\W){QUESTION_WORD}(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_VERB_AND_SUBJECT = re.compile(r" \w+ (?:die|dat|dit|deze|ze|zij|het|hij)\W*$", re.IGNORECASE)
"""The whole of a short clause: "hoeveel kost die"."""
_MIN_WORDS = 3
"""Words after the question word of a clause that stands alone; "onder welke voorwaarden" can't."""


def split_clauses(question: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each question within a sub-question, in order; at least one.

    The spans leave out only the words that join them.
    """
    spans = []
    start = 0
    for joint in _JOINT.finditer(question):
        parts = question[start : joint.start()], question[joint.end() :]
        if all(_stands_alone(part) for part in parts):
            spans.append((start, joint.start()))
            start = joint.end()
    return (*spans, (start, len(question)))


def _stands_alone(clause: str) -> bool:
    found = _WORD_AND_REST.search(clause)
    if found is None:
        return False
    return len(found["rest"].split()) >= _MIN_WORDS or bool(_VERB_AND_SUBJECT.match(found["rest"]))
