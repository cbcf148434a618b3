"""Ranking measures over answers, by ir-measures; every label is the one that it prints.

The only module that imports ir_measures (MacAvaney, Macdonald and Ounis, ECIR 2022). MRR@10 is the
mean over queries of its RR@10. Where a query has several right answers, R@1 can't reach 1;
Success@1 says whether the first one is right.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

MEASURES = ("nDCG@10", "R@1", "R@5", "RR@10", "Success@1", "Success@5")

Floats = NDArray[np.float64]


def measure_rankings(
    qrels: Mapping[str, Sequence[str]],
    rankings: Mapping[str, Sequence[str]],
    measures: Sequence[str] = MEASURES,
) -> dict[str, Floats]:
    """Return each measure per query, float64 (queries,), in the order of `qrels`.

    Args:
        qrels: The right answers of each query, at least one.
        rankings: The answers found, best first, each once; a query that is missing or has none
            scores 0.
        measures: As ir-measures names them.

    Raises:
        ValueError: If a query has no right answer or a ranking names an answer twice.
    """
    import ir_measures

    _check(qrels, rankings)
    judged = {query: dict.fromkeys(answers, 1) for query, answers in qrels.items()}
    run = {
        query: {answer: -float(rank) for rank, answer in enumerate(rankings.get(query, ()))}
        for query in qrels
    }
    rows = {query: row for row, query in enumerate(qrels)}
    values = {measure: np.zeros(len(rows)) for measure in measures}
    parsed = [ir_measures.parse_measure(measure) for measure in measures]
    for metric in ir_measures.iter_calc(parsed, judged, run):
        values[str(metric.measure)][rows[metric.query_id]] = metric.value
    return values


def _check(qrels: Mapping[str, Sequence[str]], rankings: Mapping[str, Sequence[str]]) -> None:
    for query, answers in qrels.items():
        if not answers:
            raise ValueError(f"query {query!r} has no right answer to be ranked")
    for query, ranking in rankings.items():
        if len(set(ranking)) != len(ranking):
            raise ValueError(f"the ranking of query {query!r} names an answer twice")
