"""Dutch numbers written in words, and their value: "tweeënveertig", "anderhalf", "twaalfhonderd".

The grammar is that of the Algemene Nederlandse Spraakkunst (7.2): units before tens, "honderd" and
"duizend" with or without a factor, parts with or without a space between. Ordinals ("derde"),
shares ("een kwart") and vague quantities ("enkele") are no numbers here.
"""

import re
from decimal import Decimal

_POWERS = {"duizend": 10**3, "miljoen": 10**6, "miljard": 10**9}
_UNITS = {
    "nul": 0,
    "een": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "zeven": 7,
    "acht": 8,
    "negen": 9,
}
_TEENS = {
    "tien": 10,
    "elf": 11,
    "twaalf": 12,
    "dertien": 13,
    "veertien": 14,
    "vijftien": 15,
    "zestien": 16,
    "zeventien": 17,
    "achttien": 18,
    "negentien": 19,
}
_TENS = {
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijftig": 50,
    "zestig": 60,
    "zeventig": 70,
    "tachtig": 80,
    "negentig": 90,
}
SHORT_WORDS = {str(value): word for word, value in (_UNITS | _TEENS | _TENS).items() if value > 1}
"""By their digits the numbers of one word that aren't made of others, but for "een", which is an
article too."""


def _any_of(words: dict[str, int]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)).replace("een", "[eé][eé]n") + ")"


_UNIT, _TEEN, _TEN = _any_of(_UNITS), _any_of(_TEENS), _any_of(_TENS)
_BELOW_100 = rf"(?:{_UNIT}(?:en|ën){_TEN}|{_TEEN}|{_TEN}|{_UNIT})"
_JOINT = r"\s?(?:en\s?)?"
_BELOW_1000 = rf"(?:(?:{_BELOW_100}\s?)?honderd(?:{_JOINT}{_BELOW_100})?|{_BELOW_100})"
_WHOLE = rf"(?:(?:{_BELOW_1000}\s?)?duizend(?:{_JOINT}{_BELOW_1000})?|{_BELOW_1000})"
_HALVES = rf"(?:anderhal(?:f|ve)|(?:een )?hal(?:f|ve)|{_UNIT}(?:en|ën|\sen\s)(?:een\s)?half)"
_LARGE = rf"(?:{_BELOW_1000}\s(?:miljoen|miljard)\s{_WHOLE}(?=\s))"
WORDS = rf"(?:{_LARGE}|{_HALVES}|{_WHOLE})"
"""What a number in words looks like; case is to be ignored. A million or a milliard is part of it
only where more follows ("een miljoen tweehonderdduizend")."""

_PARTS = re.compile("|".join((*_POWERS, "honderd", _TEEN, _TEN, _UNIT)))
_VALUES = {**_UNITS, **_TEENS, **_TENS}


def read_words(words: str) -> Decimal:
    """Return the value of a number in words that matches `WORDS`."""
    folded = re.sub(r"[\s\u00ad]+", " ", words.casefold()).replace("é", "e").strip()
    if re.fullmatch(r"anderhal(?:f|ve)", folded):
        return Decimal("1.5")
    if re.fullmatch(r"(?:een )?hal(?:f|ve)", folded):
        return Decimal("0.5")
    if folded.endswith("half"):
        return _sum_of_parts(re.sub(r"(?:en|ën|\sen\s)(?:een\s)?half$", "", folded)) + Decimal(
            "0.5"
        )
    return _sum_of_parts(folded)


def _sum_of_parts(folded: str) -> Decimal:
    """Add the parts up; "honderd" multiplies what stands before it since the last thousand."""
    total, group = 0, 0
    for part in _PARTS.findall(folded):
        if part in _POWERS:
            total, group = total + max(group, 1) * _POWERS[part], 0
        elif part == "honderd":
            group = max(group, 1) * 100
        else:
            group += _VALUES[part]
    return Decimal(total + group)
