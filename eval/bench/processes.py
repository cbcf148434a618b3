"""Run a peer in a process of its own, and clock it from the outside.

Threads are held to one for every library that asks the environment; nothing is looked up on the
network, and nobody is told that a library is used.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from eval.bench.jobs import Asked, Built, Job, read_asked, read_built, write_json
from eval.bench.peers import Peer
from eval.bench.start import THREADS

ENVIRONMENT = {
    **THREADS,
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
}
LAST_LINES = 5


class PeerError(Exception):
    """A peer that failed; the message holds the last lines that it said."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A folder to work in, of one peer; jobs, results and indexes stand in it."""

    folder: Path

    def build(self, job: Job) -> Built:
        """Make the index.

        Raises:
            PeerError: If the peer fails.
        """
        self._run("build", job)
        return read_built(self._result)

    def ask(self, job: Job) -> Asked:
        """Answer all queries of a job.

        Raises:
            PeerError: If the peer fails.
        """
        self._run("ask", job)
        return read_asked(self._result)

    def first_answer_s(self, job: Job) -> float:
        """Return the seconds from the start of a process to its first answer.

        Raises:
            PeerError: If the peer fails.
        """
        return self._run("once", job)

    @property
    def _result(self) -> Path:
        return self.folder / "result.json"

    def _run(self, verb: str, job: Job) -> float:
        """Run one job to its end; return the seconds to its first line (0 if it says none)."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path, errors = self.folder / "job.json", self.folder / "errors.txt"
        write_json(job, path)
        command = [sys.executable, "-m", "eval.bench.worker", verb, str(path), str(self._result)]
        started = time.perf_counter()
        with errors.open("w", encoding="utf-8") as stderr:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=stderr, env=os.environ | ENVIRONMENT
            )
            assert process.stdout is not None
            line = process.stdout.readline()
            seconds = time.perf_counter() - started if line else 0.0
            process.stdout.read()
        if process.wait():
            said = errors.read_text(encoding="utf-8", errors="replace").splitlines()
            raise PeerError(f"{job.peer} {verb}: " + " / ".join(said[-LAST_LINES:]))
        return seconds


def versions(peer: Peer) -> dict[str, str]:
    """Return the version of every package that a peer stands on.

    Raises:
        PeerError: If one isn't installed.
    """
    try:
        return {package: version(package) for package in peer.packages}
    except PackageNotFoundError as error:
        raise PeerError(
            f"the package {error.name} isn't installed; see the extra `bench`"
        ) from error
