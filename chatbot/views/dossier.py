"""The dossier: what was collected, in order, to be moved, removed and exported."""

from collections.abc import Sequence

from chatbot.dossier.content import EMPTY, Section
from chatbot.dossier.items import Item, LostItem
from chatbot.dossier.paragraphs import Style
from chatbot.places import Place
from chatbot.views.html import escape
from chatbot.views.parts import REMOVE_TWICE, render_button, render_link
from corpus.enumeration import join_names

HINT = (
    "<p>Zet antwoorden, citaten en deelvragen in uw dossier met de knop “In dossier” op de andere"
    " tabbladen.</p>"
)
NOTE_FORM = (
    '<form class="formulier" aria-label="Nota toevoegen"><label class="breed">Eigen nota'
    '<textarea name="nota" rows="3" maxlength="10000"></textarea></label>'
    '<div><button type="submit" class="groot">Nota toevoegen</button></div></form>'
)


def render_dossier(
    sections: Sequence[Section], names: Sequence[str], places: Sequence[Place | None]
) -> str:
    """Return the sections as they will be exported, each with a link to its place, where it has
    one, and buttons to move and remove it, which tell its name."""
    if not sections:
        return f'<p class="leeg" role="status">{EMPTY}</p>{HINT}'
    last = len(sections) - 1
    items = "".join(
        f"<li><h2>{escape(section.heading)}</h2>"
        f'<div class="acties">{render_link(place, "Toon in de bron") if place else ""}'
        f"{_render_buttons(section, name, is_first=row == 0, is_last=row == last)}</div>"
        f"{_render_paragraphs(section)}</li>"
        for row, (section, name, place) in enumerate(zip(sections, names, places, strict=True))
    )
    return f'<ol class="stukken">{items}</ol>'


def render_kept(count: int, is_new: bool = True) -> str:
    """Return what is said when something was put in the dossier, or was in it already."""
    noun = "stuk" if count == 1 else "stukken"
    there = "" if is_new else "Dit stond er al in. "
    return f'<p role="status">{there}In uw dossier: {count} {noun}.</p>'


def render_lost(items: Sequence[Item]) -> str:
    """Return what is said where words no longer stand in the documents; "" where all do."""
    missing = [item for item in items if isinstance(item, LostItem)]
    if not missing:
        return ""
    titles = join_names([f"“{title}”" for title in dict.fromkeys(item.title for item in missing)])
    one = len(missing) == 1
    told = (
        f"{'Eén stuk' if one else f'{len(missing)} stukken'} van uw dossier"
        f" {'staat' if one else 'staan'} niet (meer) zo in de geladen documenten en"
        f" {'blijft' if one else 'blijven'} bewaard; voeg {titles} opnieuw toe onder Documenten"
        f" om {'het' if one else 'ze'} weer bij de bron te zien."
    )
    return f'<p class="melding" role="status">{escape(told)}</p>'


def _render_buttons(section: Section, name: str, *, is_first: bool, is_last: bool) -> str:
    moves = {"Omhoog": "-1", "Omlaag": "1"}
    if is_first:
        del moves["Omhoog"]
    if is_last:
        del moves["Omlaag"]
    buttons = "".join(
        render_button(words, f"{section.heading} {words.lower()}", dossier=step, stuk=name)
        for words, step in moves.items()
    )
    label = f"{section.heading} verwijderen"
    return buttons + render_button(
        "Verwijderen", label, dossier="weg", stuk=name, tweemaal=REMOVE_TWICE
    )


def _render_paragraphs(section: Section) -> str:
    kinds = {Style.LABEL: "wie", Style.QUOTE: "aanhaling", Style.TEXT: "eigen"}
    return "".join(
        f'<p class="{kinds[one.style]}">{escape(one.text)}'
        + (f' <span class="uitleg">({escape(one.source)})</span>' if one.source else "")
        + "</p>"
        for one in section.paragraphs
    )
