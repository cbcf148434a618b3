"""Read the layout in which the Flemish Parliament publishes written questions, one or many:

    SCHRIFTELIJKE VRAAG / nr. 123 / van VOORNAAM NAAM / datum: 12 januari 2023 / aan VOORNAAM NAAM /
    VLAAMS MINISTER VAN ... / title / question
    VOORNAAM NAAM / VLAAMS MINISTER VAN ... / ANTWOORD / op vraag nr. 123 van 12 januari 2023 /
    van VOORNAAM NAAM / answer

It names no party, so its askers go without. Nothing is read where an answer isn't to the question
above it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.askers import read_members
from corpus.block_parts import Block, Turn
from corpus.groups import Group
from corpus.lines import Gap, Line
from corpus.list_items import END_MARK, is_list_item

_KIND = re.compile(r"SCHRIFTELIJKE VRAAG")
_NUMBER = re.compile(r"nr\.?\s*(\d+)")
_ASKER = re.compile(r"van\s+(.+)")
_DATE = re.compile(r"datum\s*:.*\d{4}")
_TO = re.compile(r"aan\s+\S.*")
_ANSWER = re.compile(r"(?:GECO[OÖ]RDINEERD |AANVULLEND )?ANTWOORD")
_ON_QUESTION = re.compile(r"op (?:de )?(?:schriftelijke )?vraag nr\.?\s*(\d+)\b.*")
_HEAD = 4
"""Lines from what a question is to its date."""
_MOST_NAMES = 6
"""Lines that a minister's name and powers take at most."""
_LONGEST_TITLE = 3
"""Lines of the longest title."""


def read_written_questions(lines: Sequence[Line]) -> tuple[Group, tuple[Block, ...]] | None:
    """Return the lines before the first question, and a block for each question; None for a
    document in another layout."""
    starts = [row for row in range(len(lines)) if _opens_question(lines, row)]
    blocks = [_read(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]
    if not blocks or None in blocks:
        return None
    return tuple(lines[: starts[0]]), tuple(block for block in blocks if block)


def _opens_question(lines: Sequence[Line], row: int) -> bool:
    """Tell whether the head of a question starts at a row, with or without the words that say so:
    a page may repeat those as its title."""
    if row and _KIND.fullmatch(lines[row - 1].text):
        return False
    return bool(_match_head(lines[row : row + _HEAD]))


def _match_head(lines: Sequence[Line]) -> list[re.Match[str]]:
    """Return the matches of number, asker and date; none if these aren't what the lines say."""
    first = _number_row(lines)
    shapes = (_NUMBER, _ASKER, _DATE)
    matches = [
        s.fullmatch(ln.text) for s, ln in zip(shapes, lines[first : first + 3], strict=False)
    ]
    found = [match for match in matches if match]
    return found if len(found) == len(shapes) else []


def _number_row(lines: Sequence[Line]) -> int:
    return 1 if _KIND.fullmatch(lines[0].text) else 0


def _read(lines: Sequence[Line]) -> Block | None:
    """Read one question with its answer, if there is one; None if that is to another question. The
    number stands for a title that isn't there."""
    number, asker, _ = _match_head(lines[:_HEAD])
    labels = [row for row in range(len(lines)) if _opens_answer(lines, row)]
    if any(_number(lines[row + 1]) != number[1] for row in labels):
        return None
    label = labels[0] if labels else len(lines)
    names = _start_of_names(lines, label)
    size = _end_of_head(lines[:names], {line.text for line in lines[names:label]})
    title = _end_of_title(lines[:names], size)
    body, answer = tuple(lines[title:names]), tuple(lines[label + 2 :])
    askers = read_members(asker[1])
    again = _ASKER.fullmatch(answer[0].text) if answer else None
    if again is not None:
        askers = askers if again[1].casefold() == asker[1].casefold() else ()
        answer = answer[1:]
    headings = tuple(lines[size:title]) or (lines[_number_row(lines)],)
    head = tuple(line for line in lines[:size] if line not in headings)
    return Block(
        headings=headings,
        turns=(Turn(askers, head, (body,) if body else ()),),
        labels=tuple(lines[names : len(lines) - len(answer)]),
        answer=(answer,) if answer else (),
    )


def _start_of_names(lines: Sequence[Line], label: int) -> int:
    """Return the row from which a minister's name and powers stand over "ANTWOORD"."""
    row = label
    while (
        row > max(_HEAD, label - _MOST_NAMES) and label < len(lines) and _is_upper(lines[row - 1])
    ):
        row -= 1
    return row


def _end_of_head(lines: Sequence[Line], minister: set[str]) -> int:
    """Return the row after the head of a question: its date, and to whom it is put."""
    row = 1 + next(row for row, line in enumerate(lines) if _DATE.fullmatch(line.text))
    if row < len(lines) and _TO.fullmatch(lines[row].text):
        row += 1
        while row < len(lines) and _goes_on(lines[row], minister):
            row += 1
    return row


def _opens_answer(lines: Sequence[Line], row: int) -> bool:
    return bool(_ANSWER.fullmatch(lines[row].text)) and any(
        _number(line) for line in lines[row + 1 : row + 2]
    )


def _number(line: Line) -> str:
    match = _ON_QUESTION.fullmatch(line.text)
    return match[1] if match else ""


def _goes_on(line: Line, minister: set[str]) -> bool:
    """Tell whether a line goes on with a minister's powers: as over the answer, or in capitals."""
    return line.text in minister if minister else _is_upper(line)


def _is_upper(line: Line) -> bool:
    return line.text.isupper()


def _end_of_title(lines: Sequence[Line], row: int) -> int:
    """Return the row after a title: a line, and those that are set on with it; the row itself if
    the question starts there."""
    end = row + 1
    while end < min(len(lines), row + _LONGEST_TITLE) and _is_set_on(lines[end - 1], lines[end]):
        end += 1
    return row if end > len(lines) or END_MARK.search(lines[end - 1].text) else end


def _is_set_on(line: Line, following: Line) -> bool:
    is_apart = following.gap is Gap.WIDE or following.starts_paragraph
    return not is_apart and following.style == line.style and not is_list_item(following.text)
