"""Split Dutch compounds into words that the documents themselves use.

"doelgroepvermindering" holds "doelgroep" and "vermindering", so a question about "vermindering
voor doelgroepen" finds it. Only words seen in the documents count as parts; there is no word list.
After: Koehn and Knight, "Empirical Methods for Compound Splitting", EACL 2003.
"""

from collections.abc import Callable, Container

MIN_PART = 4
"""Letters of a part; shorter ones ("aan", "er") split words that are no compound."""
LINKS = ("", "s", "en", "e", "n")

Stem = Callable[[str], str]


def split_compound(word: str, stems: Container[str], stem: Stem) -> tuple[str, ...]:
    """Return the stems of the parts of a compound, or () if it isn't made of known words.

    Of all splits in two, the one whose shortest part is longest wins.
    """
    found: tuple[str, ...] = ()
    best = 0
    for cut in range(MIN_PART, len(word) - MIN_PART + 1):
        left = _find_left(word[:cut], stems, stem)
        right = stem(word[cut:])
        shortest = min(cut, len(word) - cut)
        if left and right in stems and shortest > best:
            found, best = (left, right), shortest
    return found


def _find_left(part: str, stems: Container[str], stem: Stem) -> str:
    """Return the known stem of a first part, its linking letters taken away, or ""."""
    for link in LINKS:
        bare = part.removesuffix(link)
        if part.endswith(link) and len(bare) >= MIN_PART and stem(bare) in stems:
            return stem(bare)
    return ""
