"""Numbers whose unit stands elsewhere: "10 tot 20 %", "waarvan 4.353 goedgekeurd".

What a bare number measures is looked for in its own sentence: what it is coordinated or compared
with, the amount that it is part of, the noun of "aantal" ("van 251 naar 22"), an equal count before
it ("deze 655"), and for a list item the line that introduces the list. A bare number with thousands
or decimals marked is an amount in any case (names are never written so); any other one only if a
unit is found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain, islice

from corpus.counted import find_noun
from corpus.quantities import SHARE, TIME, Amount, Quantity
from corpus.units import read_unit

_JOINT_AHEAD = re.compile(
    r"\s?(?:en|of|en/of|à|a|tot|tot en met|t\.e\.m\.|t/m|naar|noch|resp\.?|[-–/])\s?(?:€\s?)?",
    re.IGNORECASE,
)
_IN_YEAR = r"\b(?:in|voor)\s(?:\w+\s){0,2}(?:BO|BA)?\s?(?:19|20)\d\d"
_JOINT_BEHIND = re.compile(
    rf"(?:\s{_IN_YEAR})?[,)\s]*"
    r"(?:en|of|à|tot|naar|tov|t\.o\.v\.|ten opzichte van|tegenover|versus|vs\.?|dan|ipv|i\.p\.v\."
    r"|in plaats van|[-–/])(?:\s(?:de|het|nog|ook))?\s?"
    rf"|,?\s(?:en\s)?{_IN_YEAR}:?\s",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s?,\s?")
_PART = re.compile(r"\b(?:waarvan|waaronder|daarvan|hiervan|van wie|onder wie)\b", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\baantal(?:len)?\b(?:\s(?:van de|van het|nieuwe))?", re.IGNORECASE)
_TOLD = re.compile(
    r"(?:\b(?:van|naar|tot|op|bedraagt|bedroeg|bedragen|bedroegen|is|was|zijn|waren|met|dan|en|of"
    r"|ten opzichte van|tov|tegenover|telt|telde)|:)\s?[+\-−–]?$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\ber\s(?:(?:ongeveer|circa|nog|al|slechts|ruim|bijna|maar|zowat|meer dan|minder dan)\s)?$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\s(?:meer|minder)\sdan\b")
_IN_GROUP = re.compile(r"\s(?:in|voor|bij|uit|naar|door|op)\s")
_SORTED = re.compile(r"\s(?:\w+ge|ge|be|ver|ont|her)\w+(?:d|t|en)\s(?:en|of)\s")
"""A participle between numbers of the same things: "187 goedgekeurd en 225 geweigerd"."""
_SAME = re.compile(r"\b(?:deze|die|de|alle)\s$", re.IGNORECASE)
_LEAD_IN_UNIT = re.compile(r"\b(?:in|aantal(?:len)?)\b", re.IGNORECASE)
_LINE_END = re.compile(r"\s*[.;,)]?\s*$", re.MULTILINE)
_MONEY_WORD = re.compile(r"euro|€|krediet|budget|uitgav|ontvangst|subsidie|kost", re.IGNORECASE)
_LIMIT = Decimal(1000)
_LOOK_BACK = 40  # characters before a number in which the words that introduce it stand
_MOST_ITEMS = 100  # lines of a list, before which its lead-in stands

Span = tuple[int, int]


def resolve(
    text: str, sentence: Span, quantities: Sequence[Quantity], earlier: Sequence[Amount]
) -> tuple[Amount, ...]:
    """Return the amounts of one sentence: those that have a unit, or are given one here."""
    ahead = _from_ahead(text, quantities)
    done: list[Quantity] = []
    for quantity in ahead:
        told = quantity
        if quantity.is_scale:
            told = _scaled(text, sentence, quantity)
        elif not quantity.unit:
            told = _from_behind(text, sentence, quantity, done, earlier)
        if told.unit or told.numeral.is_grouped:
            done.append(told)
    return tuple(quantity.as_amount(text) for quantity in done)


def _from_ahead(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Give bare numbers the unit of the number that they are coordinated with: "10 tot 20 %"."""
    found = list(quantities)
    is_chained = False
    for row in range(len(found) - 2, -1, -1):
        this, following = found[row], found[row + 1]
        between = text[this.end : following.start]
        is_joined = bool(_JOINT_AHEAD.fullmatch(between))
        is_chained = is_joined or (is_chained and bool(_COMMA.fullmatch(between)))
        if is_chained and not this.unit and following.unit:
            found[row] = _like(this, following)
    return found


def _like(quantity: Quantity, other: Quantity) -> Quantity:
    """Give the unit of another number; "50.000 tot 1 miljoen euro" starts at 50.000 euro."""
    unit, euros = other.unit, other.euros
    if euros and euros >= _LIMIT**2 and abs(quantity.value) >= _LIMIT:
        unit, euros = "euro", Decimal(1)
    return replace(quantity, unit=unit, euros=euros)


def _scaled(text: str, sentence: Span, quantity: Quantity) -> Quantity:
    """Read "2 miljoen": money, unless the sentence counts a number of something."""
    noun = _number_of(text, sentence[0], quantity.start)
    if not noun or _MONEY_WORD.search(text, *sentence):
        return quantity
    value = quantity.value * (quantity.euros or 1)
    return replace(quantity, value=value, unit=noun[1], euros=None)


def _from_behind(
    text: str,
    sentence: Span,
    quantity: Quantity,
    done: Sequence[Quantity],
    earlier: Sequence[Amount],
) -> Quantity:
    """Give a bare number the unit of what stands before it; unchanged where nothing tells."""
    before = next((other for other in reversed(done) if _may_share(quantity, other)), None)
    if before and (_is_tied(text, before, quantity) or _divides(text, before, quantity)):
        return _like(quantity, before)
    counted = _number_of(text, sentence[0], quantity.start)
    words_before = text[max(sentence[0], quantity.start - _LOOK_BACK) : quantity.start]
    is_told = quantity.numeral.is_grouped or _TOLD.search(words_before)
    if counted and is_told and (before is None or counted[0] > before.start):
        return replace(quantity, unit=counted[1])
    if before and quantity.numeral.is_grouped:
        return _like(quantity, before)
    same = _counted_before(words_before, quantity, done, earlier)
    return replace(quantity, unit=same) if same else _from_lead_in(text, sentence, quantity)


def _counted_before(
    before: str, quantity: Quantity, done: Sequence[Quantity], earlier: Sequence[Amount]
) -> str:
    """Return the noun that "er" or "deze" points back to: "er 120 gereageerd", "deze 655"."""
    is_same = _SAME.search(before)
    if not is_same and not _OF_THEM.search(before):
        return ""
    known: Iterator[Amount | Quantity] = chain(reversed(done), reversed(earlier))
    counts = (
        other.unit
        for other in known
        if other.euros is None and other.unit not in (*SHARE, *TIME, "")
        if not is_same or other.value == quantity.value
    )
    return next(counts, "")


def _may_share(quantity: Quantity, other: Quantity) -> bool:
    """Tell whether a bare number can be of the same kind: no thousand percent, no half a file."""
    if other.unit in TIME or not other.unit:
        return False
    if other.unit in SHARE:
        return abs(quantity.value) < _LIMIT
    return other.euros is not None or quantity.value == quantity.value.to_integral_value()


def _is_tied(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Tell whether a number continues the one before it, or is a part of it ("waarvan 20")."""
    between = text[before.end : quantity.start]
    joints = (_JOINT_BEHIND.fullmatch(between), _SORTED.fullmatch(between), _PART.search(between))
    return any(joints) or (
        bool(_PART.search(text[max(before.start - 10, 0) : before.start]))
        and bool(re.search(r"(?:,|\ben|\bof)\s$", between))
    )


def _divides(text: str, before: Quantity, quantity: Quantity) -> bool:
    """Tell whether a number is more or less of the same ("214 minder dan in 2019"), or the first
    part into which a count is divided ("18 dossiers: 11 in Gent")."""
    if before.euros is not None or not before.unit:
        return False
    opens = text[max(quantity.start - 2, 0) : quantity.start] == ": "
    starts_parts = opens and _IN_GROUP.match(text, quantity.end)
    return bool(starts_parts or _COMPARED.match(text, quantity.end))


def _number_of(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return where the last "aantal" of a stretch of text stands, and of what it is the number."""
    if text.find("aantal", start, end) < 0 and text.find("Aantal", start, end) < 0:
        return None
    for match in reversed(list(_NUMBER_OF.finditer(text, start, end))):
        noun = find_noun(text, match.end(), loose=True)
        if noun and noun.name and noun.end <= end:
            return match.start(), noun.name
    return None


def _from_lead_in(text: str, sentence: Span, quantity: Quantity) -> Quantity:
    """Give a number that ends a list item the unit of the line that introduces the list."""
    is_item = re.search(
        r":\s?[+\-−–]?$", text[max(sentence[0], quantity.start - 3) : quantity.start]
    )
    if not is_item or not _LINE_END.match(text, quantity.end):
        return quantity
    before = islice(_lines_before(text, sentence[0]), _MOST_ITEMS)
    lead_in = next((line for line in before if line.rstrip().endswith(":")), "")
    for match in _LEAD_IN_UNIT.finditer(lead_in):
        unit = read_unit(lead_in, match.end())
        if unit and unit.euros and match[0].casefold() == "in":
            return replace(quantity, unit=unit.name, euros=unit.euros)
        noun = find_noun(lead_in, match.end(), loose=True)
        if noun and noun.name and match[0].casefold() != "in":
            return replace(quantity, unit=noun.name)
    return quantity


def _lines_before(text: str, end: int) -> Iterator[str]:
    """Yield the lines of `text[:end]`, the last first; it ends where a line does."""
    while end and text[end - 1] == "\n":
        end -= 1
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        yield text[start:end]
        end = start - 1
