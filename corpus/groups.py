"""Cut the lines of an appendix into groups: at gaps, at page turns, and before an asker."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.asker_lines import AskerLines
from corpus.headings import is_broken_off, is_bulleted_heading, is_heading_shaped
from corpus.lines import Gap, Line

Group = tuple[Line, ...]

END_MARKS = (".", "?", "!", ":", ";", "”", '"', ")")
"""What the last line of a paragraph mostly ends with."""


class GroupCutter:
    """Cuts lines into groups and a group into headings, askers and text."""

    def __init__(self, lines: Sequence[Line], width: int, askers: AskerLines) -> None:
        self._lines = lines
        self._rows = {line: row for row, line in enumerate(lines)}
        self._width = width
        self._askers = askers

    def row_of(self, line: Line) -> int:
        """Return the 0-based place of a line among all."""
        return self._rows[line]

    def groups(self) -> Iterator[Group]:
        """Cut the lines at gaps and page turns, and before an asker with the heading over it."""
        cuts = {row for row, line in enumerate(self._lines) if line.gap is not Gap.TIGHT}
        for row, line in enumerate(self._lines):
            if line in self._askers and (row == 0 or self._lines[row - 1] not in self._askers):
                cuts.add(self._top_of_headings(row, cuts))
        edges = sorted(cuts | {0, len(self._lines)})
        for start, end in pairwise(edges):
            yield tuple(self._lines[start:end])

    def take_apart(self, group: Group) -> tuple[Group, Group, Group]:
        """Return the heading lines, the asker lines and the rest of a group."""
        rows = [row for row, line in enumerate(group) if line in self._askers]
        if rows:
            return group[: rows[0]], group[rows[0] : rows[-1] + 1], group[rows[-1] + 1 :]
        size = 0
        while size < len(group) and self._heads(group[size]):
            size += 1
        return group[:size], (), group[size:]

    def _top_of_headings(self, asker_row: int, cuts: set[int]) -> int:
        top = asker_row
        while top > 0 and top not in cuts:
            line, below = self._lines[top - 1], self._lines[top]
            is_head = is_heading_shaped(line, None, self._width) or is_bulleted_heading(line)
            starts = top - 1 in cuts or self._ends(self._lines[top - 2], line)
            if not is_head or not starts or line in self._askers or below.gap is not Gap.TIGHT:
                break
            top -= 1
        return top

    def _heads(self, line: Line) -> bool:
        below = self._lines[self._rows[line] + 1 : self._rows[line] + 2]
        is_over_asker = bool(below) and below[0] in self._askers
        following = below[0] if below and below[0].gap is not Gap.WIDE else None
        if is_over_asker:
            return is_bulleted_heading(line) or is_heading_shaped(line, None, self._width)
        if following is not None and line.gap is Gap.PAGE and not self._may_start(line):
            return False
        return is_heading_shaped(line, following, self._width)

    def _may_start(self, line: Line) -> bool:
        """Tell whether the line at the top of a page can start something new."""
        row = self._rows[line]
        return row == 0 or self._ends(self._lines[row - 1], line)

    def _ends(self, line: Line, following: Line) -> bool:
        """Tell whether a paragraph can end with this line."""
        return line.text.endswith(END_MARKS) or is_broken_off(line, following, self._width)
