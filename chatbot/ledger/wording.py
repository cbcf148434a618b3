"""Tell from a sub-question's wording what kind of answer it wants, and whether a sentence has it.

Rules of Dutch, no subjects. Only a number, a date and a reason can be told from a sentence with
some certainty; for the other kinds every sentence may do.
"""

import re
from enum import Enum

from index.stems import stem_word
from index.tokens import fold
from index.wanted import (
    MONTH,
    NUMBER_WORDS,
    REASON,
    YEAR,
    counted_word,
    wants_date,
    wants_list,
    wants_number,
    wants_reason,
)


class Form(Enum):
    """What a sub-question wants; the value says in Dutch what is missing without it."""

    NUMBER = "een cijfer of een bedrag"
    DATE = "een datum of een termijn"
    REASON = "een reden"
    WHO = "wie het betreft"
    WHERE = "waar het is"
    HOW = "hoe het gebeurt"
    LIST = "welke het zijn"
    YES_NO = "een ja of een neen"
    OTHER = "een antwoord"


_MONEY = re.compile(
    r"\bgekost\b|\bbudgettaire (?:\w+ )?(?:impact|weerslag|gevolg\w*)|\bkost(?:prijs|en) van\b"
)
_FIRST_WORDS = {
    Form.WHO: re.compile(r"(?:\w+ )?wie\b"),
    Form.WHERE: re.compile(r"(?:van|tot )?waar(?:heen|naartoe)?\b"),
    Form.HOW: re.compile(r"hoe\b|op welke (?:manier|wijze)\b"),
}
_LEAD = re.compile(r"^(?:[^:?]{1,80}: )?(?:(?:en|maar|of|zo ja|zo nee|zo neen|zo niet)\b,? ?)*")
_ASKS_TO_TELL = re.compile(r"(?:kan|kunt|kunnen|wil|wilt|zou) (?:de minister|u|men)\b")
_VERB_FIRST = re.compile(
    r"(?:is|zijn|was|waren|wordt|worden|werd|werden|zal|zullen|zou|zouden|kan|kunnen|heeft|hebben|"
    r"had|hadden|moet|moeten|mag|mogen|gaat|gaan|komt|komen|klopt|bent|hebt|zult|kunt|\w{3,}t|"
    r"wij veronderstellen|we veronderstellen)\b"
)
_REASON_TOO = re.compile(
    r"\bkader(?:t|en|de|den)?\b|\b(?:volgt|vloeit) \w+ uit\b|\bdoor (?:de|het)\b"
)
_YES_NO_WORDS = re.compile(
    r"\b(?:ja|neen?|niet|geen|wel|inderdaad|correct|klopt|juist|bevestig\w*|zeker)\b"
)
_NUMBER = re.compile(r"(?<![\w-])\d+(?:[.,]\d+)*")
_WHICH = re.compile(r"\bwelke (?:(?:andere?|nieuwe?|concrete?|verdere?|bijkomende?) )*(\w[\w'-]+)")
_POINTED_AT = re.compile(r"\b(?:deze|dit|die|dat) (?!ge\w+(?:d|t|en)\b)(\w[\w'-]+)")
_DUTY_WORDS = """concreet concrete precies precieze exact zaak zaken ding dingen element elementen
manier wijze toelichting toelichten toelicht uitleg uitleggen duiden duiding verduidelijken
verduidelijking verklaren verklaring verklaar motivering reden redenen oorzaak overzicht opsomming
lijst geven gegeven graag meer verder verdere dieper ingaan stand praktijk bestaat bestaan bedoeld
betekenen betekent zien ziet evalueert evalueren hier uitsplitsen aantal hoeveelheid keer cijfers
bedrag"""
_DUTIES = frozenset(map(stem_word, _DUTY_WORDS.split()))
"""Stems that say what kind of answer is wanted, or that it is wanted, never of what."""


def expected_form(question: str) -> Form:
    """Return what kind of answer a sub-question wants, by its first sign."""
    folded = fold(question)
    bare = _LEAD.sub("", folded)
    if wants_number(question) or _MONEY.search(folded):
        return Form.NUMBER
    if wants_date(question):
        return Form.DATE
    if wants_reason(question):
        return Form.REASON
    for form, pattern in _FIRST_WORDS.items():
        if pattern.match(bare):
            return form
    if wants_list(question):
        return Form.LIST
    is_yes_no = _VERB_FIRST.match(bare) and not _ASKS_TO_TELL.match(bare)
    return Form.YES_NO if is_yes_no else Form.OTHER


def brings(form: Form, sentence: str, question: str) -> bool:
    """Say whether a sentence has the number, date, reason or yes-or-no that is wanted.

    For the other kinds the words don't tell: false.
    """
    folded, asked = fold(sentence), fold(question)
    if form is Form.NUMBER:
        return is_of_asked_year(sentence, question) and _brings_number(folded, asked)
    if form is Form.DATE:
        years = set(YEAR.findall(folded)) - set(YEAR.findall(asked))
        return bool(years or set(MONTH.findall(folded)) - set(MONTH.findall(asked)))
    if form is Form.REASON:
        return bool(REASON.search(folded) or _REASON_TOO.search(folded))
    return form is Form.YES_NO and bool(_YES_NO_WORDS.search(folded))


def is_of_asked_year(sentence: str, question: str) -> bool:
    """Say whether a sentence names a year that is asked for, or no year at all."""
    asked, told = set(YEAR.findall(question)), set(YEAR.findall(sentence))
    return not asked or not told or bool(asked & told)


def counted_stem(question: str) -> str:
    """Return the stem of what is counted after "hoeveel", or ""."""
    word = counted_word(question)
    return stem_word(word) if word else ""


def sought_stem(question: str) -> str:
    """Return the stem of the noun after "welke", instances of which are asked for, or ""."""
    match = _WHICH.search(fold(question))
    return stem_word(match[1]) if match else ""


def idle_stems(question: str) -> frozenset[str]:
    """Return the stems that say nothing of the subject: what kind of answer is wanted, and what
    only points back to an earlier sentence ("deze daling")."""
    pointed = {stem_word(match[1]) for match in _POINTED_AT.finditer(fold(question))}
    return _DUTIES | pointed


def _brings_number(folded: str, asked: str) -> bool:
    told = set(_NUMBER.findall(YEAR.sub(" ", folded))) - set(_NUMBER.findall(asked))
    return bool(told) or bool(NUMBER_WORDS.search(folded))
