"""How sure a reply is, in words. The search gives a calibrated chance; nobody is shown a number.

A reply is "zeker" from a chance of nine in ten on, and "waarschijnlijk" from the chance at which
the search answers at all (`index.confidence.THRESHOLD`). Below it the search abstains: "misschien
niet in de bijlage", or, where hardly any first hit is right, "niet in de bijlage".
"""

import math
from dataclasses import dataclass

from chatbot.reply import Reply
from index.confidence import THRESHOLD

CERTAIN = 0.9
"""The chance that the first hit is right from which a reply is called certain."""

DOUBTFUL_FROM = 0.2
"""The chance under which it is said without reserve that there is no answer: on dev 3 in 100 first
hits were right there, and nearly three in ten between it and the threshold."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """A degree of certainty: the words that are shown, and what they promise."""

    words: str
    meaning: str


CERTAINLY = Certainty(
    "Zeker",
    "Zulke citaten beantwoorden de vraag naar verwachting in minstens"
    f" {CERTAIN * 10:.0f} van de 10 gevallen.",
)
PROBABLY = Certainty(
    "Waarschijnlijk",
    f"Zulke citaten beantwoorden de vraag naar verwachting in {math.floor(THRESHOLD * 10)} à"
    f" {CERTAIN * 10:.0f} van de 10 gevallen; lees de bron na.",
)
DOUBTFUL = Certainty(
    "Misschien niet in de bijlage",
    "De kans dat een van deze passages de vraag beantwoordt, ligt naar schatting tussen"
    f" {math.floor(DOUBTFUL_FROM * 10)} en {math.ceil(THRESHOLD * 10)} op 10.",
)
ABSENT = Certainty(
    "Niet in de bijlage",
    "De kans dat een van deze passages de vraag beantwoordt, is naar schatting kleiner dan"
    f" {math.ceil(DOUBTFUL_FROM * 10)} op 10.",
)


def certainty_of(reply: Reply) -> Certainty:
    """Return the degree of certainty of a reply."""
    if reply.abstained:
        return DOUBTFUL if reply.result.confidence >= DOUBTFUL_FROM else ABSENT
    return CERTAINLY if reply.result.confidence >= CERTAIN else PROBABLY
