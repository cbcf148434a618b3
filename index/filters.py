"""Filters on party, member, topic and document: from names as typed to rows of passages.

Names are compared without case, accents and punctuation, and a member also by part of the name.
Within one kind any name will do; of several kinds all must hold.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from corpus.records import Answer, Document, Passage
from index.tokens import fold, fold_name

KINDS = {
    "parties": ("partij", "partijen"),
    "members": ("lid", "leden"),
    "topics": ("onderwerp", "onderwerpen"),
    "documents": ("document", "documenten"),
}


class FilterError(Exception):
    """A filter that fits nothing in the index; one Dutch sentence that lists what there is."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must belong to; an empty tuple lets everything through."""

    parties: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


Facets = Mapping[str, Mapping[str, NDArray[np.int64]]]
"""Per kind of filter (a field of `Filters`), per name as written, the rows of its passages."""


def make_facets(
    passages: Iterable[Passage], answers: Iterable[Answer], documents: Iterable[Document]
) -> Facets:
    """Return the rows of the passages under each party, member, topic and document."""
    rows: dict[tuple[str, str], list[int]] = {}
    for row, passage in enumerate(passages):
        rows.setdefault((passage.document_id, passage.answer_id), []).append(row)
    facets: dict[str, dict[str, list[int]]] = {kind: {} for kind in KINDS}
    titles = {document.document_id: document.title for document in documents}
    for answer in answers:
        own = rows.get((answer.document_id, answer.answer_id), [])
        for kind, names in _names(answer, titles).items():
            for name in names:
                facets[kind].setdefault(name, []).extend(own)
    return {
        kind: {name: np.array(found, np.int64) for name, found in names.items()}
        for kind, names in facets.items()
    }


def allowed_rows(filters: Filters, facets: Facets) -> NDArray[np.int64] | None:
    """Return the rows that pass the filters, ascending, or None when there are no filters.

    Raises:
        FilterError: If a name stands for nothing in the index.
    """
    allowed: NDArray[np.int64] | None = None
    for kind in (field.name for field in fields(filters)):
        names = getattr(filters, kind)
        if names:
            found = [rows for name in names for rows in _find_rows(kind, name, facets[kind])]
            rows = np.unique(np.concatenate(found))
            allowed = rows if allowed is None else np.intersect1d(allowed, rows)
    return allowed


def _names(answer: Answer, titles: Mapping[str, str]) -> dict[str, set[str]]:
    askers = {*answer.askers, *(a for block in answer.question_blocks for a in block.askers)}
    return {
        "parties": {asker.party for asker in askers},
        "members": {asker.member for asker in askers if asker.member},
        "topics": {answer.topic} - {""},
        "documents": {answer.document_id, titles[answer.document_id]} - {""},
    }


def _find_rows(
    kind: str, name: str, known: Mapping[str, NDArray[np.int64]]
) -> list[NDArray[np.int64]]:
    """Return the rows of every known name that is meant; the whole name, else part of it."""
    meant = [rows for other, rows in known.items() if fold_name(other) == fold_name(name)]
    words = set(fold(name).split())
    if not meant and words and kind in {"members", "topics"}:
        meant = [rows for other, rows in known.items() if words <= set(fold(other).split())]
    if not meant:
        raise FilterError(_explain(kind, name, known))
    return meant


def _explain(kind: str, name: str, known: Iterable[str]) -> str:
    one, many = KINDS[kind]
    names = ", ".join(sorted(known))
    return f"Het {one} '{name}' staat niet in de index; bekende {many}: {names or 'geen'}.".replace(
        "Het partij", "De partij"
    )
