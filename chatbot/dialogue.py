"""Understand a follow-up ("En in 2020?") in the light of the turns before it.

A turn that stands on its own is searched as it is, so a new subject is never dragged into the
old one. One that leans on its context (it opens with "en", or points with "dat", "het",
"daarvan" and names little itself) is searched together with the last turn that stood alone.
"""

import re
from collections.abc import Sequence

MAX_OWN_WORDS = 3  # a turn with more content words than this names its own subject

OPENING_WORDS = "en maar dus ook"
POINTING_WORDS = """
dat dit die deze het hij zij ze er daar daarvan daarvoor daarmee daarbij daarin daaraan hiervan
hiervoor hiermee ervan ervoor ermee eraan erin zo zoveel dezelfde hetzelfde waarom waarvoor
wanneer hoezo
"""
OTHER_FUNCTION_WORDS = """
de een van in op aan bij voor met om te tot uit over per naar als of dan nog al niet geen is was
zijn waren wordt worden werd werden heeft hebben had hadden kan kunnen zal zullen moet moeten gaat
gaan kost kosten komt komen wat wie welke welk hoe hoeveel waar men we jaar maand keer nu meer
minder precies juist exact concreet
"""
OPENERS = frozenset(OPENING_WORDS.split())
POINTERS = frozenset(POINTING_WORDS.split())
FUNCTION_WORDS = OPENERS | POINTERS | frozenset(OTHER_FUNCTION_WORDS.split())


def query_of(turns: Sequence[str]) -> str:
    """Return what to search for the last of `turns` (at least one, oldest first)."""
    last = turns[-1]
    if not leans_on_context(last):
        return last
    for earlier in reversed(turns[:-1]):
        if not leans_on_context(earlier):
            return f"{earlier} {last}"
    return " ".join(turns)


def leans_on_context(turn: str) -> bool:
    """Return whether a turn can't be understood without the ones before it."""
    words = re.findall(r"\w+", turn.casefold())
    own = [word for word in words if word not in FUNCTION_WORDS and not word.isdigit()]
    if not own:
        return True
    opens = words[0] in OPENERS
    points = not POINTERS.isdisjoint(words)
    return (opens or points) and len(own) <= (MAX_OWN_WORDS if opens else 1)
