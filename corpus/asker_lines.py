"""Find the lines of an appendix that say who asked, with what stands around them.

A line that names a known party counts by itself. A party that nobody knows counts where it stands
at least once over a text that ends with a question, or with "(schriftelijk)" over a list:
catchwords that were handed in.
"""

import re
from collections.abc import Collection, Sequence

from corpus.askers import PARTIES, known_parties, read_askers
from corpus.headings import is_heading_shaped
from corpus.labels import is_answer_label, is_question_label
from corpus.lines import Gap, Line
from corpus.list_items import is_list_item
from corpus.questions import ends_asking
from corpus.records import Asker

_LONGEST_QUESTION = 60
"""Lines to look ahead for the end of a question."""
_LONGEST_PARTY = 4
"""Words of the longest party name that is believed without being known."""
_MOST_HEADINGS = 4
"""Lines of headings over a party that nobody knows."""
_WRITTEN = re.compile(r"\(schriftelijk\):?$", re.IGNORECASE)


class AskerLines:
    """The asker lines among the lines of a document, and where questions end.

    `width` is the number of characters to which the document's answers are set.
    """

    def __init__(self, lines: Sequence[Line], width: float) -> None:
        self._lines = lines
        self._width = width
        self._parties = known_parties(line.text for line in lines)
        found = {line: read_askers(line.text, self._parties) for line in lines}
        self._named = {line: who for line, who in found.items() if who}
        self._askers = self._find_askers()

    def __contains__(self, line: Line) -> bool:
        return line in self._askers

    def __getitem__(self, line: Line) -> tuple[Asker, ...]:
        return self._askers[line]

    def asks_below(self, row: int) -> bool:
        """Tell whether the text from the next row to the next gap ends with a question."""
        last: Line | None = None
        for line in self._lines[row + 1 : row + 1 + _LONGEST_QUESTION]:
            ends = line.gap is Gap.WIDE or (
                line.gap is Gap.PAGE and last and ends_asking(last.text)
            )
            if last is not None and ends:
                break
            if line not in self._named:
                last = line
        return last is not None and ends_asking(last.text)

    def _find_askers(self) -> dict[Line, tuple[Asker, ...]]:
        askers = dict(self._named)
        rows = [row for row, line in enumerate(self._lines) if line in askers and self._is_put(row)]
        known = {*PARTIES, *(asker.party for row in rows for asker in askers[self._lines[row]])}
        for row, line in enumerate(self._lines):
            who = askers.get(line)
            if who and not known.issuperset(a.party for a in who):
                del askers[line]
            elif not who and self._is_unknown_party(row, askers):
                askers[line] = (Asker(line.text.rstrip(":")),)
        return self._with_labels(askers)

    def _with_labels(self, askers: dict[Line, tuple[Asker, ...]]) -> dict[Line, tuple[Asker, ...]]:
        """Add the lines that say "Vraag 2:", of the asker before them; leave out "Antwoord aan
        ..." where that asker's question stands before it."""
        found = dict(askers)
        last: tuple[Asker, ...] = ()
        for row, line in enumerate(self._lines):
            around = self._lines[max(row - 1, 0) : row + 2]
            if line in askers and is_answer_label(line.text) and not self.asks_below(row):
                if not set(last).isdisjoint(askers[line]):
                    del found[line]
            elif is_question_label(line.text):
                if any(neighbour in askers for neighbour in around):
                    found[line] = ()
                elif self.asks_below(row):
                    found[line] = last
            last = askers.get(line, last)
        return found

    def _is_put(self, row: int) -> bool:
        """Tell whether a line stands over a question, or over a list that was handed in."""
        return self.asks_below(row) or self._hands_in_list(row)

    def _hands_in_list(self, row: int) -> bool:
        """Tell whether a line says "(schriftelijk)" over a list."""
        below = self._lines[row + 1 : row + 2]
        is_written = _WRITTEN.search(self._lines[row].text) is not None
        return is_written and any(is_list_item(line.text) for line in below)

    def _is_unknown_party(self, row: int, known: Collection[Line]) -> bool:
        """A few words on a line by themselves, tight over a text that ends with a question, with
        no asker over or under them."""
        line = self._lines[row]
        below = self._lines[row + 1] if row + 1 < len(self._lines) else None
        if below is None or below.gap is not Gap.TIGHT or len(line.text.split()) > _LONGEST_PARTY:
            return False
        if below in known or re.search(r"\d", line.text) or not self._is_under_headings(row, known):
            return False
        return is_heading_shaped(line, below, self._width) and self.asks_below(row)

    def _is_under_headings(self, row: int, known: Collection[Line]) -> bool:
        """Tell whether at most a few headings stand tight over a line, and no asker over those."""
        top = row
        while top > 0 and self._lines[top].gap is Gap.TIGHT:
            top -= 1
            is_heading = is_heading_shaped(self._lines[top], self._lines[top + 1], self._width)
            if not is_heading or row - top > _MOST_HEADINGS:
                return False
        return top == 0 or self._lines[top - 1] not in known
