"""Numbers that name or order something and so are no amounts: dates, years, pages, articles, codes.

A number is a name when the words around it say so ("artikel 12", "pagina 105", "ESR 34.31",
"1 januari", "in 2020", "om 12u"), or when its form does ("31/12/2021", "3°", "1)", "02 553 11 11").
"""

import re
from collections.abc import Iterator

from corpus.facts import find_code_spans, find_link_spans
from corpus.months import MONTHS

_LABEL = (
    r"(?:artikel(?:en|s)?|art|pagina(?:['’]s)?|bladzijden?|blz|pp?|hoofdstuk(?:ken)?|hfst"
    r"|paragra(?:af|fen)|nummers?|nrs?|bijlagen?|tabel(?:len)?|tab|figu(?:ur|ren)|fig"
    r"|grafiek(?:en)?|codes?|telefoon|tel|gsm|fax|postbus|KB|MB|BVR|ESR(?:-codes?)?|Covid)"
)
"""What a number always names when it stands right after it."""
_LOOSE_LABEL = (
    r"(?:punt|stuk|deel|titel|boek|fase|stap|pijler|ronde|niveau|categorie|klasse|type|lijn|zone"
    r"|graad|scenario|optie|versie|vraag|doelstelling|programma|maatregel|decreet|wet|besluit"
    r"|richtlijn|verordening|lot|perceel|kamer|zaal|bus|top|SD|OD"
    r"|kwarta(?:al|len)|trimester|semester|week|weken)"
)
"""What a number names, unless an article or the like comes before: "fase 2", "in deze fase 20"."""
_DETERMINER = re.compile(
    r"\b(?:per|elke?|iedere?|één|een|deze|dit|dat|die|de|het|\w+ste|\w+de|vorige?|volgende?) $",
    re.IGNORECASE,
)
_NO_UNIT = r"(?!\s?(?:%|k?euro|k?eur\b|€|miljoen|miljard|mio|mln|procent|VTE))"
_REFERENCE = rf"\d[\w.§°/-]*+{_NO_UNIT}"
_SMALL = rf"\d{{1,2}}(?![\d%]|[.,]\d){_NO_UNIT}"
_JOINT = r"(?:\s?(?:,|en|of|tot en met|tot|t\.e\.m\.|t/m|[-–])\s?)"
_DAY = r"\d{1,2}(?:e|ste|de)?"
_HOUR = r"(?:[01]?\d|2[0-4])"
_TITLE_WORD = r"(?-i:[A-ZÀ-Þ][a-zà-ÿ]+)"

_LOOSE = re.compile(
    rf"(?<![\w-]){_LOOSE_LABEL}\s{_SMALL}(?:{_JOINT}{_SMALL})*", re.IGNORECASE | re.MULTILINE
)
_NAMES = re.compile(
    "|".join(
        (
            rf"(?<![\w-]){_LABEL}\b\.?:?\s*(?:nr\.?\s*)?{_REFERENCE}(?:{_JOINT}{_REFERENCE})*",
            rf"(?<![\d.,])(?:{_DAY}{_JOINT}){{0,6}}{_DAY}\s{MONTHS}(?:\s\d{{4}}\b)?",
            r"\b\d{1,4}([-./])\d{1,2}\1\d{2,4}\b",
            r"\b(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b",
            r"\b\d{1,2}\s?[uh]\d{2}\b|\b\d{1,2}[:.]\d{2}\s?(?:u|uur|h)\b"
            rf"(?:\s(?:tot|en)\s{_HOUR}\s?(?:u|uur|h)\b)?",
            r"\bom\s\d{1,2}\s?(?:u|uur|h)\b",
            rf"\bvan\s{_HOUR}(?:\s?(?:u|uur|h))?\stot\s{_HOUR}\s?(?:u|uur|h)\b(?!\sper\s)",
            r"(?:\+\d{2}|(?<![\d.,])(?<!\d )0\d{1,3})(?:[ /.()-]{1,2}\d{2,4}){2,}\b",
            r"(?<![\d.,])(?<!\d[ \u00a0\u2009\u202f])0\d+\b(?!,)",
            r"[§#]\s?\d[\w.]*|\b\d+\s?[§°º][\w.]*|\b\d+(?:bis|ter|quater|quinquies)\b",
            r"(?<![\w.,])(?:[1-9]\d?|één|een) op (?:de |elke )?\d{1,3}(?!\d|[.,]\d|[ ]?[%€])",
            r"^\s*(?:\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2})+\.?)(?=\s)",
            rf"^\s*\d{{1,2}}(?=\s{_TITLE_WORD}[^.\n]{{0,60}}$)",
            rf"(?<=[,\d]\s)\d{{4}}\s{_TITLE_WORD}",
            r"[\w.+-]{1,64}@[\w.-]+|\b[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}/\S+",
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)
_FILLER = "\ufffc"  # no letter, digit or white space
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_CUE = re.compile(
    r"(?:\b(?i:in|sinds|tegen|vanaf|tot|einde?|begin|medio|midden|anno|na|voor|vóór|van|jaren"
    rf"|\w*jaar|begroting\w*|BO|BA|BBT|lente|zomer|herfst|winter|{MONTHS})"
    r"|\d|(?<=[\w,]\s)[A-ZÀ-Þ]\w*|(?:19|20)\d\d\s?(?:,|en|of|tot|[-–]))\s?$"
)


def without_names(text: str) -> str:
    """Return the text, as long as it was, with a filler for what holds numbers that are names."""
    filled = list(text)
    for start, end in _spans(text):
        filled[start:end] = _FILLER * (end - start)
    return "".join(filled)


def looks_like_year(digits: str) -> bool:
    """Tell whether a number has the form of a year, 1900 to 2099."""
    return bool(_YEAR.fullmatch(digits))


def is_year_by_context(text: str, start: int) -> bool:
    """Tell whether the words before a number that looks like a year make it one: "in 2018"."""
    return bool(_YEAR_CUE.search(text[max(start - 25, 0) : start]))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    yield from find_link_spans(text)
    yield from ((start, end) for start, end, _ in find_code_spans(text))
    yield from (match.span() for match in _NAMES.finditer(text))
    for match in _LOOSE.finditer(text):
        if not _DETERMINER.search(text[max(match.start() - 12, 0) : match.start()]):
            yield match.span()
