"""The documents, answers and passages of an index: on disk as lines of JSON and rows of numbers.

A small index reads them all when it is opened; a large one reads each when it is looked at. What
was added together is a part; documents of a part that were replaced or removed later are dropped:
their passages keep their rows, and are in no list any more.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from corpus.passages import name_passage
from corpus.records import Answer, Document, Passage
from index.arrays import Buffer, Rows, open_arrays, pack_arrays
from index.codec import decode_answer, decode_document, encode_answer, encode_document
from index.lazy import KEPT, LazyMapping, LazySequence, hash_key
from index.stacked import count_offsets, expand_ranges, stack_offsets

SMALL = 20_000
"""Passages up to which everything is read at once: they take about a second and 50 MB."""
DOCUMENTS_FILE = "documents.jsonl"
ANSWERS_FILE = "answers.jsonl"
ROWS_FILE = "rows.safetensors"
LINE_ENDS = ("document_ends", "answer_ends")
"""Where each line ends, 0 before them all."""

AnswerKey = tuple[str, str]
Line = Callable[[int], bytes]
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What an index holds, in order; without what was dropped, but for `passages`.

    `live` are the rows of the passages that were not dropped, ascending, or None for all.
    `rows_of` gives the rows of the passages of an answer by its key.
    """

    documents: Sequence[Document]
    answers: Sequence[Answer]
    passages: Sequence[Passage]
    documents_by_id: Mapping[str, Document]
    answers_by_key: Mapping[AnswerKey, Answer]
    live: Rows | None
    rows_of: Callable[[AnswerKey], range]


def pack_catalogue(
    documents: Sequence[Document], passages_of: Callable[[Answer], Sequence[Passage]]
) -> dict[str, bytes]:
    """Return documents, with everything in them, and the spans of their passages as files."""
    answers = [answer for document in documents for answer in document.answers]
    passages = [passages_of(answer) for answer in answers]
    spans = [(p.start, p.end, p.page_start, p.page_end) for own in passages for p in own]
    document_lines = [encode_document(document) for document in documents]
    answer_lines = [encode_answer(answer) for answer in answers]
    return {
        DOCUMENTS_FILE: b"".join(document_lines),
        ANSWERS_FILE: b"".join(answer_lines),
        ROWS_FILE: pack_arrays(
            document_ends=count_offsets(map(len, document_lines)),
            answer_ends=count_offsets(map(len, answer_lines)),
            first_answers=count_offsets(len(document.answers) for document in documents),
            first_passages=count_offsets(map(len, passages)),
            spans=np.array(spans, np.int32).reshape(-1, 4),
            document_hashes=_hashes([document.document_id for document in documents]),
            answer_hashes=_hashes([(a.document_id, a.answer_id) for a in answers]),
        ),
    }


def open_catalogue(
    parts: Sequence[Mapping[str, Buffer]], dropped: Collection[int] = ()
) -> Catalogue:
    """Read the parts that `pack_catalogue` gave, in order; `dropped` are rows of documents.

    Raises:
        ValueError, KeyError, TypeError: If they hold none, or don't fit together.
    """
    shelf = Shelf(parts)
    kept = np.setdiff1d(np.arange(shelf.count), np.array([*dropped], np.int64))
    documents = _read_all(shelf.read_document, kept, shelf.is_small)
    rows = expand_ranges(shelf.first_answers, kept)[0]
    answers = _read_all(shelf.read_answer, rows, shelf.is_small)
    every = np.arange(len(shelf.spans))
    answers_by_key = LazyMapping(shelf.answer_hashes[rows], answers, _answer_key)

    def rows_of(key: AnswerKey) -> range:
        row = rows[answers_by_key.place_of(key)]
        return range(*map(int, shelf.first_passages[row : row + 2]))

    return Catalogue(
        documents=documents,
        answers=answers,
        passages=_read_all(shelf.read_passage, every, shelf.is_small),
        documents_by_id=LazyMapping(shelf.document_hashes[kept], documents, _document_key),
        answers_by_key=answers_by_key,
        live=expand_ranges(shelf.first_passages, rows)[0] if dropped else None,
        rows_of=rows_of,
    )


class Shelf:
    """The rows of all parts, dropped ones too, and how each record is read.

    Answer rows `first_answers[i]` to `first_answers[i + 1]` are those of document row i, passage
    rows `first_passages[i]` to `first_passages[i + 1]` those of answer row i; `spans` (n, 4) holds
    start, end, first and last page of each passage.
    """

    def __init__(self, parts: Sequence[Mapping[str, Buffer]]) -> None:
        tables = [open_arrays(files[ROWS_FILE]) for files in parts]
        self.first_answers = stack_offsets([table["first_answers"] for table in tables])
        self.first_passages = stack_offsets([table["first_passages"] for table in tables])
        self.spans = np.concatenate([table["spans"] for table in tables])
        self.document_hashes = np.concatenate([table["document_hashes"] for table in tables])
        self.answer_hashes = np.concatenate([table["answer_hashes"] for table in tables])
        self.count = len(self.document_hashes)
        self.is_small = len(self.spans) <= SMALL
        documents, answers = ([table[name] for table in tables] for name in LINE_ENDS)
        self.document_line = _lines([files[DOCUMENTS_FILE] for files in parts], documents)
        self.answer_line = _lines([files[ANSWERS_FILE] for files in parts], answers)
        if self.first_answers[-1] != len(self.answer_hashes):
            raise ValueError(f"{self.first_answers[-1]} answers, {len(self.answer_hashes)} hashes")
        if self.first_passages[-1] != len(self.spans):
            raise ValueError(f"{self.first_passages[-1]} passages, {len(self.spans)} spans")
        kept = None if self.is_small else KEPT
        self.answer = LazySequence(len(self.answer_hashes), self._read_answer, kept)

    def find_documents(self, document_ids: Iterable[str]) -> Rows:
        """Return the rows of the documents with these ids."""
        wanted = [hash_key(document_id) for document_id in document_ids]
        return np.flatnonzero(np.isin(self.document_hashes, np.array(wanted, np.int64)))

    def passages_of(self, documents: Rows) -> Rows:
        """Return the rows of the passages of some documents."""
        answers, _ = expand_ranges(self.first_answers, documents)
        return expand_ranges(self.first_passages, answers)[0]

    def read_document(self, row: int) -> Document:
        """Read a document and, in a small index, its answers."""
        first, last = map(int, self.first_answers[row : row + 2])
        own = LazySequence(last - first, lambda place: self.answer[first + place])
        return decode_document(self.document_line(row), tuple(own) if self.is_small else own)

    def read_answer(self, row: int) -> Answer:
        """Read an answer."""
        return self.answer[row]

    def read_passage(self, row: int) -> Passage:
        """Read a passage: a slice of its answer."""
        owner = int(np.searchsorted(self.first_passages, row, "right")) - 1
        answer = self.answer[owner]
        start, end, page_start, page_end = map(int, self.spans[row])
        return Passage(
            passage_id=name_passage(answer.answer_id, row - int(self.first_passages[owner]) + 1),
            answer_id=answer.answer_id,
            document_id=answer.document_id,
            start=start,
            end=end,
            text=answer.text[start:end],
            page_start=page_start,
            page_end=page_end,
        )

    def _read_answer(self, row: int) -> Answer:
        return decode_answer(self.answer_line(row))


def _lines(parts: Sequence[Buffer], ends: Sequence[Rows]) -> Line:
    """Return what reads a line of the stacked files, of which it is known where lines end.

    Raises:
        ValueError: If a file has another length.
    """
    for data, own in zip(parts, ends, strict=True):
        if own[-1] != len(data):
            raise ValueError(f"lines of {own[-1]} bytes in a file of {len(data)}")
    firsts = np.cumsum([0, *(len(own) - 1 for own in ends)])

    def read(row: int) -> bytes:
        part = int(np.searchsorted(firsts, row, "right")) - 1
        start, end = ends[part][row - firsts[part] : row - firsts[part] + 2]
        return parts[part][int(start) : int(end)]

    return read


def _read_all(read: Callable[[int], Record], rows: Rows, is_small: bool) -> Sequence[Record]:
    """Return the records of some rows: now when the index is small, else when looked at."""
    if is_small:
        return tuple(read(int(row)) for row in rows)
    return LazySequence(len(rows), lambda place: read(int(rows[place])))


def _hashes(keys: Sequence[str] | Sequence[AnswerKey]) -> Rows:
    return np.array([hash_key(key) for key in keys], np.int64)


def _document_key(document: Document) -> str:
    return document.document_id


def _answer_key(answer: Answer) -> AnswerKey:
    return answer.document_id, answer.answer_id
