"""Put the pieces of text of a PDF page in reading order and find the gaps between its lines.

A PDF holds pieces of text with places, in the order in which they were drawn. Lines that were drawn
downwards form a run; runs beside each other (columns) keep the order of drawing, others go from top
to bottom. An empty line stands for white space that is clearly more than between two lines.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.extents import printed_points
from corpus.raised import join_raised

_WIDE = 1.2
"""A gap is wide from this multiple of the document's usual distance between lines on."""
_USUAL_SHARE = 0.1
"""The usual distance is the smallest one that at least this share of the lines has."""
_LEVEL = 0.3
"""Difference in height, in font sizes, under which two pieces stand on one line."""
_SMALL, _RAISED, _APART = 0.87, 0.2, 0.6
"""A piece of at most so many times the line's font size, set higher by at least so many, is
raised; set higher or lower by less than so many, it still stands on that line."""
_SPACE = 0.15
"""White space behind a small piece, in font sizes, from which a word ends there."""
_SAME_STEP = 0.05
"""Distances, in font sizes, that differ by no more than this are the same."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text without line break: where it starts along and across its own reading
    direction (points; `down` grows downwards), its direction (whole degrees), font size (points)
    and style."""

    text: str
    along: float
    down: float
    angle: int
    size: float
    style: str


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a page: text, place of its first piece (its height is that of most of its letters),
    size and style of most of its letters."""

    text: str
    along: float
    down: float
    angle: int
    size: float
    style: str


def make_line(pieces: Sequence[Piece]) -> PlacedLine:
    """Join the pieces of one line.

    Raises:
        ValueError: If there are no pieces.
    """
    if not pieces:
        raise ValueError("pieces must hold at least one piece")
    inked = [piece for piece in pieces if piece.text.strip()] or list(pieces)
    first = inked[0]
    styles: Counter[tuple[str, float]] = Counter()
    for piece in inked:
        styles[piece.style, piece.size] += len(piece.text.strip())
    style, size = styles.most_common(1)[0][0]
    base = next(piece for piece in inked if (piece.style, piece.size) == (style, size))
    text = join_raised([(piece.text, _is_raised(piece, base)) for piece in pieces])
    return PlacedLine(text, first.along, base.down, first.angle, size, style)


def _is_raised(piece: Piece, base: Piece) -> bool:
    return _is_smaller(piece, base) and base.down - piece.down >= _RAISED * base.size


def _is_smaller(piece: Piece, other: Piece) -> bool:
    return piece.size <= _SMALL * other.size


def join_rows(rows: Iterable[Sequence[Piece]]) -> list[PlacedLine]:
    """Make lines of rows of pieces: those that follow each other on one height are one line, and
    those that hold only white space are none."""
    joined: list[list[Piece]] = []
    for row in rows:
        inked = [piece for piece in row if piece.text.strip()]
        if not inked:
            continue
        if joined and _goes_on(joined[-1], inked[0]):
            is_open = joined[-1][-1].text.endswith(" ") or row[0].text.startswith(" ")
            is_open = is_open or _is_attached(_last_inked(joined[-1]), inked[0])
            joined[-1].extend([*([] if is_open else [replace(inked[0], text=" ")]), *row])
        else:
            joined.append(list(row))
    return [make_line(row) for row in joined]


def _goes_on(row: Sequence[Piece], piece: Piece) -> bool:
    last = _last_inked(row)
    most = _APART if _differ_in_size(piece, last) else _LEVEL
    is_level = abs(piece.down - last.down) < most * max(piece.size, last.size)
    return piece.angle == last.angle and is_level and piece.along > last.along


def _last_inked(row: Sequence[Piece]) -> Piece:
    return [piece for piece in row if piece.text.strip()][-1]


def _differ_in_size(piece: Piece, other: Piece) -> bool:
    return _is_smaller(piece, other) or _is_smaller(other, piece)


def _is_attached(last: Piece, piece: Piece) -> bool:
    """Tell whether a piece is raised or lowered against the one before it and stands close to it,
    or the other way round."""
    is_level = abs(piece.down - last.down) < _RAISED / 2 * max(piece.size, last.size)
    if is_level or not _differ_in_size(piece, last):
        return False
    end = last.along + printed_points(last.text.rstrip(), last.size)
    return piece.along - end < _SPACE * max(piece.size, last.size)


def order_lines(lines: Sequence[PlacedLine]) -> tuple[PlacedLine, ...]:
    """Return a page's lines in reading order; text in another direction than most comes last."""
    letters: Counter[int] = Counter()
    for line in lines:
        letters[line.angle] += len(line.text.strip())
    if not letters:
        return tuple(lines)
    main = letters.most_common(1)[0][0]
    upright = [line for line in lines if line.angle == main]
    others = [line for line in lines if line.angle != main]
    clusters = _clusters(_runs(upright))
    return (*(line for cluster in clusters for run in cluster for line in run), *others)


def usual_step(pages: Iterable[Sequence[PlacedLine]]) -> float:
    """Return the usual distance between two lines of a document, in font sizes (1.2 if it has too
    few lines to tell)."""
    counts: Counter[int] = Counter()
    for page in pages:
        for above, below in pairwise(page):
            if 0.5 < (step := _step(above, below)) < 4:
                counts[round(step / _SAME_STEP)] += 1
    enough = max(_USUAL_SHARE * counts.total(), 2)
    for bucket in sorted(counts):
        if counts[bucket] + counts[bucket + 1] >= enough:
            return (bucket + 1) * _SAME_STEP
    return min(counts, default=round(1.2 / _SAME_STEP)) * _SAME_STEP


def full_lines(pages: Iterable[Sequence[PlacedLine]], step: float) -> list[PlacedLine]:
    """Return the lines whose sentence goes on right below: there was no room for more."""
    return [
        above
        for page in pages
        for above, below in pairwise(page)
        if not is_gap(above, below, step) and below.text.lstrip()[:1].islower()
    ]


def usual_size(pages: Iterable[Sequence[PlacedLine]]) -> float:
    """Return the font size of most letters (1 if there are none)."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page:
            letters[line.size] += len(line.text.strip())
    return max(letters, key=lambda size: letters[size], default=1.0) or 1.0


def is_gap(above: PlacedLine, below: PlacedLine, step: float) -> bool:
    """Tell whether the white space between two lines ends a paragraph."""
    return above.angle == below.angle and _step(above, below) > _WIDE * step


def _step(above: PlacedLine, below: PlacedLine) -> float:
    size = max(above.size, below.size, 1.0)
    return (below.down - above.down) / size


def _runs(lines: Sequence[PlacedLine]) -> list[list[PlacedLine]]:
    runs: list[list[PlacedLine]] = []
    for line in lines:
        if runs and line.down > runs[-1][-1].down - 0.5 * line.size:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _clusters(runs: list[list[PlacedLine]]) -> list[list[list[PlacedLine]]]:
    """Gather runs that overlap in height, each cluster in drawing order, from top to bottom."""
    clusters: list[list[int]] = []
    bottom = float("-inf")
    for row in sorted(range(len(runs)), key=lambda row: runs[row][0].down):
        if clusters and runs[row][0].down < bottom:
            clusters[-1].append(row)
        else:
            clusters.append([row])
        bottom = max(bottom, runs[row][-1].down)
    return [[runs[row] for row in sorted(cluster)] for cluster in clusters]
