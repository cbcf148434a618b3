"""Tell which answers of a document were probably not read well, by what can't stand in an answer.

A paragraph that asks what no member asked, and a member's name with a party, are the words of
someone whose question wasn't recognised: they stand there as the minister's. Nothing is mended.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.parties import PARTIES
from corpus.questions import bare_sentences
from corpus.records import Answer

_LONGEST_LINE = 120
"""Characters of the longest line that may name who asks; a longer one is a sentence."""
_FEW = 0.1
"""Share of the answers in which, under a question that was read, the minister may ask something or
name someone."""
_MANY_TURNS = 3
"""Turns in one block from which questions that stand together are suspected."""


def _spelled(party: str) -> str:
    """Return the pattern of a party however it is spelled: "NVA", "CD & V", "GROEN"."""
    loose = dict.fromkeys("-. ", r"[-\u2010-\u2013.\s]?") | {"&": r"\s*&\s*", "+": r"\+"}
    return "".join(loose.get(sign, sign) for sign in party)


_PARTY = rf"(?i:{'|'.join(sorted(map(_spelled, PARTIES), key=len, reverse=True))})!?"
_NAME = r"[A-ZÀ-Þ][\w'’.-]*(?:\s+[\w'’.-]+){0,4}\s+[A-ZÀ-Þ][\w'’-]+"
_NAMES_ASKER = re.compile(
    rf"\b{_NAME}\s*\({_PARTY}\)|\b(?=[A-ZÀ-Þ]|sp\.a|cd&v){_PARTY}\s*\({_NAME}\)"
    rf"|\({_NAME}\s*[,–-]\s*{_PARTY}\)"
)
"""A member with a party: "Axel Ronse (N-VA)", "GROEN (Ann Moerenhout)", "(Vera Jans, CD&V)"."""
_REST_OF_ASKER = re.compile(rf"[^.?!]{{0,60}}?\({_PARTY}\):?(?=\s|$)")
"""How a question starts of which the asker was broken over two lines: "Meester (PVDA)"."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """How many answers are doubtful, and the pages on which that shows (ascending, each once)."""

    count: int
    pages: tuple[int, ...]


def find_doubts(answers: Sequence[Answer]) -> Doubts:
    """Return which of a document's answers are doubtful."""
    surely: dict[str, list[int]] = {}
    perhaps: dict[str, list[int]] = {}
    for answer in answers:
        pages = [*_around(answer)]
        inside = [answer.page_at(offset) for offset in _inside(answer)]
        if pages or (inside and not answer.question_blocks):
            surely[answer.answer_id] = pages + inside
        elif inside:
            perhaps[answer.answer_id] = inside
    found = surely | perhaps if len(perhaps) > _FEW * len(answers) else surely
    return Doubts(len(found), tuple(sorted({page for pages in found.values() for page in pages})))


def asks_apart(answers: Sequence[Answer]) -> bool:
    """Tell whether most questions stand together over one answer, while most answers have none."""
    turns = [len(answer.question_blocks) for answer in answers]
    most = max(turns, default=0)
    return most >= _MANY_TURNS and 2 * most > sum(turns) and 2 * turns.count(0) > len(turns)


def _around(answer: Answer) -> Iterator[int]:
    """Yield the page of each question or asker in a topic, and of what is left of an asker's line
    over a question."""
    if answer.topic.endswith("?") or _NAMES_ASKER.search(answer.topic):
        yield answer.page_start
    for block in answer.question_blocks:
        if _REST_OF_ASKER.match(block.text):
            yield block.page_start


def _inside(answer: Answer) -> Iterator[int]:
    """Yield the offset of each paragraph in an answer's text that asks what wasn't asked, or that
    names an asker."""
    said: set[str] = set()
    if "?" in answer.text:
        said = set().union(*(bare_sentences(block.text) for block in answer.question_blocks))
    for match in re.finditer(r"[^\n]+", answer.text):
        text = match[0]
        asks = text.endswith("?") and not bare_sentences(text) <= said
        is_line = len(text) <= _LONGEST_LINE and not text.endswith(".")
        if asks or (is_line and _NAMES_ASKER.search(text)):
            yield match.start()
