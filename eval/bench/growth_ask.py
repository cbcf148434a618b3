"""What questions cost on a grown index, in a process of its own: `python -m ... INDEX QUESTIONS`.

Prints one JSON object. One question at a time; times are wall-clock, since what is waited for
(pages of mapped files) counts too. Recall is against the same search with every vector compared.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from eval.bench.quantiles import quantile
from eval.memory import read_memory
from eval.timing import time_each_ms
from index.contents import find_gone
from index.search import search
from index.storage import Index, load_index
from index.vector_parts import make_flat
from index.vectors import VectorIndex

K = 10
BANDWIDTH_BYTES = 2**28
RECALL_QUESTIONS = 200
"""Questions that recall is measured on, at most: comparing every vector takes long."""


def main(arguments: Sequence[str]) -> None:
    """Measure the index in the folder named first with the questions (JSON) named second."""
    questions = json.loads(Path(arguments[1]).read_text("utf-8"))
    started = time.perf_counter()
    index = load_index(Path(arguments[0]))
    opened_s = time.perf_counter() - started
    encoder = index.encoder
    ask_ms = _time_ms(lambda question: search(index, question, K), questions)
    encode_ms = _time_ms(lambda question: encoder.encode_queries([question]), questions)
    memory = _memory_mib()
    found = {
        "passages": len(index.passages),
        "opened_s": opened_s,
        "ask_p50_ms": quantile(ask_ms, 50),
        "ask_p99_ms": quantile(ask_ms, 99),
        "encode_p50_ms": quantile(encode_ms, 50),
        "pass_ms": _pass_ms(index),
        **memory,
        **_recall(index, questions[:RECALL_QUESTIONS]),
    }
    print(json.dumps(found))


def _time_ms(act: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Return the milliseconds of an act on each question, after one untimed round."""
    return time_each_ms(act, questions, len(questions), time.perf_counter)


def _pass_ms(index: Index) -> float:
    """Return how long one pass over the vectors takes at the speed at which memory is read.

    A byte per number where they are in clusters, else four, as they are stored.
    """
    block = np.ones(BANDWIDTH_BYTES // 4, np.float32)
    block.sum()
    started = time.perf_counter()
    block.sum()
    per_byte_s = (time.perf_counter() - started) / BANDWIDTH_BYTES
    sizes = (
        len(p.vectors) * index.vectors.dimension * (4 if p.is_flat else 1)
        for p in index.vectors.parts
    )
    return 1000 * per_byte_s * sum(sizes)


def _recall(index: Index, questions: Sequence[str]) -> dict[str, float]:
    """Return recall@10 of the vectors, and of the whole search, against comparing everything."""
    gone = find_gone(len(index.passages), index.live)
    exact = replace(index, vectors=VectorIndex([make_flat(index.vectors.vectors)], gone))
    dense, hybrid = [], []
    for question in questions:
        vector = index.encoder.encode_queries([question])[0]
        dense.append(_share(*(one.vectors.search(vector, K)[0].tolist() for one in (index, exact))))
        hybrid.append(
            _share(
                *(
                    [hit.passage.passage_id for hit in search(one, question, K).hits]
                    for one in (index, exact)
                )
            )
        )
    return {"recall_dense": float(np.mean(dense)), "recall_hybrid": float(np.mean(hybrid))}


def _share(found: Sequence[object], wanted: Sequence[object]) -> float:
    return len(set(found) & set(wanted)) / len(wanted)


def _memory_mib() -> dict[str, float]:
    """Return the memory of this process's own, and the parts of mapped files that happen to be in
    memory, which the system takes back when it needs them (Linux)."""
    sizes = read_memory()
    return {"own_mib": sizes["RssAnon"], "mapped_mib": sizes["RssFile"]}


if __name__ == "__main__":
    main(sys.argv[1:])
