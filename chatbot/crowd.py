"""How many may ask for something at once; whoever comes then is asked to try again.

The questions of other programs, over HTTP and MCP together, are one such crowd. The page's own
wait in Gradio's queue, which is limited apart; so a program that asks without pause takes no
reader's turn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

MAX_AT_ONCE = 8  # the server has threads for 40; a question takes a few milliseconds
BUSY = "Even geduld: er worden te veel vragen tegelijk gesteld; vraag het zo dadelijk opnieuw."


class TooBusyError(Exception):
    """More is asked at once than can be answered; the message is one Dutch sentence."""


class Crowd:
    """Those that are asking now, `most` at once."""

    def __init__(self, most: int = MAX_AT_ONCE) -> None:
        self._places = BoundedSemaphore(most)

    @contextmanager
    def admit(self) -> Iterator[None]:
        """Take a place while an answer is made.

        Raises:
            TooBusyError: If there is none.
        """
        if not self._places.acquire(blocking=False):
            raise TooBusyError(BUSY)
        try:
            yield
        finally:
            self._places.release()
