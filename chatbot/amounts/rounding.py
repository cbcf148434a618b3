"""Compare amounts as written: rounded, in their own units; and numbers in Dutch notation."""

from collections.abc import Sequence
from decimal import Decimal

from chatbot.amounts.records import AmountLine


def worth(line: AmountLine) -> Decimal:
    """Return the value in euro for money, else the value itself."""
    return line.value if line.value_eur is None else line.value_eur


def rounding_error(line: AmountLine) -> Decimal:
    """Return how far the true value may lie from the written one: half of its last digit."""
    exponent = line.value.as_tuple().exponent
    last_digit = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
    factor = worth(line) / line.value if line.value else Decimal(1)
    return last_digit * factor / 2


def same_kind(first: AmountLine, second: AmountLine) -> bool:
    """Tell whether two amounts can be compared: both money, or both of one unit."""
    if first.value_eur is not None or second.value_eur is not None:
        return first.value_eur is not None and second.value_eur is not None
    return first.unit.casefold() == second.unit.casefold() != ""


def may_be_equal(value: Decimal, line: AmountLine, others: Sequence[AmountLine] = ()) -> bool:
    """Tell whether `value`, worked out from `others`, may be the amount, but for rounding."""
    slack = sum((rounding_error(other) for other in others), rounding_error(line))
    return abs(value - worth(line)) <= slack


def in_dutch(value: Decimal) -> str:
    """Return a number in Dutch notation: 22422.5 is "22.422,5"."""
    text = f"{value.normalize():,f}"
    return text.translate(str.maketrans(",.", ".,"))
