"""The year that an amount is about, as far as the text tells; never a guess.

Years are looked for in the amount's sentence, then in the sentences before it in the paragraph,
then in the line that introduces its list, then in the heading. Left out are years that the amount
is only compared with ("ten opzichte van BA 2020"), that stand aside in brackets or a relative
clause, that only bound a period ("sinds 2018") and that come as a range ("2020 – 2025").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.facts import find_link_spans
from corpus.sentences import split_sentences

_YEAR = re.compile(
    r"(?<![\d.,/-])(?:BO|BA|BBT|Q[1-4]-?)?(?P<year>(?:19[89]|20[0-4])\d)(?!\d|[.,]\d)"
)
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?P<year>(?:19[89]|20[0-4])\d)\b")
_RANGE = re.compile(
    r"(?:BO|BA)?\b(?:19|20)\d\d(?:\s?[-–/]\s?\d\d(?!\d)"
    r"|\s?(?:[-–/,]|en|of|tot|t\.e\.m\.|tot en met)\s?(?:begin |eind )?(?:BO|BA)?(?:19|20)\d\d\b)"
)
_COMPARISON = re.compile(
    r"\b(?:ten opzichte(?: van)?|t\.?o\.?v\.?|in vergelijking (?:met|tot)|vergeleken (?:met|bij)"
    r"|tegenover|ten aanzien van|t\.?a\.?v\.?|versus|vs\.?|dan (?:in|voor|bij)|van het niveau van)"
    r"(?=\s)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:()]|\bof een\b|\ben een\b|\bwaarvan\b")
_BOUND = re.compile(
    r"\b(?:sinds|vanaf|tot|tot en met|na|vóór)\s(?:\w+\s){0,3}?(?:\d{1,2}\s)?(?:\w+\s)?$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:sinds|na|vóór)\s(?:\w+\s){0,3}?$", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:die|dat|waar\w*)\s[^,;:.]*$")
_SHARE_OF = re.compile(r"\bvan (?:het|de) (?:totale? )?(?:aantal|totaal|bedrag|niveau|cijfers?)\b")
_YEARLY = re.compile(r"\s(?:\w+\s){0,2}(?:per jaar|jaarlijks|op jaarbasis|elk jaar|ieder jaar)\b")
_SAME_PERIOD = re.compile(
    r"\b(?:dezelfde periode|die periode|hetzelfde jaar|dat jaar|datzelfde jaar)\b", re.IGNORECASE
)
COMPARED_WITHIN = 25  # characters between "ten opzichte van" and the amount that it points to

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    year: int


def find_year(
    text: str, amount: Span, others: Sequence[Span], is_share: bool, topic: str
) -> int | None:
    """Return the year that the amount at `text[amount]` is about, or None.

    Args:
        text: An answer or a question block.
        amount: Where the amount stands.
        others: Where all amounts of the text stand, this one too; a year among them is no year.
        is_share: Whether it is a percentage.
        topic: The heading over the text.
    """
    sentences = split_sentences(text)
    row = next(i for i, (start, end) in enumerate(sentences) if start <= amount[0] < end)
    sentence = sentences[row]
    own = _own_year(text, sentence, amount, others, is_share)
    if own is not None or _names_several(text, sentence, others):
        return own
    if _YEARLY.match(text, amount[1]):
        return None
    return _year_before(text, sentences, row, others) or _heading_year(topic)


def _own_year(
    text: str, sentence: Span, amount: Span, others: Sequence[Span], is_share: bool
) -> int | None:
    """Return the year that the sentence gives to the amount."""
    mentions = _mentions(text, sentence, others)
    linked = _compared(text, mentions, others)
    if amount in linked.values():
        return next(mention.year for mention, span in linked.items() if span == amount)
    usable = [
        mention
        for mention in mentions
        if mention not in linked
        and not _is_base(text, sentence, mention, others)
        and not _is_aside(text, sentence, mention, amount)
        and not _SINCE.search(text[sentence[0] : mention.start])
        and not (is_share and _SHARE_OF.search(text, amount[1], max(mention.start, amount[1])))
    ]
    bracket = _bracket(text, sentence, amount[0])
    inside = [mention for mention in usable if _bracket(text, sentence, mention.start) == bracket]
    return _nearest(inside or usable, amount, [span for span in others if _within(span, sentence)])


def _nearest(mentions: Sequence[_Mention], amount: Span, amounts: Sequence[Span]) -> int | None:
    """Choose among several years: each amount goes with the year before it where the sentence
    starts with a year, and with the year after it where it starts with an amount."""
    if len({mention.year for mention in mentions}) <= 1:
        return mentions[0].year if mentions else None
    before = [mention for mention in mentions if mention.end <= amount[0]]
    after = [mention for mention in mentions if mention.start >= amount[1]]
    first_amount = min(start for start, _ in amounts)
    starts_with_year = min(mention.start for mention in mentions) < first_amount
    if before and (starts_with_year or not after):
        return before[-1].year
    return after[0].year


def _year_before(
    text: str, sentences: Sequence[Span], row: int, others: Sequence[Span]
) -> int | None:
    """Return the year of the nearest sentence before it in its paragraph that is about one."""
    line_start = text.rfind("\n", 0, sentences[row][0]) + 1
    looks_back = bool(_SAME_PERIOD.search(text, *sentences[row]))
    for sentence in reversed(sentences[:row]):
        if sentence[0] < line_start and not looks_back:
            break
        years = _main_years(text, sentence, others)
        if years:
            return years.pop() if len(years) == 1 else None
    return _lead_in_year(text, line_start, others)


def _lead_in_year(text: str, line_start: int, others: Sequence[Span]) -> int | None:
    """Return the year of the line with a colon that introduces the list around a line."""
    end = line_start - 1
    while end > 0:
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].strip()
        if line.endswith(":"):
            years = _main_years(text, (start, end), others)
            return years.pop() if len(years) == 1 else None
        if not re.match(r"[-•–*+o▪]\s|\d{1,2}[.)]\s|[a-z]\)\s", line):
            return None
        end = start - 1
    return None


def _heading_year(topic: str) -> int | None:
    years = {int(match["year"]) for match in _YEAR.finditer(topic)}
    return years.pop() if len(years) == 1 and not _RANGE.search(topic) else None


def _main_years(text: str, sentence: Span, others: Sequence[Span]) -> set[int]:
    """Return the years that a sentence is about as a whole."""
    mentions = _mentions(text, sentence, others)
    linked = _compared(text, mentions, others)
    return {
        mention.year
        for mention in mentions
        if mention not in linked
        and not _is_base(text, sentence, mention, others)
        and _bracket(text, sentence, mention.start) is None
        and not _BOUND.search(text[sentence[0] : mention.start])
        and not _RELATIVE.search(text[sentence[0] : mention.start])
    }


def _names_several(text: str, sentence: Span, others: Sequence[Span]) -> bool:
    """Tell whether a sentence names a range of years, so that none before it is meant."""
    return bool(_RANGE.search(text, *sentence)) and not _main_years(text, sentence, others)


def _mentions(text: str, sentence: Span, others: Sequence[Span]) -> list[_Mention]:
    ranges = [match.span() for match in _RANGE.finditer(text, *sentence)]
    skipped = [*others, *ranges, *find_link_spans(text)]
    found = [*_YEAR.finditer(text, *sentence), *_DATE.finditer(text, *sentence)]
    mentions = [_Mention(*match.span("year"), int(match["year"])) for match in found]
    return sorted(
        (m for m in mentions if not any(s < m.end and m.start < e for s, e in skipped)),
        key=lambda mention: mention.start,
    )


def _compared(
    text: str, mentions: Sequence[_Mention], others: Sequence[Span]
) -> dict[_Mention, Span]:
    """Return the years of amounts that another one is compared with: "tov 3.059 in Q2 2019"."""
    linked = {}
    for mention in mentions:
        for marker in _COMPARISON.finditer(text, 0, mention.start):
            gap = (marker.end(), mention.start)
            between = [span for span in others if gap[0] <= span[0] and span[1] <= gap[1]]
            is_near = between and between[0][0] - gap[0] <= COMPARED_WITHIN
            is_apart = "\n" in text[slice(*gap)]
            if is_near and not is_apart and not _CLAUSE_END.search(text, between[-1][1], gap[1]):
                linked[mention] = between[-1]
    return linked


def _is_base(text: str, sentence: Span, mention: _Mention, others: Sequence[Span]) -> bool:
    """Tell whether a year is only what something is compared with: "ten opzichte van BA 2020"."""
    for marker in _COMPARISON.finditer(text, sentence[0], mention.start):
        between = text[marker.end() : mention.start]
        is_open = not _CLAUSE_END.search(between) and len(between.split()) <= 8
        is_open = is_open and not _YEAR.search(between)
        if is_open and not any(marker.end() <= start < mention.start for start, _ in others):
            return True
    return False


def _is_aside(text: str, sentence: Span, mention: _Mention, amount: Span) -> bool:
    """Tell whether a year stands in brackets that the amount stands outside of."""
    bracket = _bracket(text, sentence, mention.start)
    return bracket is not None and bracket != _bracket(text, sentence, amount[0])


def _bracket(text: str, sentence: Span, position: int) -> int | None:
    """Return where the bracket around a position opens; None outside brackets."""
    opened = text.rfind("(", sentence[0], position)
    return opened if opened >= 0 and text.find(")", opened, position) < 0 else None


def _within(span: Span, sentence: Span) -> bool:
    return sentence[0] <= span[0] < sentence[1]
