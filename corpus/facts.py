"""Codes and links in running text: Flemish budget article codes, ESR codes, web addresses.

A budget article code reads like JB0-1JDB2CB-WT: entity and budget, then programme and number, then
kind. An ESR code (European system of accounts) is two digits, a point and two digits, and counts
only where "ESR" stands before it.
"""

import re

_ARTICLE_CODE = re.compile(r"(?<![\w-])[A-Z]{2}[0-9A-Z]-[0-9][A-Z0-9]{6}-[A-Z]{2}(?![\w-])")
_ESR_CODE = re.compile(r"\bESR(?:[\s-]*codes?)?[\s:-]*(\d{2}\.\d{2})\b", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>“”\"‘’]+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)]}'"


def find_article_codes(text: str) -> tuple[str, ...]:
    """Return the budget article codes, each once, in order of appearance."""
    return tuple(dict.fromkeys(match[0] for match in _ARTICLE_CODE.finditer(text)))


def find_esr_codes(text: str) -> tuple[str, ...]:
    """Return the ESR codes as "ESR 88.17", each once, in order of appearance."""
    return tuple(dict.fromkeys(f"ESR {match[1]}" for match in _ESR_CODE.finditer(text)))


def find_links(text: str) -> tuple[str, ...]:
    """Return the web addresses, each once, without the punctuation that follows them."""
    found = (match[0].rstrip(_AFTER_LINK) for match in _LINK.finditer(text))
    return tuple(dict.fromkeys(found))
