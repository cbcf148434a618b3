"""The command line `bijlage`: run a command, and end as a shell expects.

Results go to stdout, whatever else is said to stderr. Exit status: 0; 1 for a fault that the
user can mend; 2 for wrong usage; 130 when interrupted. What does the work is imported under way, so
that an interrupt while it loads is one too.
"""

import os
import sys
from collections.abc import Sequence

INTERRUPTED = 130  # what a shell reports after SIGINT
PIPE_CLOSED = 141  # what a shell reports after SIGPIPE


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    try:
        from chatbot.running import run

        return run(sys.argv[1:] if argv is None else list(argv))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The interpreter flushes stdout once more at exit; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
