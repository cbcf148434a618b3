"""Sums, parts and percentages that don't fit the amounts around them, but for rounding."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from chatbot.amounts.records import AmountLine
from chatbot.amounts.rounding import may_be_equal, rounding_error, same_kind, worth

_TOTAL = re.compile(r"\b(?:tota(?:al|le)\w*|samen|som)\b", re.IGNORECASE)
_PART = re.compile(r"\s?[,(]?\s?(?:waarvan|waaronder)\b", re.IGNORECASE)
_PART_REACH = 40  # characters between an amount and its "waarvan": "5.177 aanvragen binnen DWSE,"
_CHANGE = re.compile(
    r"\b(?:daling|stijging|toename|afname|groei|vermindering|verhoging|terugval)\s(?:van|met)"
    r"\s(?:\w+\s)?[+\-−–]?$|\b(?:daalt|daalde|stijgt|steeg)\smet\s(?:\w+\s)?[+\-−–]?$",
    re.IGNORECASE,
)
_ROUGHLY = re.compile(r"\b(?:ongeveer|circa|ca|ruim|bijna|zowat|zo['’]n|meer|minder)\b", re.I)
_HUNDRED = Decimal(100)


def clashing_sums(
    text: str, lines: Sequence[AmountLine]
) -> Iterator[tuple[AmountLine, tuple[AmountLine, ...], Decimal]]:
    """Yield each total of a list with the items that it isn't the sum of, and their real sum.

    A list is two or more lines in a row with one amount of the same kind each; its total stands on
    the line after them, or on the one before them that ends with a colon.
    """
    rows: dict[int, list[AmountLine]] = {}
    for line in lines:
        rows.setdefault(text.count("\n", 0, line.start), []).append(line)
    for row, inside in rows.items():
        content = text.split("\n")[row]
        if len(inside) != 1 or not _TOTAL.search(content):
            continue
        step = 1 if content.rstrip().endswith(":") else -1
        parts = _list_from(rows, row + step, step, inside[0])
        value = sum((worth(part) for part in parts), Decimal(0))
        if len(parts) >= 2 and not may_be_equal(value, inside[0], parts):
            yield inside[0], parts, value


def clashing_parts(
    text: str, lines: Sequence[AmountLine]
) -> Iterator[tuple[AmountLine, AmountLine]]:
    """Yield a whole and a part of it ("waarvan") that is larger."""
    for whole, part in pairwise(lines):
        between = text[whole.end : part.start]
        marker = _PART.search(between)
        is_part = marker is not None and len(between) <= _PART_REACH + len(marker[0])
        if is_part and same_kind(whole, part) and _is_larger(part, whole):
            yield whole, part


def clashing_shares(
    text: str, lines: Sequence[AmountLine]
) -> Iterator[tuple[AmountLine, AmountLine, AmountLine, Decimal]]:
    """Yield a rise or fall in percent that doesn't fit the two amounts of its sentence, with these
    and the percentage that would."""
    for share in (line for line in lines if line.unit == "%"):
        start = text.rfind(share.sentence, 0, share.start + len(share.sentence))
        inside = [line for line in lines if start <= line.start < start + len(share.sentence)]
        others = [line for line in inside if not line.is_share]
        is_change = _CHANGE.search(text[start : share.start])
        if not is_change or len(inside) != 3 or not _both_filled(others):
            continue
        changes = [_change(*pair) for pair in (others, others[::-1])]
        slack = rounding_error(share) + (3 if _ROUGHLY.search(is_change[0]) else Decimal("0.5"))
        if all(abs(change - abs(share.value)) > slack for change in changes):
            yield share, others[0], others[1], round(changes[0], 1)


def _is_larger(part: AmountLine, whole: AmountLine) -> bool:
    surely = abs(worth(part)) - rounding_error(part) > abs(worth(whole)) + rounding_error(whole)
    return surely and whole.sentence == part.sentence


def _list_from(
    rows: dict[int, list[AmountLine]], row: int, step: int, total: AmountLine
) -> tuple[AmountLine, ...]:
    parts = []
    while row in rows and len(rows[row]) == 1 and same_kind(rows[row][0], total):
        parts.append(rows[row][0])
        row += step
    return tuple(parts[::step])


def _both_filled(amounts: Sequence[AmountLine]) -> bool:
    """Tell whether these are two amounts of one kind, neither of them 0."""
    return len(amounts) == 2 and same_kind(*amounts) and all(worth(line) for line in amounts)


def _change(first: AmountLine, second: AmountLine) -> Decimal:
    """Return by how many percent the second amount differs from the first, without sign."""
    return abs(worth(second) - worth(first)) / abs(worth(first)) * _HUNDRED
