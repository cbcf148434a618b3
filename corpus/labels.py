"""Recognise the words that only say what comes next: "Vraag 2:", "Antwoord van de minister"."""

import re

_MAX_CHARS = 90
_ANSWER = r"(?:Antwoord(?:en)?|ANTWOORD(?:EN)?|Schriftelijk antwoord)"
_NUMBER = r"(?:nr\.?\s*)?(?:\d{1,2}|[a-z])(?:\s*(?:,|en|t\.?e\.?m\.?|tot|-|–)\s*(?:\d{1,2}|[a-z]))*"
_MINISTER = r"(?:\s+(?:van|door))?(?:\s+de)?\s+(?:vice-?)?minister\b[^.?!:]*"
_BARE = re.compile(rf"{_ANSWER}(?:{_MINISTER})?\s*[:.]?")
_TO_ASKER = re.compile(rf"{_ANSWER} (?:aan|op (?:de )?vra(?:ag|gen) van)\b[^?!:]*[^.?!:]:?")
_PARTIAL = re.compile(
    rf"{_ANSWER}\s+(?:op\s+)?(?:de\s+)?(?:(?:deel)?vra(?:ag|gen)\s+)?{_NUMBER}\s*[:.)]?"
)
_OPENING = re.compile(rf"{_ANSWER}(?:\s+(?:op\s+)?(?:(?:deel)?vra(?:ag|gen)\s+)?{_NUMBER})?\s*:\s")
_WHOLE = re.compile(rf"{_ANSWER}\s*:\s")
_NUMBERED = re.compile(
    r"(?=[A-Z])(?i:antwoord(?:\s+op)?(?:\s+(?:de\s+)?vraag)?|(?:schriftelijke )?vraag)"
    r"\s+(?:nr\.?\s*)?(\d{1,3})(?:\s*[:.)]?$|\s*:\s|\s+van\s)"
)
_ASK = r"(?:(?:Schriftelijke v|Deelv|V)ra(?:ag|gen)|VRA(?:AG|GEN))"
_QUESTION = re.compile(rf"{_ASK}(?:\s+{_NUMBER})?\s*[:.]?")
QUESTION_LABEL = rf"{_ASK}(?:\s+{_NUMBER})?\s*:\s+"
"""How a question starts that says it is one: "Vraag 2: Hoeveel ..."."""
_LABELLED_QUESTION = re.compile(rf"{QUESTION_LABEL}\S")


def is_answer_label(text: str) -> bool:
    """Tell whether a line says that the answer follows, and no more: "Antwoord:"."""
    return len(text) <= _MAX_CHARS and any(p.fullmatch(text) for p in (_BARE, _TO_ASKER))


def starts_whole_answer(text: str) -> bool:
    """Tell whether all that stands before a line was asked: "Antwoord", "Antwoord: De ..."."""
    return is_answer_label(text) or _WHOLE.match(text) is not None


def opens_answer(text: str) -> bool:
    """Tell whether a line opens an answer or a part of it: "Antwoord 1: De premie ..."."""
    is_partial = len(text) <= _MAX_CHARS and _PARTIAL.fullmatch(text) is not None
    return is_partial or starts_whole_answer(text) or _OPENING.match(text) is not None


def label_number(text: str) -> int | None:
    """Return the number that a line gives a question or answer: "Vraag 4", "Antwoord op vraag 4: De
    premie ...", "Vraag 4 van Axel Ronse (N-VA)"; None for another line."""
    match = _NUMBERED.match(text)
    return int(match[1]) if match else None


def is_numbered_label(text: str) -> bool:
    """Tell whether a line says which question or answer follows, and no more: "Antwoord 4:"."""
    match = _NUMBERED.match(text)
    return match is not None and match.end() == len(text)


def is_question_label(text: str) -> bool:
    """Tell whether a line says that a question follows, and no more: "Vraag 2:"."""
    return _QUESTION.fullmatch(text) is not None


def is_labelled_question(text: str) -> bool:
    """Tell whether a line starts a question that says it is one: "Vraag 2: Hoeveel ..."."""
    return _LABELLED_QUESTION.match(text) is not None
