"""How sure a reply is, in words. The search gives a calibrated chance; nobody is shown a number.

A reply is "zeker" from where nine in ten quotes hold what answers, and "waarschijnlijk" from the
chance at which the search answers at all (`index.confidence.THRESHOLD`). Below it the search
abstains: "misschien niet in de bijlage", or, where hardly any first hit is right, "niet in de
bijlage".
"""

import math
from dataclasses import dataclass

from chatbot.reply import Reply
from index.confidence import THRESHOLD

CERTAIN = 0.95
"""The chance that the first hit is of a right answer from which a reply is called certain: from
there on nine in ten quotes hold the evidence themselves (on the questions for choosing .91 of 255:
dev .92, second .96, third 1.0, but .78 of the 36 on long answers; from .9 on only .87 of 422)."""
NINE_IN_TEN = 9
"""Of ten quotes that are called certain so many answer, or more."""

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
    f" {NINE_IN_TEN} van de 10 gevallen.",
)
PROBABLY = Certainty(
    "Waarschijnlijk",
    f"Zulke citaten beantwoorden de vraag naar verwachting in {math.floor(THRESHOLD * 10)} à"
    f" {NINE_IN_TEN} van de 10 gevallen; lees de bron na.",
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
