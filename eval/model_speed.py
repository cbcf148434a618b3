"""What a model costs: to load, to encode a question on one core, and passages on all.

The texts are the real ones, the dev questions and the passages of the appendix. Questions are timed
in processor time, which other programs on the machine don't count in; the rest by the clock. The
numbers are for reading, and compare within one run only.
"""

import statistics
import time
from collections.abc import Callable, Sequence

from corpus.passages import split_answer
from corpus.readers import BUNDLED_APPENDIX, read_documents
from eval.experiment import ModelChoice
from eval.questions import read_gold
from eval.tables import Table
from eval.timing import time_each_ms
from index.encoder import Encoder

HEADER = ("model", "laden (s)", "ms per vraag, 1 kern", "passages per s, alle kernen")
QUESTIONS = 100
WARM_UP = 10


def speed_table(choices: Sequence[ModelChoice]) -> Table:
    """Return a row per model; loading excludes the import of the libraries.

    Raises:
        ModelError: If a model can't be loaded.
    """
    Encoder.load()  # so that no model pays for the libraries
    questions = [question.turns[0] for question in read_gold("dev")][:QUESTIONS]
    (document,) = read_documents(BUNDLED_APPENDIX)
    passages = [passage.text for answer in document.answers for passage in split_answer(answer)]
    rows = tuple(_measure(choice, questions, passages) for choice in choices)
    return Table(f"Snelheid: {len(questions)} vragen, {len(passages)} passages", HEADER, rows)


def _measure(
    choice: ModelChoice, questions: Sequence[str], passages: Sequence[str]
) -> tuple[str, ...]:
    started = time.perf_counter()
    encoder = choice.load()
    load_s = time.perf_counter() - started
    started = time.perf_counter()
    encoder.encode_passages(passages)
    per_s = len(passages) / (time.perf_counter() - started)
    query_ms = _on_one_core(lambda: _query_ms(encoder, questions))
    return choice.label, f"{load_s:.2f}", f"{query_ms:.1f}", f"{per_s:.0f}"


def _query_ms(encoder: Encoder, questions: Sequence[str]) -> float:
    """Return the median milliseconds of processor time of one question at a time."""
    return statistics.median(
        time_each_ms(lambda text: encoder.encode_queries([text]), questions, WARM_UP)
    )


def _on_one_core(measure: Callable[[], float]) -> float:
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return measure()
    finally:
        torch.set_num_threads(threads)
