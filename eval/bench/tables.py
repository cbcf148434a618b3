"""The benchmark as tables: quality, cost, the Chamber, and who took part with what."""

from collections.abc import Sequence

from eval.bench.judging import CHAMBER_MEASURES, MEASURES
from eval.bench.measure import Measured
from eval.bench.peers import OURS
from eval.bench.processes import versions
from eval.bench.quantiles import quantile
from eval.tables import LABELS, Table, cell

NAMES = {
    "Success@1": "right answer first",
    "hit@5": "right answer among five",
    "evidence@1": "evidence in the first",
    "evidence@5": "evidence among five",
}
COSTS = (
    "peer",
    "pieces",
    "index (s)",
    "first answer (s)",
    "p50 (ms)",
    "p99 (ms)",
    "p50, times ours",
    "p50 by the clock (ms)",
    "p99 by the clock (ms)",
    "memory, asking (MiB)",
    "memory, indexing (MiB)",
    "disk (MiB)",
)


def quality_table(measured: Sequence[Measured], split: str) -> Table:
    """Return the measures of one split of the gold questions, a row per peer."""
    header = ("peer", *(NAMES[measure] for measure in MEASURES))
    count = measured[0].quality[split][MEASURES[0]].count
    rows = [_quality_row(one, split, MEASURES) for one in measured]
    return Table(f"Quality on the appendix, {split}: {count} questions", header, tuple(rows))


def cost_table(measured: Sequence[Measured], title: str) -> Table:
    """Return what each peer takes, a row each."""
    ours = _ours_ms(measured)
    return Table(title, COSTS, tuple(_cost_row(one, ours) for one in measured))


def chamber_table(measured: Sequence[Measured]) -> Table:
    """Return the measures of the Chamber's questions, a row per peer."""
    header = ("peer", *(LABELS.get(measure, measure) for measure in CHAMBER_MEASURES))
    count = measured[0].quality["test"]["RR@10"].count
    rows = [_quality_row(one, "test", CHAMBER_MEASURES) for one in measured]
    return Table(f"Quality on the Chamber: {count} titles", header, tuple(rows))


def peer_table(measured: Sequence[Measured]) -> Table:
    """Return the versions of every peer and what it was given."""
    rows = []
    for one in measured:
        packages = ", ".join(f"{name} {number}" for name, number in versions(one.peer).items())
        kind = "words and vectors" if one.peer.is_hybrid else "one of the two"
        rows.append((one.peer.label, packages, kind, one.peer.given))
    return Table("Who took part", ("peer", "packages", "searches by", "given"), tuple(rows))


def _quality_row(one: Measured, split: str, measures: Sequence[str]) -> tuple[str, ...]:
    return one.peer.label, *(cell(one.quality[split][measure]) for measure in measures)


def _cost_row(one: Measured, ours_ms: float | None) -> tuple[str, ...]:
    asked, built = one.asked, one.built
    half = quantile(asked.processor_ms, 50)
    return (
        one.peer.label,
        str(built.pieces),
        f"{built.processor_s:.1f}",
        f"{one.first_answer_s:.2f}",
        f"{half:.1f}",
        f"{quantile(asked.processor_ms, 99):.1f}",
        f"{half / ours_ms:.2f}" if ours_ms else "–",
        f"{quantile(asked.clock_ms, 50):.1f}",
        f"{quantile(asked.clock_ms, 99):.1f}",
        f"{asked.peak_mib:.0f}",
        f"{built.peak_mib:.0f}",
        f"{built.disk_mib:.1f}",
    )


def _ours_ms(measured: Sequence[Measured]) -> float | None:
    """Return the product's median of processor time, if it took part."""
    ours = [one for one in measured if one.peer.name == OURS]
    return quantile(ours[0].asked.processor_ms, 50) if ours else None
