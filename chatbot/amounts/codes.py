"""Codes: an article or ESR code, and all questions, answers, amounts and parties that name it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chatbot.amounts.records import AmountLine
from corpus.facts import find_article_codes, find_esr_codes
from corpus.records import Answer, Asker, Document, QuestionBlock

_ESR_PREFIX = re.compile(r"^ESR(?:CODES?)?(?=\d)")
MIN_PART = 4  # letters and digits of a code that may stand for the whole: "2CBW", not "JB0"


@dataclass(frozen=True, slots=True)
class CodeUse:
    """Where one code is named.

    `answers` are all answers that name it, in their question or their text; `blocks` the question
    blocks that do, each with its answer; `amounts` those that are about it; `parties` who asked.
    """

    code: str
    answers: tuple[Answer, ...]
    blocks: tuple[tuple[Answer, QuestionBlock], ...]
    amounts: tuple[AmountLine, ...]
    parties: tuple[Asker, ...]


def list_codes(documents: Iterable[Document], amounts: Sequence[AmountLine]) -> tuple[CodeUse, ...]:
    """Return every code of the documents with where it is named, in order of first appearance."""
    answers = [answer for document in documents for answer in document.answers]
    codes = dict.fromkeys(
        code for answer in answers for code in (*answer.article_codes, *answer.esr_codes)
    )
    return tuple(_use(code, answers, amounts) for code in codes)


def find_codes(typed: str, uses: Iterable[CodeUse]) -> tuple[CodeUse, ...]:
    """Return the codes that are meant, however they are typed: "jb0 1jdb2cb wt", "esr-code 88.17",
    "88.17". Where no whole code fits, those that hold what was typed, from `MIN_PART` on."""
    wanted = fold_code(typed)
    known = tuple(uses)
    whole = tuple(use for use in known if fold_code(use.code) == wanted)
    if whole or len(wanted) < MIN_PART:
        return whole
    return tuple(use for use in known if wanted in fold_code(use.code))


def fold_code(code: str) -> str:
    """Return a code's letters and digits only, in capitals, without "ESR" before a number."""
    bare = "".join(character for character in code.upper() if character.isalnum())
    return _ESR_PREFIX.sub("", bare)


def _use(code: str, answers: Sequence[Answer], amounts: Sequence[AmountLine]) -> CodeUse:
    holders = [answer for answer in answers if code in (*answer.article_codes, *answer.esr_codes)]
    blocks = [
        (answer, block)
        for answer in holders
        for block in answer.question_blocks
        if code in (*find_article_codes(block.text), *find_esr_codes(block.text))
    ]
    parties = dict.fromkeys(asker for answer in holders for asker in answer.askers)
    about = (line for line in amounts if code in (line.article_code, line.esr_code))
    return CodeUse(code, tuple(holders), tuple(blocks), tuple(about), tuple(parties))
