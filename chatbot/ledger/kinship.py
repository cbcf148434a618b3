"""Tell which words of an answer are of one family with a word of a question, beyond its stem.

The stemmer leaves "ontwikkelt" and "ontwikkeld" apart, and a question may name by a compound
("leerlingenbevraging") what the answer calls by its last part ("bevraging"). Rules of Dutch, no
subjects.
"""

MIN_VERB = 5
"""Letters of a stem with the -t or -d of a verb."""
MIN_TAIL = 6
"""Letters of the last part of a compound; shorter ends are endings."""


def are_kin(first: str, second: str) -> bool:
    """Say whether two different stems are forms of one verb, or one is a compound of the other."""
    short, long = sorted((first, second), key=len)
    is_compound = len(short) >= MIN_TAIL and long.endswith(short)
    return is_compound or _without_ending(first) == _without_ending(second)


def _without_ending(stem: str) -> str:
    """Return a stem without the -t or -d that a verb may end in."""
    return stem[:-1] if len(stem) >= MIN_VERB and stem[-1] in "td" else stem
