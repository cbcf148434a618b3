"""The dossier: what was collected, in order, to be moved, removed and exported."""

import json
from collections.abc import Mapping, Sequence

from chatbot.dossier.content import EMPTY, Section, Style
from chatbot.views.html import escape
from chatbot.views.parts import render_button

HINT = (
    "<p>Zet antwoorden, citaten en deelvragen in uw dossier met de knop “In dossier” op de andere"
    " tabbladen.</p>"
)
NOTE_FORM = (
    '<form class="formulier" aria-label="Nota toevoegen"><label class="breed">Eigen nota'
    '<textarea name="nota" rows="3" maxlength="10000"></textarea></label>'
    '<div><button type="submit" class="groot">Nota toevoegen</button></div></form>'
)


def render_dossier(sections: Sequence[Section]) -> str:
    """Return the sections as they will be exported, each with buttons to move and remove it."""
    if not sections:
        return f'<p class="leeg" role="status">{EMPTY}</p>{HINT}'
    last = len(sections) - 1
    items = "".join(
        f"<li><h2>{escape(section.heading)}</h2>{_render_buttons(section, row, last)}"
        f"{_render_paragraphs(section)}</li>"
        for row, section in enumerate(sections)
    )
    return f'<ol class="stukken">{items}</ol>'


def render_kept(count: int, is_new: bool = True) -> str:
    """Return what is said when something was put in the dossier, or was in it already."""
    noun = "stuk" if count == 1 else "stukken"
    there = "" if is_new else "Dit stond er al in. "
    return f'<p role="status">{there}In uw dossier: {count} {noun}.</p>'


def render_entries(entries: Sequence[Mapping[str, str]]) -> str:
    """Return what the dossier holds for the script that marks the buttons; nothing of it shows."""
    return f'<span hidden data-stukken="{escape(json.dumps(entries))}"></span>'


def _render_buttons(section: Section, row: int, last: int) -> str:
    name = section.heading
    up = render_button("Omhoog", f"{name} omhoog", dossier="-1", rij=str(row)) if row else ""
    down = (
        render_button("Omlaag", f"{name} omlaag", dossier="1", rij=str(row)) if row < last else ""
    )
    gone = render_button("Verwijderen", f"{name} verwijderen", dossier="weg", rij=str(row))
    return f'<div class="acties">{up}{down}{gone}</div>'


def _render_paragraphs(section: Section) -> str:
    kinds = {Style.LABEL: "wie", Style.QUOTE: "aanhaling", Style.TEXT: "eigen"}
    return "".join(
        f'<p class="{kinds[one.style]}">{escape(one.text)}'
        + (f' <span class="uitleg">({escape(one.source)})</span>' if one.source else "")
        + "</p>"
        for one in section.paragraphs
    )
