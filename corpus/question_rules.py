"""Tell where a question goes on, and where the answer starts.

A gap ends a question; where gaps are lost, the line width (questions are often set wider than
answers), their style and the question marks decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.asker_lines import AskerLines
from corpus.block_parts import OpenBlock, OpenTurn, Setting, joined
from corpus.groups import END_MARKS, Group, GroupCutter
from corpus.headings import SURELY_SHORT, is_broken_off
from corpus.labels import is_answer_label, is_labelled_question
from corpus.lines import Gap, Line
from corpus.list_items import is_catchword, is_list_item
from corpus.questions import (
    asks,
    bare_sentences,
    ends_asking,
    ends_with_request,
    first_sentence,
)

FEW_PARAGRAPHS = 3
"""Paragraphs within which a question that started in the ones before ends with a question mark."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What stands below a group: the next few, and whether one of those before the next asker says
    that the answer starts there."""

    groups: Sequence[Group]
    is_before_answer: bool


class QuestionRules:
    """The rules, for lines that are set in one way."""

    def __init__(self, cutter: GroupCutter, askers: AskerLines, setting: Setting) -> None:
        self._cutter = cutter
        self._askers = askers
        self._width = setting.width
        self._question_width = setting.question_width
        self._styles = setting.styles

    def opens(self, turn: OpenTurn, body: Group, ahead: Ahead) -> bool:
        """Tell whether the pending lines, say a code, stand over what an asker asks."""
        if ahead.is_before_answer:
            return True
        return not turn.groups and (
            _lists_questions(body) or self._leads_to_question(body, ahead.groups)
        )

    def asks_anew(self, block: OpenBlock, body: Group) -> bool:
        """Tell whether a group under an answer is a further question of the same asker, by its
        label: "Vraag 2: ..."."""
        is_new = bool(block.turns) and not block.is_asking and is_labelled_question(body[0].text)
        return is_new and ends_asking(body[-1].text) and not _repeats(block.turns, body)

    def _leads_to_question(self, body: Group, ahead: Sequence[Group]) -> bool:
        """Tell whether a group, or one of the next few before an asker or heading, ends by
        asking."""
        if ends_with_request(joined(body)):
            return True
        for group in ahead:
            heads, askers, _ = self._cutter.take_apart(group)
            if heads or askers:
                return False
            if ends_asking(group[-1].text):
                return True
        return False

    def goes_on(self, turn: OpenTurn, body: Group, ahead: Ahead) -> bool:
        """Tell whether a group still belongs to the question."""
        if ahead.is_before_answer:
            return True
        if not turn.groups:
            is_answered = turn.asker_lines != () and is_answer_label(turn.asker_lines[-1].text)
            return not is_answered or self._leads_to_question(body, ahead.groups)
        style = self._styles.question
        if style is not None and turn.groups[0][0].style == style:
            row = self._cutter.row_of(body[0])
            return body[0].style == style or self._cutter.end_of_quotation(row) > row
        return self._asks_by_layout(turn, body, ahead)

    def _asks_by_layout(self, turn: OpenTurn, body: Group, ahead: Ahead) -> bool:
        if body[0].starts_paragraph is not None and self._asks_soon(body):
            return True
        if _repeats([turn], body):
            return False
        last = turn.groups[-1][-1]
        if body[0].gap is Gap.PAGE and self._breaks_off_inside(last, body[0]):
            return True
        widest = max(line.extent for line in body)
        if self._question_width is not None and widest >= self._question_width:
            return True
        if body[0].gap is Gap.PAGE:
            asks_below = self._askers.asks_below(self._cutter.row_of(body[0]) - 1)
            return asks_below or self._asks_among(turn, body, ahead)
        return ends_asking(body[-1].text) or self._is_context(turn, body, ahead)

    def _asks_among(self, turn: OpenTurn, body: Group, ahead: Ahead) -> bool:
        """Tell whether a group after a page turn holds a question of a list or of an asker who
        hasn't asked yet, starts with one that wasn't put yet, or hands in catchwords."""
        is_list = is_list_item(body[0].text)
        if (is_list or not turn.has_put) and any(asks(line.text) for line in body):
            return True
        text = joined(body)
        first = first_sentence(text)
        if ends_asking(first) and not bare_sentences(first) <= turn.said:
            return True
        is_bare = is_list and all(map(is_catchword, text.split("\n")))
        return is_bare and self._takes_catchwords(turn, ahead)

    def _takes_catchwords(self, turn: OpenTurn, ahead: Ahead) -> bool:
        """Tell whether catchwords after a page turn belong to a turn: nothing was asked yet, they
        go on with a list or with what leads one in, or something else stands below them that may
        answer."""
        lines = turn.groups[-1]
        is_list = any(is_list_item(line.text) for line in lines)
        if not turn.has_put or is_list or lines[-1].text.endswith(":"):
            return True
        below = [self._cutter.take_apart(group) for group in ahead.groups[:1]]
        return any(not heads and not askers for heads, askers, _ in below)

    def _is_context(self, turn: OpenTurn, body: Group, ahead: Ahead) -> bool:
        """Tell whether a group stands between an asker that hasn't asked yet and the question, or
        right over a further question."""
        if not turn.has_put:
            return self._leads_to_question(body, ahead.groups)
        following = ahead.groups[:1]
        if any(_repeats([turn], group) for group in following):
            return False
        return self._leads_to_question(body, following)

    def _asks_soon(self, body: Group) -> bool:
        """Tell whether a paragraph, or one of the next few before an asker, ends with a question;
        an answer hardly ever does."""
        row = self._cutter.row_of(body[0])
        for line in self._cutter.lines_from(row, FEW_PARAGRAPHS):
            if line in self._askers:
                return False
            if asks(line.text):
                return True
        return False

    def _breaks_off_inside(self, last: Line, following: Line) -> bool:
        """Tell whether the text before a page turn stops in the middle of a sentence."""
        is_new = not following.text[0].islower()
        if is_list_item(last.text) and is_catchword(last.text) and is_new:
            return False
        short = round(SURELY_SHORT * self._width)
        return not last.text.endswith(END_MARKS) and not is_broken_off(last, following, short)


def _lists_questions(body: Group) -> bool:
    return is_list_item(body[0].text) and ends_asking(body[-1].text)


def _repeats(turns: Sequence[OpenTurn], group: Group) -> bool:
    """Tell whether each sentence of a group was asked, as a minister repeats a question."""
    said = bare_sentences(joined(group))
    return bool(said) and said <= set().union(*(turn.said for turn in turns))
