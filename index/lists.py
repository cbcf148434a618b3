"""Lists in running text: items are lines with a marker; the sentence before leads them in."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.list_items import LIST_MARKER

ITEM = re.compile(
    rf"{LIST_MARKER}"
    r"|Ten (?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|slotte)\b"
)
CLOSING = re.compile(r"(?:in )?totaal\b|samen\b|dat (?:is|geeft|brengt)\b", re.IGNORECASE)
"""How a sentence begins that sums up the list before it."""

Span = tuple[int, int]


def find_lists(text: str, sentences: Sequence[Span]) -> tuple[Span, ...]:
    """Return the lists of a text as ranges of sentences (first, last), lead-in included.

    A list is two or more items in a row; the sentence before them leads them in, if it isn't the
    last of a list itself. An item's further sentences on its line belong to it, and the sentence
    after it that gives the total.
    """
    kinds = _mark_items(text, sentences)
    starts = [row for row, kind in enumerate(kinds) if kind and not (row and kinds[row - 1])]
    found = []
    for start in starts:
        end = next((row for row in range(start, len(kinds)) if not kinds[row]), len(kinds))
        items = sum(bool(ITEM.match(text, sentences[row][0])) for row in range(start, end))
        if items > 1:
            is_summed_up = end < len(kinds) and CLOSING.match(text, sentences[end][0])
            found.append((max(start - 1, 0), end if is_summed_up else end - 1))
    return tuple(found)


def _mark_items(text: str, sentences: Sequence[Span]) -> list[bool]:
    """Say of each sentence whether it is in an item: it has a marker, or follows on its line."""
    marks = [bool(ITEM.match(text, start)) for start, _ in sentences]
    for row, (before, after) in enumerate(pairwise(sentences), start=1):
        same_line = "\n" not in text[before[1] : after[0]]
        marks[row] = marks[row] or (same_line and marks[row - 1])
    return marks
