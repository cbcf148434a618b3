"""Have a file opened, or a page of it drawn, in a process of its own, with limits on memory, time
and output.

The process is this very interpreter, isolated from the user's environment (`-I`), without a shell;
the file goes in, and JSON or a picture comes out, through files that have no name.
"""

import json
import math
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import NoReturn

from corpus.reading import Fault, Reading, UnreadableError, decode_reading

PICTURE = b"RIFF"
"""How a WebP starts."""
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
DRAWING = Limits(output_bytes=8 << 20, base_s=8, per_megabyte_s=1)
"""Drawing looks at one page only; a page takes some tenths of a second."""


def read_apart(kind: str, data: bytes, limits: Limits = LIMITS) -> Reading:
    """Read the bytes of a file ("pdf" or "docx") in a process of its own.

    Raises:
        UnreadableError: If the file is refused, or takes more than the limits.
    """
    return _decode(_run(kind, data, limits))


def draw_apart(data: bytes, page: int, words: str = "", limits: Limits = DRAWING) -> bytes:
    """Draw a page of a PDF (from 1), with words that stand once on it marked, as WebP.

    Raises:
        UnreadableError: If there is no such page, it is refused, or takes more than the limits.
    """
    job = json.dumps({"page": page, "words": words}).encode()
    output = _run("page", job + b"\n" + data, limits)
    if not output.startswith(PICTURE):
        _raise_fault(output)
    return output


def _run(kind: str, data: bytes, limits: Limits) -> bytes:
    """Return what a worker of this kind makes of the data."""
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
        _check_status(done.returncode)
        result.seek(0)
        return result.read(limits.output_bytes + 1)


def _check_status(status: int) -> None:
    if status != 0:
        name = signal.Signals(-status).name if status < 0 else ""
        raise UnreadableError(_ENDED_BY.get(name, Fault.DAMAGED))


def _decode(output: bytes) -> Reading:
    """Turn what the process left behind into a reading or a fault."""
    try:
        if json.loads(output).get("fault") is None:
            return decode_reading(output)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError(Fault.DAMAGED) from error
    return _raise_fault(output)


def _raise_fault(output: bytes) -> NoReturn:
    try:
        fault = Fault[json.loads(output)["fault"]]
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError(Fault.DAMAGED) from error
    raise UnreadableError(fault)
