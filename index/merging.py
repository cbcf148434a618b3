"""Merge the parts of a large index into one, without what was dropped.

Arrays are copied in chunks from file to file, so memory doesn't grow with the index.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Rows, create_arrays, open_arrays, pack_arrays
from index.catalogue import ANSWERS_FILE, DOCUMENTS_FILE, ROWS_FILE, Shelf
from index.clusters import FLAT_LIMIT, make_clustered
from index.contents import (
    ACRONYMS_FILE,
    EXACT_FILE,
    KEYS_FILE,
    SENTENCES_FILE,
    VECTORS_FILE,
    count_passages,
    open_vectors,
)
from index.facets import open_facets, pack_facets
from index.generation import Generation
from index.half_precision import widen
from index.lexical_parts import NAMES_FILE, NUMBERS_FILE, open_part, pack_names
from index.merging_postings import write_merged
from index.parts import Files
from index.sentence_table import open_sentences
from index.stacked import Stacked, expand_ranges
from index.vector_parts import make_flat, pack_index

MOST_PARTS = 16
"""Parts of an index at most: each is searched on its own."""
MOST_DROPPED = 0.25
"""Share of the passages that may be dropped ones."""
CHUNK = 65_536
"""Rows that are copied at once."""
QUERIES = 2000
"""Sentences that stand for questions when the clusters are tried."""
SEED = 20


def is_due(parts: Sequence[Files], held: int) -> bool:
    """Say whether it is time to merge parts of whose passages `held` aren't dropped."""
    counts = [count_passages(files) for files in parts]
    compared = sum(n for n, files in zip(counts, parts, strict=True) if EXACT_FILE not in files)
    gone = sum(counts) - held
    return len(parts) > MOST_PARTS or compared > FLAT_LIMIT or gone > MOST_DROPPED * sum(counts)


def merge_parts(parts: Sequence[Files], dropped: Collection[int], generation: Generation) -> None:
    """Write the files of one part with all that isn't dropped into a generation."""
    shelf = Shelf(parts)
    documents = np.setdiff1d(np.arange(shelf.count), np.array([*dropped], np.int64))
    live = shelf.passages_of(documents)
    _merge_catalogue(shelf, documents, generation)
    generation.write(ACRONYMS_FILE, parts[-1][ACRONYMS_FILE][:])
    starts = np.cumsum([0, *map(count_passages, parts)])[:-1]
    facets = open_facets(parts, [*map(int, starts)], live if dropped else None)
    moved = {
        kind: {name: np.searchsorted(live, rows) for name, rows in names.items()}
        for kind, names in facets.items()
    }
    for name, data in pack_facets(moved).items():
        generation.write(name, data)
    _merge_words(parts, live, generation)
    queries = _merge_sentences(parts, live, generation)
    _merge_vectors(parts, live, queries, generation)


def _merge_catalogue(shelf: Shelf, documents: Rows, generation: Generation) -> None:
    answers, _ = expand_ranges(shelf.first_answers, documents)
    passages, first_passages = expand_ranges(shelf.first_passages, answers)
    rows = pack_arrays(
        document_ends=_write_lines(shelf.document_line, documents, DOCUMENTS_FILE, generation),
        answer_ends=_write_lines(shelf.answer_line, answers, ANSWERS_FILE, generation),
        first_answers=expand_ranges(shelf.first_answers, documents)[1],
        first_passages=first_passages,
        spans=shelf.spans[passages],
        document_hashes=shelf.document_hashes[documents],
        answer_hashes=shelf.answer_hashes[answers],
    )
    generation.write(ROWS_FILE, rows)


def _write_lines(
    read: Callable[[int], bytes], rows: Rows, name: str, generation: Generation
) -> Rows:
    """Copy lines to a file, and return where each ends, 0 before them all."""
    ends = [0]
    with (generation.path / name).open("wb") as file:
        for row in rows:
            ends.append(ends[-1] + file.write(read(int(row))))
    generation.seal(name)
    return np.array(ends, np.int64)


def _merge_words(parts: Sequence[Files], live: Rows, generation: Generation) -> None:
    words = [open_part(files) for files in parts]
    generation.write(NAMES_FILE, pack_names(words, len(live)))
    write_merged(words, live, generation.path / NUMBERS_FILE)
    generation.seal(NUMBERS_FILE)


def _merge_sentences(
    parts: Sequence[Files], live: Rows, generation: Generation
) -> NDArray[np.float32]:
    """Merge sentences and the keys of all texts; return the vectors of some sentences."""
    table = open_sentences([files[SENTENCES_FILE] for files in parts])
    rows, offsets = expand_ranges(table.offsets, live)
    stems, stem_offsets = expand_ranges(table.stem_offsets, rows)
    codes, code_offsets = expand_ranges(table.code_offsets, rows)
    written = create_arrays(
        generation.path / SENTENCES_FILE,
        offsets=(np.int64, offsets.shape),
        spans=(np.int32, (len(rows), 2)),
        vectors=(np.float16, (len(rows), *table.vectors.arrays[0].shape[1:])),
        stem_offsets=(np.int64, stem_offsets.shape),
        stems=(np.int32, stems.shape),
        code_offsets=(np.int64, code_offsets.shape),
        codes=(np.int8, (len(codes), *table.codes.arrays[0].shape[1:])),
    )
    written["offsets"][:] = offsets
    written["stem_offsets"][:] = stem_offsets
    written["code_offsets"][:] = code_offsets
    _copy(table.spans, rows, written["spans"])
    _copy(table.vectors, rows, written["vectors"])
    _copy(table.stems, stems, written["stems"])
    _copy(table.codes, codes, written["codes"])
    del written
    generation.seal(SENTENCES_FILE)
    _merge_keys(parts, live, rows, generation)
    picked = np.random.default_rng(SEED).choice(rows, min(QUERIES, len(rows)), replace=False)
    return widen(table.vectors.take(np.sort(picked)))


def _merge_keys(
    parts: Sequence[Files], live: Rows, sentences: Rows, generation: Generation
) -> None:
    keys = [open_arrays(files[KEYS_FILE]) for files in parts]
    width = keys[0]["passages"].shape[1]
    written = create_arrays(
        generation.path / KEYS_FILE,
        passages=(np.uint8, (len(live), width)),
        sentences=(np.uint8, (len(sentences), width)),
    )
    _copy(Stacked([own["passages"] for own in keys]), live, written["passages"])
    _copy(Stacked([own["sentences"] for own in keys]), sentences, written["sentences"])
    del written
    generation.seal(KEYS_FILE)


def _merge_vectors(
    parts: Sequence[Files],
    live: Rows,
    queries: NDArray[np.float32],
    generation: Generation,
) -> None:
    """Merge the vectors of passages: compared one by one when they are few, else by clusters."""
    vectors = open_vectors(parts)
    if len(live) <= FLAT_LIMIT:
        generation.write(VECTORS_FILE, pack_index(make_flat(vectors.take(live)).index))
        return
    written = create_arrays(
        generation.path / EXACT_FILE, vectors=(np.float16, (len(live), vectors.dimension))
    )["vectors"]
    for start in _chunks(len(live)):
        written[start : start + CHUNK] = vectors.take(live[start : start + CHUNK])
    clustered = make_clustered(written, queries, np.random.default_rng(SEED))
    generation.write(VECTORS_FILE, pack_index(clustered.index))
    del written, clustered
    generation.seal(EXACT_FILE)


def _copy(source: Stacked[Any], rows: Rows, target: NDArray[Any]) -> None:
    for start in _chunks(len(rows)):
        target[start : start + CHUNK] = source.take(rows[start : start + CHUNK])


def _chunks(count: int) -> Iterator[int]:
    yield from range(0, count, CHUNK)
