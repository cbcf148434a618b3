"""Locks between processes: one writer of an index at a time.

The system gives a lock back when the process ends. Windows has none of this kind: nothing is kept
out there.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from index.manifest import IndexFolderError, unwritable

LOCK = ".lock"


@contextmanager
def locked(path: Path, wait: bool) -> Iterator[None]:
    """Hold the lock of a file, which is made if absent.

    Raises:
        BlockingIOError: If another process holds it and one doesn't `wait` until it is given back.
        OSError: If the file can't be written to.
    """
    with path.open("w") as file:
        if os.name == "posix":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Make the folder if needed, and keep other writers out of it.

    Raises:
        IndexFolderError: If it can't be made or written to, or another process writes to it.
    """
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(folder / LOCK, wait=False))
        except BlockingIOError as error:
            raise IndexFolderError(
                f"Een ander programma werkt de index in '{folder}' bij; wacht tot het klaar is en "
                "probeer opnieuw."
            ) from error
        except OSError as error:
            raise unwritable(folder) from error
        yield
