"""The ledger of sub-questions: who asked what, what became of it, and a draft to ask again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chatbot.ledger.records import STATUSES, LedgerLine
from chatbot.places import place_of_line, place_of_words
from chatbot.views.forms import render_form, render_search, render_select
from chatbot.views.html import escape
from chatbot.views.parts import kept_link, page_link, render_button, render_status, titles_of
from index.storage import Index
from index.tokens import fold

UNFINISHED = "open of deels"
"""What is shown first: all that isn't answered in full."""
NOTE = (
    '<p class="uitleg">De stand is een suggestie, te controleren: lees telkens het antwoord na.</p>'
)


def render_ledger_form(ledger: Sequence[LedgerLine]) -> str:
    """Return the fields to filter with."""
    parties = (p for line in ledger for p in {asker.party for asker in line.askers} if p)
    counts = [(status, sum(line.status == status for line in ledger)) for status in STATUSES]
    left = sum(count for status, count in counts if status != "beantwoord")
    options = "".join(
        f'<option value="{value}">{value} ({count})</option>'
        for value, count in ((UNFINISHED, left), *counts, ("alle", len(ledger)))
    )
    return render_form(
        "Deelvragen filteren",
        f'<label>Stand<select name="stand">{options}</select></label>',
        render_select("partij", "Partij", parties, "Alle partijen"),
        render_select(
            "onderwerp",
            "Onderwerp",
            (line.topic for line in ledger if line.topic),
            "Alle onderwerpen",
        ),
        render_search("woorden", "Woorden in de deelvraag"),
    )


def filter_ledger(
    ledger: Iterable[LedgerLine], fields: Mapping[str, Any]
) -> tuple[LedgerLine, ...]:
    """Return the lines that fit what is filled in, in order."""
    status = str(fields.get("stand", UNFINISHED))
    party, topic = str(fields.get("partij", "")), str(fields.get("onderwerp", ""))
    words = fold(str(fields.get("woorden", ""))).split()
    return tuple(
        line
        for line in ledger
        if _has_status(line, status)
        and (not party or party in {asker.party for asker in line.askers})
        and (not topic or topic == line.topic)
        and all(word in fold(line.text) for word in words)
    )


def render_ledger(index: Index, found: Sequence[LedgerLine], total: int) -> str:
    """Return the lines that fit, and how many of all they are."""
    count = f'<p class="aantal" role="status">{len(found)} van {total} deelvragen</p>'
    if not found:
        return f'{count}<p class="leeg">Geen enkele deelvraag voldoet; kies ruimer.</p>'
    items = "".join(f"<li>{render_line(index, line)}</li>" for line in found)
    return f'{count}{NOTE}<ol class="deelvragen">{items}</ol>'


def render_line(index: Index, line: LedgerLine) -> str:
    """Return one line: the sub-question, its status with the evidence, and a draft."""
    about = ", ".join((*map(str, line.askers), *filter(None, [line.topic])))
    asked = page_link(place_of_line(line), line.page, titles_of(index.documents))
    return (
        f'<p class="deelvraag">{render_status(line.status)} {escape(line.text)}</p>'
        f'<p class="uitleg">{escape(about)}, {asked}</p>'
        f"{_render_evidence(line)}{_render_follow_up(line)}"
    )


def _has_status(line: LedgerLine, wanted: str) -> bool:
    if wanted == UNFINISHED:
        return line.status != "beantwoord"
    return line.status == wanted or wanted not in STATUSES


def _render_evidence(line: LedgerLine) -> str:
    evidence = line.evidence
    if evidence is None:
        return ""
    place = place_of_words(line, evidence.start, evidence.quote)
    return f'<p class="bewijs">“{escape(evidence.quote)}” {page_link(place, evidence.page)}</p>'


def _render_keep(line: LedgerLine) -> str:
    """Return the button that keeps what answers a sub-question; "" where nothing does."""
    evidence = line.evidence
    if evidence is None:
        return ""
    place = place_of_words(line, evidence.start, evidence.quote)
    return f'<div class="acties">{render_button("In dossier", bewaar=kept_link(place))}</div>'


def _render_follow_up(line: LedgerLine) -> str:
    missing = f"<p>{escape(line.missing)}</p>" if line.missing else ""
    if not line.follow_up:
        return missing + _render_keep(line)
    place = place_of_line(line)
    return (
        f"{missing}<details><summary>Voorstel van vervolgvraag</summary>"
        f'<p class="voorstel">{escape(line.follow_up)}</p></details><div class="acties">'
        + render_button("In dossier", bewaar=kept_link(place, deelvraag=line.text))
        + render_button("Vervolgvraag kopiëren", kopieer=line.follow_up)
        + "</div>"
    )
