"""One peer at work in a process of its own: `python -m eval.bench.worker VERB JOB RESULT`.

`build` makes the index; `once` opens it and answers the first query; `ask` answers all, after a
warm-up. The process keeps to one core and one thread, whatever the library would take. "answered"
on the standard output marks the first answer, for the runner's clock.
"""

import os
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from eval.bench.jobs import Ask, Asked, Built, Job, Piece, read_job, write_json
from eval.memory import KIB, read_memory

WARM_UP = 20
"""Queries that are answered once before, untimed."""
SENTENCE = '{"id": "1", "text": "VDAB bespaart tegen 2024 op zijn personeel."}'
MIB = 1024**2


def main(arguments: Sequence[str]) -> None:
    """Do one job and write what came of it."""
    verb, job_file, result = arguments
    job = read_job(Path(job_file))
    keep_to_one_core()
    peer = import_module(f"eval.bench.peers.{job.peer}")
    if verb == "build":
        write_json(build(peer, job), Path(result))
        return
    ask: Ask = peer.open_index(job.model, job.folder)
    ask(job.queries[0], job.k)
    print("answered", flush=True)
    if verb == "ask":
        write_json(answer_all(ask, job), Path(result))


def build(peer: ModuleType, job: Job) -> Built:
    """Let a peer make its index, from the file to the files, its model's loading included.

    It first indexes one sentence: libraries that are only imported when needed are then there.
    """
    with TemporaryDirectory() as name:
        sentence = Path(name) / "sentence.jsonl"
        sentence.write_text(SENTENCE, encoding="utf-8")
        (Path(name) / "index").mkdir()
        peer.build(sentence, job.model, Path(name) / "index")
    job.folder.mkdir(parents=True, exist_ok=True)
    clock, processor = time.perf_counter(), time.process_time()
    pieces = peer.build(job.source, job.model, job.folder)
    processor_s, clock_s = time.process_time() - processor, time.perf_counter() - clock
    return Built(pieces, clock_s, processor_s, peak_mib(), disk_mib(job.folder))


def answer_all(ask: Ask, job: Job) -> Asked:
    """Let a peer answer every query, one after another."""
    for query in job.queries[:WARM_UP]:
        ask(query, job.k)
    hits: list[tuple[Piece, ...]] = []
    clock_ms, processor_ms = [], []
    for query in job.queries:
        clock, processor = time.perf_counter(), time.process_time()
        found = ask(query, job.k)
        processor_ms.append(1000 * (time.process_time() - processor))
        clock_ms.append(1000 * (time.perf_counter() - clock))
        hits.append(tuple(found))
    return Asked(tuple(hits), tuple(clock_ms), tuple(processor_ms), peak_mib())


def keep_to_one_core() -> None:
    """Bind this process and its threads to one core, where the system can (Linux)."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def peak_mib() -> float:
    """Return the most resident memory that this process ever had.

    From /proc where there is one: `getrusage` counts in what the parent had at the fork.
    """
    if Path("/proc/self/status").exists():
        return read_memory()["VmHWM"]
    import resource

    unit = MIB if sys.platform == "darwin" else KIB  # macOS counts bytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def disk_mib(folder: Path) -> float:
    """Return the size of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MIB


if __name__ == "__main__":
    main(sys.argv[1:])
