"""Find hard negatives: answers that look right for a question and aren't its own.

By BM25 over Dutch stems, and by the model itself where its vectors are given. Negatives that are
probably right answers are left out: those of the same group, and those that the model finds nearly
as similar to the question as its own answer (the "percentage to positive" of Moreira et al. 2024,
NV-Retriever, section 3).
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from index.train.examples import Example

PER_SEARCH = 8
"""Negatives that each search may give per question."""
LOOKED_AT = 24
"""Best answers of each search that negatives are taken from."""
MAX_QUERY_CHARS = 300
"""Of a question that is looked up by its words; the long ones say more than can be matched."""
BLOCK = 256
"""Questions that are compared with all answers at once."""
NEARLY = 0.95
"""Share of the own answer's similarity from which another answer is taken for right too."""

Vectors = NDArray[np.float32]
Found = tuple[tuple[int, ...], ...]


def mine_by_words(examples: Sequence[Example], groups: Sequence[int]) -> Found:
    """Return for each example the rows of examples whose answer BM25 ranks high for it."""
    passages = {example.passage: row for row, example in enumerate(examples)}
    rows = np.array(list(passages.values()), np.int64)
    lexical = LexicalIndex.build(list(passages), [""] * len(passages))
    found = []
    for row, example in enumerate(examples):
        terms = lexical.read_query(example.query[:MAX_QUERY_CHARS])
        best = _best(lexical.score(terms, "text"))
        wrong = (other for other in rows[best] if groups[other] != groups[row])
        found.append(_first(wrong))
    return tuple(found)


def mine_by_model(queries: Vectors, passages: Vectors, groups: Sequence[int]) -> Found:
    """Return for each example the rows of examples whose answer the model ranks high for it.

    Args:
        queries: Unit vectors of the examples' questions, (n, dimension).
        passages: Unit vectors of their answers, (n, dimension).
        groups: Their groups; of rows with the same vector one stands for all.
    """
    rows = _distinct(passages)
    found: list[tuple[int, ...]] = []
    for start in range(0, len(queries), BLOCK):
        scores = queries[start : start + BLOCK] @ passages[rows].T
        for row, line in enumerate(scores, start):
            best = _best(line)
            limit = NEARLY * float(passages[row] @ queries[row])
            close = zip(rows[best], line[best], strict=True)
            wrong = (o for o, score in close if groups[o] != groups[row] and score < limit)
            found.append(_first(wrong))
    return tuple(found)


def merge(first: Found, second: Found) -> Found:
    """Return the negatives of both searches, each once."""
    return tuple(
        tuple(dict.fromkeys(pair[0] + pair[1])) for pair in zip(first, second, strict=True)
    )


def _distinct(vectors: Vectors) -> NDArray[np.int64]:
    """Return the last row of each distinct vector."""
    return np.array(list({vector.tobytes(): row for row, vector in enumerate(vectors)}.values()))


def _best(scores: Vectors) -> NDArray[np.int64]:
    """Return the places of the highest scores above 0, best first, ties in order."""
    few = np.arange(len(scores))
    if len(scores) > LOOKED_AT:
        few = np.sort(np.argpartition(-scores, LOOKED_AT)[:LOOKED_AT])
    order = few[np.argsort(-scores[few], kind="stable")]
    return np.asarray(order[scores[order] > 0], np.int64)


def _first(rows: Iterator[np.int64]) -> tuple[int, ...]:
    return tuple(int(row) for row, _ in zip(rows, range(PER_SEARCH), strict=False))
