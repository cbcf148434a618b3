"""What part of the budget an amount belongs to, as the text around it says: credit and codes.

VAK are the credits to commit money ("vastleggingskredieten", also "beleidskredieten"), VEK those to
pay it ("vereffeningskredieten", also "betaalkredieten"), by the Flemish Codex of Public Finance.
"""

import re
from collections.abc import Sequence

_CREDIT = re.compile(
    r"\b(?P<vak>VAK|(?:ESR-?)?(?:vastleggings|beleids)(?:krediet(?:en)?|machtiging(?:en)?))\b"
    r"|\b(?P<vek>VEK|(?:ESR-?)?(?:vereffenings|betaal)(?:krediet(?:en)?))\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\bVAK\s?(?:/|en|=|&)\s?VEK\b|\bVEK\s?(?:/|en|=|&)\s?VAK\b"
    r"|\b(?:vastleggings|beleids)-\sen\s(?:vereffenings|betaal)kredieten\b"
    r"|\b(?:vereffenings|betaal)-\sen\s(?:vastleggings|beleids)kredieten\b",
    re.IGNORECASE,
)
_NEAR = 12  # characters between an amount and the credit that follows it: "1.079 keuro aan VAK"

Span = tuple[int, int]
Code = tuple[int, int, str]


def find_credit(text: str, sentence: Span, amount: Span) -> str | None:
    """Return "VAK", "VEK" or "VAK/VEK" as the sentence says of the amount, or None."""
    both = [(match.start(), match.end(), "VAK/VEK") for match in _BOTH.finditer(text, *sentence)]
    single = [
        (match.start(), match.end(), "VAK" if match["vak"] else "VEK")
        for match in _CREDIT.finditer(text, *sentence)
        if not any(start <= match.start() < end for start, end, _ in both)
    ]
    return _closest(sorted([*both, *single]), amount)


def closest_code(codes: Sequence[Code], text: str, sentence: Span, amount: Span) -> str | None:
    """Return the code of the amount: in its sentence, else the next one on its line, else the one
    before it in the text.

    Args:
        codes: The codes of one kind in the text, in order: start, end, code.
        text: The text.
        sentence: Where the amount's sentence stands.
        amount: Where the amount stands.
    """
    own = [code for code in codes if sentence[0] <= code[0] < sentence[1]]
    if own:
        return _closest(own, amount)
    line_end = text.find("\n", amount[1])
    line_end = len(text) if line_end < 0 else line_end
    line_start = text.rfind("\n", 0, amount[0]) + 1
    before = [code for code in codes if line_start <= code[0] < amount[0]]
    after = [code for code in codes if amount[1] <= code[0] < line_end]
    if before:
        return before[-1][2]
    return after[0][2] if after else None


def _closest(marks: Sequence[Code], amount: Span) -> str | None:
    """Return the mark right after the amount, else the nearest before it, else the next one."""
    after = [mark for mark in marks if mark[0] >= amount[1]]
    before = [mark for mark in marks if mark[1] <= amount[0]]
    if after and (after[0][0] - amount[1] <= _NEAR or not before):
        return after[0][2]
    return before[-1][2] if before else None
