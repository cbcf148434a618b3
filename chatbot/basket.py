"""The dossier as a visitor's browser keeps it: a list of links, and notes; and what they stand for.

An entry is what a link says (`document`, `answer`, and for a quote `van` and `tot`), with
`deelvraag` for a sub-question to follow up (and `vraag`, its block), or only `nota`, the text of a
note.
"""

from collections.abc import Mapping
from typing import Any

from chatbot.checks import ChatbotError
from chatbot.dossier.items import (
    AnswerItem,
    Basket,
    FollowUpItem,
    Item,
    QuoteItem,
    make_note,
)
from chatbot.findings import Findings
from chatbot.places import answer_at, place_of_line, read_place

Entry = dict[str, str]
FIELDS = ("document", "answer", "vraag", "van", "tot", "deelvraag", "nota")
MAX_ENTRIES = 200
FULL = f"Uw dossier telt al {MAX_ENTRIES} stukken; verwijder er eerst een."
GONE = "Deze deelvraag staat niet meer in de documenten; zoek ze opnieuw."


def read_entries(kept: object) -> list[Entry]:
    """Return the entries that a browser kept; what isn't one is left out."""
    found = kept if isinstance(kept, list) else []
    return [_entry(fields) for fields in found if isinstance(fields, Mapping)][:MAX_ENTRIES]


def add_entry(findings: Findings, entries: list[Entry], fields: Mapping[str, Any]) -> list[Entry]:
    """Return the entries with one more at the end; the same one is never in it twice.

    Raises:
        ChatbotError: If it stands for nothing, or there are too many.
    """
    entry = _entry(fields)
    item_of(findings, entry)
    if entry in entries:
        return entries
    if len(entries) >= MAX_ENTRIES:
        raise ChatbotError(FULL)
    return [*entries, entry]


def move_entry(entries: list[Entry], row: int, step: int) -> list[Entry]:
    """Return the entries with one moved up (-1) or down (1); unchanged where it can't be."""
    target = row + step
    if not (0 <= row < len(entries) and 0 <= target < len(entries)):
        return entries
    moved = list(entries)
    moved[row], moved[target] = moved[target], moved[row]
    return moved


def remove_entry(entries: list[Entry], row: int) -> list[Entry]:
    """Return the entries without one; unchanged where there is none."""
    return [entry for place, entry in enumerate(entries) if place != row]


def basket_of(findings: Findings, entries: list[Entry]) -> tuple[Basket, list[Entry]]:
    """Return the items, and the entries that stand for one: documents may have been removed."""
    items, alive = [], []
    for entry in entries:
        try:
            items.append(item_of(findings, entry))
        except ChatbotError:
            continue
        alive.append(entry)
    return tuple(items), alive


def item_of(findings: Findings, entry: Entry) -> Item:
    """Return what an entry stands for.

    Raises:
        ChatbotError: If the documents hold nothing like it.
    """
    if "nota" in entry:
        return make_note(entry["nota"])
    place = read_place(findings.index, entry)
    answer = answer_at(findings.index, place)
    document = findings.index.document_of(answer)
    if "deelvraag" in entry:
        own = place.document_id, place.answer_id, entry["deelvraag"]
        lines = [
            line for line in findings.ledger if (line.document_id, line.answer_id, line.text) == own
        ]
        if not lines:
            raise ChatbotError(GONE)
        line = next((line for line in lines if place_of_line(line) == place), lines[0])
        return FollowUpItem(document, answer, line)
    if place.end > place.start:
        return QuoteItem(document, answer, place.start, place.end)
    return AnswerItem(document, answer)


def _entry(fields: Mapping[str, Any]) -> Entry:
    return {name: str(fields[name]) for name in FIELDS if fields.get(name) not in (None, "")}
