"""Have a file opened in a process of its own, with limits on memory, time and output.

The process is this very interpreter, isolated from the user's environment (`-I`), without a shell;
the file goes in and JSON comes out through files that have no name.
"""

import json
import math
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from corpus.reading import Fault, Reading, UnreadableError, decode_reading

_ENDED_BY = {"SIGXCPU": Fault.TOO_SLOW, "SIGKILL": Fault.TOO_LARGE}
"""The signals by which a system ends a process that takes too much time or memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What opening one file may take. Time is `base_s` and `per_megabyte_s` for its size, on the
    processor; on the clock `patience` times as long, for a machine that is busy."""

    file_bytes: int = 100 << 20
    memory_bytes: int = 1 << 30
    output_bytes: int = 64 << 20
    base_s: float = 4
    per_megabyte_s: float = 25
    patience: float = 8

    def seconds(self, file_bytes: int) -> float:
        """Return the processor time for a file of this size."""
        return self.base_s + self.per_megabyte_s * file_bytes / (1 << 20)


LIMITS = Limits()


def read_apart(kind: str, data: bytes, limits: Limits = LIMITS) -> Reading:
    """Read the bytes of a file ("pdf" or "docx") in a process of its own.

    Raises:
        UnreadableError: If the file is refused, or takes more than the limits.
    """
    if len(data) > limits.file_bytes:
        raise UnreadableError(Fault.TOO_LARGE)
    seconds = limits.seconds(len(data))
    numbers = (limits.memory_bytes, math.ceil(seconds), limits.output_bytes)
    command = [sys.executable, "-I", "-m", "corpus.worker", kind, *map(str, numbers)]
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as result:
        source.write(data)
        source.seek(0)
        try:
            done = subprocess.run(
                command,
                stdin=source,
                stdout=result,
                stderr=subprocess.DEVNULL,
                timeout=limits.patience * seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableError(Fault.TOO_SLOW) from error
        result.seek(0)
        return _decode(done.returncode, result.read(limits.output_bytes + 1))


def _decode(status: int, output: bytes) -> Reading:
    """Turn what the process left behind into a reading or a fault."""
    if status != 0:
        name = signal.Signals(-status).name if status < 0 else ""
        raise UnreadableError(_ENDED_BY.get(name, Fault.DAMAGED))
    try:
        fault = json.loads(output).get("fault")
        if fault is None:
            return decode_reading(output)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError(Fault.DAMAGED) from error
    raise UnreadableError(Fault[fault])
