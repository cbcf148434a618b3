"""What small raised letters in a line stand for: the mark of a note, an exponent, or an ordinal.

The mark of a note is left out, as Word leaves out its own: "412¹ dossiers" are 412 of them, not
4121. At the start of a line it is the note's own ("¹ Stand op 31 december"). An exponent stays one
("km²"); whatever else is raised ("1ste") is read as it stands.
"""

import re
from collections.abc import Sequence

_NUMBER = r"(?:\d{1,3}|[a-z]|\*{1,3}|[†‡§])"
_NOTE_MARK = re.compile(rf"\s*[(\[]?{_NUMBER}(?:\s?[,;]\s?{_NUMBER})*[)\].]?\s*")
_MARKED = re.compile(r"(?:\d|[^\W\d_]{3}|[^\w\s])\s?$")
"""What a letter alone may be the mark of; elsewhere it is an abbreviation's ("Nr")."""
_ORDINAL = re.compile(r"\d$")
_ORDINAL_ENDS = ("e", "o")
_SIZE = re.compile(r"(?<![^\W\d_])(?:[kdcmh]|da)?m$")
"""Metres of any kind, before a square or a cube."""
_TEN = re.compile(r"[x×·*]\s?10$")
_FORMULA = re.compile(r"(?<!\w)(?:CO|NO|SO|NH|CH)$")
_CLOSES = re.compile(r"\s+[.,;:?!)\]]")
"""White space that stands in a PDF only because the line goes on at another height."""
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def join_raised(parts: Sequence[tuple[str, bool]]) -> str:
    """Join the pieces of a line, each with whether it is raised, as they are to be read."""
    text = ""
    was_raised = False
    for row, (part, is_raised) in enumerate(parts):
        after = parts[row + 1][0] if row + 1 < len(parts) else ""
        shown = _read(text, part, after) if is_raised else part
        text += shown.lstrip() if was_raised and _CLOSES.match(shown) else shown
        was_raised = is_raised
    return text


def _read(before: str, raised: str, after: str) -> str:
    """Return what stands in the text for a raised piece. Before a stroke a number is part of a
    fraction."""
    mark = raised.strip()
    if not before.strip():
        return raised.translate(_POWERS)
    if after.lstrip().startswith(("/", "⁄")):
        return raised
    if (mark in ("2", "3") and _SIZE.search(before)) or (mark.isdigit() and _TEN.search(before)):
        return raised.translate(_POWERS)
    if not _NOTE_MARK.fullmatch(raised) or (mark.isdigit() and _FORMULA.search(before)):
        return raised
    is_ordinal = mark in _ORDINAL_ENDS and _ORDINAL.search(before)
    if mark.isalpha() and (is_ordinal or not _MARKED.search(before)):
        return raised
    return " " if raised[0].isspace() or raised[-1].isspace() else ""
