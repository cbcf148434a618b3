"""Split what an asker wrote into sub-questions.

A sub-question is a sentence that ends with a question mark, a sentence that asks in so many words
("Graag een overzicht ...", "Hoeveel is er voorzien"), an item after a "+", an item of a list that a
request leads in with a colon, or a catchword ("stand van zaken project X") in a list under a
question or with one. A statement and a quoted passage are context.
"""

import re
from bisect import bisect_left

from corpus.labels import QUESTION_LABEL
from corpus.list_items import LIST_MARKER, is_catchword
from corpus.marks import QUOTE_PAIRS
from corpus.sentences import split_sentences

QUESTION_WORD = (
    r"(?:(?:en|maar|of),? )?(?:(?:in|op|aan|over|van|voor|met|tegen|bij|uit|door|om|onder|tot|naar|"
    r"vanaf|sinds|binnen|volgens|via|tussen) )?"
    r"(?:welke?|hoeveel|wie|wiens|wat|hoe|wanneer|waarom|waar\w*)\b"
)
"""How an open question starts: "Hoeveel", "Over welke", "En waarom"."""
_FINITE = (
    r"(?:is|zijn|was|waren|wordt|worden|werd|werden|zal|zult|zullen|zou|zouden|kan|kunt|kunnen|kon|"
    r"konden|heeft|hebben|had|hadden|moet|moeten|mag|mogen|gaat|gaan|komt|komen|doet|doen|staat|"
    r"betekent|bedraagt|bedragen|verklaart|evalueert|ziet|verwacht|plant|denkt)\b"
)
_TOLD = (
    r"(?:weten|vernemen|ontvangen|krijgen|horen|kennen|cijfers|overzicht|toelichting|uitleg|"
    r"verduidelijking|informatie|antwoord|stand van zaken)"
)
_REQUEST = re.compile(
    r"(?:en |(?:verder|daarnaast|tevens|voorts|tot slot|ook) )?(?:graag|gelieve|is het mogelijk"
    r"|(?:kan|kunt|kunnen|wil|wilt|zou|mag|mogen) (?:ik|we|wij|u|men|de minister)"
    rf"|(?:ik|we|wij) (?:vra(?:ag|gen)|(?:wens|wil|had|zou)\w*(?: graag)?(?=.*\b{_TOLD}\b)))\b"
    r"|(?:en )?(?:(?:in|op|aan|over|van|voor) )?(?:welke?|hoeveel)\b"
    rf"|{QUESTION_WORD} {_FINITE}",
    re.IGNORECASE,
)
"""How a sentence without a question mark asks. "Wat wordt bedoeld met ..." does; "Wat de VOP
betreft", "Wanneer de premie daalt, ..." don't: no finite verb comes second."""
_INNER_ITEM = re.compile(r"(?<=\?)\s*(?=[a-z]\)\s)")
"""Where a lettered item starts right after a question: "Wat kost dit? b) Wie betaalt?"."""
_PLUS_ITEM = re.compile(r"\+\s+\S")
_MARKER = re.compile(LIST_MARKER)
_LABEL = re.compile(QUESTION_LABEL)
_OPENING_QUOTE = re.compile(f"[{''.join(QUOTE_PAIRS)}]")


def find_questions(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each sub-question in a question's running text, in order.

    Without one that can be recognised, every item of a bare list is a question, else the whole
    text is; a blank text has none.
    """
    return _asked(text) or _unasked(text)


def is_put(text: str) -> bool:
    """Tell whether a text asks: by a sub-question that can be recognised, or as a bare list."""
    return bool(_asked(text)) or len(_unasked(text)) > 1 or _MARKER.match(text) is not None


def ends_with_request(text: str) -> bool:
    """Tell whether the last sentence of a text asks, with or without a question mark."""
    return any(_is_question(text[start:end]) for start, end in split_sentences(text)[-1:])


def first_sentence(text: str) -> str:
    """Return the first sentence of a text; "" for none."""
    return next((text[start:end] for start, end in split_sentences(text)), "")


def bare_sentences(text: str) -> set[str]:
    """Return the sentences of a text without marker, punctuation and capitals, to compare them."""
    bare = (text[_after_marker(text, *span) : span[1]] for span in split_sentences(text))
    return {re.sub(r"\W", "", sentence).casefold() for sentence in bare}


def _asked(text: str) -> tuple[tuple[int, int], ...]:
    quoted = _quoted_spans(text)
    spans: list[tuple[int, int]] = []
    lead_in: tuple[int, int] | None = None
    sentences = _sentences_around(text, quoted)
    catchwords = _catchwords_beside_questions(text, sentences)
    for start, end in sentences:
        bare = _after_marker(text, start, end)
        asks = _is_question(text[bare:end]) and not _inside(quoted, text.rfind("?", bare, end))
        is_led_in = lead_in is not None and _MARKER.match(text, start, end) is not None
        if is_led_in and spans[-1] == lead_in:
            spans.pop()
        if asks or is_led_in or _PLUS_ITEM.match(text, start) or (start, end) in catchwords:
            spans.append((bare, end))
        if not is_led_in:
            lead_in = (bare, end) if asks and text[end - 1] == ":" else None
    return tuple(spans)


def _catchwords_beside_questions(
    text: str, sentences: list[tuple[int, int]]
) -> set[tuple[int, int]]:
    """Return the items of a few words without an end mark in a list in which, or right before
    which, something ends with a question mark."""
    found: set[tuple[int, int]] = set()
    items: list[tuple[int, int]] = []
    before = False
    for span in [*sentences, (len(text), len(text))]:
        if _MARKER.match(text, *span):
            items.append(span)
            continue
        if before or any(ends_asking(text[slice(*item)]) for item in items):
            found.update(item for item in items if is_catchword(text[slice(*item)]))
        items, before = [], ends_asking(text[slice(*span)])
    return found


def _unasked(text: str) -> tuple[tuple[int, int], ...]:
    """Return the items of a text that is a list of catchwords or ends with one, or the whole of any
    other text."""
    lines = [line.span() for line in re.finditer(r"\S(?:.*\S)?", text)]
    told = len(lines)
    while told and _MARKER.match(text, *lines[told - 1]):
        told -= 1
    items = lines[told:]
    catchwords = all(is_catchword(text[slice(*item)]) for item in items)
    if len(items) > 1 and (not told or catchwords):
        return tuple((_after_marker(text, *span), span[1]) for span in items)
    return ((lines[0][0], lines[-1][1]),) if lines else ()


def asks(text: str) -> bool:
    """Tell whether a paragraph ends with a question mark or is an item after a "+"."""
    return ends_asking(text) or _PLUS_ITEM.match(text) is not None


def ends_asking(text: str) -> bool:
    """Tell whether a text ends with a question mark, closing quotes and brackets left out."""
    return text.rstrip("”\"') ").endswith("?")


def _sentences_around(text: str, quoted: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Split into sentences and lettered items, but never inside a quotation."""
    spans: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        cuts = [cut for cut in _INNER_ITEM.finditer(text, start, end) if cut.end() > start]
        starts, ends = [start, *(c.end() for c in cuts)], [*(c.start() for c in cuts), end]
        for low, high in zip(starts, ends, strict=True):
            if spans and _inside(quoted, low):
                spans[-1] = (spans[-1][0], high)
            else:
                spans.append((low, high))
    return spans


def _inside(quoted: list[tuple[int, int]], offset: int) -> bool:
    """Tell whether an offset is in one of some spans, ordered and apart, past its start."""
    row = bisect_left(quoted, (offset, offset)) - 1
    return row >= 0 and offset < quoted[row][1]


def _is_question(sentence: str) -> bool:
    return ends_asking(sentence) or _REQUEST.match(sentence) is not None


def _after_marker(text: str, start: int, end: int) -> int:
    match = _MARKER.match(text, start, end) or _LABEL.match(text, start, end)
    return match.end() if match else start


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    spans = []
    end = 0
    for match in _OPENING_QUOTE.finditer(text):
        close = text.find(QUOTE_PAIRS[match[0]], match.end())
        if close >= 0 and match.start() >= end:
            end = close + 1
            spans.append((match.start(), end))
    return spans
