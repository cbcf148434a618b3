"""Order the passages of an answer by what they bring for a quote.

The passages of a long answer share its subject, so what leads to the answer tells them apart badly;
the sentence that answers the question does it better, and meaning does it better than words, which
the quote has counted already. Which answer comes first stays as it was ranked: its passages only
change places among themselves. Measured on the dev questions and left out: to let quotes decide
between answers too, and to weigh words by their rarity in the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from index.arrays import Rows
from index.contents import Index
from index.quotes import Quote, choose_quotes
from index.ranking import Ranking, add_up, rank_passages
from index.reading import Reading, Scores

POOL = 10
"""Passages, the best ones, that may change places."""
QUOTE = "quote"
WITHIN: Mapping[str, float] = {"dense": 0.4, "text": 0.4, "tokens": 1.0, QUOTE: 0.4}
"""What the scores of a passage and that of its quote count beside the other passages of its answer
(eval/fit_ranking.py)."""


def rank_with_quotes(
    index: Index, reading: Reading, k: int, allowed: Rows | None
) -> tuple[Ranking, tuple[Quote, ...]]:
    """Rank the allowed rows (None: all), and return the quotes of the k best with them.

    The scores are those of the places, so they still fall.
    """
    ranking = rank_passages(index, reading, allowed)
    groups = _group_by_answer(index, ranking.rows[:POOL])
    quoted = sorted({*range(min(k, len(ranking.rows))), *chain(*groups)})
    chosen = choose_quotes(index, reading, ranking.rows[np.array(quoted, np.int64)])
    quotes = dict(zip(quoted, chosen, strict=True))
    of_quotes = np.zeros(len(ranking.rows), np.float32)
    of_quotes[quoted] = [quote.score for quote in chosen]
    order = reorder(groups, add_up({**ranking.features, QUOTE: of_quotes}, WITHIN))
    features = {name: values[order] for name, values in ranking.features.items()}
    ranking = replace(ranking, rows=ranking.rows[order], features=features)
    return ranking, tuple(quotes[place] for place in order[:k].tolist())


def reorder(groups: Sequence[Sequence[int]], scores: Scores) -> Rows:
    """Return the order of all places in which those of each group are sorted by their scores,
    float32 (n,), best first; equal ones stay as they were."""
    order = np.arange(len(scores))
    for group in groups:
        order[group] = sorted(group, key=lambda place: -float(scores[place]))
    return order


def _group_by_answer(index: Index, rows: Rows) -> list[list[int]]:
    """Return the places of the rows of each answer that has more than one among them."""
    groups: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows.tolist()):
        passage = index.passages[row]
        groups.setdefault((passage.document_id, passage.answer_id), []).append(place)
    return [group for group in groups.values() if len(group) > 1]
