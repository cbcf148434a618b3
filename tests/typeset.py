"""Set fictitious appendices the way the extractor of the real one leaves them, for the tests.

Every line ends with a space and is followed by an empty one; a paragraph ends at a wider gap; a
page starts with exactly one space (or with a line that holds its number); answers are set narrower
than questions.
"""

import textwrap
from dataclasses import dataclass, field

QUESTION_WIDTH = 75
ANSWER_WIDTH = 65


@dataclass
class Asked:
    askers: list[str]
    paragraphs: list[str]


@dataclass
class Block:
    topic: str | None
    asked: list[Asked]
    answer: list[str]
    topic_after_question: bool = False


@dataclass
class Setting:
    """Where pages turn: the numbers of the printed lines that start a page, and which pages carry
    their number on a line of its own."""

    turns: set[int] = field(default_factory=set)
    numbered: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Printed:
    text: str
    wide: bool


def typeset(title: list[str], blocks: list[Block], setting: Setting) -> str:
    """Return the text layer."""
    printed = [Printed(line, row == 0) for row, line in enumerate(title)]
    for block in blocks:
        printed.extend(_lines_of(block))
    out: list[str] = []
    page = 1
    for number, line in enumerate(printed):
        turns = number > 0 and number in setting.turns
        if turns:
            page += 1
            out.extend(_page_turn(page, line, setting))
        elif line.wide and out:
            out.extend([" ", ""])
        opening = " " if number == 0 or (turns and page not in setting.numbered) else ""
        out.extend([f"{opening}{line.text} ", ""])
    return "\n".join(out) + "\n"


def pages_of_lines(title: list[str], blocks: list[Block], setting: Setting) -> list[int]:
    """Return the page of every printed line, in the order of `typeset`."""
    count = len(title) + sum(len(_lines_of(block)) for block in blocks)
    pages, page = [], 1
    for number in range(count):
        page += number > 0 and number in setting.turns
        pages.append(page)
    return pages


def line_count(block: Block) -> int:
    return len(_lines_of(block))


def answer_line_count(block: Block) -> int:
    return sum(len(_wrap(paragraph, ANSWER_WIDTH)) for paragraph in block.answer)


def _page_turn(page: int, line: Printed, setting: Setting) -> list[str]:
    if page in setting.numbered:
        return ["", "", f"{page} ", " ", ""]
    return [" ", ""] if line.wide else []


def _lines_of(block: Block) -> list[Printed]:
    lines: list[Printed] = []
    topic = [Printed(block.topic, True)] if block.topic else []
    if not block.topic_after_question:
        lines.extend(topic)
    for asked in block.asked:
        for row, asker in enumerate(asked.askers):
            lines.append(Printed(asker, row == 0))
        lines.extend(_set(asked.paragraphs, QUESTION_WIDTH, wide_first=False))
    if block.topic_after_question:
        lines.extend(topic)
    lines.extend(_set(block.answer, ANSWER_WIDTH, wide_first=True))
    return lines


def _set(paragraphs: list[str], width: int, wide_first: bool) -> list[Printed]:
    lines: list[Printed] = []
    for row, paragraph in enumerate(paragraphs):
        is_item = paragraph.startswith(("- ", "• ", "o "))
        for number, text in enumerate(_wrap(paragraph, width)):
            first = number == 0
            wide = first and ((row == 0 and wide_first) or (row > 0 and wide_first and not is_item))
            lines.append(Printed(text, wide))
    return lines


def _wrap(paragraph: str, width: int) -> list[str]:
    return textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False)
