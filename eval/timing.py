"""Time an act in processor time, which other programs on the machine don't count in."""

import time
from collections.abc import Callable, Sequence


def time_each_ms(act: Callable[[str], object], texts: Sequence[str], warm_up: int) -> list[float]:
    """Return the milliseconds of processor time of an act on each text, in order.

    The first `warm_up` texts are done once before, untimed.
    """
    for text in texts[:warm_up]:
        act(text)
    costs = []
    for text in texts:
        started = time.process_time()
        act(text)
        costs.append(1000 * (time.process_time() - started))
    return costs
