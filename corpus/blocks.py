"""Group the lines of an appendix into blocks: topic, askers with their questions, answer.

A block opens at an asker, or at a topic heading over an answer that nobody asked for; where its
question ends is told by `corpus.question_rules`. Every line ends up in exactly one place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from corpus.asker_lines import AskerLines
from corpus.block_parts import Block, OpenBlock, OpenTurn, Setting, joined
from corpus.groups import Group, GroupCutter
from corpus.headings import is_heading_shaped, is_inner_heading, is_title
from corpus.labels import is_answer_label, opens_answer, starts_whole_answer
from corpus.lines import Line
from corpus.question_rules import FEW_PARAGRAPHS, Ahead, QuestionRules
from corpus.questions import ends_with_request
from corpus.styles import NO_STYLES, Styles, heading_style, question_style
from corpus.written_questions import read_written_questions

_ENOUGH_LINES = 30
"""Fewer lines of a kind than this say nothing about the width it is set to."""
_CLEARLY_WIDER = 6
"""Characters between the widths of questions and answers from which a line's length tells which of
the two it is."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines that name the document, its blocks in order, and the answers' line width."""

    title: Group
    blocks: tuple[Block, ...]
    width: float


def outline(lines: Sequence[Line]) -> Outline:
    """Group lines into blocks; every line stands in the result exactly once.

    A first pass learns how questions are set and how wide answers are, another one uses it; written
    questions in Parliament's own layout need none.
    """
    guess = _percentile([line.extent for line in lines], 0.75)
    if written := read_written_questions(lines):
        return _written_outline(*written, guess)
    first = _Pass(lines, Setting(guess)).run()
    styles = _styles(first)
    if styles != NO_STYLES:
        first = _Pass(lines, Setting(guess, styles=styles)).run()
    asked = [line.extent for block in first.blocks for line in _asked_lines(block)]
    answered = [line.extent for block in first.blocks for line in chain(*block.answer)]
    if len(answered) < _ENOUGH_LINES:
        return first
    width, asked_width = _percentile(answered, 0.98), _percentile(asked, 0.98)
    is_filled = lines[0].starts_paragraph is None
    tells = is_filled and len(asked) >= _ENOUGH_LINES and asked_width >= width + _CLEARLY_WIDER
    question_width = (width + asked_width) // 2 if tells else None
    return _Pass(lines, Setting(width, question_width, styles)).run()


def _written_outline(before: Group, blocks: tuple[Block, ...], width: float) -> Outline:
    """Put what stands before the first question, but for the document's name, in a block of its
    own."""
    title = _leading_title(before)
    rest = before[len(title) :]
    return Outline(title, (*([Block((), (), (), (rest,))] if rest else []), *blocks), width)


def _asked_lines(block: Block) -> Iterator[Line]:
    for turn in block.turns:
        yield from chain(*turn.groups)


def _styles(plan: Outline) -> Styles:
    first = [t.groups[0][0].style for b in plan.blocks for t in b.turns if t.groups]
    asked = [line.style for block in plan.blocks for line in _asked_lines(block)]
    answered = [line.style for block in plan.blocks for line in chain(*block.answer)]
    over = [block.headings[-1].style for block in plan.blocks if block.headings and block.turns]
    return Styles(question_style(first, [*asked, *answered]), heading_style(over, answered))


def _leading_title(lines: Sequence[Line]) -> Group:
    size = 0
    while size < len(lines) and is_title(lines[size].text):
        size += 1
    return tuple(lines[:size])


def _percentile(extents: list[float], share: float) -> float:
    return sorted(extents)[int(share * (len(extents) - 1))] if extents else 0


class _Pass:
    """One walk over the lines."""

    def __init__(self, lines: Sequence[Line], setting: Setting) -> None:
        self._title = _leading_title(lines)
        lines = lines[len(self._title) :]
        self._width = setting.width
        self._styles = setting.styles
        self._askers = AskerLines(lines, setting.width)
        self._cutter = GroupCutter(lines, setting.width, self._askers, setting.styles)
        self._questions = QuestionRules(self._cutter, self._askers, setting)
        self._blocks: list[OpenBlock] = []
        self._pending: Group = ()

    def run(self) -> Outline:
        groups = tuple(self._cutter.groups())
        is_before_answer = self._before_answer(groups)
        for number, group in enumerate(groups):
            ahead = Ahead(groups[number + 1 : number + FEW_PARAGRAPHS], is_before_answer[number])
            if opens_answer(group[0].text) and not self._cutter.has_asker(group):
                self._take_answer(group)
                continue
            heads, askers, body = self._cutter.take_apart(group)
            self._pending += heads
            if askers:
                self._open_turn(askers)
            if body:
                self._take_body(body, ahead)
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

    def _open_block(self) -> OpenBlock:
        block = OpenBlock(headings=self._pending)
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
        current.turns.append(OpenTurn(askers, lines))

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

    def _close_question(self, block: OpenBlock) -> None:
        """What stands pending between a question and "Antwoord" is the topic if there is none."""
        if block.headings or not block.turns[-1].groups or ends_with_request(joined(self._pending)):
            if self._pending:
                block.turns[-1].add(self._pending)
        else:
            block.headings = self._pending
        self._pending = ()

    def _take_body(self, body: Group, ahead: Ahead) -> None:
        current = self._blocks[-1] if self._blocks else self._open_block()
        if self._questions.asks_anew(current, body):
            askers = self._askers.asking_before(self._cutter.row_of(body[0]))
            current = self._open_block()
            current.turns.append(OpenTurn(askers, ()))
        if current.is_asking and self._questions.opens(current.turns[-1], body, ahead):
            body, self._pending = self._pending + body, ()
        goes_on = current.is_asking and not self._pending
        if goes_on and self._questions.goes_on(current.turns[-1], body, ahead):
            current.turns[-1].add(body)
            return
        if current.is_asking and not (current.headings and self._is_inner(current)):
            current.headings += self._pending
            self._pending = ()
        elif self._pending and not current.is_asking and not self._is_inner(current):
            current = self._open_block()
        current.answer.append(self._pending + body)
        self._pending = ()
        self._note_inner_heading(current, body)

    def _is_inner(self, block: OpenBlock) -> bool:
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

    def _note_inner_heading(self, block: OpenBlock, body: Group) -> None:
        if block.inner_tail is not None or body[0].starts_paragraph is not None:
            return
        for row in range(1, len(body) - 1):
            line = body[row]
            is_shaped = is_heading_shaped(line, body[row + 1], self._width)
            if is_shaped and body[row - 1].text.endswith((".", "?", "!")):
                block.inner_tail = line.tail
                return
