"""Tell headings from text by their shape: a short line of its own, without an end mark.

A line is of its own if a gap follows, or if the next line's first word would still have fitted on
it. Nothing here knows a topic by name.
"""

import re

from corpus.lines import Gap, Line, is_url_line
from corpus.list_items import END_MARK, is_list_item

_MAX_CHARS = 90
_MAX_WORDS = 12
_MAX_LONG_CHARS = 200
_MAX_LONG_WORDS = 28
"""Of a heading that is set over several lines."""
_SLACK = 2
"""Characters by which a first word may miss the width and still count as fitting: extractors drop
and double spaces."""
_UNSURE = 0.05
"""Share of the line width by which the width of a line in letters of unequal width is unsure."""
SURELY_SHORT = 0.75
"""Share of the line width under which a line is short even where it ends without an end mark."""
_NO_END = re.compile(
    r"\b(?:aan|als|bij|dan|dat|de|der|des|deze|die|dit|door|een|en|er|haar|hebben|heeft|het|hun|in|"
    r"is|kan|met|moet|na|naar|niet|of|om|omdat|onder|ook|op|over|per|te|tegen|ten|ter|tot|tussen|"
    r"uit|van|via|voor|waar|want|was|wat|werd|werden|wordt|worden|zal|zich|zijn|zonder|zullen)$",
    re.IGNORECASE,
)
"""Words that a phrase can't end with: articles, prepositions, conjunctions, auxiliaries."""
_FINITE = re.compile(
    r"\b(?:is|was|waren|wordt|worden|werd|werden|heeft|hebben|kan|kunnen|zal|zullen|moet|moeten|komt|"
    r"komen|krijgt|krijgen|gaat|gaan|blijft|blijven|staat|staan)\b"
)
"""Verbs that make a sentence of a line, in the middle of it."""
_ARE = re.compile(r"\bzijn\b")
"""A verb in a sentence, a possessive in a heading; long ones are told to be sentences by it."""
_INNER = re.compile(
    r"(?:(?:meer|bijkomende|aanvullende|extra|nadere|verdere)\s+)?"
    r"(?:info|informatie|toelichting|uitleg|duiding|details?)\s+(?:over|bij|rond|inzake|omtrent)\b"
    r"|(?:tabel|figuur|grafiek)\s+\d",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[•▪*]\s+")
_UNIT = (
    r"(?:%|procent|(?:(?:duizend|miljoen|miljard)\s)?(?:euro|EUR|€)|k€|keuro|miljoen|miljard|VTE|km|ha|"
    r"ton|uur|jaar)"
)
_TABLE_ROW = re.compile(
    rf"(?:\s+(?:€\s?)?[-–+]?\d[\d.,]*(?:\s?{_UNIT})?){{2,}}$|\S\s{{3,}}\S.*\S\s{{3,}}\S"
)
"""Two amounts or more at the end of a line, or three columns with white space between them."""
_CELLS_APART = " | "
"""What parts the cells of a row in what is read from a Word file."""
_NUMBERED = re.compile(r"(\d{1,2})[.)]\s+[A-ZÀ-Þ]")
_COLUMN = re.compile(
    r"(?:nr\.?|nummer|onderwerp|thema|titel|beleidsveld|beleidsdomein|fractie|partij|lid|"
    r"volksvertegenwoordiger|vraagstellers?|indieners?|steller|(?:sub|deel)?vra(?:ag|gen)|"
    r"antwoord(?:en)?(?: van de minister)?|pagina|blz\.?)",
    re.IGNORECASE,
)
"""What stands over a column of a table of questions and answers."""
_TITLE = re.compile(
    r"bijlage\b|.*\bschriftelijke (?:antwoorden|vragen)\b|"
    r".*\b(?:BBT|BBO|begroting\w*|beleidsnota|beleids- en begrotings\w*)\b.*\b20\d\d\b",
    re.IGNORECASE,
)


def is_heading_shaped(line: Line, following: Line | None, width: float) -> bool:
    """Tell whether a line can be a heading: short, without end mark, and broken off on purpose.

    `following` is the next line if it stands tight under this one, else None; `width` is the
    number of characters to which the document's answers are set.
    """
    text = line.text
    if not _is_phrase(text, _MAX_CHARS, _MAX_WORDS):
        return False
    return following is None or (not _FINITE.search(text) and is_broken_off(line, following, width))


def is_long_heading(text: str) -> bool:
    """Tell whether what stands on several lines, or is a whole paragraph, can be one heading: no
    sentence, and without end mark."""
    is_sentence = _FINITE.search(text) or _ARE.search(text)
    return not is_sentence and _is_phrase(text, _MAX_LONG_CHARS, _MAX_LONG_WORDS)


def _is_phrase(text: str, max_chars: int, max_words: int) -> bool:
    """Tell whether a text is a few words that can name a topic, and no row, item or address."""
    if END_MARK.search(text) or is_list_item(text) or is_url_line(text):
        return False
    if len(text) > max_chars or len(text.split()) > max_words:
        return False
    if _NO_END.search(text) or _TABLE_ROW.search(text) or is_row_of_cells(text):
        return False
    return bool(re.match(r"[\"“‘'(]?[A-ZÀ-Þ0-9]", text) and re.search(r"[^\W\d]{2}", text))


def goes_on_with_heading(line: Line, following: Line, width: float) -> bool:
    """Tell whether the next line goes on with the heading on this one: it is set alike, tight under
    it, and its first word wouldn't have fitted above."""
    is_alike = following.gap is Gap.TIGHT and following.style == line.style
    return (
        is_alike and not is_list_item(following.text) and not is_broken_off(line, following, width)
    )


def is_broken_off(line: Line, following: Line, width: float) -> bool:
    """Tell whether the next line starts anew although its first word would have fitted here."""
    if following.starts_paragraph is not None:
        return following.starts_paragraph
    first_word = following.text.split()[0]
    if not (is_list_item(following.text) or re.match(r"[\"“‘'(]?[A-ZÀ-Þ]", following.text)):
        return False
    slack = -_UNSURE * width if line.scale else _SLACK
    return line.extent + following.extent_of(f" {first_word}") <= width + slack


def is_bulleted_heading(line: Line) -> bool:
    """Tell whether a bullet precedes what would be a heading; only an asker below it makes it
    one."""
    text = line.text
    return bool(_BULLET.match(text)) and len(text) <= _MAX_CHARS and not END_MARK.search(text)


def heading_number(text: str) -> int | None:
    """Return the number before what would be a heading ("2. Visserij"), or None; only an asker
    below it makes it one."""
    match = _NUMBERED.match(text)
    return (
        int(match[1]) if match and len(text) <= _MAX_CHARS and not END_MARK.search(text) else None
    )


def is_inner_heading(text: str) -> bool:
    """Tell whether a heading goes on with the same answer: "Info over ...", "Tabel 2"."""
    return _INNER.match(text) is not None


def is_table_row(text: str) -> bool:
    """Tell whether a line ends with two amounts or more or has three columns, and starts with a
    capital or digit."""
    return _TABLE_ROW.search(text) is not None and not text[0].islower()


def is_row_of_cells(text: str) -> bool:
    """Tell whether a line is a row of a table in an answer, whose cells are parted: not one that
    says what stands in it or in the columns below it ("Vraagsteller | Vraag | Antwoord")."""
    cells = text.split(_CELLS_APART)
    is_label = len(cells) == 2 and _COLUMN.fullmatch(cells[0].strip()) is not None
    return len(cells) > 1 and not is_label and not heads_columns(text)


def heads_columns(text: str) -> bool:
    """Tell whether a line says what stands in the columns of a table of questions: "Vraagsteller |
    Vraag | Antwoord"."""
    cells = text.split(_CELLS_APART)
    return len(cells) > 1 and all(_COLUMN.fullmatch(cell.strip()) for cell in cells)


def is_title(text: str) -> bool:
    """Tell whether a line names the document: "Bijlage 1: ...", "BBT ... 2021"."""
    is_short = len(text) <= _MAX_CHARS and not END_MARK.search(text)
    return is_short and _TITLE.match(text) is not None


def heading_text(text: str) -> str:
    """Return a heading without its bullet and with single spaces."""
    return " ".join(_BULLET.sub("", text, count=1).split())
