"""How sure a reply is, in words. The search gives a calibrated chance; nobody is shown a number.

A reply is "zeker" from a chance of nine in ten on, "waarschijnlijk" from the chance at which the
search answers at all (`index.confidence.THRESHOLD`), and below it "niet in de bijlage".
"""

from dataclasses import dataclass

from chatbot.reply import Reply
from index.confidence import THRESHOLD

CERTAIN = 0.9
"""The chance that the first hit is right from which a reply is called certain."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """A degree of certainty: the words that are shown, and what they promise."""

    words: str
    meaning: str


CERTAINLY = Certainty(
    "Zeker",
    f"Van zulke citaten beantwoorden er naar verwachting minstens {CERTAIN * 10:.0f} op de 10 de"
    " vraag.",
)
PROBABLY = Certainty(
    "Waarschijnlijk",
    f"Van zulke citaten beantwoorden er naar verwachting {THRESHOLD * 10:.0f} à"
    f" {CERTAIN * 10:.0f} op de 10 de vraag; lees de bron na.",
)
ABSENT = Certainty(
    "Niet in de bijlage",
    f"De kans dat een van deze passages de vraag beantwoordt, is kleiner dan {THRESHOLD * 10:.0f}"
    " op 10.",
)


def certainty_of(reply: Reply) -> Certainty:
    """Return the degree of certainty of a reply."""
    if reply.abstained:
        return ABSENT
    return CERTAINLY if reply.result.confidence >= CERTAIN else PROBABLY
