"""Find the moment or period that a Dutch sentence names: "begin 2021", "het najaar van 2023".

A bare year or month counts only after a preposition ("in 2021", "tegen mei"), so that
"begrotingsopmaak 2021" is no date. Nothing is worked out: a period is the exact words of the
sentence.
"""

import re

from corpus.months import MONTH_NAMES

_MONTH = rf"(?:{MONTH_NAMES})"
_YEAR = r"(?:20\d\d(?:\s?[-–/]\s?(?:20)?\d\d)?)"
_NEXT = r"(?:(?:dit|volgende?|komende?)\s+(?:jaar|werkjaar|begrotingsjaar|schooljaar))"
_WHEN = rf"(?:{_YEAR}|{_NEXT})"
_PART = r"(?:begin|eind|einde|midden|medio|half|halverwege|halfweg|halfweegs)"
_SEASON = (
    r"(?:voorjaar|najaar|zomer|herfst|winter|lente|jaareinde|jaarwisseling|zomerreces|"
    r"kwartaal|semester|trimester|jaarhelft|werkjaar)"
)
_ORDINAL = r"(?:eerste|tweede|derde|vierde|laatste|volgende|komende|1ste|2de|3de|4de)"
_COUNT = r"(?:\d{1,2}|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|enkele)"
_SPAN = r"(?:dagen?|weken?|maand(?:en)?|jaar|jaren)"

_PERIODS = (
    rf"\d{{1,2}}(?:\s*(?:en|-|–)\s*\d{{1,2}})?\s+{_MONTH}(?:\s+{_YEAR})?",
    r"\b\d{1,2}/\d{1,2}/(?:20)?\d\d\b",
    rf"\b{_PART}\s+(?:van\s+)?(?:{_MONTH}(?:\s+{_YEAR})?|{_WHEN})\b",
    rf"\b{_MONTH}\s+{_YEAR}\b",
    rf"\bde\s+(?:eerste|tweede)\s+helft\s+van\s+{_WHEN}\b",
    rf"\b(?:het|de)\s+(?:{_ORDINAL}\s+)?{_SEASON}\s+van\s+(?:{_WHEN}|de legislatuur)\b",
    rf"\b(?:het|de|dit|komend|volgend)\s+(?:{_ORDINAL}\s+)?{_SEASON}(?:\s+{_YEAR})?\b",
    rf"\b(?:Q[1-4]|K[1-4]|T[1-4])\s+{_YEAR}\b",
    rf"\bde loop van (?:{_WHEN}|{_MONTH}|het jaar|de legislatuur)\b",
    r"\b(?:het einde van )?(?:de|deze) (?:legislatuur|regeerperiode|zittingsperiode)\b",
    rf"\b(?:binnen|gedurende|over)\s+(?:een periode van\s+)?(?:de\s+)?{_COUNT}\s+{_SPAN}\b",
    rf"\b(?:de\s+)?(?:volgende|komende)\s+(?:{_COUNT}\s+)?(?:dagen|week|weken|maand|maanden|jaren)\b",
    rf"\b{_NEXT}\b",
    r"\bbij de (?:eerstvolgende |volgende |komende )?"
    r"begrotings(?:aanpassing|controle|opmaak|wijziging)\b(?!\s+\d)",
    r"\b(?:binnenkort|eerstdaags|weldra|op (?:korte|middellange|langere) termijn)\b",
)
_PREPOSITION = r"(?:in|vanaf|tegen|uiterlijk|na|naar|tot|pas|rond|vóór)"
_BARE_MONTH = rf"{_MONTH}(?!\s+(?:en\s+{_MONTH}\s+)?{_YEAR})"
_BARE = rf"(?<=\b)(?:{_PREPOSITION})\s+((?:BO|BA)?\s?{_YEAR}|{_BARE_MONTH})\b"
_PERIOD = re.compile("|".join([*(f"(?:{p})" for p in _PERIODS), _BARE]), re.IGNORECASE)

_AHEAD = re.compile(
    r"\b(?:vanaf|tegen|uiterlijk|ten laatste|ten vroegste|pas|vóór|naar|tot in|in de loop van)\s+"
    r"(?:ten\s+laatste\s+|uiterlijk\s+)?(?:in\s+|op\s+|het\s+|de\s+)*$",
    re.IGNORECASE,
)
"""What stands before a period that lies ahead."""


_IN_THE_COURSE = re.compile(r"de loop van\b", re.IGNORECASE)
_OF_THE_PAST = re.compile(
    r"\b(?:sinds|(?:besluit|wet|decreet|arrest|vonnis|verordening|richtlijn|omzendbrief|advies|vergadering)"
    r"\s+van)\s+(?:het\s+|de\s+)?$",
    re.IGNORECASE,
)


def find_periods(sentence: str, since: int | None = None) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each period that a sentence names, in order, apart.

    The date of a law, a period after "sinds" and, where `since` is given, the years before it are
    left out.
    """
    spans = (match.span(1 if match[1] else 0) for match in _PERIOD.finditer(sentence))
    return tuple(
        span
        for span in spans
        if not _OF_THE_PAST.search(sentence[: span[0]])
        and not _is_before(sentence[slice(*span)], since)
    )


def _is_before(period: str, since: int | None) -> bool:
    years = _years_of(period)
    return since is not None and bool(years) and max(years) < since


def _years_of(period: str) -> list[int]:
    return [int(year) for year in re.findall(r"20\d\d", period)]


def lies_ahead(sentence: str, period: tuple[int, int], since: int | None = None) -> bool:
    """Tell whether a period lies in the future: the words around it set it there ("tegen", "vanaf",
    "in de loop van"), or its year is later than that of the document, `since`."""
    named = sentence[slice(*period)]
    years = _years_of(named)
    is_later = since is not None and bool(years) and min(years) > since
    said = _AHEAD.search(sentence[: period[0]]) or _IN_THE_COURSE.search(named)
    return is_later or said is not None
