"""Draw the texts of a step: of like length, so that little is computed over padding."""

from collections.abc import Sequence

import numpy as np

POOL = 16
"""Batches' worth of texts that are sorted by length together."""


def take_turn(lengths: Sequence[int], size: int, step: int, seed: int) -> list[int]:
    """Return the rows of a step: sentences of like length, of which none comes again before nearly
    all have come (those that fill no pool wait for the next turn)."""
    per_pool = min(POOL, max(1, len(lengths) // size))
    pools = max(1, len(lengths) // (per_pool * size))
    turn, place = divmod(step, pools * per_pool)
    rng = np.random.default_rng([seed, turn])
    order = rng.permutation(len(lengths))
    batches = rng.permuted(np.tile(np.arange(per_pool), (pools, 1)), axis=1)
    number, within = divmod(place, per_pool)
    pool = order[number * per_pool * size :][: per_pool * size]
    ordered = sorted(pool.tolist(), key=lambda row: lengths[row])
    return ordered[batches[number, within] * size :][:size]
