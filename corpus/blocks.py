"""Group the lines of an appendix into blocks: topic, askers with their questions, answer.

A block opens at an asker, or at a topic heading over an answer that nobody asked for. A gap ends a
question; at a page turn, where gaps are lost, the line width (questions are often set wider than
answers) and the question marks decide. Every line ends up in exactly one place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from corpus.asker_lines import AskerLines
from corpus.groups import END_MARKS, Group, GroupCutter
from corpus.headings import (
    SURELY_SHORT,
    is_broken_off,
    is_heading_shaped,
    is_inner_heading,
    is_title,
)
from corpus.labels import (
    is_answer_label,
    is_labelled_question,
    opens_answer,
    starts_whole_answer,
)
from corpus.lines import Gap, Line
from corpus.list_items import is_list_item
from corpus.questions import asks, ends_asking, ends_with_request, is_put, repeats
from corpus.records import Asker
from corpus.styles import NO_STYLES, Styles, heading_style, question_style

_ENOUGH_LINES = 30
"""Fewer lines of a kind than this say nothing about the width it is set to."""
_FEW_PARAGRAPHS = 3
"""Paragraphs within which a question that started in the ones before ends with a question mark."""
_CLEARLY_WIDER = 6
"""Characters between the widths of questions and answers from which a line's length tells which of
the two it is."""


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
class Outline:
    """The lines that name the document, its blocks in order, and the answers' line width."""

    title: Group
    blocks: tuple[Block, ...]
    width: float


def outline(lines: Sequence[Line]) -> Outline:
    """Group lines into blocks; every line stands in the result exactly once.

    A first pass learns how questions are set and how wide answers are, another one uses it.
    """
    guess = _percentile([line.extent for line in lines], 0.75)
    first = _Pass(lines, _Setting(guess)).run()
    styles = _styles(first)
    if styles != NO_STYLES:
        first = _Pass(lines, _Setting(guess, styles=styles)).run()
    asked = [line.extent for block in first.blocks for line in _asked_lines(block)]
    answered = [line.extent for block in first.blocks for line in chain(*block.answer)]
    if len(answered) < _ENOUGH_LINES:
        return first
    width, asked_width = _percentile(answered, 0.98), _percentile(asked, 0.98)
    is_filled = lines[0].starts_paragraph is None
    tells = is_filled and len(asked) >= _ENOUGH_LINES and asked_width >= width + _CLEARLY_WIDER
    question_width = (width + asked_width) // 2 if tells else None
    return _Pass(lines, _Setting(width, question_width, styles)).run()


def _asked_lines(block: Block) -> Iterator[Line]:
    for turn in block.turns:
        yield from chain(*turn.groups)


def _styles(plan: Outline) -> Styles:
    first = [t.groups[0][0].style for b in plan.blocks for t in b.turns if t.groups]
    asked = [line.style for block in plan.blocks for line in _asked_lines(block)]
    answered = [line.style for block in plan.blocks for line in chain(*block.answer)]
    over = [block.headings[-1].style for block in plan.blocks if block.headings and block.turns]
    return Styles(question_style(first, [*asked, *answered]), heading_style(over, answered))


def _lists_questions(body: Group) -> bool:
    return is_list_item(body[0].text) and ends_asking(body[-1].text)


def _joined(group: Group) -> str:
    """Return a group's lines as running text, list items on their own line."""
    return "".join(("\n" if is_list_item(line.text) else " ") + line.text for line in group).strip()


def _leading_title(lines: Sequence[Line]) -> Group:
    size = 0
    while size < len(lines) and is_title(lines[size].text):
        size += 1
    return tuple(lines[:size])


def _percentile(extents: list[float], share: float) -> float:
    return sorted(extents)[int(share * (len(extents) - 1))] if extents else 0


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is known of how the document is set. `width` decides what is broken off on purpose; a
    line as long as `question_width` belongs to a question (None: length doesn't tell)."""

    width: float
    question_width: float | None = None
    styles: Styles = NO_STYLES


@dataclass(slots=True)
class _OpenTurn:
    askers: tuple[Asker, ...]
    asker_lines: Group
    groups: list[Group] = field(default_factory=list)


@dataclass(slots=True)
class _OpenBlock:
    headings: Group = ()
    turns: list[_OpenTurn] = field(default_factory=list)
    labels: Group = ()
    answer: list[Group] = field(default_factory=list)
    inner_tail: str | None = None
    """The white space behind the first heading set tight under this answer's text."""

    @property
    def is_asking(self) -> bool:
        return bool(self.turns) and not self.labels and not self.answer

    @property
    def asked(self) -> str:
        """All that was asked, a group a line."""
        return "\n".join(_joined(group) for turn in self.turns for group in turn.groups)

    def close(self) -> Block:
        turns = tuple(Turn(t.askers, t.asker_lines, tuple(t.groups)) for t in self.turns)
        return Block(self.headings, turns, self.labels, tuple(self.answer))


class _Pass:
    """One walk over the lines."""

    def __init__(self, lines: Sequence[Line], setting: _Setting) -> None:
        self._title = _leading_title(lines)
        lines = lines[len(self._title) :]
        self._width = setting.width
        self._question_width = setting.question_width
        self._styles = setting.styles
        self._askers = AskerLines(lines, setting.width)
        self._cutter = GroupCutter(lines, setting.width, self._askers, setting.styles)
        self._blocks: list[_OpenBlock] = []
        self._pending: Group = ()
        self._ahead: tuple[Group, ...] = ()
        self._is_before_answer = False

    def run(self) -> Outline:
        groups = tuple(self._cutter.groups())
        is_before_answer = self._before_answer(groups)
        for number, group in enumerate(groups):
            self._ahead = groups[number + 1 : number + _FEW_PARAGRAPHS]
            self._is_before_answer = is_before_answer[number]
            if opens_answer(group[0].text) and not self._cutter.has_asker(group):
                self._take_answer(group)
                continue
            heads, askers, body = self._cutter.take_apart(group)
            self._pending += heads
            if askers:
                self._open_turn(askers)
            if body:
                self._take_body(body)
        if self._pending:
            self._close_with_heading()
        blocks = tuple(block.close() for block in self._blocks)
        return Outline(self._title, blocks, self._width)

    def _before_answer(self, groups: Sequence[Group]) -> list[bool]:
        """Tell of each group whether one below it, before the next asker, says that the answer
        starts there."""
        found: list[bool] = []
        is_before = False
        for group in reversed(groups):
            found.append(is_before)
            is_before = not self._cutter.has_asker(group) and (
                is_before or starts_whole_answer(group[0].text)
            )
        return found[::-1]

    def _close_with_heading(self) -> None:
        """A heading with nothing below it belongs to the answer before it, if there is one."""
        if self._blocks and self._blocks[-1].answer:
            self._blocks[-1].answer.append(self._pending)
        else:
            self._open_block()

    def _open_block(self) -> _OpenBlock:
        block = _OpenBlock(headings=self._pending)
        self._pending = ()
        self._blocks.append(block)
        return block

    def _open_turn(self, lines: Group) -> None:
        current = self._blocks[-1] if self._blocks else None
        if current is None or not current.is_asking or self._pending:
            current = self._open_block()
        if current.turns and not current.turns[-1].groups:
            lines = current.turns.pop().asker_lines + lines
        askers = tuple(asker for line in lines for asker in self._askers[line])
        current.turns.append(_OpenTurn(askers, lines))

    def _take_answer(self, group: Group) -> None:
        """Take a group that says it answers. A line that says no more is set apart, but not below
        text of the same answer."""
        is_label = is_answer_label(group[0].text)
        current = self._blocks[-1] if self._blocks else self._open_block()
        if current.is_asking:
            self._close_question(current)
        elif self._pending and is_label:
            current = self._open_block()
        lines, self._pending = self._pending + group, ()
        if is_label and not current.answer:
            current.labels += lines
        else:
            current.answer.append(lines)

    def _close_question(self, block: _OpenBlock) -> None:
        """What stands pending between a question and "Antwoord" is the topic if there is none."""
        if (
            block.headings
            or not block.turns[-1].groups
            or ends_with_request(_joined(self._pending))
        ):
            block.turns[-1].groups.extend([self._pending] if self._pending else [])
        else:
            block.headings = self._pending
        self._pending = ()

    def _take_body(self, body: Group) -> None:
        current = self._blocks[-1] if self._blocks else self._open_block()
        if self._asks_anew(current, body):
            current, askers = self._open_block(), current.turns[-1].askers
            current.turns.append(_OpenTurn(askers, ()))
        if current.is_asking and self._opens_question(current.turns[-1], body):
            body, self._pending = self._pending + body, ()
        if current.is_asking and not self._pending and self._asks(current.turns[-1], body):
            current.turns[-1].groups.append(body)
            return
        if current.is_asking and not (current.headings and self._is_inner(current)):
            current.headings += self._pending
            self._pending = ()
        elif self._pending and not current.is_asking and not self._is_inner(current):
            current = self._open_block()
        current.answer.append(self._pending + body)
        self._pending = ()
        self._note_inner_heading(current, body)

    def _opens_question(self, turn: _OpenTurn, body: Group) -> bool:
        """Tell whether the pending lines, say a code, stand over what an asker asks."""
        if self._is_before_answer:
            return True
        return not turn.groups and (_lists_questions(body) or self._leads_to_question(body))

    def _asks_anew(self, block: _OpenBlock, body: Group) -> bool:
        """Tell whether a group under an answer is a further question of the same asker, by its
        label: "Vraag 2: ..."."""
        is_new = bool(block.turns) and not block.is_asking and is_labelled_question(body[0].text)
        return is_new and ends_asking(body[-1].text) and not repeats(block.asked, _joined(body))

    def _leads_to_question(self, body: Group) -> bool:
        """Tell whether a group, or one of the next few before an asker or heading, ends by
        asking."""
        if ends_with_request(_joined(body)):
            return True
        for group in self._ahead:
            heads, askers, _ = self._cutter.take_apart(group)
            if heads or askers:
                return False
            if ends_asking(group[-1].text):
                return True
        return False

    def _asks(self, turn: _OpenTurn, body: Group) -> bool:
        """Tell whether a group still belongs to the question."""
        if self._is_before_answer:
            return True
        if not turn.groups:
            is_answered = turn.asker_lines != () and is_answer_label(turn.asker_lines[-1].text)
            return not is_answered or self._leads_to_question(body)
        style = self._styles.question
        if style is not None and turn.groups[0][0].style == style:
            row = self._cutter.row_of(body[0])
            return body[0].style == style or self._cutter.end_of_quotation(row) > row
        return self._asks_by_layout(turn, body)

    def _asks_by_layout(self, turn: _OpenTurn, body: Group) -> bool:
        if body[0].starts_paragraph is not None and self._asks_soon(body):
            return True
        if repeats("\n".join(_joined(group) for group in turn.groups), _joined(body)):
            return False
        last = turn.groups[-1][-1]
        if body[0].gap is Gap.PAGE and self._breaks_off_inside(last, body[0]):
            return True
        widest = max(line.extent for line in body)
        if self._question_width is not None and widest >= self._question_width:
            return True
        if body[0].gap is Gap.PAGE:
            return self._askers.asks_below(self._cutter.row_of(body[0]) - 1)
        return ends_asking(body[-1].text) or self._is_context(turn, body)

    def _is_context(self, turn: _OpenTurn, body: Group) -> bool:
        """Tell whether a group stands between an asker that hasn't asked yet and the question, or
        right over a further question."""
        asked = "\n".join(_joined(group) for group in turn.groups)
        if not is_put(asked):
            return self._leads_to_question(body)
        self._ahead = self._ahead[:1]
        return not any(repeats(asked, _joined(group)) for group in self._ahead) and (
            self._leads_to_question(body)
        )

    def _asks_soon(self, body: Group) -> bool:
        """Tell whether a paragraph, or one of the next few before an asker, ends with a question;
        an answer hardly ever does."""
        row = self._cutter.row_of(body[0])
        for line in self._cutter.lines_from(row, _FEW_PARAGRAPHS):
            if line in self._askers:
                return False
            if asks(line.text):
                return True
        return False

    def _breaks_off_inside(self, last: Line, following: Line) -> bool:
        """Tell whether the text before a page turn stops in the middle of a sentence."""
        short = round(SURELY_SHORT * self._width)
        return not last.text.endswith(END_MARKS) and not is_broken_off(last, following, short)

    def _is_inner(self, block: _OpenBlock) -> bool:
        """Tell whether the pending heading goes on with an answer: because that announces it, by
        its wording, or because it is set like a heading that already stood tight under that
        answer's text."""
        if not self._pending:
            return False
        if block.labels and not block.answer:
            return True
        if block.answer and block.answer[-1][-1].text.endswith(":"):
            return True
        if is_inner_heading(self._pending[0].text):
            return True
        if self._styles.heading is not None:
            return bool(block.answer) and self._pending[0].style != self._styles.heading
        return block.inner_tail is not None and self._pending[0].tail == block.inner_tail

    def _note_inner_heading(self, block: _OpenBlock, body: Group) -> None:
        if block.inner_tail is not None or body[0].starts_paragraph is not None:
            return
        for row in range(1, len(body) - 1):
            line = body[row]
            is_shaped = is_heading_shaped(line, body[row + 1], self._width)
            if is_shaped and body[row - 1].text.endswith((".", "?", "!")):
                block.inner_tail = line.tail
                return
