"""Understand a follow-up ("En in 2020?") in the light of the turns before it.

A turn that stands on its own is searched as it is, so that a new subject is never dragged into the
old one. One that leans on what was said (it opens with "en", points with "dat" or "daarvan", or
names nothing itself) is searched in the context of the turns back to the last one that stood
alone. What a later turn says anew, a year, replaces what an earlier one said; a year that is told
by its distance ("een jaar eerder") is read as the year itself (`name_years`).

A short question may lean on them though nothing in it says so ("In welke provincies?", "Welk deel
draagt de industrie?"). It has two readings, and the search decides (`contexts_of`).

Rules of Dutch only: nothing here knows a subject.
"""

import re
from collections.abc import Sequence

from index.answer_type import YEAR
from index.stopwords import ASKING_WORDS, STOP_WORDS

MAX_OPENED_WORDS = 3
"""Content words of a turn with "en" in front; one with more names its own subject."""
MAX_POINTING_WORDS = 4
"""Content words of a turn that points back; one with more names its own subject."""

OPENING = "en maar dus ook"
POINTING = """hij zij ze hen hun hem daar daarvan daarvoor daarmee daarbij daarin daaraan daarover
daarna daartegen daaruit daarop daaronder daartoe hiervan hiervoor hiermee hierbij hierin hierover
hieruit hierop ervan ervoor ermee eraan erin erover erbij eruit erop ertoe eronder deze dit
dezelfde hetzelfde zoveel zo'n"""
DEMONSTRATIVE = "dat die"
AUXILIARY = """is zijn was waren wordt worden werd werden heeft hebben had hadden kan kunnen kon
konden zal zullen zou zouden moet moeten moest moesten mag mogen"""
OTHER = """de het een van in op aan bij voor met om te tot uit over per naar als of dan nog al niet
geen er gaat gaan ging kost kosten kostte komt komen kwam doet doen deed wat wie welke welk hoe
hoeveel waar waarom waarvoor waardoor wanneer hoezo men we u jaar maand keer nu meer minder precies
juist exact concreet alleen intussen ondertussen"""

OPENERS = frozenset(OPENING.split())
POINTERS = frozenset(POINTING.split())
DEMONSTRATIVES = frozenset(DEMONSTRATIVE.split())
"""They point back, unless they open a clause about the word before them."""
AUXILIARIES = frozenset(AUXILIARY.split())
FUNCTION_WORDS = OPENERS | POINTERS | DEMONSTRATIVES | AUXILIARIES | frozenset(OTHER.split())
"""After one of them "dat" and "die" point back."""
EMPTY_WORDS = FUNCTION_WORDS | STOP_WORDS | ASKING_WORDS
"""Words that name no subject."""
MAX_UNPLACED_WORDS = 2
"""Content words of a question that may lean on the turns before it. Of 1, 2, 3 and 4 on 150 written
dialogues (`eval.written`) and on gold questions put after others that they have nothing to do with:
from 3 on more of the latter that have no answer get one."""
MAX_PASSED_WORDS = 1
"""Content words of a question that is too short to start a subject ("Vanaf wanneer?"): what the
next one leans on stands before it."""
MAX_CONTEXT_CHARS = 4000
"""Of what was said before, the last; the model reads less."""
DEFINES = re.compile(r"\s*wat (?:is|zijn|was|waren)\b", re.IGNORECASE)

COUNTS = {"een": 1, "één": 1, "het": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "tien": 10}
RELATIVE_YEAR = re.compile(
    rf"\b(?:in )?(?P<count>{'|'.join(COUNTS)}) jaar"
    r" (?:(?P<before>ervoor|daarvoor|eerder|voordien|vroeger)|erna|daarna|nadien|later)\b",
    re.IGNORECASE,
)
"""A year that is told by how far it is from another: "het jaar daarvoor", "twee jaar later"."""


def name_years(turns: Sequence[str]) -> tuple[str, ...]:
    """Return the turns (oldest first) with a year that is told by its distance from the only one of
    the turn before it, as far back as there is one, named: "En het jaar daarvoor?" after a question
    about 2020 is "En in 2019?"."""
    named: list[str] = []
    years: set[str] = set()
    for turn in turns:
        named.append(_name_year(turn, int(*years)) if len(years) == 1 else turn)
        years = set(YEAR.findall(named[-1])) or years
    return tuple(named)


def _name_year(turn: str, year: int) -> str:
    """Return a turn with the years named that are told by their distance from `year`."""

    def name(match: re.Match[str]) -> str:
        distance = COUNTS[match["count"].lower()]
        return f"in {year - distance if match['before'] else year + distance}"

    return RELATIVE_YEAR.sub(name, turn)


def contexts_of(turns: Sequence[str]) -> tuple[str, ...]:
    """Return the contexts in which the last of `turns` (oldest first) may be read: one, or two
    where only what is found can tell, then that of a turn on its own ("") first."""
    context = _join_back(turns)
    if leans_on_context(turns[-1]):
        return (context,)
    may_lean = context and _asks_little(turns[-1], MAX_UNPLACED_WORDS)
    return ("", context) if may_lean else ("",)


def context_of(turns: Sequence[str]) -> str:
    """Return the earlier words in whose light the last of `turns` is surely read (oldest first).

    Empty where the last turn stands on its own, may do so, or is the first.
    """
    return contexts_of(turns)[0]


def _join_back(turns: Sequence[str]) -> str:
    """Return the turns before the last back to one that stands on its own, joined."""
    start = len(turns) - 1
    while start > 0:
        start -= 1
        if not (leans_on_context(turns[start]) or _asks_little(turns[start], MAX_PASSED_WORDS)):
            break
    context = ""
    for turn in turns[start:-1]:
        context = f"{_without_replaced(context, turn)} {turn}"
    return last_words(" ".join(_without_replaced(context, turns[-1]).split()))


def last_words(context: str) -> str:
    """Return a context without its oldest words where it is longer than is read."""
    if len(context) <= MAX_CONTEXT_CHARS:
        return context
    return context[-MAX_CONTEXT_CHARS:].partition(" ")[2]


def leans_on_context(turn: str) -> bool:
    """Return whether a turn can't be understood without the ones before it."""
    words = _split(turn)
    own = _own_words(words)
    if not own:
        return True
    if words[0] in OPENERS and len(own) <= MAX_OPENED_WORDS:
        return True
    if _points_back(words):
        return len(own) <= MAX_POINTING_WORDS
    return own == words[-1:] and _is_bare_predicate(turn, words)


def _asks_little(turn: str, most: int) -> bool:
    """Return whether a turn is a question of at most so many content words that doesn't ask what
    they mean; a mere subject ("dienstencheques") is none."""
    is_short = len(_own_words(_split(turn))) <= most
    return is_short and turn.rstrip().endswith("?") and not DEFINES.match(turn)


def _split(turn: str) -> list[str]:
    return re.findall(r"[\w'’]+", turn.casefold())


def _own_words(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in EMPTY_WORDS and not word.isdigit()]


def _without_replaced(context: str, turn: str) -> str:
    """Return the context without the years that a later turn replaces."""
    return YEAR.sub("", context) if YEAR.search(turn) else context


def _points_back(words: Sequence[str]) -> bool:
    if not POINTERS.isdisjoint(words) or words[-1] == "het":
        return True
    return any(
        word in DEMONSTRATIVES and (row < 2 or row == len(words) - 1 or before in FUNCTION_WORDS)
        for row, (before, word) in enumerate(zip(["", *words], words, strict=False))
    )


def _is_bare_predicate(turn: str, words: Sequence[str]) -> bool:
    """Say whether a turn asks something of a subject that it leaves out: "Wie kan deelnemen?"."""
    return not AUXILIARIES.isdisjoint(words) and not DEFINES.match(turn)
