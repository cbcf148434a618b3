"""How sure the search is that its first hit answers the question: two small logistic models, one
for questions that stand alone and one for follow-ups.

They look at what the question says and the hit does not (`index.confidence_signs`). Weights and
threshold come from the dev questions, those on the fictitious appendices and written ones on
passages of other parliaments by `python -m eval.fit_confidence`; the confidence is the chance that
the first hit is right.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.answer_type import named_codes
from index.confidence_signs import read_signs
from index.contents import Index
from index.quotes import Quote
from index.ranking import Ranking
from index.reading import Reading


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: what is added to the weighted sum of the signs, and the weight of each."""

    bias: float
    signs: Mapping[str, float]


ALONE = Weights(
    2.450,
    {
        "rarest_missing": -5.111,
        "unknown": -0.787,
        "name_missing": -5.978,
        "number_missing": -1.263,
        "shortness": -0.651,
        "unlike_least": -0.720,
        "verdict": 3.823,
        "form_missing": -0.890,
        "unit_missing": -2.315,
        "uncounted": -1.543,
        "unnamed": -0.657,
        "other_year": -2.165,
        "asker_missing": -10.687,
    },
)
"""For a question that stands alone. How unlike what the passage lacks is to anything in it, the
share of it in the question, and the score in the ranking tell nothing more (ten folds). That only
the context holds a word makes it likelier that the answer is the right one, but not that it tells
what was asked: the members' own questions, which it may leave open, are in the context."""
FOLLOWING = Weights(
    -0.183,
    {
        "rarest_missing": 0.336,
        "name_missing": -8.030,
        "number_missing": -1.770,
        "shortness": -0.274,
        "unlike_least": -3.390,
        "verdict": 1.380,
        "form_missing": -2.042,
        "unit_missing": -0.651,
        "uncounted": 0.146,
        "unnamed": -0.900,
        "other_year": -4.493,
        "score": 2.760,
        "asker_missing": -4.120,
        "left_thread": -2.818,
    },
)
"""For one that is read in the light of what was said before: it says less itself, so the same signs
tell other things."""
THRESHOLD = 0.5
"""Below it the search abstains: of those tried the one at which, by ten-fold predictions, about one
in ten adversarial questions that stand alone gets through (.115); of adversarial follow-ups, which
say less themselves, three in ten do (`eval.fit_confidence`)."""

SIGNS = tuple(dict.fromkeys((*ALONE.signs, *FOLLOWING.signs)))
"""The names of all signs."""


def estimate_confidence(index: Index, reading: Reading, ranking: Ranking, quote: Quote) -> float:
    """Return the confidence in the first hit and its quote, in [0, 1]; 0 where the question names
    budget codes and nothing around the hit names one of them: a code is right or wrong.

    Args:
        index: The index.
        reading: The question.
        ranking: What was found for it; at least one passage.
        quote: What is quoted of the first passage.
    """
    if _lacks_code(index, reading, ranking):
        return 0.0
    signs = read_signs(index, reading, ranking, quote)
    weights = _weights_for(reading)
    total = weights.bias + sum(weight * signs[name] for name, weight in weights.signs.items())
    return float(1 / (1 + np.exp(-total)))


def _lacks_code(index: Index, reading: Reading, ranking: Ranking) -> bool:
    asked = named_codes(reading.query)
    if not asked:
        return False
    answer = index.answer_of(index.passages[ranking.rows[0]])
    return asked.isdisjoint((*answer.article_codes, *answer.esr_codes))


def _weights_for(reading: Reading) -> Weights:
    """Return by which weights the first hit of a question is judged."""
    return FOLLOWING if reading.is_follow_up else ALONE
