"""The command line `bijlage`: parse, run, write, and turn every fault into one Dutch line.

Results go to stdout, whatever else is said to stderr. Exit status: 0; 1 for a fault that the
user can mend; 2 for wrong usage; 130 when interrupted.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from io import TextIOWrapper
from typing import TextIO

from chatbot.arguments import find_plugins, parse_arguments
from chatbot.checks import ChatbotError
from chatbot.notices import notify
from corpus.records import DocumentError

INTERRUPTED = 130  # what a shell reports after SIGINT
PIPE_CLOSED = 141  # what a shell reports after SIGPIPE


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    try:
        return _run(sys.argv[1:] if argv is None else list(argv))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The interpreter flushes stdout once more at exit; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED


def _run(arguments: list[str]) -> int:
    plugins = find_plugins()
    options = parse_arguments(arguments, plugins)
    for plugin in plugins:
        if options.command == plugin.name:
            before = arguments[: arguments.index(plugin.name)]
            return int(plugin.load()([*before, *options.rest]) or 0)
    from chatbot.commands import COMMANDS

    try:
        _write(COMMANDS[options.command](options))
    except BrokenPipeError:
        raise
    except OSError as error:
        return _report(f"Lezen of schrijven lukte niet ({error}); controleer rechten en ruimte.")
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
    from index.folder import IndexFolderError
    from index.remote.address import StoreError

    return ChatbotError, DocumentError, FilterError, IndexFolderError, ModelError, StoreError


def _write(lines: Iterable[str]) -> None:
    """Write each line to stdout as UTF-8, at once; meanwhile a library's prints go to stderr."""
    out: TextIO = sys.stdout
    if isinstance(out, TextIOWrapper):
        out.reconfigure(encoding="utf-8", errors="backslashreplace")
    with redirect_stdout(sys.stderr):
        for line in lines:
            out.write(f"{line}\n")
            out.flush()
