"""A floor under the dev measures of the shipped search: what was reached must not be lost.

`floors.json` holds {"min": {"GROUP/MEASURE": value}, "max": {...}}, set a margin under (over) what
was measured on dev. Nothing is ever chosen or checked on test here.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from eval.experiment import ModelChoice, Summary, run_gold
from eval.questions import CHOOSING

MARGIN = 0.02
"""How far under what is measured a floor is set: ten of the 512 answerable dev questions."""

Bounds = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Check:
    """One measure against its bound."""

    name: str
    value: float
    bound: float
    is_minimum: bool

    @property
    def holds(self) -> bool:
        """Whether the value is on the right side of its bound (or on it)."""
        return self.value >= self.bound if self.is_minimum else self.value <= self.bound

    def __str__(self) -> str:
        sign = ">=" if self.is_minimum else "<="
        verdict = "in orde" if self.holds else "NIET GEHAALD"
        return f"{self.name:<36} {self.value:.3f} {sign} {self.bound:.3f}  {verdict}"


def check_dev(floors: Path) -> tuple[Check, ...]:
    """Measure the bundled model's fused search on dev and the fictitious appendices (whose groups
    are called "second GROUP" and so on), as far as there are bounds, and compare it with them."""
    bounds = json.loads(floors.read_text(encoding="utf-8"))
    named = {_split_of(name) for side in bounds.values() for name in side}
    splits = [split for split in CHOOSING if split in named]
    return compare(
        {
            group if result.split == CHOOSING[0] else f"{result.split} {group}": found
            for result in run_gold([ModelChoice()], splits, only_fused=True)
            for group, found in result.summary.items()
        },
        bounds,
    )


def renew(checks: Sequence[Check]) -> tuple[Check, ...]:
    """Return the checks with bounds a margin from their values, within [0, 1]."""
    return tuple(replace(check, bound=_bound(check)) for check in checks)


def write_bounds(checks: Sequence[Check], floors: Path) -> None:
    """Write the bounds of checks to a file."""
    sides = {
        "min": {check.name: check.bound for check in checks if check.is_minimum},
        "max": {check.name: check.bound for check in checks if not check.is_minimum},
    }
    floors.write_text(json.dumps(sides, indent=1) + "\n", encoding="utf-8")


def compare(summary: Summary, bounds: Bounds) -> tuple[Check, ...]:
    """Return a check per bound.

    Raises:
        ValueError: If a bound names a group or measure that there isn't.
    """
    return tuple(_checks(summary, bounds))


def checks_to_json(checks: Sequence[Check]) -> dict[str, Any]:
    """Return every check with its verdict, by its name."""
    return {check.name: asdict(check) | {"holds": check.holds} for check in checks}


def failures(checks: Sequence[Check]) -> int:
    """Return how many checks don't hold."""
    return sum(not check.holds for check in checks)


def _split_of(name: str) -> str:
    first = name.split(" ", maxsplit=1)[0]
    return first if first in CHOOSING else CHOOSING[0]


def _checks(summary: Summary, bounds: Bounds) -> Iterator[Check]:
    for side in ("min", "max"):
        for name, bound in bounds[side].items():
            group, _, measure = name.partition("/")
            if measure not in summary.get(group, {}):
                raise ValueError(f"no such measure: {name!r}")
            yield Check(name, summary[group][measure].value, bound, side == "min")


def _bound(check: Check) -> float:
    bound = check.value - MARGIN if check.is_minimum else check.value + MARGIN
    return round(min(max(bound, 0.0), 1.0), 3)
