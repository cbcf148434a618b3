"""How a part of an index is laid out on a server: a row per passage, and named texts.

A row holds all that ranking, quoting and judging a passage takes, so that a few rows make a small
index (`index.remote.assemble`). Numbers are packed as in a file and written in base64.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.records import Document
from index.arrays import Arrays, open_arrays, pack_arrays
from index.bm25 import norm_lengths, saturate
from index.catalogue import Shelf
from index.codec import encode_answer, encode_document
from index.contents import ACRONYMS_FILE, SAMPLE, SENTENCES_FILE, open_vectors, spread_rows
from index.facets import Facets, open_facets
from index.lazy import hash_key
from index.lexical_parts import FIELDS, NAMES_FILE, open_part
from index.parts import Files
from index.postings import Postings
from index.sentence_table import SentenceTable, open_sentences

IDLE_DIMENSION = 2**32 - 2
"""The highest dimension of a sparse vector, for a passage without words: none may be empty."""

Texts = dict[int, str]
Stems = Sequence[tuple[NDArray[np.int32], NDArray[np.uint8]]]


def text_number(kind: str, version: int, name: str = "") -> int:
    """Return the number under which a text of a version is kept."""
    return hash_key(f"{kind}\0{version}\0{name}")


def facet_number(kind: str, name: str) -> int:
    """Return the number that stands for a party, member, topic or document in filters."""
    return hash_key(f"{kind}\0{name}")


def term_dimension(field: str, stem_id: int) -> int:
    """Return the dimension of a stem in a field: both fields share one sparse vector."""
    return 2 * stem_id + FIELDS.index(field)


def encode_numbers(**arrays: NDArray[Any]) -> str:
    """Return arrays as text."""
    return base64.b64encode(pack_arrays(**arrays)).decode()


def decode_numbers(text: str) -> Arrays:
    """Read what `encode_numbers` gave.

    Raises:
        ValueError, KeyError: If it is something else.
    """
    return open_arrays(base64.b64decode(text))


def make_rows(files: Files, version: int, means: Mapping[str, float]) -> Iterator[dict[str, Any]]:
    """Yield a row for each passage in the files of a part; lengths are held against `means`."""
    shelf, lexical, vectors = Shelf([files]), open_part(files), open_vectors([files]).vectors
    table = open_sentences([files[SENTENCES_FILE]])
    stems = {field: _invert(lexical.fields[field]) for field in FIELDS}
    facets = _numbers_by_row(open_facets([files], [0], None), len(vectors))
    documents = np.repeat(shelf.document_hashes, np.diff(shelf.first_passages[shelf.first_answers]))
    for row, vector in enumerate(vectors):
        passage = shelf.read_passage(row)
        own = {field: stems[field][row] for field in FIELDS}
        lengths = np.array([lexical.fields[field].lengths[row] for field in FIELDS], np.int32)
        yield {
            "passage": f"{version}.{row}",
            "document": int(documents[row]),
            "version": version,
            "number": row,
            "facets": facets[row],
            "dense": vector,
            "words": _weigh(own, lengths, means),
            "around": encode_numbers(stems=own["context"][0], counts=own["context"][1]),
            "body": json.dumps(
                {
                    "id": passage.passage_id,
                    "answer": passage.answer_id,
                    "document": passage.document_id,
                    "place": [passage.start, passage.end, passage.page_start, passage.page_end],
                    "text": passage.text,
                    "numbers": encode_numbers(
                        lengths=lengths,
                        text_stems=own["text"][0],
                        text_counts=own["text"][1],
                        **_sentence_arrays(table, row),
                    ),
                },
                ensure_ascii=False,
            ),
        }


def make_texts(documents: Sequence[Document], files: Files, version: int, share: float) -> Texts:
    """Return the texts of a version: its documents, answers, words and a sample of its vectors.

    Args:
        documents: Those of the version.
        files: Of the part that they make.
        version: Its number.
        share: The part of the whole collection that they are, in (0, 1].
    """
    lexical = open_part(files)
    texts = {
        text_number("names", version): files[NAMES_FILE][:].decode(),
        text_number("counts", version): encode_numbers(
            held=lexical.held, frequencies=lexical.frequencies
        ),
        text_number("acronyms", version): files[ACRONYMS_FILE][:].decode(),
        text_number("facets", version): _names_of(open_facets([files], [0], None)),
        text_number("usual", version): _sample(files, share),
    }
    for document in documents:
        name = document.document_id
        texts[text_number("document", version, name)] = encode_document(document).decode()
        for answer in document.answers:
            key = f"{name}\0{answer.answer_id}"
            texts[text_number("answer", version, key)] = encode_answer(answer).decode()
    return texts


def _invert(postings: Postings) -> Stems:
    """Return of each row its stem ids, ascending, and how often each stands there."""
    ids = np.repeat(postings.stems, np.diff(postings.starts))
    order = np.argsort(postings.rows, kind="stable")
    ends = np.searchsorted(postings.rows[order], np.arange(len(postings.lengths) + 1))
    ids, counts = ids[order], postings.counts[order]
    return [(ids[start:end], counts[start:end]) for start, end in pairwise(ends)]


def _weigh(
    own: Mapping[str, tuple[NDArray[np.int32], NDArray[np.uint8]]],
    lengths: NDArray[np.int32],
    means: Mapping[str, float],
) -> dict[int, float]:
    """Return what a passage gives to the score of each stem: its saturated frequency."""
    weights: dict[int, float] = {}
    for field, length in zip(FIELDS, lengths, strict=True):
        stems, counts = own[field]
        values = saturate(counts, norm_lengths(length, means[field]))
        dimensions = (term_dimension(field, int(stem)) for stem in stems)
        weights |= dict(zip(dimensions, map(float, values), strict=True))
    return weights or {IDLE_DIMENSION: 1.0}


def _sentence_arrays(table: SentenceTable, row: int) -> dict[str, NDArray[Any]]:
    start, end = map(int, table.offsets[row : row + 2])
    first, last = int(table.stem_offsets[start]), int(table.stem_offsets[end])
    first_code, last_code = int(table.code_offsets[start]), int(table.code_offsets[end])
    return {
        "spans": table.spans.slice(start, end),
        "vectors": table.vectors.slice(start, end),
        "stem_offsets": table.stem_offsets[start : end + 1] - first,
        "stems": table.stems.slice(first, last),
        "code_offsets": table.code_offsets[start : end + 1] - first_code,
        "codes": table.codes.slice(first_code, last_code),
    }


def _numbers_by_row(facets: Facets, count: int) -> list[list[int]]:
    numbers: list[list[int]] = [[] for _ in range(count)]
    for kind, names in facets.items():
        for name, rows in names.items():
            for row in rows:
                numbers[row].append(facet_number(kind, name))
    return numbers


def _names_of(facets: Facets) -> str:
    names = {kind: list(known) for kind, known in facets.items()}
    return json.dumps(names, ensure_ascii=False)


def _sample(files: Files, share: float) -> str:
    """Return the vectors of passages and sentences spread over a part, in half precision."""
    vectors = open_vectors([files]).vectors.astype(np.float16)
    sentences = open_sentences([files[SENTENCES_FILE]]).vectors.arrays[0]
    count = max(round(SAMPLE * share), 1)
    return encode_numbers(
        passages=vectors[spread_rows(len(vectors), count)],
        sentences=sentences[spread_rows(len(sentences), count)],
    )
