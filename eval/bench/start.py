"""What a warm question costs, and how soon `bijlage ask` answers from a cold start.

    python -m eval.bench [RUNS]

One thread; a warm question is timed in processor time, which other programs on the machine don't
count in. Start-ups are whole processes, measured in turns with a process that only imports
sentence-transformers, so that both see the same machine; the median of RUNS (default 5) counts.
The numbers are for reading; no test depends on them.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

QUESTION = "Hoeveel personeelsleden moet VDAB besparen tegen 2024?"
IMPORT_ALONE = (sys.executable, "-c", "import sentence_transformers")
THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
WARM_UP = 20
RUNS = 5


def main(arguments: Sequence[str]) -> None:
    """Print both measurements, the start-up also as a ratio."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench", description="`peers --help` and `growth --help` tell the rest."
    )
    parser.add_argument("runs", type=int, nargs="?", default=RUNS, help="start-ups of each command")
    runs = parser.parse_args(arguments).runs
    os.environ.update(THREADS)
    from corpus.readers import BUNDLED_APPENDIX
    from index.encoder import Encoder
    from index.storage import build_index

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "index"
        report = build_index([BUNDLED_APPENDIX], folder, Encoder.load())
        size = f"{report.answers} answers, {report.passages} passages"
        print(f"{size}, built in {report.seconds:.2f} s")
        report_warm(folder)
        report_start(folder, runs)


def report_warm(folder: Path) -> None:
    """Print what the dev questions cost, one after another, in milliseconds of processor time."""
    from eval.questions import read_gold
    from eval.timing import time_each_ms
    from index.search import search
    from index.storage import load_index

    index = load_index(folder)
    questions = [question.turns[0] for question in read_gold("dev")]
    costs = time_each_ms(lambda question: search(index, question), questions, WARM_UP)
    slowest = statistics.quantiles(costs, n=20)[-1]
    middle = statistics.median(costs)
    print(f"warm question: median {middle:.1f} ms, 95th percentile {slowest:.1f} ms")


def report_start(folder: Path, runs: int) -> None:
    """Print the seconds of a cold `bijlage ask` and of the import alone."""
    command = Path(sys.executable).with_name("bijlage")
    ask = (str(command), "ask", QUESTION, "--index", str(folder))
    pairs = [(_run_s(ask), _run_s(IMPORT_ALONE)) for _ in range(runs)]
    asked, imported = (statistics.median(seconds) for seconds in zip(*pairs, strict=True))
    print(
        f"bijlage ask: {asked:.2f} s; import sentence_transformers alone: {imported:.2f} s; "
        f"ratio {asked / imported:.2f}, {asked - imported:.2f} s more"
    )


def _run_s(command: Sequence[str]) -> float:
    """Return the wall-clock seconds of a command that must succeed."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
