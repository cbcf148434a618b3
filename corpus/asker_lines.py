"""Find the lines of an appendix that say who asked, with what stands around them.

A line that names a known party counts by itself. A party that nobody knows counts where it stands
at least once over a text that ends with a question, or with "(schriftelijk)" over a list:
catchwords that were handed in.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from corpus.askers import (
    is_asker_label,
    known_parties,
    mentions_asker,
    read_askers,
    read_broken_askers,
    says_who,
)
from corpus.headings import is_heading_shaped, is_inner_heading
from corpus.labels import (
    is_answer_label,
    is_labelled_question,
    is_question_label,
    opens_answer,
)
from corpus.lines import Gap, Line
from corpus.list_items import END_MARK, is_list_item
from corpus.parties import PARTIES, party_key, spell_alike
from corpus.questions import ends_asking
from corpus.records import Asker

_LONGEST_QUESTION = 60
"""Lines to look ahead for the end of a question."""
_LONGEST_PARTY = 4
"""Words of the longest party name that is believed without being known."""
_MOST_HEADINGS = 4
"""Lines of headings over a party that nobody knows."""
_WRITTEN = re.compile(r"\(schriftelijk\):?$", re.IGNORECASE)
_NO_PARTY = re.compile(
    r"\b(?:antwoord(?:en)?|vra(?:ag|gen)|vraagstellers?|indieners?|datum|onderwerp|bijlagen?|"
    r"(?:vice)?minister(?:s|-president)?|staatssecretaris(?:sen)?)\b",
    re.IGNORECASE,
)
"""What a line of a few words holds that names a minister, or what comes next, but no party."""
_LONGEST_LIST = 3
"""Lines of the longest list of askers that is broken."""

Askers = tuple[Asker, ...]


class AskerLines:
    """The asker lines among the lines of a document, and where questions end.

    `width` is the number of characters to which the document's answers are set.
    """

    def __init__(self, lines: Sequence[Line], width: float) -> None:
        self._lines = lines
        self._width = width
        self._parties = known_parties(line.text for line in lines)
        self._named = dict(self._read_lines())
        named = _spelled_alike(self._find_askers())
        self._asking = self._find_asking(named)
        self._askers = self._with_labels(named)

    def __contains__(self, line: Line) -> bool:
        return line in self._askers

    def __getitem__(self, line: Line) -> Askers:
        return self._askers[line]

    def asking_before(self, row: int) -> Askers:
        """Return who asks on at a row that names nobody: who asked last; () if a heading or a line
        that may name another one stands between."""
        return self._asking[row] if self._asking else ()

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

    def _read_lines(self) -> Iterator[tuple[Line, Askers]]:
        """Yield each line that names askers with those; one that goes on with a list, with none."""
        row = 0
        while row < len(self._lines):
            who, size = read_askers(self._lines[row].text, self._parties), 1
            if not who or not who[0].party or self._may_go_on(row):
                who, size = self._read_broken(row) or (who, 1)
            if who:
                yield self._lines[row], who
                yield from ((line, ()) for line in self._lines[row + 1 : row + size])
            row += size

    def _may_go_on(self, row: int) -> bool:
        """Tell whether the line below goes on with the askers of a line that names some."""
        below = self._lines[row + 1 : row + 2]
        is_role = says_who(self._lines[row].text)
        return any(line.text.startswith("(") or (is_role and says_who(line.text)) for line in below)

    def _read_broken(self, row: int) -> tuple[Askers, int] | None:
        """Return the askers of a list that is broken from a row on, and its number of lines."""
        for size in range(2, _LONGEST_LIST + 1):
            lines = self._lines[row : row + size]
            is_role = all(says_who(line.text) for line in lines)
            if len(lines) < size or not (is_role or all(map(_runs_on, lines[1:]))):
                return None
            if who := read_broken_askers([line.text for line in lines], PARTIES):
                return who, size
        return None

    def _find_askers(self) -> dict[Line, Askers]:
        askers = dict(self._named)
        rows = [row for row, line in enumerate(self._lines) if line in askers and self._is_put(row)]
        put = {asker.party for row in rows for asker in askers[self._lines[row]]}
        known = {*PARTIES, *put}
        keys = {"", *map(party_key, known)}
        for row, line in enumerate(self._lines):
            who = askers.get(line, ())
            if not keys.issuperset(party_key(a.party) for a in who) or _is_word(who, known):
                del askers[line]
            elif line not in askers and self._is_unknown_party(row, askers):
                askers[line] = (Asker(line.text.rstrip(":")),)
        return askers

    def _find_asking(self, askers: dict[Line, Askers]) -> list[Askers]:
        """Return per row who asked last above it; nothing where no line says "Vraag 2:"."""
        if not any(
            is_question_label(ln.text) or is_labelled_question(ln.text) for ln in self._lines
        ):
            return []
        asking: list[Askers] = []
        last: Askers = ()
        has_asked = False
        for row, line in enumerate(self._lines):
            asking.append(last)
            if line in askers:
                last, has_asked = askers[line] or last, False
            elif self._may_part(row, has_asked):
                last = ()
            has_asked = has_asked or ends_asking(line.text)
        return asking

    def _may_part(self, row: int, has_asked: bool) -> bool:
        """Tell whether another one may ask from a line on: it mentions an asker in a way that can't
        be read, or is a heading below what was asked."""
        line = self._lines[row]
        if (
            is_question_label(line.text)
            or is_labelled_question(line.text)
            or opens_answer(line.text)
        ):
            return False
        if not END_MARK.search(line.text) and mentions_asker(line.text, self._parties):
            return True
        following = next((ln for ln in self._lines[row + 1 : row + 2] if _runs_on(ln)), None)
        is_heading = not _runs_on(line) and is_heading_shaped(line, following, self._width)
        return has_asked and is_heading and not is_inner_heading(line.text)

    def _with_labels(self, askers: dict[Line, Askers]) -> dict[Line, Askers]:
        """Add the lines that say "Vraag 2:", of the asker before them, or "Vraagsteller" over one;
        leave out "Antwoord aan ..." where that asker's question stands before it."""
        found = dict(askers)
        last: Askers = ()
        for row, line in enumerate(self._lines):
            above, below = self._lines[max(row - 1, 0) : row], self._lines[row + 1 : row + 2]
            if line in askers and is_answer_label(line.text) and not self.asks_below(row):
                if not set(last).isdisjoint(askers[line]):
                    del found[line]
            elif is_asker_label(line.text) and any(one in askers for one in below):
                found[line] = ()
            elif is_question_label(line.text):
                if any(one in askers for one in (*above, *below)):
                    found[line] = ()
                elif self.asks_below(row):
                    found[line] = self.asking_before(row)
            last = askers.get(line) or last
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
        is_minister = line.text.isupper() and "MINISTER" in below.text
        if is_minister or _NO_PARTY.search(line.text):
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


def _runs_on(line: Line) -> bool:
    """Tell whether nothing parts a line from the one above."""
    return line.gap is not Gap.WIDE and not line.starts_paragraph


def _is_word(who: Askers, known: Collection[str]) -> bool:
    """Tell whether a line holds no more than a word in capitals, "GROEN", that a party is named
    after; a heading may do so too."""
    return (
        len(who) == 1
        and not who[0].member
        and (who[0].party not in known and who[0].party.capitalize() in PARTIES)
    )


def _spelled_alike(askers: dict[Line, Askers]) -> dict[Line, Askers]:
    """Give each party one spelling."""
    spelling = spell_alike(asker.party for who in askers.values() for asker in who)
    return {
        line: tuple(replace(asker, party=spelling[asker.party]) for asker in who)
        for line, who in askers.items()
    }
