"""Cut the lines of an appendix into groups: at gaps, at page turns, and before an asker."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.asker_lines import AskerLines
from corpus.headings import (
    goes_on_with_heading,
    heading_number,
    is_broken_off,
    is_bulleted_heading,
    is_heading_shaped,
    is_long_heading,
    is_table_row,
)
from corpus.labels import is_answer_label, is_labelled_question, opens_answer
from corpus.lines import Gap, Line
from corpus.marks import CLAUSE_ENDS, QUOTE_PAIRS
from corpus.styles import NO_STYLES, Styles

Group = tuple[Line, ...]

END_MARKS = (*CLAUSE_ENDS, "”", '"', ")")
"""What the last line of a paragraph mostly ends with."""
_LONGEST_QUOTATION = 30
"""Lines of the longest passage that a question quotes."""
_LONGEST_ITEM = 5
"""Lines of the longest item of a list whose items have no end mark."""
_LONGEST_HEADING = 4
"""Lines of the longest heading."""
_TABLE_LINES = 3
"""Lines tight under each other from which what is shaped like headings is a table or list."""


class GroupCutter:
    """Cuts lines into groups and a group into headings, askers and text.

    Where a document sets questions or headings in a style of their own, groups also part there.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        width: float,
        askers: AskerLines,
        styles: Styles = NO_STYLES,
    ) -> None:
        self._styles = styles
        self._lines = lines
        self._rows = {line: row for row, line in enumerate(lines)}
        self._width = width
        self._askers = askers

    def row_of(self, line: Line) -> int:
        """Return the 0-based place of a line among all."""
        return self._rows[line]

    def lines_from(self, row: int, count: int) -> Sequence[Line]:
        """Return at most `count` lines from a row on."""
        return self._lines[row : row + count]

    def groups(self) -> Iterator[Group]:
        """Cut the lines at gaps and page turns, and before an asker with the heading over it."""
        cuts = {row for row in range(len(self._lines)) if self._is_apart(row)}
        for row, line in enumerate(self._lines):
            if line in self._askers and (row == 0 or self._lines[row - 1] not in self._askers):
                cuts.add(self._top_of_headings(row, cuts))
        cuts |= self._label_cuts()
        if self._styles.question is not None:
            cuts |= self._question_ends()
        if self._styles.heading is not None:
            cuts |= {row for row in range(1, len(self._lines)) if self._is_set_as_heading(row)}
        edges = sorted(cuts | {0, len(self._lines)})
        for start, end in pairwise(edges):
            yield tuple(self._lines[start:end])

    def has_asker(self, group: Group) -> bool:
        """Tell whether an asker stands in a group."""
        return any(line in self._askers for line in group)

    def take_apart(self, group: Group) -> tuple[Group, Group, Group]:
        """Return the heading lines, the asker lines and the rest of a group."""
        rows = [row for row, line in enumerate(group) if line in self._askers]
        if rows:
            return group[: rows[0]], group[rows[0] : rows[-1] + 1], group[rows[-1] + 1 :]
        size = count = 0
        while size < len(group) and (lines := self._lines_of_heading(group[size])):
            size, count = size + lines, count + 1
        if count >= _TABLE_LINES and not self._is_over_asker(group[size - 1]):
            size = 0
        return group[:size], (), group[size:]

    def _is_apart(self, row: int) -> bool:
        """Tell whether a gap parts a line from the one above; a gap under an asker says nothing in
        a source that leaves one after every paragraph."""
        line = self._lines[row]
        under_asker = row > 0 and self._lines[row - 1] in self._askers
        return line.gap is not Gap.TIGHT and not (under_asker and line.starts_paragraph)

    def _label_cuts(self) -> set[int]:
        """Return the rows of lines that say "Antwoord" or "Vraag 2: ...", and what is under a line
        that says no more than that."""
        cuts: set[int] = set()
        for row, line in enumerate(self._lines):
            opens = opens_answer(line.text) or is_labelled_question(line.text)
            if opens and line not in self._askers and self._may_start(line):
                cuts |= {row, row + 1} if is_answer_label(line.text) else {row}
        return cuts

    def end_of_quotation(self, row: int) -> int:
        """Return the row after a quotation that starts at a row and after which the style of
        questions goes on; the row itself if there is none."""
        close = QUOTE_PAIRS.get(self._lines[row].text[0], "")
        for end in range(row, min(row + _LONGEST_QUOTATION, len(self._lines) - 1)):
            if close and close in self._lines[end].text[1:]:
                following = self._lines[end + 1]
                goes_on = following.style == self._styles.question and following not in self._askers
                return end + 1 if goes_on else row
        return row

    def _question_ends(self) -> set[int]:
        """Return the row at which the style of a question ends, the first one under each asker."""
        ends: set[int] = set()
        row, is_asked = 0, False
        while row < len(self._lines):
            line, after = self._lines[row], row + 1
            if line in self._askers:
                is_asked = True
            elif is_asked and line.style != self._styles.question:
                resumes = self.end_of_quotation(row)
                is_asked, after = resumes > row, max(resumes, after)
                if not is_asked and self._lines[row - 1] not in self._askers:
                    ends.add(row)
            row = after
        return ends

    def _top_of_headings(self, asker_row: int, cuts: set[int]) -> int:
        tops = range(asker_row - 1, max(asker_row - _LONGEST_HEADING, 0) - 1, -1)
        is_tight = self._lines[asker_row].gap is Gap.TIGHT
        long = (row for row in tops if is_tight and row + self._long_heading(row) == asker_row)
        top = next(long, asker_row)
        while top > 0 and top not in cuts:
            line, below = self._lines[top - 1], self._lines[top]
            is_head = self._can_head_asker(top - 1)
            starts = top - 1 in cuts or self._ends(self._lines[top - 2], line)
            if not is_head or not starts or line in self._askers or below.gap is not Gap.TIGHT:
                break
            top -= 1
        return top

    def _is_set_as_heading(self, row: int) -> bool:
        """Tell whether a line is set like a topic heading, under a line that isn't."""
        line, above = self._lines[row], self._lines[row - 1]
        style = self._styles.heading
        is_apart = line.style == style != above.style and above not in self._askers
        is_shaped = is_heading_shaped(line, None, self._width)
        return is_apart and (is_shaped or self._long_heading(row) > 0)

    def _long_heading(self, row: int) -> int:
        """Return the number of lines, from a row on, of a heading that is set over several or is a
        whole paragraph; 0 if none starts there."""
        line = self._lines[row]
        if self._styles.heading not in {None, line.style} or not self._is_new(row):
            return 0
        end, last = row + 1, min(row + _LONGEST_HEADING, len(self._lines))
        while end < last and self._goes_on_with_heading(end):
            end += 1
        is_paragraph = line.gap is Gap.WIDE or line.starts_paragraph is not None
        is_over_asker = self._is_over_asker(self._lines[end - 1])
        is_whole = end > row + 1 or is_paragraph
        if not is_whole or not (is_over_asker or self._styles.heading):
            return 0
        text = " ".join(line.text for line in self._lines[row:end])
        return end - row if is_long_heading(text) else 0

    def _is_new(self, row: int) -> bool:
        """Tell whether a line starts something, by its place or its style, and not a question."""
        line, above = self._lines[row], self._lines[row - 1]
        if row == 0:
            return True
        return above not in self._askers and (self._may_start(line) or above.style != line.style)

    def _goes_on_with_heading(self, row: int) -> bool:
        above, line = self._lines[row - 1], self._lines[row]
        return line not in self._askers and goes_on_with_heading(above, line, self._width)

    def _lines_of_heading(self, line: Line) -> int:
        """Return the number of lines of the heading that starts at a line; 0 if none does."""
        return self._long_heading(self._rows[line]) or int(self._heads(line))

    def _heads(self, line: Line) -> bool:
        if self._rows[line] and self._is_set_as_heading(self._rows[line]):
            return True
        below = self._lines[self._rows[line] + 1 : self._rows[line] + 2]
        is_over_asker = self._is_over_asker(line)
        if not is_over_asker and self._styles.heading not in {None, line.style}:
            return False
        if below and is_table_row(below[0].text):
            return False
        following = below[0] if below and below[0].gap is not Gap.WIDE else None
        if is_over_asker:
            return self._can_head_asker(self._rows[line])
        if following is not None and line.gap is Gap.PAGE and not self._may_start(line):
            return False
        return is_heading_shaped(line, following, self._width)

    def _is_over_asker(self, line: Line) -> bool:
        below = self._lines[self._rows[line] + 1 : self._rows[line] + 2]
        return bool(below) and below[0] in self._askers

    def _can_head_asker(self, row: int) -> bool:
        """Tell whether a line can be a heading if an asker stands under it."""
        line = self._lines[row]
        if is_bulleted_heading(line) or is_heading_shaped(line, None, self._width):
            return True
        number = heading_number(line.text)
        return number is not None and not self._goes_on_with_list(row, number)

    def _goes_on_with_list(self, row: int, number: int) -> bool:
        """Tell whether a numbered line follows the item with the number before, in a list of items
        without end marks."""
        if row == 0 or self._lines[row - 1].text.endswith(END_MARKS):
            return False
        above = self._lines[max(row - _LONGEST_ITEM, 0) : row]
        numbers = [n for line in above if (n := heading_number(line.text)) is not None]
        return numbers[-1:] == [number - 1]

    def _may_start(self, line: Line) -> bool:
        """Tell whether a line, say the first of a page, can start something new."""
        row = self._rows[line]
        return row == 0 or line.gap is Gap.WIDE or self._ends(self._lines[row - 1], line)

    def _ends(self, line: Line, following: Line) -> bool:
        """Tell whether a paragraph can end with this line."""
        return line.text.endswith(END_MARKS) or is_broken_off(line, following, self._width)
