"""Dutch stems by Snowball (Kraaij and Pohlmann's algorithm): the one module with PyStemmer."""

from functools import lru_cache
from typing import Any

import Stemmer

from index.stopwords import STOP_WORDS
from index.tokens import tokenise


def content_stems(text: str) -> list[str]:
    """Return the stems of a text in order, stop words left out; numbers and codes as they are."""
    return [stem_word(token) for token in tokenise(text) if token not in STOP_WORDS]


@lru_cache(maxsize=200_000)
def stem_word(token: str) -> str:
    """Return the Dutch Snowball stem of a folded word; anything with a digit is left as it is."""
    if any(letter.isdigit() for letter in token):
        return token
    return str(_stemmer().stemWord(token))


def stem_forms(stem: str) -> tuple[str, ...]:
    """Return a stem and the forms that the stemmer leaves apart: a verb with -t ("stijgt"), an
    acronym's plural with -s ("ibos")."""
    bare = stem[:-1]
    if len(bare) > 2 and stem[-1] in "ts" and bare[-1] not in "ts":
        return stem, stem_word(bare)
    return stem, f"{stem}t"


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    return Stemmer.Stemmer("dutch")
