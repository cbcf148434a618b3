"""The records of amounts: what was read at one place, first loosely, then with its unit."""

from dataclasses import dataclass
from decimal import Decimal

from corpus.numerals import Numeral

TIME = ("uur", "jaar")
"""Units of time that `corpus.units` names; other ones ("maanden") are counted as nouns are."""
SHARE = ("%", "procentpunt")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount or count: the exact slice `text[start:end]`, its value and the unit of that value.

    `unit` is "euro", "keuro", "miljoen euro", "miljard euro", "cent", "%", "procentpunt", "VTE",
    "uur", "jaar", or the counted noun as written; empty where the text doesn't tell. `euros` is
    what one unit is worth in euro; None for what isn't money.
    """

    start: int
    end: int
    raw: str
    value: Decimal
    unit: str
    euros: Decimal | None

    @property
    def value_eur(self) -> Decimal | None:
        """The value in euro; None for what isn't money."""
        return None if self.euros is None else self.value * self.euros

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self.unit in SHARE


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that may be an amount; `unit` is empty while it isn't known what it measures.

    `is_scale` tells that only "miljoen" or the like stood behind it.
    """

    numeral: Numeral
    start: int
    end: int
    value: Decimal
    unit: str = ""
    euros: Decimal | None = None
    is_scale: bool = False

    def as_amount(self, text: str) -> Amount:
        """Return it as an amount of the text that it was found in."""
        raw = text[self.start : self.end]
        return Amount(self.start, self.end, raw, self.value, self.unit, self.euros)
