"""Lines of the ledger as JSON (the contract of `bijlage questions`) and as Dutch for a terminal."""

from collections.abc import Iterator, Sequence
from typing import Any

from chatbot.ledger.records import STATUSES, LedgerLine
from chatbot.reply import askers_to_json, page_or_null, page_span
from chatbot.terminal import paragraph
from corpus.enumeration import join_names

NO_LINES = "Geen deelvragen gevonden."
TO_CHECK = "te controleren"


def line_to_json(line: LedgerLine) -> dict[str, Any]:
    """Return one line; a page that the source doesn't tell is null."""
    first = line.askers[0] if line.askers else None
    evidence = line.evidence
    return {
        "answer_id": line.answer_id,
        "document_id": line.document_id,
        "topic": line.topic,
        "party": (first.party or None) if first else None,
        "member": first.member if first else None,
        "askers": askers_to_json(line.askers),
        "text": line.text,
        "page": page_or_null(line.page),
        "status": line.status,
        "evidence": evidence
        and {
            "quote": evidence.quote,
            "page": page_or_null(evidence.page),
            "start": evidence.start,
            "end": evidence.end,
        },
        "missing": line.missing,
        "follow_up": line.follow_up,
    }


def ledger_lines(ledger: Sequence[LedgerLine]) -> Iterator[str]:
    """Yield the ledger for people: a summary, then each line; or that there is none."""
    if not ledger:
        yield NO_LINES
        return
    counts = ", ".join(
        f"{sum(line.status == status for line in ledger)} {status}" for status in STATUSES
    )
    yield paragraph(
        f"Deelvragen: {len(ledger)} ({counts}). De status is een suggestie: {TO_CHECK}."
    )
    for line in ledger:
        yield ""
        yield from _line(line)


def _line(line: LedgerLine) -> Iterator[str]:
    names = join_names(map(str, line.askers))
    pages = page_span(line.page, line.page)
    heading = (f"{line.status.upper()} ({TO_CHECK})", pages, names, line.topic)
    yield paragraph(" · ".join(part for part in heading if part))
    yield paragraph(f"“{line.text}”", indent="  ")
    if line.evidence:
        page = page_span(line.evidence.page, line.evidence.page)
        yield paragraph(f"Antwoord{f' ({page})' if page else ''}: “{line.evidence.quote}”", "    ")
    if line.missing:
        yield paragraph(f"Ontbreekt: {line.missing}", "    ")
    if line.follow_up:
        yield paragraph(f"Ontwerp van vervolgvraag: {line.follow_up}", "    ")
