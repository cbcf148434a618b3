"""Whether two sentences with one amount each say the same thing, their values apart."""

from functools import lru_cache

from chatbot.amounts.records import AmountLine
from corpus.months import MONTH_NAMES
from index.stems import content_stems

MIN_WORDS = 4  # content words; fewer say too little ("IBO: 5 keuro")
CONTRASTS = """
vorig vorige vroeger vroegere volgend volgende nieuw nieuwe oud oude eerste tweede derde vierde
vijfde eerder eerdere later latere initieel initiële oorspronkelijk oorspronkelijke aangepast
aangepaste andere ander overige extra bijkomend bijkomende minder meer helft minimaal maximaal
minimum maximum minimale maximale hoogstens minstens begin eind einde
"""
"""What tells two things apart that are otherwise described alike; so does a month."""
_CONTRASTS = frozenset(content_stems(f"{CONTRASTS} {MONTH_NAMES.replace('|', ' ')}"))


def same_statement(first: AmountLine, second: AmountLine) -> bool:
    """Tell whether two sentences use the same content words, or one has one word more.

    Numbers that aren't the amount ("kwartaal 1") are among the words; a word that sets things apart
    ("vorige") may not be the extra one.
    """
    one, other = _words(first.sentence, first.raw), _words(second.sentence, second.raw)
    extra = one ^ other
    return (
        min(len(one), len(other)) >= MIN_WORDS
        and (one <= other or other <= one)
        and len(extra) <= 1
        and not extra & _CONTRASTS
        and not any(character.isdigit() for word in extra for character in word)
    )


@lru_cache(maxsize=10_000)
def _words(sentence: str, raw: str) -> frozenset[str]:
    return frozenset(content_stems(sentence.replace(raw, " ")))
