"""Who asked, about what, in which document: the rows of passages under each such name."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import numpy as np

from corpus.records import Answer, Asker, Document, Passage
from index.arrays import Buffer, Rows, open_arrays, pack_arrays

KINDS = ("parties", "members", "topics", "documents")
NAMES_FILE = "facets.json"
ROWS_FILE = "facets.safetensors"

Names = Mapping[str, Set[str]]
"""Per kind of filter the names, as written, under which one thing is found."""
Facets = Mapping[str, Mapping[str, Rows]]
"""Per kind of filter (a field of `Filters`), per name as written, the rows of its passages."""


def make_names(askers: Iterable[Asker], topic: str, document_id: str, title: str) -> Names:
    """Return by kind the names under which something is found that these askers asked, about a
    topic ("": none), in a document with a title ("": none)."""
    everyone = set(askers)
    return {
        "parties": {asker.party for asker in everyone if asker.party},
        "members": {asker.member for asker in everyone if asker.member},
        "topics": {topic} - {""},
        "documents": {document_id, title} - {""},
    }


def names_of_answer(answer: Answer, title: str) -> Names:
    """Return by kind the names under which an answer is found, in a document with a title."""
    blocks = (asker for block in answer.question_blocks for asker in block.askers)
    return make_names((*answer.askers, *blocks), answer.topic, answer.document_id, title)


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
        for kind, names in names_of_answer(answer, titles[answer.document_id]).items():
            for name in sorted(names):
                facets[kind].setdefault(name, []).extend(own)
    return {
        kind: {name: np.array(found, np.int64) for name, found in names.items()}
        for kind, names in facets.items()
    }


def pack_facets(facets: Facets) -> dict[str, bytes]:
    """Return the rows under each name as two files: the names in JSON, the rows in an array."""
    names = {kind: list(rows) for kind, rows in facets.items()}
    rows = [own for kind in facets.values() for own in kind.values()]
    return {
        NAMES_FILE: json.dumps(names, ensure_ascii=False).encode(),
        ROWS_FILE: pack_arrays(
            counts=np.array([len(own) for own in rows], np.int64),
            rows=np.concatenate([np.zeros(0, np.int64), *rows]),
        ),
    }


def open_facets(
    parts: Sequence[Mapping[str, Buffer]], starts: Sequence[int], live: Rows | None
) -> Facets:
    """Read the parts that `pack_facets` gave; part i has its rows from `starts[i]` on.

    Only rows that are `live` (None: all) are kept, and only names that have any.

    Raises:
        ValueError, KeyError: If one doesn't hold facets.
    """
    found: dict[str, dict[str, list[Rows]]] = {kind: {} for kind in KINDS}
    for files, start in zip(parts, starts, strict=True):
        for kind, name, rows in _read_facets(files):
            found[kind].setdefault(name, []).append(rows + start)
    joined = {
        kind: {name: np.concatenate(rows) for name, rows in names.items()}
        for kind, names in found.items()
    }
    return joined if live is None else _keep_live(joined, live)


def _read_facets(files: Mapping[str, Buffer]) -> Iterator[tuple[str, str, Rows]]:
    """Yield kind, name and rows."""
    arrays = open_arrays(files[ROWS_FILE])
    ends = np.cumsum(arrays["counts"])
    kinds = json.loads(files[NAMES_FILE][:]).items()
    names = [(kind, name) for kind, known in kinds for name in known]
    for (kind, name), end, count in zip(names, ends, arrays["counts"], strict=True):
        yield kind, name, arrays["rows"][end - count : end]


def _keep_live(facets: Facets, live: Rows) -> Facets:
    end = int(live.max(initial=-1)) + 1
    is_live = np.zeros(end + 1, np.bool_)  # looked up, not intersected: a name may have all rows
    is_live[live] = True
    kept = {
        kind: {name: rows[is_live[np.minimum(rows, end)]] for name, rows in names.items()}
        for kind, names in facets.items()
    }
    return {k: {name: rows for name, rows in v.items() if len(rows)} for k, v in kept.items()}
