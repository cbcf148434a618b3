"""The dossier as a visitor's browser keeps it: records (`chatbot.kept`), and what they stand for.

A record says what a link says (`document`, `answer`, and for a quote `van` and `tot`), with
`deelvraag` for a sub-question to follow up (and `vraag`, its block), or only `nota`, the text of a
note. Its `bewaard` are the words that stood there when it was kept (`chatbot.dossier.keeping`).
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from chatbot.checks import ChatbotError
from chatbot.dossier.items import (
    AnswerItem,
    Cited,
    FollowUpItem,
    Item,
    NoteItem,
    QuoteItem,
    make_note,
)
from chatbot.dossier.keeping import (
    Kept,
    find_answer,
    find_follow_up,
    find_quote,
    keep_words,
    kept_from_json,
    kept_to_json,
    lost,
    quotes_of,
)
from chatbot.findings import Findings
from chatbot.kept import MAX_KEPT_BYTES, Record, next_place, size_of
from chatbot.ledger.records import LedgerLine
from chatbot.places import (
    Place,
    answer_at,
    place_of_answer,
    place_of_line,
    place_of_words,
    read_number,
    read_place,
)
from corpus.records import Document

FIELDS = ("document", "answer", "vraag", "van", "tot", "deelvraag", "nota")
WORDS = "bewaard"
MAX_ENTRIES = 200
FULL = f"Uw dossier telt al {MAX_ENTRIES} stukken; verwijder er eerst een."
TOO_LARGE = "Dit past niet meer in uw dossier; verwijder eerst een stuk, of kies een korter citaat."
NO_WORDS = "Zonder bewaarde woorden"
GONE = "Deze deelvraag staat niet meer in de documenten; zoek ze opnieuw."


def add_entry(findings: Findings, entries: list[Record], fields: Mapping[str, Any]) -> list[Record]:
    """Return the entries with one more at the end; the same one is never in it twice.

    Raises:
        ChatbotError: If it stands for nothing, there are too many, or they are too large.
    """
    entry = new_entry(findings, fields, next_place(entries))
    if any(one["id"] == entry["id"] for one in entries):
        return entries
    if len(entries) >= MAX_ENTRIES:
        raise ChatbotError(FULL)
    more = [*entries, entry]
    if size_of(more) > MAX_KEPT_BYTES:
        raise ChatbotError(TOO_LARGE)
    return more


def move_entry(entries: list[Record], name: str, step: int) -> list[Record]:
    """Return the entries with one moved up (-1) or down (1); unchanged where it can't be."""
    row = next((row for row, one in enumerate(entries) if one["id"] == name), -1)
    target = row + step
    if not (0 <= row < len(entries) and 0 <= target < len(entries)):
        return entries
    moved = list(entries)
    moved[row] = {**entries[target], "plaats": entries[row]["plaats"]}
    moved[target] = {**entries[row], "plaats": entries[target]["plaats"]}
    return moved


def remove_entry(entries: list[Record], name: str) -> list[Record]:
    """Return the entries without one; unchanged where there is none."""
    return [entry for entry in entries if entry["id"] != name]


def items_of(findings: Findings, entries: Sequence[Record]) -> tuple[Item, ...]:
    """Return what the entries stand for, one item for each."""
    return tuple(item_of(findings, entry) for entry in entries)


def item_of(findings: Findings, entry: Record) -> Item:
    """Return what an entry stands for: its words where they stand now, else as they were kept."""
    if "nota" in entry:
        return NoteItem(str(entry["nota"]))
    document = findings.index.documents_by_id.get(str(entry.get("document", "")))
    kept = kept_from_json(entry.get(WORDS))
    if document is None or kept is None:
        return lost(kept or _nothing_kept(entry), is_loaded=document is not None)
    return _find(findings, entry, document, kept) or lost(kept, is_loaded=True)


def place_of(item: Item) -> Place | None:
    """Return where an item stands in the documents; None for a note, and for what is gone."""
    if isinstance(item, QuoteItem):
        return place_of_words(item.answer, item.start, item.answer.text[item.start : item.end])
    if isinstance(item, AnswerItem):
        return place_of_answer(item.answer)
    return place_of_line(item.line) if isinstance(item, FollowUpItem) else None


def new_entry(findings: Findings, fields: Mapping[str, Any], place: int) -> Record:
    """Return the entry of what a button or a link names, with its words.

    Its name tells what it stands for, so that windows that keep the same keep it once.

    Raises:
        ChatbotError: If the documents hold nothing like it, or a note is blank or too long.
    """
    item = _named_item(findings, fields)
    if isinstance(item, NoteItem):
        return _entry({"nota": item.text}, place)
    named = {**_named(fields), "document": item.document.document_id}
    return _entry(named, place, keep_words(item))


def adopt_entries(findings: Findings, old: object, after: Sequence[Record]) -> list[Record]:
    """Return the entries that an earlier version kept, as a list of mere links, placed after
    others; with the words that stand there now, or none where there is no such place."""
    found = (
        [_named(one) for one in old if isinstance(one, Mapping)] if isinstance(old, list) else []
    )
    first = next_place(after)
    bare = [_entry(named, first + row) for row, named in enumerate(found) if named]
    return add_words(findings, bare)


def add_words(findings: Findings, entries: Sequence[Record]) -> list[Record]:
    """Return the entries; those without words with the words that stand there, if any do."""
    return [_with_words(findings, entry) for entry in entries]


def _find(findings: Findings, entry: Record, document: Document, kept: Kept) -> Cited | None:
    """Return what an entry's words belong to in their document; None where they aren't there."""
    answers, document_id = findings.index.answers_by_key, document.document_id
    name = str(entry.get("answer", ""))
    old = answers.get((document_id, name))
    if "deelvraag" in entry:
        asked = [
            line
            for line in findings.ledger
            if (line.document_id, line.text) == (document_id, entry["deelvraag"])
        ]
        asked.sort(key=lambda line: (line.answer_id != name, not _is_place_of(entry, line)))
        lines = [(answers[document_id, line.answer_id], line) for line in asked]
        return find_follow_up(document, kept, lines)
    if kept.words:
        return find_quote(document, kept, old, read_number(entry.get("van")) or 0)
    return find_answer(document, kept, old)


def _is_place_of(entry: Record, line: LedgerLine) -> bool:
    """Say whether an entry names the place of a sub-question: others may have put it alike."""
    place = place_of_line(line)
    return (entry.get("vraag"), entry.get("van")) == (str(line.block + 1), str(place.start))


def _with_words(findings: Findings, entry: Record) -> Record:
    if kept_from_json(entry.get(WORDS)):
        return entry
    try:
        item = _named_item(findings, entry)
    except ChatbotError:
        return entry
    return entry if isinstance(item, NoteItem) else {**entry, WORDS: kept_to_json(keep_words(item))}


def _named_item(findings: Findings, fields: Mapping[str, Any]) -> Cited | NoteItem:
    if "nota" in fields:
        return make_note(str(fields["nota"]))
    place = read_place(findings.index, fields)
    answer = answer_at(findings.index, place)
    document = findings.index.document_of(answer)
    if "deelvraag" in fields:
        own = place.document_id, place.answer_id, fields["deelvraag"]
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


def _named(fields: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(fields[name]) for name in FIELDS if fields.get(name) not in (None, "")}


def _entry(named: Mapping[str, str], place: int, kept: Kept | None = None) -> Record:
    told = json.dumps([sorted(named.items()), quotes_of(kept) if kept else ()])
    entry = {"id": sha256(told.encode()).hexdigest()[:16], "plaats": place, **named}
    return {**entry, WORDS: kept_to_json(kept)} if kept else entry


def _nothing_kept(entry: Record) -> Kept:
    return Kept(str(entry.get("document") or entry.get("answer", "")), NO_WORDS, ())
