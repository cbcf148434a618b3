"""How the commands that make a model tell where they are."""

import sys
from time import strftime


def report(line: str) -> None:
    """Print a line with the time of day to stderr."""
    print(f"{strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)
