"""Two plots of the benchmark: the quality of every peer, and quality against latency."""

from collections.abc import Sequence
from pathlib import Path

from eval.bench.judging import MEASURES
from eval.bench.measure import Measured
from eval.bench.peers import OURS
from eval.bench.quantiles import quantile
from eval.bench.tables import NAMES
from eval.plots import DPI, new_figure

SPLIT = "test"


def draw_all(measured: Sequence[Measured], folder: Path) -> tuple[Path, ...]:
    """Draw both plots of the appendix into a folder that exists; return their paths."""
    return (
        _draw_quality(measured, folder / "benchmark-quality.png"),
        _draw_latency(measured, folder / "benchmark-latency.png"),
    )


def _draw_quality(measured: Sequence[Measured], path: Path) -> Path:
    figure, axes = new_figure()
    width = 0.85 / len(measured)
    for place, one in enumerate(measured):
        found = [one.quality[SPLIT][measure] for measure in MEASURES]
        axes.bar(
            [tick - 0.425 + width * (place + 0.5) for tick in range(len(MEASURES))],
            [estimate.value for estimate in found],
            width,
            label=one.peer.label,
            yerr=[[e.value - e.low for e in found], [e.high - e.value for e in found]],
            error_kw={"elinewidth": 0.7},
        )
    axes.set_xticks(range(len(MEASURES)), [NAMES[measure] for measure in MEASURES], fontsize=8)
    axes.set_ylim(0, 1.02)
    axes.set_title(f"Appendix, {SPLIT} questions, five hits; 95 % intervals", fontsize=10)
    figure.legend(loc="outside lower center", ncols=4, fontsize=8)
    figure.savefig(path, dpi=DPI)
    return path


def _draw_latency(measured: Sequence[Measured], path: Path) -> Path:
    figure, axes = new_figure()
    for one in measured:
        place = (
            quantile(one.asked.processor_ms, 50),
            one.quality[SPLIT]["Success@1"].value,
        )
        marker = "*" if one.peer.name == OURS else "o" if one.peer.is_hybrid else "s"
        size = 150 if one.peer.name == OURS else 50
        axes.scatter(*place, marker=marker, s=size, label=one.peer.label)
    axes.set_xscale("log")
    axes.margins(x=0.25)
    axes.set_ylim(0, 1.02)
    axes.set_xlabel("median processor time of a warm question (ms, logarithmic)")
    axes.set_ylabel("right answer first")
    axes.set_title(
        "Star: Bijlage; dots: other hybrids; squares: words or vectors alone", fontsize=10
    )
    figure.legend(loc="outside lower center", ncols=4, fontsize=8)
    figure.savefig(path, dpi=DPI)
    return path
