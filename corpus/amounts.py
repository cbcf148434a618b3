"""Every amount and count in running text, with its exact place, value and unit.

Rule: a number in digits is an amount when it measures or counts: it has a unit of money, a percent
sign, VTE, a unit of time or a noun that it counts (`corpus.counted`), or it stands in for one that
has ("waarvan 4.353 goedgekeurd"; `corpus.bare_numbers`). A number in words is one when it is money,
a percentage, VTE or a large count ("twee miljoen"). A number that names something is never one
(`corpus.number_names`). Signs are as written: "+10.459" is 10459, "een daling van 5" is 5; before a
unit of time a sign says "more" or "less than" and is left out.
"""

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from corpus.bare_numbers import resolve
from corpus.counted import Noun, find_noun
from corpus.number_names import is_year_by_context, looks_like_year, without_names
from corpus.numerals import Numeral, find_number_words, find_numerals, sign_before
from corpus.quantities import SHARE, TIME, Amount, Quantity
from corpus.sentences import split_sentences
from corpus.units import Unit, euro_before, is_euro_of_next, read_unit

MAX_CHARS = 20  # of an amount in digits; what is longer is an account or a key
_VAGUE_WORDS = ("een", "half", "halve", "een half", "een halve")


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts and counts, in order, apart."""
    quantities = tuple(_quantities(text))
    starts = [quantity.start for quantity in quantities]
    found: list[Amount] = []
    for start, end in split_sentences(text):
        inside = quantities[bisect_left(starts, start) : bisect_left(starts, end)]
        if inside:
            found.extend(resolve(text, (start, end), inside, found))
    return tuple(found)


def _quantities(text: str) -> Iterator[Quantity]:
    """Yield what may be an amount, in order, apart."""
    numerals = (*find_numerals(without_names(text)), *_words_with_unit(text))
    taken = 0
    for numeral in sorted(numerals, key=lambda numeral: (numeral.start, -numeral.end)):
        quantity = _read(text, numeral) if numeral.start >= taken else None
        if quantity:
            taken = quantity.end
            yield quantity


def _words_with_unit(text: str) -> Iterator[Numeral]:
    """Yield the numbers in words that are money, a share, VTE or large; "een euro" is no number."""
    for numeral in find_number_words(text):
        unit = read_unit(text, numeral.end)
        word = text[numeral.start : numeral.end].casefold()
        before = text[max(numeral.start - 3, 0) : numeral.start].casefold()
        if word == "duizend" and before == "in ":  # "(in duizend euro)", over a table
            continue
        is_vague = word in _VAGUE_WORDS
        if unit and unit.name not in TIME and (not is_vague or unit.power >= 1_000_000):
            yield numeral


def _read(text: str, numeral: Numeral) -> Quantity | None:
    """Return what the number measures, as far as its neighbours tell; None if it is no number."""
    if numeral.end - numeral.start > MAX_CHARS and not numeral.is_words:
        return None
    is_year = looks_like_year(text[numeral.start : numeral.end])
    is_before_euro = is_year and is_euro_of_next(text, numeral.end)
    unit = None if is_before_euro else read_unit(text, numeral.end)
    euro = euro_before(text, numeral.start)
    if euro is not None and (unit is None or unit.euros is None):
        unit = Unit(numeral.end, "euro", Decimal(1))
    if unit is None and _is_part_of_word(text, numeral.end):
        return None
    noun = _noun(text, numeral, unit) if euro is None else None
    is_money = unit is not None and (unit.euros is not None or unit.name in (*SHARE, "VTE"))
    counts = noun is not None and noun.name and not is_year_by_context(text, numeral.start)
    if is_year and not is_money and not counts:
        return None
    return _build(text, numeral, unit, noun, euro)


def _noun(text: str, numeral: Numeral, unit: Unit | None) -> Noun | None:
    """Return what is counted: after a plain number, or after "miljoen" unless that is money."""
    if unit is None:
        position = numeral.end + (4 if text.startswith("-tal", numeral.end) else 0)
        return find_noun(text, position, is_one=numeral.value == 1)
    noun = find_noun(text, unit.end) if unit.is_scale else None
    return noun if noun and noun.name and not (noun.is_money or noun.is_acronym) else None


def _build(
    text: str, numeral: Numeral, unit: Unit | None, noun: Noun | None, euro: int | None
) -> Quantity:
    sign, start = sign_before(text, numeral.start)
    if unit is not None and unit.name in TIME:
        sign, start = 1, numeral.start
    start = min(start, numeral.start if euro is None else euro)
    value = numeral.value * sign
    if noun is not None:
        value *= unit.power if unit else 1
        return Quantity(numeral, start, noun.end, value, noun.name)
    if unit is not None:
        return Quantity(numeral, start, unit.end, value, unit.name, unit.euros, unit.is_scale)
    return Quantity(numeral, start, numeral.end, value)


def _is_part_of_word(text: str, end: int) -> bool:
    """Tell whether a number without a unit is glued to what follows: "3D", "21ste", "50+"."""
    after = text[end : end + 2]
    if text.startswith("-tal ", end):
        return False
    has_joiner = len(after) == 2 and after[0] in "-‐‑'’" and after[1].isalpha()
    return has_joiner or after[:1].isalpha() or after[:1] in ("+", "_", "²", "³")
