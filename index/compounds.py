"""Split Dutch compounds into words that the documents themselves use.

"doelgroepvermindering" holds "doelgroep" and "vermindering", so a question about "vermindering
voor doelgroepen" finds it. Only words seen in the documents count as parts; there is no word list.
After: Koehn and Knight, "Empirical Methods for Compound Splitting", EACL 2003.
"""

from bisect import bisect_left
from collections.abc import Callable, Container, Sequence

MIN_COMPOUND = 9
"""Letters of a word that may be a compound: two parts of four and a link."""
MAX_COMPOUND = 60
"""Letters of the longest; a longer run of letters is no word, and its splits would take long."""
MIN_PART = 4
"""Letters of a part; shorter ones ("aan", "er") split words that are no compound."""
LINKS = ("", "s", "en", "e", "n")

MIN_SHARED = 6
"""Letters of a word that may be looked for inside compounds."""
MAX_COMPOUNDS = 8
"""A word that is part of more compounds than this tells too little."""

Stem = Callable[[str], str]


class CompoundIndex:
    """Known words, searched for compounds that a word opens or closes."""

    def __init__(self, words: Sequence[str]) -> None:
        self._forward = sorted(words)
        self._backward = sorted(word[::-1] for word in words)

    def find(self, word: str) -> tuple[str, ...]:
        """Return the compounds that start or end with a word; () for a short or common one."""
        if len(word) < MIN_SHARED:
            return ()
        closing = [found[::-1] for found in _with_prefix(self._backward, word[::-1])]
        found = [*closing, *_with_prefix(self._forward, word)]
        return tuple(found) if len(found) <= MAX_COMPOUNDS else ()


def split_compound(word: str, stems: Container[str], stem: Stem) -> tuple[str, ...]:
    """Return the stems of the parts of a compound, or () if it isn't made of known words.

    Of all splits in two, the one whose shortest part is longest wins.
    """
    found: tuple[str, ...] = ()
    if len(word) > MAX_COMPOUND:
        return found
    best = 0
    for cut in range(MIN_PART, len(word) - MIN_PART + 1):
        left = _find_left(word[:cut], stems, stem)
        right = stem(word[cut:])
        shortest = min(cut, len(word) - cut)
        if left and right in stems and shortest > best:
            found, best = (left, right), shortest
    return found


def _with_prefix(ordered: Sequence[str], prefix: str) -> list[str]:
    """Return the words that a prefix opens, and that go on for a part at least."""
    start = bisect_left(ordered, prefix)
    end = bisect_left(ordered, prefix + "\U0010ffff")
    return [word for word in ordered[start:end] if len(word) >= len(prefix) + MIN_PART]


def _find_left(part: str, stems: Container[str], stem: Stem) -> str:
    """Return the known stem of a first part, its linking letters taken away, or ""."""
    for link in LINKS:
        bare = part.removesuffix(link)
        if part.endswith(link) and len(bare) >= MIN_PART and stem(bare) in stems:
            return stem(bare)
    return ""
