"""What 'al gevraagd?' found, for screen and JSON."""

from collections.abc import Iterable, Iterator

from chatbot.dossier.content import asked_text
from chatbot.reply import Json, askers_to_json, page_of_slice, page_or_null, page_span
from chatbot.terminal import paragraph
from chatbot.workbench.asked import AskedBefore, Similar
from corpus.records import Answer
from index.contents import Index

NEW = "Nog niet gevraagd: geen enkele deelvraag in deze documenten lijkt op deze."
ASKED = "Al gevraagd"
NO_EVIDENCE = "Hierop staat geen antwoord in het document (te controleren)."
EMPTY = "In deze documenten staat nog geen enkele vraag."
RELATED = "Verwant"
"""What the others over the floor are called: of the drafts of dev, 16 of the 19 that come first ask
the same as the draft, and 3 of the 44 others, at whatever similarity."""
MAX_NEAREST = 2  # shown when nothing like it was asked


def asked_to_json(index: Index, found: Iterable[AskedBefore]) -> list[Json]:
    """Return what `bijlage asked --json` gives: per question of the draft what is like it."""
    return [
        {
            "draft": one.draft,
            "asked": not one.is_new,
            "similar": [_similar_to_json(index, similar) for similar in one.asked],
            "nearest": [_similar_to_json(index, similar) for similar in one.nearest],
        }
        for one in found
    ]


def asked_lines(index: Index, found: Iterable[AskedBefore]) -> Iterator[str]:
    """Yield for each question of the draft what was asked before and what is related to that, or
    that it is new."""
    for one in found:
        yield paragraph(f"Uw vraag: {one.draft}")
        if one.is_new:
            yield paragraph(NEW, indent="  ")
        for row, similar in enumerate(one.asked):
            yield from _similar_lines(index, similar, RELATED if row else ASKED)
        if one.is_new and one.nearest:
            yield paragraph("Het dichtst in de buurt komt:", indent="  ")
            for similar in one.nearest[:MAX_NEAREST]:
                yield paragraph(f"“{similar.line.text}”", indent="    ")
                yield paragraph(f"— {asked_by(index, similar)}", indent="    ")
        yield ""


def asked_by(index: Index, similar: Similar) -> str:
    """Return where a sub-question was put: "TITLE, p. 14, vraag van N-VA (Axel Ronse), VDAB"."""
    line = similar.line
    document = index.documents_by_id[line.document_id]
    return asked_text(document, line.askers, line.topic, page_span(line.page, line.page))


def _similar_lines(index: Index, similar: Similar, called: str) -> Iterator[str]:
    line = similar.line
    yield paragraph(f"{called}: “{line.text}”", indent="  ")
    yield paragraph(f"— {asked_by(index, similar)}", indent="  ")
    evidence = f"“{line.evidence.quote}”" if line.evidence else NO_EVIDENCE
    page = f" ({page_span(line.evidence.page, line.evidence.page)})" if line.evidence else ""
    yield paragraph(f"Stand: {line.status}. {evidence}{page}", indent="    ")


def _similar_to_json(index: Index, similar: Similar) -> Json:
    line = similar.line
    answer = index.answers_by_key[line.document_id, line.answer_id]
    return {
        "score": round(similar.score, 4),
        "text": line.text,
        "answer_id": line.answer_id,
        "document_id": line.document_id,
        "topic": line.topic,
        "askers": askers_to_json(line.askers),
        "page": page_or_null(line.page),
        "status": line.status,
        "evidence": _evidence_to_json(answer, similar),
        "source": asked_by(index, similar),
    }


def _evidence_to_json(answer: Answer, similar: Similar) -> Json | None:
    evidence = similar.line.evidence
    if evidence is None:
        return None
    page = page_of_slice(answer, evidence.start, evidence.end)
    return {"quote": evidence.quote, "page": page}
