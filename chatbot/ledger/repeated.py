"""Recognise a question that a member put already, and tell what became of it.

Whoever prepares a follow-up often types or copies a question that stands in the document itself.
Its words are in the context of the answer below it, so the search is sure of that answer, also
where the minister left the question open. The ledger, which reads all sub-questions of an answer
together, knows that better.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.ledger.asked import SubQuestion, read_sub_questions
from chatbot.ledger.judgement import judge
from chatbot.ledger.records import Status
from chatbot.ledger.signs import match_answer
from chatbot.ledger.wording import expected_form, idle_stems
from corpus.records import Answer
from index.contents import Index
from index.reading import split_background
from index.stems import content_stems
from index.tokens import fold

SAME_WORDS = 0.6
"""Share of a sub-question's words, function words among them, that a question which repeats it
holds, beside all that say what it is about."""
ALIKE = 0.8
"""Share of all words of both that they have in common, where those of the sub-question say nothing
of its subject ("Over hoeveel gaat het?"): it must be the same sentence, nearly to the letter."""

_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Repeated:
    """A sub-question that is asked again, what became of it (a suggestion), and what the answer
    lacks ("" for nothing)."""

    asked: SubQuestion
    status: Status
    missing: str


def find_repeated(index: Index, query: str, answer: Answer) -> Repeated | None:
    """Return the sub-question of an answer that a query repeats, with its status; None for none.

    Statements that open the query are passed over, mistyped words are read as they are meant.
    """
    every = read_sub_questions(answer)
    _, asked = split_background(index.lexical.vocabulary.mend(query))
    number = _find_same(asked, answer, every)
    if number is None:
        return None
    sentences, matches = match_answer(index, answer, every)
    status, _, missing = judge(matches, number, sentences)
    return Repeated(every[number], status, missing)


def _find_same(asked: str, answer: Answer, every: Sequence[SubQuestion]) -> int | None:
    """Return the place of the sub-question that is asked: that with most words in common of those
    that want the same, name all that is asked about, and nothing else."""
    words, form = _words(asked), expected_form(asked)
    near = [number for number, one in enumerate(every) if _shares_most(_words(one.text), words)]
    if not near:
        return None
    blocks = " ".join((answer.topic, *(block.text for block in answer.question_blocks)))
    around, stems = set(content_stems(blocks)), set(content_stems(asked))
    named = stems - idle_stems(asked)
    shares: dict[int, float] = {}
    for number in near:
        text = every[number].text
        own = _words(text)
        subject = set(content_stems(text)) - idle_stems(text)
        alike = len(own & words) / max(len(own | words), 1)
        is_same = subject <= stems and named <= around if subject else alike >= ALIKE
        if is_same and expected_form(text) is form:
            shares[number] = alike
    return max(shares, key=lambda number: shares[number], default=None)


def _shares_most(own: set[str], words: set[str]) -> bool:
    return len(own & words) >= SAME_WORDS * len(own)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))
