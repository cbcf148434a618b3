"""Ordinals with what they number: "tweede kwartaal", "Q2", "golf 1", "kwartaal 1 tot 3"."""

import re
from functools import lru_cache

from index.tokens import fold

ORDINALS = {
    "eerste": 1,
    "tweede": 2,
    "derde": 3,
    "vierde": 4,
    "vijfde": 5,
    "zesde": 6,
    "zevende": 7,
    "achtste": 8,
    "negende": 9,
    "tiende": 10,
}
PERIODS = r"(kwartaal|trimester|semester|golf|ronde|fase)"
"""What is numbered before or after its number alike."""
MAX_RANGE = 12
"""Numbers in a range; more aren't periods."""
_BEFORE = re.compile(rf"\b({'|'.join(ORDINALS)}|\d{{1,2}}(?:e|de|ste)) ([a-z]\w{{2,}})")
_AFTER = re.compile(
    rf"\b{PERIODS} (\d{{1,2}})(?: (?:tot|tot en met|t/m|-) (?:{PERIODS} )?(\d{{1,2}}))?\b"
)
_QUARTER = re.compile(r"\bq([1-4])\b")

Numbered = tuple[str, int]


@lru_cache(maxsize=8192)
def find_ordinals(text: str) -> frozenset[Numbered]:
    """Return what a text numbers, folded, with each number: ("kwartaal", 2)."""
    folded = fold(text)
    found = {
        (noun, ORDINALS.get(number) or int(re.sub(r"\D", "", number)))
        for number, noun in _BEFORE.findall(folded)
    }
    found |= {("kwartaal", int(number)) for number in _QUARTER.findall(folded)}
    for noun, first, _, last in _AFTER.findall(folded):
        numbers = range(int(first), min(int(last or first), int(first) + MAX_RANGE) + 1)
        found |= {(noun, number) for number in numbers}
    return frozenset(found)


def shares_ordinal(question: str, text: str) -> bool:
    """Say whether a text numbers something as a question does."""
    asked = find_ordinals(question)
    return bool(asked) and not asked.isdisjoint(find_ordinals(text))


def numbers_another(question: str, text: str) -> bool:
    """Say whether a text numbers what a question numbers, but never as the question does: the
    first quarter where the second is asked."""
    asked = find_ordinals(question)
    if not asked:
        return False
    nouns = {noun for noun, _ in asked}
    told = {one for one in find_ordinals(text) if one[0] in nouns}
    return bool(told) and asked.isdisjoint(told)
