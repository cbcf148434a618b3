"""Results as tables: plain text for the screen, Markdown for a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from eval.experiment import Result
from eval.intervals import Estimate
from eval.methods import FUSED
from eval.scores import ALL, ON_PAGE

PER_KIND = (
    "Success@1",
    "R@5",
    "evidence@1",
    "evidence@3",
    "evidence@5",
    ON_PAGE,
    "quote contains",
    "error rate",
    "hallucination rate",
)
LABELS = {"RR@10": "MRR@10"}
"""A mean of RR@10 is what the field calls MRR@10."""
NONE = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; the first column holds names, the others numbers."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def measure_table(results: Sequence[Result]) -> Table:
    """Return the measures over all questions of one split, a column per method and model."""
    measures = dict.fromkeys(m for result in results for m in result.summary[ALL])
    models = {result.model for result in results}
    columns = [r.method if len(models) == 1 else f"{r.method} ({r.model})" for r in results]
    rows = [
        (LABELS.get(measure, measure), *(cell(r.summary[ALL].get(measure)) for r in results))
        for measure in measures
    ]
    return Table(_title(results[0]), ("maat", *columns), tuple(rows))


def kind_table(result: Result) -> Table:
    """Return the measures of one method per kind of question."""
    rows = []
    for group, estimates in result.summary.items():
        count = max(estimate.count for estimate in estimates.values())
        cells = (_number(estimates.get(measure)) for measure in PER_KIND)
        rows.append((group, str(count), *cells))
    title = f"Per soort vraag, {result.split}: {result.method} ({result.model})"
    return Table(title, ("soort", "vragen", *PER_KIND), tuple(rows))


def all_tables(results: Sequence[Result]) -> list[Table]:
    """Return for each split its measures, and per kind those of the fused search."""
    tables = []
    for split in dict.fromkeys(result.split for result in results):
        inside = [result for result in results if result.split == split]
        tables.append(measure_table(inside))
        tables.extend(kind_table(result) for result in inside if result.method == FUSED)
    return tables


def to_text(table: Table) -> str:
    """Return a table in columns, names to the left and numbers to the right."""
    lines = (table.header, *table.rows)
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.header))]
    laid = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    return "\n".join((table.title, "", *laid))


def to_markdown(table: Table) -> str:
    """Return a table in Markdown under a heading."""
    rule = ("---", *("---:",) * (len(table.header) - 1))
    lines = (f"| {' | '.join(line)} |" for line in (table.header, rule, *table.rows))
    return "\n".join((f"## {table.title}", "", *lines))


def _title(result: Result) -> str:
    answerable = result.judgement.answerable
    unanswerable = int((~answerable).sum())
    return (
        f"Goudset {result.split}: {len(answerable)} vragen, "
        f"waarvan {unanswerable} zonder antwoord in de bijlage"
    )


def cell(estimate: Estimate | None) -> str:
    """Return a value with its interval, where it has one: "0.83 [0.77-0.89]"."""
    if estimate is None or isnan(estimate.low):
        return _number(estimate)
    return f"{_number(estimate)} [{estimate.low:.2f}-{estimate.high:.2f}]"


def plain(value: float | None) -> str:
    """Return a count as it is, a share in three decimals, and what is unknown as a dash."""
    if value is None:
        return NONE
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _number(estimate: Estimate | None) -> str:
    return NONE if estimate is None or isnan(estimate.value) else f"{estimate.value:.3f}"
