"""'Al gevraagd?': what was asked before that resembles a draft."""

from collections.abc import Sequence

from chatbot.views.html import escape
from chatbot.views.ledger import render_line
from chatbot.workbench.asked import AskedBefore, Similar
from chatbot.workbench.asked_text import ASKED, EMPTY, MAX_NEAREST, NEW, RELATED
from index.storage import Index

FORM = (
    '<p class="uitleg">Typ of plak een ontwerp van schriftelijke vraag; u ziet welke deelvragen in'
    " de documenten hetzelfde vragen of er dichtbij komen, en wat erop geantwoord werd.</p>"
    '<form class="formulier" aria-label="Al gevraagd?"><label class="breed">Uw ontwerp van vraag'
    '<textarea name="ontwerp" rows="4"></textarea>'
    '</label><div><button type="submit" class="groot">Zoek gelijkaardige vragen</button></div>'
    "</form>"
)


def render_asked(index: Index, found: Sequence[AskedBefore]) -> str:
    """Return for each question of the draft what resembles it, or that it is new."""
    if not any(answer.question_blocks for answer in index.answers):
        return f'<p role="status" class="leeg">{EMPTY}</p>'
    return f'<div role="status">{"".join(_render_one(index, one) for one in found)}</div>'


def _render_one(index: Index, one: AskedBefore) -> str:
    heading = f"<h2>{escape(one.draft)}</h2>"
    if not one.is_new:
        first, *others = one.asked
        return heading + _render_list(index, ASKED, [first]) + _render_list(index, RELATED, others)
    nearest = _render_list(index, "Het dichtst in de buurt komt", one.nearest[:MAX_NEAREST])
    return f"{heading}<p>{NEW}</p>{nearest}"


def _render_list(index: Index, called: str, found: Sequence[Similar]) -> str:
    """Return sub-questions under what they are called; "" for none."""
    items = "".join(f"<li>{render_line(index, similar.line)}</li>" for similar in found)
    return f'<p>{called}:</p><ol class="deelvragen">{items}</ol>' if found else ""
