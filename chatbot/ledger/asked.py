"""Take the sub-questions out of an answer, each with the words that stand before it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chatbot.ledger.wording import leans
from corpus.clauses import split_clauses
from corpus.list_items import LIST_MARKER
from corpus.questions import find_questions
from corpus.records import Answer, Question
from corpus.sentences import split_sentences

_MARKER = re.compile(LIST_MARKER)
_OPENING_MARKER = re.compile(rf"^{LIST_MARKER}")
_IS_CUT = re.compile(r"\b(?:en|of)$")
"""A clause of which the other half is a sub-question by itself."""
CONTEXT_SENTENCES = 2
"""Sentences before a sub-question that say what "deze daling" is about."""


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """One thing that was asked: an exact slice of a question's text, where that starts in the
    answer's question block number `block` (from 0), and the sentences before it in the same block,
    joined with spaces ("" for none)."""

    question: Question
    text: str
    block: int
    start: int
    context: str


def read_sub_questions(answer: Answer) -> tuple[SubQuestion, ...]:
    """Return the sub-questions of an answer, in the order in which they were asked."""
    found = []
    place = (0, 0)
    for question in answer.questions:
        block, offset = _find(answer, question, place)
        place = (block, offset + len(question.text))
        text = answer.question_blocks[block].text
        for start, end in _spans(question.text):
            own, place_in_block = question.text[start:end], offset + start
            context = _context(text[:place_in_block])
            found.append(SubQuestion(question, own, block, place_in_block, context))
    return tuple(found)


def lead_in(asked: SubQuestion) -> str:
    """Return the sentence before a sub-question that leans on it, without its end mark; "" where it
    stands alone."""
    spans = split_sentences(asked.context) if leans(asked.text) else ()
    before = [_OPENING_MARKER.sub("", asked.context[start:end]) for start, end in spans]
    whole = [sentence for sentence in before if not _IS_CUT.search(sentence)]
    return whole[-1].rstrip(".;:,") if whole else ""


def _find(answer: Answer, question: Question, place: tuple[int, int]) -> tuple[int, int]:
    """Return in which block a question stands, and where; the first such place from `place` on."""
    blocks = answer.question_blocks
    for number in range(place[0], len(blocks)):
        start = place[1] if number == place[0] else 0
        offset = blocks[number].text.find(question.text, start)
        if offset >= 0:
            return number, offset
    raise ValueError(f"{answer.answer_id}: no block holds the question {question.text!r}")


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sub-questions of what a source gives as one question."""
    for start, end in find_questions(text):
        for low, high in split_clauses(text[start:end]):
            yield start + low, start + high


def _context(before: str) -> str:
    """Return the last sentences before a sub-question on its own line; at the start of a line,
    those of the last line before it that isn't an item of a list."""
    *lines, own = before.split("\n")
    spans = split_sentences(own)
    if len(_MARKER.sub("", own, count=1).strip()) == 0:
        leads = [line for line in lines if not _MARKER.match(line)]
        own = leads[-1] if leads else ""
        spans = split_sentences(own)
    return " ".join(own[start:end] for start, end in spans[-CONTEXT_SENTENCES:])
