"""The year that an amount is about, as far as the text tells; never a guess.

Years are looked for in the amount's sentence, then in the sentences before it in the paragraph if
it points back to them or repeats a number of theirs, then in the line that introduces its list,
then in the heading. Left out are years that the amount is only compared with ("ten opzichte van BA
2020"), that stand aside in brackets or a relative clause, that only bound a period ("sinds 2018",
"tot eind 2024"), that date a law, and ranges ("2020 – 2025").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.facts import find_link_spans
from corpus.sentences import split_sentences
from index.tokens import NUMERIC

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
_OUTSIDE = re.compile(
    r"\b(?:(?:sinds|na|vóór)\s(?:\w+\s){0,3}?|tot\s(?:(?:eind|einde|begin|midden|half)\s)?)$",
    re.IGNORECASE,
)
"""What makes a year the edge of a period: "sinds 2018", "blijft tot eind 2024 bestaan"."""
_RELATIVE = re.compile(r"\b(?:die|dat|waar\w*)\s[^,;:.]*$")
_SHARE_OF = re.compile(r"\bvan (?:het|de) (?:totale? )?(?:aantal|totaal|bedrag|niveau|cijfers?)\b")
_TIMELESS = re.compile(
    r"\b(?:per (?:dag|week|maand|kwartaal|jaar)|(?:maande|jaar)lijkse?|op jaarbasis"
    r"|(?:elke?|ieder|iedere) (?:dag|week|maand|jaar)"
    r"|vandaag|momenteel|thans|nu|tot nu toe|tot dusver|op dit (?:ogenblik|moment))\b",
    re.IGNORECASE,
)
"""What goes with no year before it: a rate, or how things stand now."""
_LAW = re.compile(
    r"(?:decreet|besluit|wet|KB|MB|BVR|richtlijn|verordening|ordonnantie|omzendbrief|arrest|codex)"
    r"\svan\s(?:\d{1,2}\s)?(?:\w+\s)?$",
    re.IGNORECASE,
)
_SAME_PERIOD = re.compile(
    r"\b(?:dezelfde periode|die periode|hetzelfde jaar|dat jaar|datzelfde jaar)\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(
    r"(?:\w+ ){0,2}(?:daar\w*|hier\w*|dit|dat|deze|die|zij|ze|hun|waarvan)\b", re.IGNORECASE
)
_LIST_ITEM = re.compile(r"[-•–*+o▪]\s|\d{1,2}[.)]\s|[a-z]\)\s")
LOOK_BACK = 100  # characters before a year in which the words that it depends on stand
COMPARED_WITHIN = 25  # characters between "ten opzichte van" and the amount that it points to

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Mention:
    """A year in a sentence.

    `compared` is the amount that it belongs to when that is what another one is compared with ("tov
    3.059 in Q2 2019"); `is_base` tells that it is itself only compared with; `bracket` is where the
    bracket around it opens, None outside brackets.
    """

    start: int
    end: int
    year: int
    compared: Span | None
    is_base: bool
    bracket: int | None


class YearFinder:
    """Finds the years of the amounts of one text, an answer or a question block.

    Args:
        text: The text.
        amounts: Where its amounts stand, in order; a year among them is no year.
        topic: The heading over the text.
    """

    def __init__(self, text: str, amounts: Sequence[Span], topic: str) -> None:
        self._text = text
        self._topic = topic
        self._sentences = split_sentences(text)
        self._amounts = {
            sentence: [span for span in amounts if sentence[0] <= span[0] < sentence[1]]
            for sentence in self._sentences
        }
        links = find_link_spans(text)
        self._mentions = {
            sentence: _mentions(text, sentence, self._amounts[sentence], links)
            for sentence in self._sentences
        }

    def find(self, amount: Span, is_share: bool) -> int | None:
        """Return the year that the amount is about, or None; a share is a percentage."""
        row = next(i for i, (start, end) in enumerate(self._sentences) if start <= amount[0] < end)
        sentence = self._sentences[row]
        own = self._own_year(sentence, amount, is_share)
        if own is not None or self._names_range(sentence):
            return own
        if _TIMELESS.search(self._text, *sentence):
            return None
        return self._year_before(row) or _heading_year(self._topic)

    def _own_year(self, sentence: Span, amount: Span, is_share: bool) -> int | None:
        """Return the year that the sentence gives to the amount."""
        mentions = self._mentions[sentence]
        compared = [mention.year for mention in mentions if mention.compared == amount]
        if compared:
            return compared[0]
        bracket = _bracket(self._text, sentence, amount[0])
        usable = [
            mention
            for mention in mentions
            if not (mention.compared or mention.is_base)
            and mention.bracket in (None, bracket)
            and not _OUTSIDE.search(self._before(sentence, mention))
            and not (is_share and _SHARE_OF.search(self._text, amount[1], mention.start))
        ]
        inside = [mention for mention in usable if mention.bracket == bracket]
        return _nearest(inside or usable, amount, self._amounts[sentence])

    def _year_before(self, row: int) -> int | None:
        """Return the year of the nearest sentence before it in its paragraph that is about one."""
        sentence = self._sentences[row]
        line_start = self._text.rfind("\n", 0, sentence[0]) + 1
        looks_back = bool(_SAME_PERIOD.search(self._text, *sentence))
        points_back = looks_back or _POINTS_BACK.match(self._text, *sentence)
        numbers = self._numbers(sentence)
        for earlier in reversed(self._sentences[:row]):
            if earlier[0] < line_start and not looks_back:
                break
            if not points_back and numbers.isdisjoint(self._numbers(earlier)):
                continue
            if years := self._main_years(earlier):
                return years.pop() if len(years) == 1 else None
        return self._lead_in_year(row)

    def _numbers(self, sentence: Span) -> set[str]:
        raws = (self._text[slice(*amount)] for amount in self._amounts[sentence])
        return {number for raw in raws for number in NUMERIC.findall(raw)}

    def _lead_in_year(self, row: int) -> int | None:
        """Return the year of the line with a colon that introduces the list around a sentence."""
        for sentence in reversed(self._sentences[:row]):
            if self._text[slice(*sentence)].endswith(":"):
                years = self._main_years(sentence)
                return years.pop() if len(years) == 1 else None
            if not _LIST_ITEM.match(self._text, sentence[0]):
                return None
        return None

    def _main_years(self, sentence: Span) -> set[int]:
        """Return the years that a sentence is about as a whole."""
        return {
            mention.year
            for mention in self._mentions[sentence]
            if not (mention.compared or mention.is_base)
            and mention.bracket is None
            and not _BOUND.search(self._before(sentence, mention))
            and not _RELATIVE.search(self._before(sentence, mention))
        }

    def _names_range(self, sentence: Span) -> bool:
        """Tell whether a sentence names a range of years, so that none before it is meant."""
        return bool(_RANGE.search(self._text, *sentence)) and not self._main_years(sentence)

    def _before(self, sentence: Span, mention: _Mention) -> str:
        return self._text[max(sentence[0], mention.start - LOOK_BACK) : mention.start]


def _nearest(mentions: Sequence[_Mention], amount: Span, amounts: Sequence[Span]) -> int | None:
    """Choose among several years: each amount goes with the year before it where the sentence
    starts with a year, and with the year after it where it starts with an amount."""
    if len({mention.year for mention in mentions}) <= 1:
        return mentions[0].year if mentions else None
    before = [mention for mention in mentions if mention.end <= amount[0]]
    after = [mention for mention in mentions if mention.start >= amount[1]]
    starts_with_year = mentions[0].start < amounts[0][0]
    if before and (starts_with_year or not after):
        return before[-1].year
    return after[0].year


def _heading_year(topic: str) -> int | None:
    years = {int(match["year"]) for match in _YEAR.finditer(topic)}
    return years.pop() if len(years) == 1 and not _RANGE.search(topic) else None


def _mentions(
    text: str, sentence: Span, amounts: Sequence[Span], links: Sequence[Span]
) -> tuple[_Mention, ...]:
    """Return the years of a sentence, in order; those of laws, ranges and links left out."""
    ranges = [match.span() for match in _RANGE.finditer(text, *sentence)]
    skipped = [*amounts, *ranges, *links]
    found = [*_YEAR.finditer(text, *sentence), *_DATE.finditer(text, *sentence)]
    return tuple(
        _mention(text, sentence, match, amounts)
        for match in sorted(found, key=lambda match: match.start("year"))
        if not any(s < match.end("year") and match.start("year") < e for s, e in skipped)
        and not _LAW.search(text[max(sentence[0], match.start() - LOOK_BACK) : match.start()])
    )


def _mention(text: str, sentence: Span, match: re.Match[str], amounts: Sequence[Span]) -> _Mention:
    """Return a year with how it stands to the comparison before it, if there is one."""
    start, end = match.span("year")
    compared, is_base = None, False
    for marker in _COMPARISON.finditer(text, max(sentence[0], start - LOOK_BACK), start):
        between = [span for span in amounts if marker.end() <= span[0] and span[1] <= start]
        rest = between[-1][1] if between else marker.end()
        if _CLAUSE_END.search(text, rest, start):
            continue
        if between and between[0][0] - marker.end() <= COMPARED_WITHIN:
            compared = between[-1]
        is_base = is_base or not (between or _YEAR.search(text, rest, match.start()))
    bracket = _bracket(text, sentence, start)
    return _Mention(start, end, int(match["year"]), compared, is_base, bracket)


def _bracket(text: str, sentence: Span, position: int) -> int | None:
    """Return where the bracket around a position opens; None outside brackets."""
    opened = text.rfind("(", sentence[0], position)
    return opened if opened >= 0 and text.find(")", opened, position) < 0 else None
