"""Numbers in running text as Dutch writes them: "2.225.000", "22,4", "22, 4 miljoen", "1 250 000".

A point groups thousands and a comma starts the decimals; a point before one or two last digits is
read as a decimal point. What a number counts, and whether it counts at all, is judged elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.number_words import WORDS, read_words

SPACE = "[ \u00a0\u2009\u202f]"
_BEFORE_UNIT = rf"(?={SPACE}?(?:miljoen|miljard|mio|mln|mld|mrd|mia|k?euro|k?eur\b|€|%|procent))"
_DIGITS = "|".join(
    (
        r"\d{1,3}(?:\.\d{3})+(?:,\d+)?",
        rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?:,\d+)?",
        r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?",
        rf"\d{{1,3}}{SPACE}?,{SPACE}\d{{1,2}}{_BEFORE_UNIT}",
        rf"\d+\.\d{{1,2}}{_BEFORE_UNIT}",
        r"\d+(?:,\d+)?",
    )
)
_NUMERAL = re.compile(rf"(?<![\w.,/:§°#@=&\\])(?:{_DIGITS})(?!\d|[.,:/]\d)")
_WORDS = re.compile(rf"(?<![\w-])(?:{WORDS})(?![\w-])", re.IGNORECASE)
_SIGN = re.compile(rf"(?:^|(?<=[\s(\[:;“\"‘'«/€]))([+\-−–])(?:€{SPACE}?)?$")
_CHAINED = re.compile(rf"\d{SPACE}?,{SPACE}$")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at `text[start:end]`, its sign left out of both the place and the value.

    `is_grouped` tells that it has thousands or decimals marked, as names and codes never have.
    """

    start: int
    end: int
    value: Decimal
    is_grouped: bool
    is_words: bool = False


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """Return the numbers in digits, in order, apart; one glued to letters before it is none."""
    return tuple(_numerals(text))


def find_number_words(text: str) -> tuple[Numeral, ...]:
    """Return the numbers in words, in order; a bare "een" is one too, so look what follows it."""
    return tuple(
        Numeral(match.start(), match.end(), read_words(match[0]), False, True)
        for match in _WORDS.finditer(text)
    )


def sign_before(text: str, start: int) -> tuple[int, int]:
    """Return the sign (1 or -1) of the number at `start` and where the sign stands (or `start`).

    A sign touches its number (or the € before it) and nothing else: a dash between two numbers is
    a range, one with a space after it a list marker.
    """
    match = _SIGN.search(text[max(start - 4, 0) : start])
    if not match:
        return 1, start
    return (1 if match[1] == "+" else -1), max(start - 4, 0) + match.start(1)


def read_digits(digits: str) -> Decimal:
    """Return the value of a number in digits."""
    compact = re.sub(r"\s", "", digits)
    if compact.count(",") > 1:
        return Decimal(compact.replace(",", ""))
    if "," in compact or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", compact):
        return Decimal(compact.replace(".", "").replace(",", "."))
    return Decimal(compact)


def _numerals(text: str) -> Iterator[Numeral]:
    position = 0
    while match := _NUMERAL.search(text, position):
        found = match[0]
        if re.search(rf",{SPACE}", found) and _CHAINED.search(
            text[max(match.start() - 4, 0) : match.start()]
        ):
            found = found[: found.index(",")].rstrip()  # "10, 12, 14 miljoen" is three numbers
        end = match.start() + len(found)
        if not _is_glued(text, match.start()):
            yield Numeral(match.start(), end, read_digits(found), bool(re.search(r"\D", found)))
        position = end


def _is_glued(text: str, start: int) -> bool:
    """Tell whether a dash ties the number to a word: "Covid-19", but not "10-20" or "-5"."""
    before = text[max(start - 2, 0) : start]
    return len(before) == 2 and before[1] in "-‐‑–−" and before[0].isalpha()
