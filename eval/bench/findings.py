"""What the numbers say, in sentences: where the product is ahead of its peers, and where it isn't.

Values and ratios only; whether a difference is more than chance is for the intervals to say.
"""

from collections.abc import Callable, Sequence

from eval.bench.judging import MEASURES
from eval.bench.measure import Measured
from eval.bench.peers import OURS
from eval.bench.quantiles import quantile
from eval.bench.tables import NAMES

COSTS: tuple[tuple[str, Callable[[Measured], float]], ...] = (
    ("median warm question (processor time)", lambda one: quantile(one.asked.processor_ms, 50)),
    ("first answer of a process", lambda one: one.first_answer_s),
    ("index time (processor time)", lambda one: one.built.processor_s),
    ("memory while asking", lambda one: one.asked.peak_mib),
    ("disk", lambda one: one.built.disk_mib),
)


def findings(measured: Sequence[Measured]) -> list[str]:
    """Return a sentence per measure on test and per cost; none where we or all others are absent.

    Costs are set beside the other hybrids: who searches by words alone is always cheaper.
    """
    ours = next((one for one in measured if one.peer.name == OURS), None)
    others = [one for one in measured if one is not ours]
    if ours is None or not others:
        return []
    hybrids = [one for one in others if one.peer.is_hybrid] or others
    said = [_quality(measure, ours, others) for measure in MEASURES]
    return said + [_cost(name, cost, ours, hybrids) for name, cost in COSTS]


def _quality(measure: str, ours: Measured, others: Sequence[Measured]) -> str:
    def value(one: Measured) -> float:
        return one.quality["test"][measure].value

    best = max(others, key=value)
    word = "ahead" if value(ours) > value(best) else "not ahead"
    return (
        f"{NAMES[measure].capitalize()}: **{word}**, {value(ours):.3f} against {value(best):.3f} "
        f"of the best other, {best.peer.label}."
    )


def _cost(
    name: str, cost: Callable[[Measured], float], ours: Measured, hybrids: Sequence[Measured]
) -> str:
    best = min(hybrids, key=cost)
    ratio = cost(ours) / cost(best)
    word = "ahead" if ratio < 1 else "not ahead"
    return (
        f"{name.capitalize()}: **{word}**, {ratio:.2f} times the cheapest other hybrid, "
        f"{best.peer.label}."
    )
