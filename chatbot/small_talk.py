"""Tell what is said to a chat from what is asked of the documents: "Hallo", "Bedankt!", "Help".

A closed list of Dutch formulas. No document answers them, but the search would look for their
words: "help" stands in many an answer. A word that may be a subject ("hulp") isn't in it. Nor does
a document answer a bare request to sum it up ("Vat samen", "Geef een korte samenvatting"), or what
is said to the program itself (`chatbot.spoken_to`).
"""

import re

from chatbot.spoken_to import speaks_to_program
from index.tokens import fold

_FORMULAS = """hallo hoi hey hi hello dag daag salut goedemorgen goedemiddag goedenavond goeiedag
goeiemorgen goeiemiddag goeienavond bedankt dank dankje dankjewel dankuwel merci thanks ok oke okay
prima help ja nee neen alsjeblieft alstublieft aub svp ziens vraag vraagje hoor graag gedaan doei
ciao sorry super top perfect haha"""
_BESIDE = """je jij jou u wel heel zeer veel goed zo tot een ik heb even voor uw de het mij me he
dan nog alles fijne prettige mooie avond weekend"""
FORMULAS = frozenset(_FORMULAS.split())
SAID = FORMULAS.union(_BESIDE.split())
"""The formulas, and words that may stand beside one and are none themselves."""
_PARTING = re.compile(r"\btot (?:later|straks|gauw|binnenkort|morgen|(?:de )?volgende(?: keer)?)\b")

_SUMMARY = "samenvatting samenvattingen samenvatten samengevat samenvat resume resumeer resumeren"
_SUM_UP = frozenset({"vat", "samen"})
_SUMMED_UP = """kan kunt kun wil wilt zou geef maak doe mag krijgen willen hebben kort korte beknopt
beknopte bondig bondige eens nog dit deze die dat alles alle hele volledige van in over bijlage
bijlagen document documenten antwoord antwoorden tekst er is wat"""
SUMMARY = frozenset(_SUMMARY.split())
SUMMED_UP = SUMMARY | _SUM_UP | SAID.union(_SUMMED_UP.split())
"""The words that ask for a summary, and those that may stand beside them and name no subject."""


def is_small_talk(text: str) -> bool:
    """Say whether a text is only a greeting, a farewell, thanks, an assent, a cry for help, a
    request for a summary or something said to the program."""
    words = _words(_PARTING.sub("ziens", fold(text)))
    is_said = not FORMULAS.isdisjoint(words) and SAID.issuperset(words)
    return is_said or asks_summary(text) or speaks_to_program(text)


def asks_summary(text: str) -> bool:
    """Say whether a text asks for a summary and for nothing else, or bids the program make one."""
    words = _words(text)
    is_asked = _SUM_UP.issubset(words) or not SUMMARY.isdisjoint(words)
    is_bidden = not SUMMARY.isdisjoint(words) and speaks_to_program(text)
    return (is_asked and SUMMED_UP.issuperset(words)) or is_bidden


def _words(text: str) -> list[str]:
    """Return the words of a text, and its numbers, which no formula holds."""
    return re.findall(r"[^\W\d_]+|\d+", fold(text))
