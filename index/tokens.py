"""From text to folded tokens: the same word, code, name or amount however it is typed.

Folding takes away accents, case, ligatures and the many shapes of apostrophe and dash, so that
NFC and NFD agree. A run such as "JB0-1JDB2CB-WT", "N-VA" or "sp.a" gives its parts and the run
without its joiners, so "nva" finds "N-VA". A number loses its thousands separators; an amount
also gives its value in euro, so "9.848 keuro" and "9,848 miljoen euro" meet. No stemming here.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from corpus.facts import find_esr_codes
from corpus.units import SCALES

APOSTROPHES = dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u00b4\u0060\u2032\u201b\uff07"), "'")
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\uff0d"), "-")
SOFT_HYPHEN = {0xAD: None}
SHAPES = APOSTROPHES | DASHES | SOFT_HYPHEN

MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
"""Combining marks of the Latin, Greek and Cyrillic scripts."""

SHORT = 300
"""Characters of a text that is remembered once it is folded: words, questions, sentences."""

MULTIPLIERS = {"k": 10**3, "m": 10**6} | {word: 10**power for word, power in SCALES.items()}
SCALE = "|".join(sorted(SCALES, key=len, reverse=True))

ACRONYM_PLURAL = re.compile(r"\b([A-Z]{2,})s\b")
NUMBER = r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
MOST_DIGITS = 30
"""Characters of a number that can be an amount."""
YEAR_BEFORE_EURO = r"(?:19|20)\d\d (?:€|eur\b)\s?\d"
AMOUNT = re.compile(
    rf"(?P<sign>(?:€|\beur\b)\s*)?(?<![\w.,])(?!{YEAR_BEFORE_EURO})(?P<number>{NUMBER})\s*"
    rf"(?:(?P<scale>[km](?=\s?(?:euro?\b|€))|(?:{SCALE})\b)\.?)?"
    r"\s*(?P<unit>euro?\b|€)?"
)
SPLIT_DECIMAL = re.compile(r"(\d), (?=\d{1,2} ?(?:miljoen|miljard|mio|mln|mld|keuro|%|procent))")
SPACED_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3})+(?![\w.,]*\d)")
RUN = re.compile(r"[^\W_]+(?:(?:[-.'&+§@]|(?<=\d),(?=\d))[^\W_]+)*")
JOINERS = re.compile(r"[-.'&+§@,]")
NUMERIC = re.compile(r"\d+(?:[.,]\d+)*")
WITH_UNIT = re.compile(r"(\d+)([^\W\d_]{1,5})")


def fold(text: str) -> str:
    """Return the text without case, accents or variants of apostrophe and dash, and acronyms
    without the -s of their plural."""
    return _fold_short(text) if len(text) <= SHORT else _fold(text)


@lru_cache(maxsize=8192)
def _fold_short(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    text = ACRONYM_PLURAL.sub(r"\1", text)
    if text.isascii():
        return text.replace("`", "'").casefold()
    decomposed = unicodedata.normalize("NFKD", text.translate(SHAPES))
    return MARKS.sub("", decomposed).casefold().translate(SHAPES)


def fold_name(name: str) -> str:
    """Return a name with only its letters and digits: "SP.A" and "spa" become equal."""
    return "".join(letter for letter in fold(name) if letter.isalnum())


def tokenise(text: str) -> tuple[str, ...]:
    """Return the folded tokens of a text, in order; runs give their parts and the whole."""
    return tuple(token for group in token_groups(text) for token in group)


def token_groups(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the tokens of each run, the parts first; apart from them the value of each amount
    and each ESR code in one piece ("esr8817")."""
    folded = SPLIT_DECIMAL.sub(r"\1,", fold(text))
    joined = SPACED_THOUSANDS.sub(lambda match: match[0].replace(" ", ""), folded)
    runs = map(_read_run, RUN.findall(joined))
    whole = [value for _, value in _find_amounts(folded)]
    whole += [fold_name(code) for code in find_esr_codes(folded)]
    return (*filter(None, runs), *((token,) for token in whole))


def find_amounts(text: str) -> tuple[tuple[str, str], ...]:
    """Return of each amount its number and its value as tokens: ("9848", "eur:9848000")."""
    folded = SPLIT_DECIMAL.sub(r"\1,", fold(text))
    return tuple(_find_amounts(folded))


@lru_cache(maxsize=200_000)
def _read_run(run: str) -> tuple[str, ...]:
    return tuple(filter(_is_token, _split_run(run)))


def _is_token(token: str) -> bool:
    return len(token) > 1 or token.isdigit()


def _find_amounts(folded: str) -> Iterator[tuple[str, str]]:
    """Yield the number and "eur:<whole euros>" of each amount with a scale or a currency."""
    for match in AMOUNT.finditer(folded):
        is_amount = match["scale"] or match["unit"] or match["sign"]
        if is_amount and len(match["number"]) <= MOST_DIGITS:
            number = _read_number(match["number"])
            value = number * MULTIPLIERS.get(match["scale"] or "", 1)
            yield f"{number.normalize():f}", f"eur:{int(value)}"


def _split_run(run: str) -> Iterator[str]:
    if NUMERIC.fullmatch(run):
        yield from _split_number(run)
        return
    run = run.removesuffix("'s")
    parts = JOINERS.split(run)
    for part in parts:
        yield part
        if match := WITH_UNIT.fullmatch(part):
            yield match[1]
    if len(parts) > 1:
        yield "".join(parts)


def _split_number(run: str) -> Iterator[str]:
    """Yield a number with a point for its decimals; a date or a list gives its parts."""
    if re.fullmatch(rf"(?:{NUMBER})", run):
        yield f"{_read_number(run).normalize():f}"
    else:
        yield from re.split("[.,]", run)


def _read_number(text: str) -> Decimal:
    """Read a number as it is written here: points or spaces for thousands, a decimal comma."""
    text = text.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))
