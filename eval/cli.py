"""The command `bijlage eval`, also `python -m eval`: measure, compare, guard.

Exit status 0; 1 for a fault that the user can mend, or a bound that isn't reached; 2 for wrong
usage. Everything is measured first and printed then, so that `--json` gives JSON and no more.
"""

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from importlib.util import find_spec
from io import TextIOWrapper

from corpus.enumeration import join_names
from eval.arguments import parse_arguments
from eval.commands import COMMANDS

PACKAGES = {
    "ir_measures": "ir-measures",
    "matplotlib": "matplotlib",
    "sklearn": "scikit-learn",
    "scipy": "scipy",
}
"""What the extra `eval` installs, by the name that is imported."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one measurement, print it and return the exit status."""
    options = parse_arguments(sys.argv[1:] if argv is None else argv)
    if fault := _find_missing():
        return _report(fault)
    try:
        with redirect_stdout(sys.stderr):
            text, status = COMMANDS[options.what](options)
    except _faults() as error:
        return _report(str(error))
    _print(text)
    return status


def _find_missing() -> str:
    """Return in one Dutch sentence which packages are still to be installed; "" for none."""
    missing = [name for module, name in PACKAGES.items() if find_spec(module) is None]
    if not missing:
        return ""
    return (
        f"Voor 'bijlage eval' is nog nodig: {join_names(missing)}; installeer met"
        " '.venv/bin/pip install -e .[eval]'."
    )


def _faults() -> tuple[type[Exception], ...]:
    """Return what a user can mend; imported only when something failed."""
    from eval.chamber import ChamberError
    from eval.questions import QuestionsError
    from eval.report import ReportError
    from eval.sts import StsError
    from index.encoder import ModelError
    from index.manifest import IndexFolderError

    return ChamberError, IndexFolderError, ModelError, QuestionsError, ReportError, StsError


def _report(message: str) -> int:
    """Say what the user can mend, and return the exit status for it."""
    print(f"bijlage: {message}", file=sys.stderr)
    return 1


def _print(text: str) -> None:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    print(text)
