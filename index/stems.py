"""Dutch stems by Snowball (Kraaij and Pohlmann's algorithm): the one module with PyStemmer."""

from functools import lru_cache
from typing import Any

import Stemmer

from corpus.number_words import SHORT_WORDS
from index.stopwords import STOP_WORDS
from index.tokens import tokenise

OWN_GE = (
    *("gebeur", "gebied", "gebor", "gebouw", "gebrek", "gebrui", "gedrag", "geduld", "gehandicap"),
    *("geheel", "geheim", "gehele", "gehoor", "gelegen", "gelijk", "geloof", "gelov", "geluid"),
    *("geluk", "gemak", "gemeen", "gemidd", "genees", "genera", "genoeg", "geogra", "gerecht"),
    *("gering", "geschied", "geschikt", "geschil", "gesprek", "getal", "getui", "geval", "gevaar"),
    *("gevang", "gevoel", "gevolg", "gewapen", "gewel", "gewest", "gewet", "gewicht", "gewon"),
    *("gewoon", "gezag", "gezicht", "gezin", "gezond"),
)
"""Beginnings of words in which "ge" opens no participle. The stemmer takes it off all the same, and
then "gemeente" is "meen", "gezondheid" is "zon" and "gemiddeld" the same as "middelen"; so these
words are stemmed with an h in place of their g."""
PARTICIPLES = (
    *("gebouwd", "gehoord", "geschilderd", "gevalid", "gevalor", "gevoeld", "gevolgd", "gewettigd"),
    *("gewoond", "gezonden"),
)
"""Beginnings of participles that begin like one of those: "gevolgd" is of "volgen", not of
"gevolg"."""
MIN_ROOT = 4
"""Letters of a verb's root that takes -t or -d; a shorter one may be an acronym ("ibo", "ibot")."""
MIN_VERB = 6
"""Letters of a stem that may be a verb in -eren; shorter ones in -er are other words."""


def content_tokens(text: str) -> list[str]:
    """Return the folded tokens of a text in order, stop words left out."""
    return [token for token in tokenise(text) if token not in STOP_WORDS]


def content_stems(text: str) -> list[str]:
    """Return the stems of a text in order, stop words left out; numbers and codes as they are."""
    return [stem_word(token) for token in content_tokens(text)]


@lru_cache(maxsize=200_000)
def stem_word(token: str) -> str:
    """Return the Dutch Snowball stem of a folded word; anything with a digit is left as it is.

    "Ge" is taken off participles only ("gedaald"), not off "gebouwen".
    """
    if any(letter.isdigit() for letter in token):
        return token
    if token.startswith(OWN_GE) and not token.startswith(PARTICIPLES):
        return f"g{_stemmer().stemWord(f'h{token[1:]}')[1:]}"
    return str(_stemmer().stemWord(token))


def stem_forms(stem: str) -> tuple[str, ...]:
    """Return a stem and the forms that the stemmer leaves apart: a verb with -t or -d ("stijgt",
    "bespaard"), an acronym's plural with -s ("ibos"), a verb in -eren ("actualiseren",
    "geactualiseerd"); of a number its digits or its word ("8", "acht")."""
    if stem in _number_forms():
        return stem, _number_forms()[stem]
    if stem.endswith("eer"):
        return stem, f"{stem}t", f"{stem[:-3]}er"
    if stem.endswith("er") and len(stem) > MIN_VERB:
        return stem, f"{stem[:-2]}eer", f"{stem}t"
    bare = stem[:-1]
    if stem.endswith("s") and len(bare) > 2 and bare[-1] not in "ts":
        return stem, stem_word(bare)
    is_inflected = stem[-1:] in ("t", "d") and len(bare) >= MIN_ROOT and bare[-1] not in "tsd"
    root = stem_word(bare) if is_inflected else stem
    if len(root) < MIN_ROOT:
        return (stem,)
    return tuple(dict.fromkeys((stem, root, f"{root}t", f"{root}d")))


@lru_cache(maxsize=1)
def _number_forms() -> dict[str, str]:
    words = {digits: stem_word(word) for digits, word in SHORT_WORDS.items()}
    return words | {word: digits for digits, word in words.items()}


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    return Stemmer.Stemmer("dutch")
