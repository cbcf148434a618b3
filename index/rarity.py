"""How rare a word is in Dutch at large, from counts in public Dutch text.

Thirty answers say little about how much a word says: "vaak" is in none of them, and is still no
subject. The counts in `rarity.tsv` were made by `python -m index.train.rarity` from the sources on
the model card: on its first line the number of texts, then a stem and in how many texts it is.
"""

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

COUNTS = Path(__file__).parent / "rarity.tsv"


def rarity_at_large(stem: str) -> float:
    """Return the inverse document frequency of a stem in Dutch text, as a share of the highest.

    It lies in (0, 1]; a word that no text holds (a name, a rare compound, a mistyped word) and
    anything with a digit has 1.
    """
    texts, counts = _read_counts()
    count = 0 if any(letter.isdigit() for letter in stem) else counts.get(stem, 0)
    return math.log((texts + 1) / (count + 0.5)) / math.log((texts + 1) / 0.5)


@lru_cache(maxsize=1)
def _read_counts() -> tuple[int, Mapping[str, int]]:
    first, *lines = COUNTS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return int(first), {stem: int(count) for stem, count in pairs}
