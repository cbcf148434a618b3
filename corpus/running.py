"""Find the running titles and page numbers at the top and foot of a document's pages.

A row at the edge of a page is one if enough pages have the same row at that edge, where a number
may stay the same ("van 28") or count along with the pages ("Pagina 3"). Rows count from the edge
inwards, without a break. What can be an asker, a list item or a sentence never is one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from corpus.askers import read_askers
from corpus.list_items import is_list_item
from corpus.marks import CLAUSE_ENDS
from corpus.records import Page

_MAX_ROWS = 4
"""Most rows that the head or the foot of a page takes."""
_FULL_PAGE = 8
"""Filled rows from which a page counts as an example: on a shorter one the edges are the text."""
_MAX_CHARS = 120
_MAX_NUMBERS = 4
_NUMBER = re.compile(r"\d{1,6}")
_ENDS_SENTENCE = re.compile(rf"[{CLAUSE_ENDS},]$")
_PAGE_OF = re.compile(
    r"\W*(?:pagina|bladzijde|blz\.?|pag\.?|p\.)\s*\d{1,4}(?:\s*(?:van|/|\|)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_TITLE_PAGES, _TITLE_SHARE = 3, 0.4
"""A row without a counting number: on this many pages and this share of them (left and right pages
may differ)."""
_COUNTING_PAGES, _COUNTING_SHARE = 2, 0.5
"""A row with a counting number; one page more if it doesn't count from 1."""


_MARK = "\x00"
"""Stands on both sides of a counting number's distance to the page's number."""
_FROM_ONE = f"{_MARK}0{_MARK}"


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row at an edge of a page (`depth` 0 is the outermost) and what it may look like on other
    pages: its text with each number kept, or replaced by its distance to the page's number."""

    page: int
    row: int
    is_top: bool
    depth: int
    text: str
    shapes: tuple[str, ...]


def running_rows(pages: Sequence[Page]) -> Mapping[int, frozenset[int]]:
    """Return, by page number, the rows that are running titles or page numbers."""
    edges = [edge for page in pages for edge in _edges(page)]
    full = {p.number for p in pages if sum(bool(ln.strip()) for ln in p.lines) >= _FULL_PAGE}
    seen: dict[str, set[int]] = defaultdict(set)
    for edge in edges:
        for shape in edge.shapes if edge.page in full else ():
            seen[f"{edge.is_top} {shape}"].add(edge.page)
    found: dict[int, set[int]] = defaultdict(set)
    inward: Counter[tuple[int, bool]] = Counter()
    for edge in edges:
        side = edge.page, edge.is_top
        if inward[side] == edge.depth and _is_running(edge, seen, len(full)):
            inward[side] += 1
            found[edge.page].add(edge.row)
    return {page: frozenset(rows) for page, rows in found.items()}


def _edges(page: Page) -> Iterator[_Edge]:
    """The outermost rows at the top, then at the foot, each from the edge inwards."""
    filled = [row for row, line in enumerate(page.lines) if line.strip()]
    for is_top, rows in ((True, filled), (False, filled[::-1])):
        for depth, row in enumerate(rows[:_MAX_ROWS]):
            text = " ".join(page.lines[row].split())
            yield _Edge(page.number, row, is_top, depth, text, _shapes(text, page.number))


def _shapes(text: str, page: int) -> tuple[str, ...]:
    numbers = _NUMBER.findall(text)
    if len(text) > _MAX_CHARS or len(numbers) > _MAX_NUMBERS:
        return ()
    parts = _NUMBER.split(text)
    ways = [(number, f"{_MARK}{int(number) - page}{_MARK}") for number in numbers]
    return tuple(
        "".join(part + number for part, number in zip(parts, (*chosen, ""), strict=True))
        for chosen in product(*ways)
    )


def _is_running(edge: _Edge, seen: Mapping[str, set[int]], page_count: int) -> bool:
    if _PAGE_OF.fullmatch(edge.text):
        return True
    if _ENDS_SENTENCE.search(edge.text) or is_list_item(edge.text) or read_askers(edge.text):
        return False
    return any(
        _is_enough(shape, len(seen[f"{edge.is_top} {shape}"]), page_count) for shape in edge.shapes
    )


def _is_enough(shape: str, count: int, page_count: int) -> bool:
    if _MARK not in shape:
        return count >= _TITLE_PAGES and count >= _TITLE_SHARE * page_count
    least = _COUNTING_PAGES + (_FROM_ONE not in shape)
    return count >= least and count >= _COUNTING_SHARE * page_count
