"""What a number counts: the Dutch noun after it, with the adjectives between.

Rule: a count is followed by a plural ("105 goedgekeurde dossiers", "20 DAC'ers"), by a measure that
keeps its singular ("5 km", "3 keer"), or by anything at all after 1. An adjective ends in -e, is
one of the few that never do ("extra"), or is an acronym ("30 VDAB medewerkers"). Function words and
common verbs in -en or -s end the search: there is no noun then. No word list of subjects is used.
"""

import re
from dataclasses import dataclass

from corpus.word_classes import FUNCTION_WORDS, MEASURES, UNINFLECTED, VERBS

_WORD = re.compile(
    r"(?:-tal)?[ \u00a0\u2009\u202f]{1,2}[“\"‘'(«]?"
    r"(?P<word>(?:\d+-)?[^\W\d_]+(?:[-.&/'’][^\W\d_]+)*)(?P<mark>[”\"’)»]?)(?P<comma>,)?"
)
MAX_ADJECTIVES = 4

_ENDS_SEARCH = frozenset(f"{FUNCTION_WORDS} {VERBS}".split())
_UNINFLECTED = frozenset(UNINFLECTED.split())
_SINGULAR_MEASURES = frozenset(MEASURES.split())
_LATIN_PLURAL = re.compile(
    r"(?:[a-z]*(?:musea|centra|criteria|fora|quota|stadia|gymnasia|data|media)|\w*ici|alumni)"
)
_PLURAL = re.compile(r"\w.*(?:en|ën|s|['’]s)(?:-(?:verbaal|generaal))?")
_PARTICIPLE = re.compile(
    r"(?:af|aan|op|in|uit|over|door|toe|bij|voor|mee|na|terug|weg|samen|vast|vrij|plaats)ge\w+en"
)
_ACRONYM = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ0-9&.-]+")
_MONEY_NOUN = re.compile(
    r".*(?:middelen|kredieten|uitgaven|ontvangsten|subsidies|kosten|inkomsten|besparingen|budgetten"
    r"|investeringen|fondsen|leningen|toelagen|opbrengsten|boetes|lasten|schulden|reserves)"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted, as written, and where it ends; `name` is empty where only adjectives stand
    there and the noun comes with the next number ("273 ultieme en 6.360 formele afspraken")."""

    end: int
    name: str

    @property
    def is_acronym(self) -> bool:
        """Whether it is a bare acronym, which may say of money what it is for: "2 miljoen VAK"."""
        return bool(_ACRONYM.fullmatch(self.name))

    @property
    def is_money(self) -> bool:
        """Whether it is a sum of money that is spoken of: "2 miljoen extra middelen"."""
        return bool(_MONEY_NOUN.fullmatch(self.name.casefold()))


def find_noun(text: str, position: int, is_one: bool = False, loose: bool = False) -> Noun | None:
    """Return the noun that a number which ends at `position` counts, or None.

    Args:
        text: Running text.
        position: The offset right after the number (or after the word "aantal").
        is_one: Whether the number is 1, so that a singular follows.
        loose: Whether any word may stand before the noun ("aantal gestart IBO's").
    """
    end = position  # of the last adjective, without the comma after it
    next_word = _WORD.match(text, position)
    for count in range(MAX_ADJECTIVES + 1):
        match, word = next_word, next_word["word"] if next_word else ""
        next_word = _WORD.match(text, match.end()) if match else None
        following = next_word["word"] if next_word else ""
        if count and word in ("en", "of") and following and not _ends_search(following):
            continue
        if not match or _ends_search(word):
            break
        if _is_noun(word, following, is_one):
            return Noun(match.end("word"), word)
        if not (loose or _is_adjective(word)):
            break
        end = match.end("mark")
    return Noun(end, "") if end > position and not loose else None


def _ends_search(word: str) -> bool:
    return word.casefold() in _ENDS_SEARCH


def _is_noun(word: str, following: str, is_one: bool) -> bool:
    folded = word.casefold()
    if folded in _SINGULAR_MEASURES or _LATIN_PLURAL.fullmatch(folded):
        return True
    if _ACRONYM.fullmatch(word):
        return not (following and not _ends_search(following) and _looks_plural(following))
    if folded in _UNINFLECTED:
        return False
    return _looks_plural(word) or (is_one and not folded.endswith("e"))


def _looks_plural(word: str) -> bool:
    folded = word.casefold()
    return len(word) > 3 and bool(_PLURAL.fullmatch(folded)) and not _PARTICIPLE.fullmatch(folded)


def _is_adjective(word: str) -> bool:
    folded = word.casefold()
    return folded.endswith("e") or folded in _UNINFLECTED or bool(_ACRONYM.fullmatch(word))
