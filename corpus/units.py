"""Units that stand beside a number: euro and its multiples, percent, VTE, time.

A unit is named alike however it is written: "mio €" is "miljoen euro", "k€" is "keuro", "u" is
"uur", "FTE" and "voltijdse equivalenten" are "VTE".
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.numerals import SPACE

SCALES = {"duizend": 3, "dzd": 3, "miljoen": 6, "miljoenen": 6, "mio": 6, "mln": 6}
SCALES |= {"miljard": 9, "miljarden": 9, "mld": 9, "mrd": 9, "mia": 9}
"""Powers of ten by the words for them."""
_NAMES = {3: "duizend", 6: "miljoen", 9: "miljard"}
_SCALE = "(?:" + "|".join(sorted(SCALES, key=len, reverse=True)) + r")(?!\w)"
_EURO = r"(?:euro(?:['’]s)?(?![\w-])|eur(?!\w)|€)"

_UNIT = re.compile(
    rf"{SPACE}?(?:"
    rf"(?P<kilo>k){SPACE}?{_EURO}"
    rf"|(?P<mega>m){SPACE}?{_EURO}"
    rf"|(?P<scale>{_SCALE})(?P<dot>\.(?!\s+(?-i:[A-Z])|\s*$))?(?:{SPACE}?(?P<scaled>{_EURO}))?"
    rf"|(?P<euro>{_EURO})"
    r"|(?P<cent>(?:euro)?cent(?:en)?(?!\w))"
    r"|(?P<points>procentpunt(?:en)?(?!\w)|%-punt(?:en)?)"
    r"|(?P<percent>%|(?:procent|percent|pct)(?!\w))"
    r"|(?P<fte>(?:[vf]te|voltijdse?[ -]equivalent(?:en)?)(?:['’]?s|['’]en)?(?!\w))"
    r"|(?P<hours>(?:u|uur|uren)(?!\w))"
    r"|(?P<years>(?:jaar|jaren)(?!\w))"
    r")",
    re.IGNORECASE,
)
_CASH_TAIL = re.compile(r",(?:--?|–)(?!\d)")
_EURO_BEFORE = re.compile(
    rf"(?:^|[^\d\s]{SPACE}?|{SPACE}{{2}}|(?<!\d)(?:19|20)\d\d{SPACE})"
    rf"(€|(?<!\w)EUR){SPACE}?[+\-−–]?$"
)
"""A "€" after a number is that number's, but for one after a year: "in 2019 € 250"."""
_LOOK_BACK = 10  # characters before a number in which its "€" or "EUR" and a year before that stand
_OF_NEXT = re.compile(rf"{SPACE}(?:€|EUR(?!\w)){SPACE}?[+\-−–]?\d")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that ends at `end`: its name, and its worth in euro where it is money.

    `is_scale` tells that only "miljoen" or the like was written: money, or a large count.
    """

    end: int
    name: str
    euros: Decimal | None = None
    is_scale: bool = False

    @property
    def power(self) -> Decimal:
        """What "miljoen" or the like multiplies by, of a unit in which it was written."""
        return self.euros or Decimal(1)


def read_unit(text: str, position: int) -> Unit | None:
    """Return the unit that starts at `position`, white space apart; None for none."""
    if tail := _CASH_TAIL.match(text, position):
        position = tail.end()
    match = _UNIT.match(text, position)
    if not match:
        return Unit(position, "euro", Decimal(1)) if tail else None
    if match["scale"]:
        return _scaled(match["scale"], match.end(), is_scale=not match["scaled"])
    return _named(match.lastgroup or "", match.end())


def euro_before(text: str, start: int) -> int | None:
    """Return where the "€" or "EUR" right before a number stands; None where none belongs to it."""
    match = _EURO_BEFORE.search(text[max(start - _LOOK_BACK, 0) : start])
    return max(start - _LOOK_BACK, 0) + match.start(1) if match else None


def is_euro_of_next(text: str, end: int) -> bool:
    """Tell whether a "€" or "EUR" stands apart after `end`, right before another number."""
    return _OF_NEXT.match(text, end) is not None


def _scaled(word: str, end: int, is_scale: bool) -> Unit:
    power = SCALES[word.casefold()]
    return Unit(end, f"{_NAMES[power]} euro", Decimal(10) ** power, is_scale)


def _named(group: str, end: int) -> Unit:
    units = {
        "kilo": Unit(end, "keuro", Decimal(1000)),
        "mega": Unit(end, "miljoen euro", Decimal(10) ** 6),
        "euro": Unit(end, "euro", Decimal(1)),
        "cent": Unit(end, "cent", Decimal("0.01")),
        "points": Unit(end, "procentpunt"),
        "percent": Unit(end, "%"),
        "fte": Unit(end, "VTE"),
        "hours": Unit(end, "uur"),
        "years": Unit(end, "jaar"),
    }
    return units[group]
