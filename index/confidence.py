"""How sure the search is that its first hit answers the question, in [0, 1]."""

from index.ranking import Ranking, Reading

THRESHOLD = 0.5


def estimate_confidence(reading: Reading, ranking: Ranking) -> float:
    """Return the confidence in the first hit, 0 when there is none."""
    if not len(ranking.rows):
        return 0.0
    first = {name: float(scores[0]) for name, scores in ranking.features.items()}
    return min(1.0, max(0.0, 0.5 * first["text"] + 0.5 * first["context"] + 0.5 * first["dense"]))
