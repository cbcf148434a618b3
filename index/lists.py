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


def find_led_in(text: str, sentences: Sequence[Span]) -> tuple[Span, ...]:
    """Return the lists that a colon leads in as ranges of sentences (first, last), lead-in
    included; those within an item of another list too, which belong to that item."""
    return tuple(
        (lead, _end_of_list(text, sentences, lead + 1))
        for lead, span in enumerate(sentences[:-1])
        if leads_in(text, span) and _marker_of(text, sentences[lead + 1])
    )


def _end_of_list(text: str, sentences: Sequence[Span], first: int) -> int:
    """Return the last sentence of the list that a sentence starts: its items have one marker."""
    marker, row = _marker_of(text, sentences[first]), first
    while row + 1 < len(sentences):
        following = _marker_of(text, sentences[row + 1])
        if following and leads_in(text, sentences[row]):
            row = _end_of_list(text, sentences, row + 1)
        elif following == marker or "\n" not in text[sentences[row][1] : sentences[row + 1][0]]:
            row += 1
        else:
            break
    return row


def leads_in(text: str, sentence: Span) -> bool:
    """Say whether a sentence ends in a colon: it leads in what comes after it."""
    return text[slice(*sentence)].endswith(":")


def _marker_of(text: str, sentence: Span) -> str:
    """Return the mark that a list item starts with, "1" for any number; "" for no item."""
    match = ITEM.match(text, sentence[0])
    if match is None:
        return ""
    return "1" if match[0][0].isdigit() else match[0][0]


def _mark_items(text: str, sentences: Sequence[Span]) -> list[bool]:
    """Say of each sentence whether it is in an item: it has a marker, or follows on its line."""
    marks = [bool(ITEM.match(text, start)) for start, _ in sentences]
    for row, (before, after) in enumerate(pairwise(sentences), start=1):
        same_line = "\n" not in text[before[1] : after[0]]
        marks[row] = marks[row] or (same_line and marks[row - 1])
    return marks
