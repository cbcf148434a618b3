"""What form of answer a question asks for: number, date, reason, list. Rules of Dutch, no subjects.

Also whether a sentence brings such a thing that the question did not give itself.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import chain

from corpus.facts import find_article_codes, find_esr_codes
from corpus.months import MONTH_NAMES
from corpus.number_words import SHORT_WORDS
from index.tokens import NUMERIC, fold

ASKED = 256
"""Questions of which it is remembered what they want: each of their sentences asks it again."""

NUMBER_WANTED = re.compile(
    r"\b(?:hoeveel\w*|kostprijs|wat kost(?:en|te|ten)?"
    r"|(?:welk|wat is het|wat was het|hoe groot is het) (?:\w+ )?"
    r"(?:budget|bedrag|aantal|percentage|krediet|totaal|cijfer)"
    r"|hoe (?:groot|hoog|lang|vaak|ver|oud|duur|laat)|hoelang)\b"
)
DATE_WANTED = re.compile(
    r"\b(?:wanneer|welke? (?:\w*jaar|maand|maanden|dag|datum|kwartaal|periode)"
    r"|hoe laat|hoe ?lang)\b"
)
LIST_WANTED = re.compile(
    r"\b(?:welke|waaruit bestaa\w*|overzicht|opsomming|lijst(?:je)?|wat zijn de|noem|voor wie)\b"
)
REASON_WANTED = re.compile(
    r"\b(?:waarom|waardoor|hoezo|reden(?:en)?|oorza(?:ak|ken)|motivering|verklar\w+|hoe komt)\b"
)
MONEY_WANTED = re.compile(
    r"\b(?:bedrag\w*|budget\w*|\w*krediet\w*|kost|kostte|kosten|kostprijs|geld|centen|euro|middelen"
    r"|subsidies?|uitgaven?|ontvangsten?|inkomsten)\b"
)
PERCENT_WANTED = re.compile(r"\b(?:procent|percentage\w*|welk deel)\b|%")
DURATION_WANTED = re.compile(
    r"\b(?:hoe ?lang|(?:wat is de|welke) (?:\w+ )?(?:duur|duurtijd|looptijd|termijn|wachttijd)"
    r"|hoeveel (?:tijd|ja(?:ar|ren)|maand(?:en)?|we(?:ek|ken)|dag(?:en)?|u(?:ur|ren)|minuten))\b"
)
DURATION = re.compile(
    r"\b(?:ja(?:ar|ren)|\w*jar(?:ig|en)\w*|\w*maand(?:en|elijks\w*)?|we(?:ek|ken)|dag(?:en)?|minuten"
    r"|u(?:ur|ren)|kwarta(?:al|len)|semesters?|tot|sinds|vanaf|onbepaald\w*|permanent|\w+jaarlijks\w*"
    r"|levenslang|tijdelijk\w*)\b"
)
"""What tells how long: a unit of time, or where it begins or ends."""
MONEY = re.compile(r"€|\b(?:k?euro|keur|miljoen|miljard|mio|mln|mld)\b")
PERCENT = re.compile(r"%|\bprocent\b")
REASON = re.compile(
    r"\b(?:omdat|doordat|aangezien|daarom|daardoor|hierdoor|vandaar|gevolg|wijten|danken|omwille"
    r"|wegens|vanwege|immers|namelijk|reden(?:en)?|oorza(?:ak|ken)|betekent|resulteer\w+|gelet op"
    r")\b"
)
POINTS_TO_REASON = re.compile(
    r"\b(?:daarom|daardoor|hierdoor|vandaar|om die reden"
    r"|(?:dat|dit|deze \w+|die \w+) (?:is|was|zijn|waren|komt|kwam|kan|heeft) .*"
    r"(?:gevolg|omdat|doordat|wijten|danken|reden|oorzaak|verklar\w+))\b"
)
"""A sentence that tells the reason of the one before it, or whose reason that one tells."""
COUNTED = re.compile(
    r"\bhoeveel ([a-z][\w'-]*(?:en|s)\b)(?! (?:de|het|een|die|dat|deze|dit|er|zij)\b)"
)
"""A plural after "hoeveel"; before an article it is a verb ("hoeveel bedragen de boetes")."""
COUNTING = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d][\w'-]*")
COUNTED_WITHIN = 3
"""Words between a number and what it counts: "20 middengeschoolde beroepen"."""
NUMBER_WITHIN = 20
"""Words between "het aantal" of something and the number: "het aantal aanvragen daalde tot 40"."""
ANYBODY = frozenset(("mensen", "personen"))
"""Counted words that stand for anybody: who is counted in the answer has another name."""
SUMS = frozenset(("middelen", "kosten", "uitgaven", "ontvangsten", "inkomsten", "centen"))
"""Plurals of which nobody counts how many there are: "hoeveel middelen" asks for an amount."""
ASKED_FORM = re.compile(
    r"\b(?:hoe (groot|hoog|laag|lang|kort|ver|oud|duur|laat|snel|zwaar|diep|breed)"
    r"|(?:welke?|hoeveel|wat voor) (bedrag|bedragen|geld|percentage|procent|cijfer|getal|jaar"
    r"|jaren|maand|maanden|dag|datum|moment|tijdstip|periode|posten|zaken|dingen))\b"
)
"""What only says in which form the answer comes: "hoe groot is", "welk bedrag", "in welk jaar"."""
ASKING = re.compile(
    r"\b(?:hoe\w*|wat|wie|wiens|welke?|waar\w*|wanneer|kan|kunnen|is|zijn|wordt|worden|heeft|hebben)\b"
)
NAME = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-Þ][\w'’!&.-]*\w")
"""A word with a capital that doesn't open a sentence."""
WHICH = re.compile(r"\bwelke?\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NUMBER_WORDS = re.compile(
    rf"\b(?:{'|'.join(SHORT_WORDS.values())}|honderd|duizend|helft|derde|kwart|enkele|geen"
    r"|jaarlijkse?|\w{3,}jaarlijkse?|maandelijkse?)\b"
)
DAY = re.compile(rf"\b[0-3]?\d (?:{MONTH_NAMES})\b")
MONTH = re.compile(
    rf"\b(?:{MONTH_NAMES}"
    r"|kwartaal|semester|najaar|voorjaar|lente|zomer|herfst|winter)\b"
)
TIME = re.compile(
    r"\b(?:(?:na|binnen|over|voor|elke?|per|om de) (?:\w+ )?"
    r"(?:ja(?:ar|ren)|maand(?:en)?|we(?:ek|ken)|dag(?:en)?|kwarta(?:al|len)|uur)"
    r"|jaarlijks\w*|maandelijks\w*|wekelijks\w*|dagelijks\w*|zodra|voorlopig|vandaag|momenteel"
    r"|afgelopen|volgend|morgen|gisteren)\b"
)
"""What tells when without naming a date: "na twintig jaar", "zodra"."""


def asks_something(question: str) -> bool:
    """Say whether a question says what it asks: with a question word, or a verb to affirm."""
    return bool(ASKING.search(fold(question)))


@lru_cache(maxsize=ASKED)
def wants_number(question: str) -> bool:
    """Say whether a question asks for a number or an amount."""
    return bool(NUMBER_WANTED.search(fold(question)))


def form_words(question: str) -> frozenset[str]:
    """Return the folded words of a question that only say in which form the answer comes."""
    found = ASKED_FORM.finditer(fold(question))
    return frozenset(word for match in found for word in match.groups() if word)


def counted_word(question: str) -> str:
    """Return the folded word right after "hoeveel", of which a number is asked; "" for none."""
    word = _counted_plural(fold(question))
    return word if word not in ANYBODY else ""


def counts(text: str, is_counted: Callable[[str], bool]) -> bool:
    """Say whether a number stands shortly before a word that is counted, or after "aantal" and it:
    "419 personeelsleden", "het aantal personeelsleden daalde tot 419"."""
    words = COUNTING.findall(fold(text))
    places = [place for place, word in enumerate(words) if is_counted(word)]
    before = [(max(place - COUNTED_WITHIN, 0), place) for place in places]
    after = [
        (place + 1, place + NUMBER_WITHIN)
        for place, (start, end) in zip(places, before, strict=True)
        if "aantal" in words[start:end]
    ]
    near = chain(*(words[start:end] for start, end in (*before, *after)))
    return any(
        NUMBER_WORDS.fullmatch(word) or (NUMERIC.fullmatch(word) and not YEAR.fullmatch(word))
        for word in near
    )


@lru_cache(maxsize=ASKED)
def wants_date(question: str) -> bool:
    """Say whether a question asks when."""
    return bool(DATE_WANTED.search(fold(question)))


@lru_cache(maxsize=ASKED)
def wants_reason(question: str) -> bool:
    """Say whether a question asks why."""
    return bool(REASON_WANTED.search(fold(question)))


def points_to_reason(sentence: str) -> bool:
    """Say whether a sentence and the one before it tell what happened and why."""
    return bool(POINTS_TO_REASON.match(fold(sentence)))


def names_other_code(sentence: str, question: str) -> bool:
    """Say whether a sentence names budget codes, but none of those that a question asks about."""
    asked = named_codes(question)
    if not asked:
        return False
    named = named_codes(sentence)
    return bool(named) and asked.isdisjoint(named)


def lacks_money(question: str, text: str) -> bool:
    """Say whether a question asks for an amount of money and a text holds none."""
    folded = fold(question)
    asked = (
        wants_number(question)
        and bool(MONEY_WANTED.search(folded))
        and not _counted_plural(folded)
        and not DURATION_WANTED.search(folded)
    )
    return asked and not MONEY.search(fold(text))


def lacks_percentage(question: str, text: str) -> bool:
    """Say whether a question asks for a percentage and a text holds none."""
    return bool(PERCENT_WANTED.search(fold(question))) and not PERCENT.search(fold(text))


def lacks_duration(question: str, text: str) -> bool:
    """Say whether a question asks how long and a text tells no time."""
    return bool(DURATION_WANTED.search(fold(question))) and not DURATION.search(fold(text))


def wants_list(question: str) -> bool:
    """Say whether a question asks for several things."""
    return bool(LIST_WANTED.search(fold(question)))


def brings_form(sentence: str, question: str) -> bool:
    """Say whether a sentence brings the number (of money or per cent, where that is asked), the
    date or the reason that is asked for."""
    return (
        (
            wants_number(question)
            and brings_number(sentence, question)
            and not (lacks_money(question, sentence) or lacks_percentage(question, sentence))
        )
        or (wants_date(question) and brings_date(sentence, question))
        or (wants_reason(question) and bool(REASON.search(fold(sentence))))
    )


def wants_unit(question: str) -> bool:
    """Say whether a question asks for money or for a percentage."""
    return lacks_money(question, "") or lacks_percentage(question, "")


def lacks_name(question: str, text: str) -> bool:
    """Say whether a question asks which, not how many or when, and a text brings no new name."""
    asked = WHICH.search(fold(question)) and not wants_number(question) and not wants_date(question)
    return bool(asked) and set(NAME.findall(question)).issuperset(NAME.findall(text))


def lacks_year(question: str, text: str) -> bool:
    """Say whether a question names a year and a text names none of those that it names."""
    return bool(YEAR.search(question)) and not names_year(text, question)


def names_year(sentence: str, question: str) -> bool:
    """Say whether a sentence names a year that a question names."""
    years = set(YEAR.findall(question))
    return bool(years) and not years.isdisjoint(YEAR.findall(sentence))


def brings_number(sentence: str, question: str) -> bool:
    """Say whether a sentence holds a number that the question doesn't, dates left out."""
    given = set(NUMERIC.findall(question))
    folded = YEAR.sub(" ", DAY.sub(" ", fold(sentence)))
    return bool(set(NUMERIC.findall(folded)) - given) or bool(NUMBER_WORDS.search(folded))


def brings_date(sentence: str, question: str) -> bool:
    """Say whether a sentence holds a year or a month that the question doesn't."""
    folded, asked = fold(sentence), fold(question)
    years = set(YEAR.findall(folded)) - set(YEAR.findall(asked))
    return bool(years) or bool(set(MONTH.findall(folded)) - set(MONTH.findall(asked)))


def tells_when(text: str) -> bool:
    """Say whether a text tells when something is without naming a date."""
    return bool(TIME.search(fold(text)))


def _counted_plural(folded: str) -> str:
    """Return the plural after "hoeveel" in a folded question; "" for none, or one of `SUMS`."""
    match = COUNTED.search(folded)
    return match[1] if match and match[1] not in SUMS else ""


@lru_cache(maxsize=8192)
def named_codes(text: str) -> frozenset[str]:
    """Return the article and ESR codes in a text, as the documents write them."""
    return frozenset((*find_article_codes(text.upper()), *find_esr_codes(text)))
