"""Codes and links in running text: Flemish budget article codes, ESR codes, web addresses.

A budget article code reads like JB0-1JDB2CB-WT: entity and budget, then programme and number, then
kind. An ESR code (European system of accounts) is two digits, a point and two digits, and counts
only where "ESR" stands before it, or another one that it is listed with ("ESR 88.17 en 84.17").
"""

import re
from collections.abc import Iterator

_ARTICLE_CODE = re.compile(r"(?<![\w-])[A-Z]{2}[0-9A-Z]-[0-9][A-Z0-9]{6}-[A-Z]{2}(?![\w-])")
_ESR_NUMBER = r"\d{2}\.\d{2}(?![.,]?\d)"
_ESR_CODES = re.compile(
    rf"\bESR(?:[\s-]*codes?)?[\s:-]*(?P<numbers>{_ESR_NUMBER}"
    rf"(?:\s?(?:,|/|en|of)\s?(?:ESR[\s-]*)?{_ESR_NUMBER}(?!\s?(?:%|k?euro|€|miljoen|mio|mln)))*)",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>“”\"‘’]+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)]}'"


def find_article_codes(text: str) -> tuple[str, ...]:
    """Return the budget article codes, each once, in order of appearance."""
    return tuple(dict.fromkeys(match[0] for match in _ARTICLE_CODE.finditer(text)))


def find_esr_codes(text: str) -> tuple[str, ...]:
    """Return the ESR codes as "ESR 88.17", each once, in order of appearance."""
    return tuple(dict.fromkeys(code for _, _, code in _esr_codes(text)))


def find_code_spans(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, code) of every mention of an article or ESR code, in order."""
    articles = ((*match.span(), match[0]) for match in _ARTICLE_CODE.finditer(text))
    return tuple(sorted((*articles, *_esr_codes(text))))


def find_links(text: str) -> tuple[str, ...]:
    """Return the web addresses, each once, without the punctuation that follows them."""
    return tuple(dict.fromkeys(text[start:end] for start, end in find_link_spans(text)))


def find_link_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of every web address, in order, without the punctuation after it."""
    return tuple(
        (match.start(), match.start() + len(match[0].rstrip(_AFTER_LINK)))
        for match in _LINK.finditer(text)
    )


def _esr_codes(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _ESR_CODES.finditer(text):
        for number in re.finditer(_ESR_NUMBER, match["numbers"]):
            start = match.start("numbers") + number.start()
            yield start, start + len(number[0]), f"ESR {number[0]}"
