"""Learn from a text what its acronyms stand for: "IBO (Individuele beroepsopleiding)" or the
other way round, "Inkomensvervangende Tegemoetkoming (IVT)". No list of acronyms.
"""

import re

_ACRONYM = r"[A-Z][A-Z&]{1,7}"
_ACRONYM_FIRST = re.compile(rf"\b({_ACRONYM})(?:['’]?s)?\s+\(([^()\n]{{5,80}})\)")
_ACRONYM_LAST = re.compile(rf"\(({_ACRONYM})\)")
_WORD = re.compile(r"[^\s()]+")
_WINDOW = 12
"""Words before an acronym in brackets among which its meaning is looked for."""


def find_acronyms(text: str) -> dict[str, str]:
    """Return what each acronym stands for, by its capitals; the first explanation counts."""
    found: dict[str, str] = {}
    for match in _ACRONYM_FIRST.finditer(text):
        if expands(match[1], match[2]):
            found.setdefault(match[1], match[2])
    for match in _ACRONYM_LAST.finditer(text):
        meaning = _meaning_before(match[1], text[max(match.start() - 200, 0) : match.start()])
        if meaning:
            found.setdefault(match[1], meaning)
    return found


def expands(acronym: str, words: str) -> bool:
    """Tell whether the acronym's letters stand in that order in the words, from the first on."""
    letters = [letter for letter in acronym.casefold() if letter.isalnum()]
    if not letters or not words.casefold().startswith(letters[0]):
        return False
    remaining = iter(words.casefold())
    return all(letter in remaining for letter in letters)


def _meaning_before(acronym: str, before: str) -> str:
    """Return the fewest words right before an acronym that it abbreviates, or ""."""
    words = list(_WORD.finditer(before.rsplit("\n", 1)[-1]))[-_WINDOW:]
    for first in reversed(words):
        meaning = first.string[first.start() :].strip()
        if len(meaning) > len(acronym) and expands(acronym, meaning):
            return meaning
    return ""
