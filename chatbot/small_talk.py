"""Tell what is said to a chat from what is asked of the documents: "Hallo", "Bedankt!", "Help".

A closed list of Dutch formulas. No document answers them, but the search would look for their
words: "help" stands in many an answer. A word that may be a subject ("hulp") isn't in it.
"""

import re

from index.tokens import fold

_FORMULAS = """hallo hoi hey hi hello dag daag salut goedemorgen goedemiddag goedenavond goeiedag
goeiemorgen goeiemiddag goeienavond bedankt dank dankje dankjewel dankuwel merci thanks ok oke okay
prima help ja nee neen alsjeblieft alstublieft aub svp ziens vraag vraagje hoor graag gedaan"""
_BESIDE = "je jij jou u wel heel zeer veel goed zo tot een ik heb even voor uw de het mij me"
FORMULAS = frozenset(_FORMULAS.split())
SAID = FORMULAS.union(_BESIDE.split())
"""The formulas, and words that may stand beside one and are none themselves."""


def is_small_talk(text: str) -> bool:
    """Say whether a text is only a greeting, thanks, an assent or a cry for help."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    said = FORMULAS.intersection(words)
    return bool(said) and not re.search(r"\d", text) and SAID.issuperset(words)
