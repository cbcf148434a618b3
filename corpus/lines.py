"""Turn pages into lines with the white space around them, and set layout data apart.

Some extractors leave an empty line after every line of text, so that a paragraph ends at a wider
gap; `read_lines` finds out which spacing a document has. Page numbers and the link targets that
an extractor repeats at the end of a page are layout, not text.
"""

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from corpus.askers import read_askers
from corpus.cleaning import clean_line
from corpus.extents import printed_extent
from corpus.list_items import is_list_item
from corpus.marks import CLAUSE_ENDS, note_number
from corpus.pages import page_number_of
from corpus.reading import NO_HINT, Hints
from corpus.records import Page
from corpus.running import running_rows


class Gap(Enum):
    """The white space before a line."""

    TIGHT = "tight"
    WIDE = "wide"
    PAGE = "page"
    """The line is the first of its page and nothing tells whether a paragraph ended before it."""


class Layout(Enum):
    """A line that is not text."""

    PAGE_NUMBER = "page number"
    RUNNING_TITLE = "running title"
    LINK_LIST = "link list"


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line: its page (from 1), its 0-based row on that page, its text without outer
    white space, the white space that followed the text, the gap before it, how it is set ("" if
    unknown), whether it starts a paragraph (None if the source doesn't tell), and the size
    of its letters against the document's usual one (0 if all characters count alike)."""

    page: int
    row: int
    text: str
    tail: str
    gap: Gap
    style: str = ""
    starts_paragraph: bool | None = None
    scale: float = 0

    @property
    def extent(self) -> float:
        """How wide the line is set, in characters."""
        return self.extent_of(self.text)

    def extent_of(self, text: str) -> float:
        """Return how wide a text is where it is set like this line."""
        return self.scale * printed_extent(text) if self.scale else len(text)


@dataclass(frozen=True, slots=True)
class LineBreakdown:
    """The lines of a document: those that are text, and per layout line what it is."""

    text: tuple[Line, ...]
    layout: tuple[tuple[Line, Layout], ...]

    @property
    def link_targets(self) -> tuple[str, ...]:
        """The targets in the link lists, each once, in document order."""
        targets = (line.text for line, kind in self.layout if kind is Layout.LINK_LIST)
        return tuple(dict.fromkeys(targets))


NO_HINTS: Hints = {}
_FRAME = frozenset({Layout.PAGE_NUMBER, Layout.RUNNING_TITLE})

_URL_LINE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def read_lines(pages: Sequence[Page], hints: Hints = NO_HINTS) -> LineBreakdown:
    """Break pages into lines of text and lines of layout; blank lines are dropped.

    The notes at the foot of a page follow the paragraph that runs on over the page turn. A source
    that gives hints on its lines leaves an empty line only where a paragraph ends.
    """
    wide = 1 if hints else _wide_gap(pages)
    running = running_rows(pages, hints)
    text: list[Line] = []
    notes: list[Line] = []
    layout: list[tuple[Line, Layout]] = []
    blanks = 0
    for page in pages:
        kinds = _layout_rows(page, running.get(page.number, frozenset()))
        is_first = True
        for row, raw in enumerate(page.lines):
            if row in kinds:
                layout.append((_line(page, row, Gap.TIGHT, hints), kinds[row]))
                blanks = blanks if kinds[row] is Layout.LINK_LIST else 0
            elif not raw.strip():
                blanks += 1
            else:
                line = _line(page, row, Gap.WIDE if blanks >= wide else Gap.TIGHT, hints)
                blanks = 0
                if hints.get((page.number, row), NO_HINT).is_note:
                    notes.append(line)
                    continue
                framed = not _FRAME.isdisjoint(kinds.values())
                line = _at_page_turn(line, text, framed) if is_first else line
                if notes and (line.gap is Gap.WIDE or (is_first and _ends_clause(text))):
                    text += _set_apart(notes)
                    notes, line = [], replace(line, gap=Gap.WIDE)
                text.append(line)
                is_first = False
    return LineBreakdown((*text, *_set_apart(notes)), tuple(layout))


def normalise_target(url: str) -> str:
    """Return a link target without scheme, `www.` and last slash, in lower case, to compare."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.strip().lower())
    return bare.rstrip(".,;:)/")


def is_url_line(text: str) -> bool:
    """Tell whether a line holds one web address and nothing else."""
    return _URL_LINE.fullmatch(text.strip()) is not None


def _line(page: Page, row: int, gap: Gap, hints: Hints) -> Line:
    raw = page.lines[row]
    tail = raw[len(raw.rstrip()) :]
    hint = hints.get((page.number, row), NO_HINT)
    text = clean_line(raw).strip() or raw.strip()
    return Line(page.number, row, text, tail, gap, hint.style, hint.starts_paragraph, hint.scale)


def _wide_gap(pages: Sequence[Page]) -> int:
    """Return how many blank lines end a paragraph: 2 where lines stand a blank one apart, else 1.

    What goes on in the middle of a sentence tells how far lines stand apart; a text in which
    nothing does is taken to leave a blank line after every line if it has wider gaps as well.
    """
    inside: Counter[int] = Counter()
    anywhere: Counter[int] = Counter()
    for page in pages:
        rows = [row for row, line in enumerate(page.lines) if line.strip()]
        for row, following in pairwise(rows):
            anywhere[following - row] += 1
            inside[following - row] += _goes_on(page.lines[row], page.lines[following])
    if inside[1] or inside[2]:
        return 2 if inside[2] > inside[1] else 1
    has_wider = max(anywhere, default=0) > 2
    return 2 if anywhere[2] > anywhere[1] and has_wider else 1


def _goes_on(line: str, following: str) -> bool:
    """Tell whether the next line goes on in the middle of a sentence."""
    start = following.lstrip()
    is_inside = start[0].islower() and line.rstrip()[-1] not in CLAUSE_ENDS
    return is_inside and not is_list_item(start) and not read_askers(start)


def _at_page_turn(line: Line, before: Sequence[Line], is_framed: bool) -> Line:
    """A gap at the top of a page says nothing if it is the white space around a page number or
    running title, or if a sentence goes on below it. Where the source tells its paragraphs, a page
    turn changes nothing."""
    if line.starts_paragraph is not None:
        return line
    ends = not before or before[-1].text[-1] in CLAUSE_ENDS or line.text[0].isupper()
    return line if line.gap is Gap.WIDE and ends and not is_framed else replace(line, gap=Gap.PAGE)


def _ends_clause(lines: Sequence[Line]) -> bool:
    return not lines or lines[-1].text[-1] in CLAUSE_ENDS


def _set_apart(notes: Sequence[Line]) -> list[Line]:
    """Return the notes at the foot of a page as paragraphs of their own, to stand behind the one
    that runs on over the page turn."""
    apart: list[Line] = []
    due = None
    for line in notes:
        number = note_number(line.text)
        starts = number is not None and (due is None or number in (due, 0))
        apart.append(replace(line, gap=Gap.WIDE) if starts else line)
        due = number + 1 if starts and number is not None else due
    return apart


def _layout_rows(page: Page, running: Set[int]) -> dict[int, Layout]:
    filled = [row for row, line in enumerate(page.lines) if line.strip()]
    rows = [row for row in filled if row not in running]
    kinds = {row: _layout_of(page.lines[row]) for row in running}
    kinds |= dict.fromkeys(_link_rows(page, rows), Layout.LINK_LIST)
    rest = [row for row in rows if row not in kinds]
    for row in {rest[0], rest[-1]} if rest else ():
        if page_number_of(page.lines[row]) == page.number:
            kinds[row] = Layout.PAGE_NUMBER
            if row == rest[-1]:
                kinds.update(dict.fromkeys(_link_rows(page, rest[:-1]), Layout.LINK_LIST))
    return kinds


def _layout_of(running: str) -> Layout:
    return Layout.RUNNING_TITLE if page_number_of(running) is None else Layout.PAGE_NUMBER


def _link_rows(page: Page, rows: list[int]) -> set[int]:
    """Return the rows at the end of a page that repeat link targets.

    A trailing address is link data if the page's text before it holds the same target, or if it
    lacks the space that the page's lines of text end with.
    """
    first = len(rows)
    while first > 0 and is_url_line(page.lines[rows[first - 1]]):
        first -= 1
    before = [page.lines[row] for row in rows[:first]]
    padded = sum(line.endswith(" ") for line in before) > 0.8 * len(before) > 0
    seen = "".join("".join(line.split()) for line in before).lower()
    found = set()
    for row in rows[first:]:
        target = normalise_target(page.lines[row])
        if target in seen or (padded and not page.lines[row].endswith(" ")):
            found.add(row)
        seen += " " + target
    return found
