"""The progress of long work on the screen; on stderr, and only where somebody looks at it."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue

from index.embedding_cache import Progress

FORMAT = "Teksten verwerkt: {percentage:3.0f} % |{bar}| {n_fmt} van {total_fmt} [nog {remaining}]"
COUNT = "Teksten verwerkt: {} van {}."

Tell = Callable[[str], None]
"""Told in one sentence what takes long now."""


def follow(work: Callable[[Progress], object]) -> Iterator[tuple[int, int]]:
    """Do work, and yield as it goes how many texts were encoded, of how many that are known of.

    What the work raises is raised after the last.
    """
    told: SimpleQueue[tuple[int, int] | None] = SimpleQueue()
    with ThreadPoolExecutor(1) as worker:
        doing = worker.submit(work, lambda done, total: told.put((done, total)))
        doing.add_done_callback(lambda _: told.put(None))
        yield from iter(told.get, None)
        doing.result()


def say(words: str) -> None:
    """Say on the screen what takes long now."""
    if sys.stderr.isatty():
        print(words, file=sys.stderr, flush=True)


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Give what tells a bar how many texts were encoded, of how many that are known of."""
    from tqdm import tqdm

    is_seen = sys.stderr.isatty()
    with tqdm(bar_format=FORMAT, leave=False, mininterval=0, disable=not is_seen) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield tell
