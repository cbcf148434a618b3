"""Learn how a document sets its questions and its topic headings (bold, italic, another font or
size), if they are set apart.

They are if nearly all lines that surely are one look alike and enough other text looks different.
Nothing is known beforehand of fonts or of which style means what.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

_FIRST_LINES = 0.8
"""Share of the lines right under an asker that must have the style."""
_OTHER_LINES = 0.2
"""Share of all lines of questions and answers that must have another one."""
_ENOUGH_HEADINGS = 2


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of questions and of topic headings; None if style doesn't tell."""

    question: str | None = None
    heading: str | None = None


NO_STYLES = Styles()


def question_style(first_lines: Iterable[str], all_lines: Iterable[str]) -> str | None:
    """Return the style of questions, or None if style doesn't tell them from answers.

    `first_lines` are the styles of the first line of each question, `all_lines` those of every
    line of a question or answer; "" is an unknown style.
    """
    first, everything = Counter(first_lines), Counter(all_lines)
    if not first:
        return None
    style, count = first.most_common(1)[0]
    others = everything.total() - everything[style]
    tells = count >= _FIRST_LINES * first.total() and others >= _OTHER_LINES * everything.total()
    return style if style and tells else None


def heading_style(over_askers: Iterable[str], answer_lines: Iterable[str]) -> str | None:
    """Return the style of topic headings, or None if style doesn't tell them from answers.

    `over_askers` are the styles of the headings right over an asker, `answer_lines` those of every
    line of an answer.
    """
    over, answers = Counter(over_askers), Counter(answer_lines)
    if over.total() < _ENOUGH_HEADINGS:
        return None
    style, count = over.most_common(1)[0]
    is_rare = answers[style] <= _OTHER_LINES * answers.total()
    return style if style and count >= _FIRST_LINES * over.total() and is_rare else None
