"""What the words right before and right after an amount say of it: that it is a rise or a fall
("stijgt met 195 keuro", "+10.459 keuro"), and per what it counts ("15.000 euro op jaarbasis").

Only what stands directly beside the amount is read. "Daalde van 13.900 naar 12.250" names two
levels, no change; "geen stijging van 5" is no rise, and "-5" stays what it is: a value below 0.
"""

import re

RISE, FALL = "stijging", "daling"
_ROUGHLY = r"(?:(?:ongeveer|circa|ca\.|ruim|bijna|afgerond|zowat|gemiddeld|slechts|wel)\s)?"
_RISES = (
    r"stijg(?:t|en)|ste(?:eg|gen)|gestegen|verho(?:ogt|gen|ogde(?:n)?|ogd)|groei(?:t|en|de|den)"
)
_FALLS = (
    r"da(?:al(?:t|de(?:n)?)|len)|gedaald|verminder(?:t|en|de|den|d)|verla(?:agt|gen|agde(?:n)?|agd)"
)
_TAKES = r"(?:neemt|nemen|nam(?:en)?)"
_NOT = re.compile(r"\b(?:geen|niet|nooit|zonder)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_BEFORE = re.compile(
    rf"\b(?:(?P<rise>(?:{_RISES}|{_TAKES} toe|toenemen)\smet"
    r"|(?:stijging|verhoging|toename|groei)\s(?:van|met))"
    rf"|(?P<fall>(?:{_FALLS}|{_TAKES} af|afnemen)\smet"
    rf"|(?:daling|vermindering|verlaging|afname)\s(?:van|met)))\s{_ROUGHLY}$",
    re.IGNORECASE,
)
_MET = re.compile(rf"\bmet\s{_ROUGHLY}$", re.IGNORECASE)
_AFTER = re.compile(rf"\s(?:te\s)?(?:(?P<rise>{_RISES})|(?P<fall>{_FALLS}))\b", re.IGNORECASE)
_LEVELS = re.compile(r"\s(?:in \d{4} )?(?:naar|tot)\b", re.IGNORECASE)
_PER = (
    r"per (?:jaar|kwartaal|maand|week|dag|uur|inwoner|persoon|gezin|leerling|kind|woning|dossier)"
)
_RATE_AFTER = re.compile(rf"\s(?P<rate>{_PER}|op jaarbasis)\b", re.IGNORECASE)
_YEARLY = re.compile(
    rf"\b(?:jaarlijks\s(?:met\s)?|jaarlijkse\s\w+\svan\s){_ROUGHLY}$", re.IGNORECASE
)
_LOOK_BACK = 60
"""Characters: more than any of the turns of phrase that end at an amount."""


def find_change(text: str, start: int, end: int) -> str | None:
    """Return RISE or FALL where the amount `text[start:end]` is one, None where that isn't said."""
    if text[start] == "+":
        return RISE
    before = text[max(0, start - _LOOK_BACK) : start]
    found = _BEFORE.search(before)
    if found is None and _MET.search(before):
        found = _AFTER.match(text, end)
        return None if found is None else _direction(found)
    if found is None or _NOT.search(before, 0, found.start()) or _LEVELS.match(text, end):
        return None
    return _direction(found)


def find_rate(text: str, start: int, end: int) -> str | None:
    """Return per what the amount `text[start:end]` counts ("per jaar"), None where it says none."""
    after = _RATE_AFTER.match(text, end)
    if after:
        return after["rate"].lower()
    if text.startswith(" per ", end):
        return None  # and of something else: "een jaarlijkse som van 780 euro per hectare"
    return "per jaar" if _YEARLY.search(text[max(0, start - _LOOK_BACK) : start]) else None


def _direction(found: re.Match[str]) -> str:
    return RISE if found["rise"] else FALL
