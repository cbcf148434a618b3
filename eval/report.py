"""Write results to a folder: report.json, report.md and the plots."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from math import isnan
from pathlib import Path
from typing import Any

from eval.abstention import reliability, risk_coverage
from eval.experiment import Result
from eval.intervals import Estimate
from eval.plots import draw_all
from eval.tables import Table, all_tables, to_markdown

Json = dict[str, Any]


class ReportError(Exception):
    """A folder that no report can be written to; the message is one Dutch sentence."""


def to_json(results: Sequence[Result]) -> Json:
    """Return every number: splits > methods > groups > measures, and the curves of the methods
    that abstain."""
    splits: Json = {}
    for result in results:
        name = f"{result.method} ({result.model})"
        splits.setdefault(result.split, {})[name] = _result_to_json(result)
    return {"splits": splits}


def write_report(results: Sequence[Result], folder: Path) -> None:
    """Write everything into a folder, made if absent.

    Raises:
        ReportError: If it can't be written to.
    """
    with _writing_to(folder):
        plots = draw_all(results, folder)
    pictures = [f"![{path.stem}]({path.name})" for path in plots]
    write_tables(all_tables(results), to_json(results), folder, pictures)


def write_tables(
    tables: Sequence[Table], fields: Json, folder: Path, pictures: Sequence[str] = ()
) -> None:
    """Write tables as report.md and their numbers as report.json into a folder.

    Raises:
        ReportError: If it can't be written to.
    """
    parts = ["# Meting", *(to_markdown(table) for table in tables), *pictures]
    with _writing_to(folder):
        (folder / "report.json").write_text(dump(fields) + "\n", encoding="utf-8")
        (folder / "report.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def dump(fields: Json) -> str:
    """Return JSON text."""
    return json.dumps(fields, ensure_ascii=False, indent=1, allow_nan=False)


def estimates_to_json(estimates: Mapping[str, Estimate]) -> Json:
    """Return the numbers of each measure; what is unknown is null."""
    return {
        measure: {name: _number(value) for name, value in asdict(estimate).items()}
        for measure, estimate in estimates.items()
    }


def _result_to_json(result: Result) -> Json:
    fields: Json = {
        "model": result.model,
        "method": result.method,
        "groups": {group: estimates_to_json(found) for group, found in result.summary.items()},
    }
    judgement = result.judgement
    if judgement.abstains:
        coverage, risk = risk_coverage(judgement.confidence, judgement.right)
        bins = reliability(judgement.confidence, judgement.right)
        fields["risk_coverage"] = {"coverage": coverage.tolist(), "risk": risk.tolist()}
        fields["reliability"] = [asdict(found) for found in bins]
    return fields


def _number(value: float) -> float | None:
    return None if isnan(value) else value


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise ReportError(
            f"In {folder} kan niet worden geschreven; geef met --out een andere map."
        ) from error
