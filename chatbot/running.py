"""Run one command of `bijlage`, write its lines, and turn every fault into one Dutch line."""

import os
import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from chatbot.arguments import find_plugins, parse_arguments
from chatbot.checks import ChatbotError
from chatbot.notices import notify
from chatbot.printable import printable
from chatbot.system_errors import reason_of
from corpus.records import DocumentError

NO_OUTPUT = (
    "Het resultaat kan nergens heen: de standaarduitvoer is gesloten; stuur ze naar een bestand of"
    " naar /dev/null."
)


def run(arguments: list[str]) -> int:
    """Run the command that the arguments name, and return its exit status.

    Raises:
        SystemExit: For wrong usage and for the help.
        BrokenPipeError: If what reads the output has stopped.
    """
    if sys.stderr is None:  # closed by whoever started this: what is said goes nowhere
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
    plugins = find_plugins()
    options = parse_arguments(arguments, plugins)
    for plugin in plugins:
        if options.command == plugin.name:
            before = arguments[: arguments.index(plugin.name)]
            return int(plugin.load()([*before, *options.rest]) or 0)
    from chatbot.commands import COMMANDS

    try:
        lines = COMMANDS[options.command](options)
        _write(lines if options.json else map(printable, lines))
    except BrokenPipeError:
        raise
    except OSError as error:
        file = f" ({error.filename})" if error.filename else ""
        return _report(
            f"Lezen of schrijven lukte niet{file}, {reason_of(error)}; controleer rechten en"
            " ruimte."
        )
    except _faults() as error:
        return _report(str(error))
    return 0


def _report(message: str) -> int:
    """Say what the user can mend, and return the exit status for it."""
    notify(message)
    return 1


def _faults() -> tuple[type[Exception], ...]:
    """Return what a user can mend; imported only when something failed."""
    from index.encoder import ModelError
    from index.filters import FilterError
    from index.manifest import IndexFolderError
    from index.remote.address import StoreError

    return ChatbotError, DocumentError, FilterError, IndexFolderError, ModelError, StoreError


def _write(lines: Iterable[str]) -> None:
    """Write each line to stdout as UTF-8, at once; meanwhile a library's prints go to stderr.

    Raises:
        ChatbotError: If stdout is closed; nothing was done then.
    """
    out: TextIO | None = sys.stdout
    if out is None:
        raise ChatbotError(NO_OUTPUT)
    if isinstance(out, TextIOWrapper):
        out.reconfigure(encoding="utf-8", errors="backslashreplace")
    with redirect_stdout(sys.stderr):
        for line in lines:
            out.write(f"{line}\n")
            out.flush()
