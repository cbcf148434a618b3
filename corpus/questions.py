"""Split what an asker wrote into sub-questions.

A sub-question is a sentence that ends with a question mark, a sentence that asks in so many words
("Graag een overzicht ..."), or an item after a "+". A statement and a quoted passage are context.
"""

import re

from corpus.joining import LIST_MARKER
from corpus.sentences import split_sentences

_REQUEST = re.compile(
    r"(?:graag|gelieve|kan de minister|kunt u|wij vragen|ik vraag|we vragen|wij wensen|ik wens|"
    r"wil de minister|zou de minister|welk\w*|hoeveel|waarom|wanneer)\b",
    re.IGNORECASE,
)
_PLUS_ITEM = re.compile(r"\+\s+\S")
_MARKER = re.compile(LIST_MARKER)
_QUOTE_PAIRS = {"“": "”", "„": "”", "«": "»"}


def find_questions(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each sub-question in a question's running text, in order.

    Without one that can be recognised, the whole text is the question; a blank text has none.
    """
    quoted = _quoted_spans(text)
    spans = []
    for start, end in _sentences_around(text, quoted):
        bare = _after_marker(text, start, end)
        asks = _is_question(text[bare:end]) and not _inside(quoted, text.rfind("?", bare, end))
        if _PLUS_ITEM.match(text, start) or asks:
            spans.append((bare, end))
    if not spans and text.strip():
        start = len(text) - len(text.lstrip())
        return ((start, len(text.rstrip())),)
    return tuple(spans)


def ends_asking(text: str) -> bool:
    """Tell whether a text ends with a question mark, closing quotes and brackets left out."""
    return text.rstrip("”\"') ").endswith("?")


def _sentences_around(text: str, quoted: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Split into sentences, but never inside a quotation."""
    spans: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        if spans and _inside(quoted, start):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _inside(quoted: list[tuple[int, int]], offset: int) -> bool:
    return any(low < offset < high for low, high in quoted)


def _is_question(sentence: str) -> bool:
    return ends_asking(sentence) or _REQUEST.match(sentence) is not None


def _after_marker(text: str, start: int, end: int) -> int:
    match = _MARKER.match(text, start, end)
    return match.end() if match else start


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    spans = []
    for match in re.finditer("[“„«]", text):
        close = text.find(_QUOTE_PAIRS[match[0]], match.end())
        if close >= 0:
            spans.append((match.start(), close + 1))
    return spans
