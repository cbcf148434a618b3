"""What a block of an appendix consists of, while it is read and when it is whole."""

from dataclasses import dataclass, field
from itertools import chain

from corpus.groups import Group
from corpus.labels import is_numbered_label, label_number
from corpus.list_items import is_list_item
from corpus.questions import bare_sentences, is_put
from corpus.records import Asker
from corpus.styles import NO_STYLES, Styles


@dataclass(frozen=True, slots=True)
class Turn:
    """What one asker, or several in a row, wrote: the asker lines and groups of lines."""

    askers: tuple[Asker, ...]
    asker_lines: Group
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A topic's heading lines (possibly none), its turns, the lines that say no more than that an
    answer follows, and the groups of lines that answer."""

    headings: Group
    turns: tuple[Turn, ...]
    labels: Group
    answer: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of how the document is set. `width` decides what is broken off on purpose; a
    line as long as `question_width` belongs to a question (None: length doesn't tell)."""

    width: float
    question_width: float | None = None
    styles: Styles = NO_STYLES


@dataclass(slots=True)
class OpenTurn:
    """A turn that is being read: its groups, the sentences in them (bare), and whether any asks."""

    askers: tuple[Asker, ...]
    asker_lines: Group
    groups: list[Group] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    has_put: bool = False

    def add(self, group: Group) -> None:
        """Take a group of lines."""
        text = joined(group)
        self.groups.append(group)
        self.said |= bare_sentences(text)
        self.has_put = self.has_put or is_put(text)


@dataclass(slots=True)
class OpenBlock:
    """A block that is being read."""

    headings: Group = ()
    turns: list[OpenTurn] = field(default_factory=list)
    labels: Group = ()
    answer: list[Group] = field(default_factory=list)
    inner_tail: str | None = None
    """The white space behind the first heading set tight under this answer's text."""

    @property
    def is_asking(self) -> bool:
        """True while what comes may still belong to the last question."""
        return bool(self.turns) and not self.labels and not self.answer

    def close(self) -> Block:
        """Return the block as it is now; a line that only repeats its number is a label."""
        turns = tuple(Turn(t.askers, t.asker_lines, tuple(t.groups)) for t in self.turns)
        first = self.answer[0] if self.answer else ()
        label = first[: self._repeats_number(first)]
        answer = (first[len(label) :], *self.answer[1:])
        return Block(self.headings, turns, self.labels + label, tuple(filter(None, answer)))

    def _repeats_number(self, first: Group) -> bool:
        """Tell whether an answer starts with the number that stands over its question, as "Antwoord
        op vraag 4" does under "Vraag 4 van Axel Ronse (N-VA)"."""
        over = chain(self.headings, *(turn.asker_lines for turn in self.turns))
        numbers = {label_number(line.text) for line in over} - {None}
        is_label = bool(first) and is_numbered_label(first[0].text)
        return is_label and {label_number(first[0].text)} == numbers


def joined(group: Group) -> str:
    """Return a group's lines as running text, list items on their own line."""
    return "".join(("\n" if is_list_item(line.text) else " ") + line.text for line in group).strip()
