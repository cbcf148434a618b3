"""Something slow to load that is loaded once, in a thread of its own, when it is first needed."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Generic, TypeVar

Loaded = TypeVar("Loaded")


class Later(Generic[Loaded]):
    """What `load` gives; whoever asks first begins it, and all wait for the same one."""

    def __init__(self, load: Callable[[], Loaded]) -> None:
        self._loading: Future[Loaded] = Future()
        self._load = load
        self._beginning = Lock()

    def begin(self) -> None:
        """Start the thread, once."""
        with self._beginning:
            if not self._loading.running() and not self._loading.done():
                self._loading.set_running_or_notify_cancel()
                Thread(target=self._fill, daemon=True, name="model").start()

    def result(self) -> Loaded:
        """Return it when it is there, or raise what went wrong."""
        self.begin()
        return self._loading.result()

    def _fill(self) -> None:
        try:
            self._loading.set_result(self._load())
        except BaseException as error:  # whoever waits gets it
            self._loading.set_exception(error)
