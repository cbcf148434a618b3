"""Three plots per split: recall per method, risk against coverage, reliability.

The only module that imports matplotlib, and only when something is drawn; other plots take their
figure from here.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.abstention import reliability, risk_coverage
from eval.experiment import Result
from eval.methods import FUSED
from eval.scores import ALL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RECALLS = ("R@1", "R@5", "evidence@1", "evidence@5")
Drawing = Callable[["Axes", Sequence["Result"]], None]

SIZE_INCH = (7.0, 4.2)
DPI = 150


def draw_all(results: Sequence[Result], folder: Path) -> tuple[Path, ...]:
    """Draw the plots of every split into a folder that exists; return their paths."""
    paths = []
    for split in dict.fromkeys(result.split for result in results):
        inside = [result for result in results if result.split == split]
        fused = [result for result in inside if result.method == FUSED]
        if RECALLS[0] in inside[0].summary[ALL]:  # else nothing was to be found
            paths.append(_draw(_recall, inside, folder / f"recall-{split}.png"))
        paths.append(_draw(_risk, fused, folder / f"risk-coverage-{split}.png"))
        paths.append(_draw(_reliability, fused, folder / f"reliability-{split}.png"))
    return tuple(paths)


def new_figure() -> "tuple[Figure, Axes]":
    """Return an empty figure without a window or any state that outlives it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def _draw(draw: Drawing, results: Sequence[Result], path: Path) -> Path:
    figure, axes = new_figure()
    draw(axes, results)
    axes.set_title(f"{axes.get_title()} ({results[0].split})")
    figure.legend(loc="outside lower center", ncols=5, fontsize=8)
    figure.savefig(path, dpi=DPI)
    return path


def _recall(axes: "Axes", results: Sequence[Result]) -> None:
    width = 0.8 / len(results)
    for place, result in enumerate(results):
        found = [result.summary[ALL][measure] for measure in RECALLS]
        axes.bar(
            [tick - 0.4 + width * (place + 0.5) for tick in range(len(RECALLS))],
            [estimate.value for estimate in found],
            width,
            label=_label(result, results),
            yerr=[[e.value - e.low for e in found], [e.high - e.value for e in found]],
            error_kw={"elinewidth": 0.8},
        )
    axes.set_xticks(range(len(RECALLS)), RECALLS)
    axes.set_ylim(0, 1.02)
    axes.set_title("Gevonden, per methode")


def _risk(axes: "Axes", results: Sequence[Result]) -> None:
    for result in results:
        judgement = result.judgement
        coverage, risk = risk_coverage(judgement.confidence, judgement.right)
        axes.plot(coverage, risk, label=_label(result, results))
    axes.axvline(
        float(results[0].judgement.answerable.mean()),
        color="grey",
        linestyle=":",
        label="te beantwoorden",
    )
    axes.set_xlabel("aandeel van de vragen dat beantwoord wordt")
    axes.set_ylabel("aandeel foute antwoorden")
    axes.set_title("Risico en dekking")


def _reliability(axes: "Axes", results: Sequence[Result]) -> None:
    axes.plot([0, 1], [0, 1], color="grey", linestyle=":", label="volmaakt")
    for result in results:
        judgement = result.judgement
        bins = reliability(judgement.confidence, judgement.right)
        axes.plot(
            [found.confidence for found in bins],
            [found.accuracy for found in bins],
            marker="o",
            label=_label(result, results),
        )
        for found in bins:
            place = found.confidence, found.accuracy
            axes.annotate(str(found.count), place, (5, -10), textcoords="offset points", fontsize=7)
    axes.set_xlabel("getoonde zekerheid")
    axes.set_ylabel("aandeel juist")
    axes.set_title("Betrouwbaarheid van de zekerheid")


def _label(result: Result, results: Sequence[Result]) -> str:
    several = len({other.model for other in results}) > 1
    return f"{result.method} ({result.model})" if several else result.method
