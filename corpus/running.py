"""Find the running titles and page numbers at the top and foot of a document's pages.

A row at the edge of a page is one if enough pages have the same row at that edge, where a number
may stay the same ("van 28") or count along with the pages ("Pagina 3"). Two pages are enough if all
have it and it is set like no text inside a page. Rows count from the edge inwards, without a break.
What can be an asker, a list item or a sentence never is one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, combinations

from corpus.askers import read_askers
from corpus.list_items import is_list_item
from corpus.marks import CLAUSE_ENDS
from corpus.reading import NO_HINT, Hints
from corpus.records import Page

_MAX_ROWS = 4
"""Most rows that the head or the foot of a page takes."""
_FULL_PAGE = 8
"""Filled rows from which a page counts as an example: on a shorter one the edges are the text."""
_MAX_CHARS = 200
_MAX_NUMBERS = 12
"""A browser prints a date, a time, an address and the number of the page."""
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
_PAGES_ALIKE = 2

_MARK = "\x00"
"""Stands on both sides of a counting number's distance to the page's number."""
_FROM_ONE = f"{_MARK}0{_MARK}"


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row at an edge of a page (`depth` 0 is the outermost), how it is set ("" if unknown), and
    what it may look like on other pages: its text as it is, or with one or two numbers replaced
    by their distance to the page's number."""

    page: int
    row: int
    is_top: bool
    depth: int
    text: str
    style: str
    shapes: tuple[str, ...]


def running_rows(pages: Sequence[Page], hints: Hints) -> Mapping[int, frozenset[int]]:
    """Return, by page number, the rows that are running titles or page numbers."""
    edges = [edge for page in pages for edge in _edges(page, hints)]
    full = {p.number for p in pages if sum(bool(ln.strip()) for ln in p.lines) >= _FULL_PAGE}
    seen = _pages_of_shapes(edge for edge in edges if edge.page in full)
    inner = _inner_styles(pages, hints)
    apart = _pages_of_shapes(edge for edge in edges if edge.style and edge.style not in inner)
    found: dict[int, set[int]] = defaultdict(set)
    inward: Counter[tuple[int, bool]] = Counter()
    for edge in edges:
        side = edge.page, edge.is_top
        if inward[side] == edge.depth and (
            _is_running(edge, seen, len(full)) or _is_on_all(edge, apart, len(pages))
        ):
            inward[side] += 1
            found[edge.page].add(edge.row)
    return {page: frozenset(rows) for page, rows in found.items()}


def _edges(page: Page, hints: Hints) -> Iterator[_Edge]:
    """The outermost rows at the top, then at the foot, each from the edge inwards."""
    filled = _filled_rows(page)
    for is_top, rows in ((True, filled), (False, filled[::-1])):
        for depth, row in enumerate(rows[:_MAX_ROWS]):
            text = " ".join(page.lines[row].split())
            style = hints.get((page.number, row), NO_HINT).style
            yield _Edge(page.number, row, is_top, depth, text, style, _shapes(text, page.number))


def _filled_rows(page: Page) -> list[int]:
    return [row for row, line in enumerate(page.lines) if line.strip()]


def _inner_styles(pages: Sequence[Page], hints: Hints) -> Set[str]:
    """Return how the rows are set that stand at no edge of their page."""
    return {
        hints.get((page.number, row), NO_HINT).style
        for page in pages
        for row in _filled_rows(page)[_MAX_ROWS:-_MAX_ROWS]
    }


def _shapes(text: str, page: int) -> tuple[str, ...]:
    numbers = list(_NUMBER.finditer(text))
    if len(text) > _MAX_CHARS or len(numbers) > _MAX_NUMBERS:
        return ()
    counting = chain(combinations(numbers, 1), combinations(numbers, 2))
    return (text, *(_counted(text, found, page) for found in counting))


def _counted(text: str, numbers: Sequence[re.Match[str]], page: int) -> str:
    """Put the distance to the page's number in the place of each of these numbers."""
    for number in reversed(numbers):
        distance = f"{_MARK}{int(number[0]) - page}{_MARK}"
        text = text[: number.start()] + distance + text[number.end() :]
    return text


def _pages_of_shapes(edges: Iterable[_Edge]) -> Mapping[str, Set[int]]:
    """Return on which pages there is a row of each shape, by edge and shape."""
    seen: dict[str, set[int]] = defaultdict(set)
    for edge in edges:
        for shape in edge.shapes:
            seen[f"{edge.is_top} {shape}"].add(edge.page)
    return seen


def _is_running(edge: _Edge, seen: Mapping[str, Set[int]], page_count: int) -> bool:
    if _PAGE_OF.fullmatch(edge.text):
        return True
    return not _can_be_text(edge) and any(
        _is_enough(shape, _count(edge, shape, seen), page_count) for shape in edge.shapes
    )


def _is_on_all(edge: _Edge, apart: Mapping[str, Set[int]], page_count: int) -> bool:
    """Tell whether every page of at least two has the same row, set like nothing inside a page."""
    on_all = (_count(edge, shape, apart) == page_count for shape in edge.shapes)
    return page_count >= _PAGES_ALIKE and not _can_be_text(edge) and any(on_all)


def _can_be_text(edge: _Edge) -> bool:
    is_sentence = _ENDS_SENTENCE.search(edge.text) is not None
    return is_sentence or is_list_item(edge.text) or bool(read_askers(edge.text))


def _count(edge: _Edge, shape: str, seen: Mapping[str, Set[int]]) -> int:
    return len(seen.get(f"{edge.is_top} {shape}", ()))


def _is_enough(shape: str, count: int, page_count: int) -> bool:
    if _MARK not in shape:
        return count >= _TITLE_PAGES and count >= _TITLE_SHARE * page_count
    least = _COUNTING_PAGES + (_FROM_ONE not in shape)
    return count >= least and count >= _COUNTING_SHARE * page_count
