"""Tell from a sub-question's wording what kind of answer it wants, and whether a sentence has it.

Rules of Dutch, no subjects. Only a number, a date and a reason can be told from a sentence with
some certainty; for the other kinds every sentence may do.
"""

import re
from enum import Enum

from index.answer_type import (
    MONTH,
    NUMBER_WORDS,
    REASON,
    YEAR,
    brings_date,
    counted_word,
    lacks_money,
    wants_date,
    wants_list,
    wants_number,
    wants_reason,
)
from index.stems import content_stems, stem_word
from index.tokens import fold


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
    r"\bwelke? (?:\w+- en |\w+ )?"
    r"(?:\w*(?:middelen|kredieten|budgetten|bedragen)|\w+(?:budget|bedrag|aantal))\b"
    r"|\bhoe (?:evolue\w+|verander\w+) (?:\w+ ){1,2}"
    r"(?:aantal\w*|cijfers?|\w*(?:krediet|uitgave|ontvangst|budget|bedrag)\w*)\b"
    r"|\bgekost\b|\bbudgettaire (?:\w+ )?(?:impact|weerslag|gevolg\w*)|\bkost(?:prijs|en) van\b"
)
_ASKS_REASON = re.compile(r"\b(?:hoe )?(?:verklaart|verklaren) (?:de minister|u)\b")
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
_COUNT = re.compile(
    r"(?<![\w.,-])\d+(?:[.,]\d+)*(?!\d|[.,]\d| ?(?:%|procent|k?euro|€|(?:miljoen|miljard) k?euro))"
    rf"(?! {MONTH.pattern})"
)
"""A number that is no money, no share and no date: it may count things."""
_HOW_LONG = re.compile(r"\bhoe lang\b")
_TIME = re.compile(r"\b(?:uur|uren|dag|dagen|week|weken|maand|maanden|jaar|jaren|sinds|tot)\b")
_PER = re.compile(r"\bper (\w{3,})\b")
_WHICH = re.compile(r"\bwelke (?:(?:andere?|nieuwe?|concrete?|verdere?|bijkomende?) )*(\w[\w'-]+)")
_POINTED_AT = re.compile(r"\b(?:deze|dit|die|dat) (?!ge\w+(?:d|t|en)\b)(\w[\w'-]+)")
LEAST_SUBJECT = 2
_POINTS = re.compile(
    r"\b(?:deze|dit|hier\w*|daar\w*|ervan|ervoor|ermee"
    r"|(?:is|was|zal|zou|kan|wordt|werd|gaat|betekent|kost) dat)\b"
)
_CONFIRMS = re.compile(
    r"(?:ja|neen?|inderdaad|(?:dit|dat) (?:klopt|is)(?: (?:inderdaad|niet|geheel|helemaal))*"
    r"(?: (?:correct|juist|zo|het geval|fout|een \w*fout)\b(?: \w+)?)?|klopt(?: niet)?)[.,!;]"
)
"""How an answer starts that says yes or no to what was asked: "Dat is correct opgemerkt."."""
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
    if wants_reason(question) or _ASKS_REASON.search(folded):
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
    folded = fold(sentence)
    if form is Form.NUMBER:
        return is_of_asked_year(sentence, question) and _brings_number(folded, fold(question))
    if form is Form.DATE:
        return brings_date(sentence, question)
    if form is Form.REASON:
        return bool(REASON.search(folded) or _REASON_TOO.search(folded))
    return form is Form.YES_NO and bool(_YES_NO_WORDS.search(folded))


def confirms(answer: str) -> bool:
    """Say whether an answer starts by saying yes or no."""
    return _CONFIRMS.match(fold(answer[:80])) is not None


def is_of_asked_year(sentence: str, question: str) -> bool:
    """Say whether a sentence names a year that is asked for, or no year at all."""
    asked, told = set(YEAR.findall(question)), set(YEAR.findall(sentence))
    return not asked or not told or bool(asked & told)


def missing_years(question: str, answer: str) -> list[str]:
    """Return the years of which a question asks and the answer is silent, where it does speak of
    another one that is asked for."""
    asked = list(dict.fromkeys(YEAR.findall(question)))
    silent = [year for year in asked if not re.search(rf"\b{year}\b", answer)]
    return silent if len(silent) < len(asked) else []


def missing_breakdown(question: str, answer: str) -> str:
    """Return the noun of "per provincie" that the answer never uses, or "" for none."""
    for match in _PER.finditer(fold(question)):
        if stem_word(match[1]) not in content_stems(answer):
            return match[1]
    return ""


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


def leans(question: str) -> bool:
    """Say whether a sub-question doesn't tell by itself what it is about: it points back, or holds
    less than two words of a subject."""
    subject = set(content_stems(question)) - idle_stems(question)
    return len(subject) < LEAST_SUBJECT or _POINTS.search(fold(question)) is not None


def _brings_number(folded: str, asked: str) -> bool:
    if lacks_money(asked, folded) or (_HOW_LONG.search(asked) and not _TIME.search(folded)):
        return False
    if counted_word(asked):
        counts = set(_COUNT.findall(YEAR.sub(" ", folded))) - set(_NUMBER.findall(asked))
        return bool(counts) or bool(NUMBER_WORDS.search(folded))
    told = set(_NUMBER.findall(YEAR.sub(" ", folded))) - set(_NUMBER.findall(asked))
    return bool(told) or bool(NUMBER_WORDS.search(folded))
