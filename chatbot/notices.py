"""What the command line says beside its results: one line on stderr each."""

import sys

from chatbot.printable import printable


def notify(message: str) -> None:
    """Say on one line of stderr what a user should know or can mend."""
    line = " ".join(printable(message).split())
    print(f"bijlage: {line}", file=sys.stderr)


def caution(message: str) -> None:
    """Say what a user should know, though the command goes on."""
    notify(f"let op: {message}")
