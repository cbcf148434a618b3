"""Time an act: in processor time, which other programs don't count in, or by another clock."""

import time
from collections.abc import Callable, Sequence


def time_each_ms(
    act: Callable[[str], object],
    texts: Sequence[str],
    warm_up: int,
    clock: Callable[[], float] = time.process_time,
) -> list[float]:
    """Return the milliseconds of an act on each text, in order, by a clock that gives seconds.

    The first `warm_up` texts are done once before, untimed.
    """
    for text in texts[:warm_up]:
        act(text)
    costs = []
    for text in texts:
        started = clock()
        act(text)
        costs.append(1000 * (clock() - started))
    return costs
