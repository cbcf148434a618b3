"""The memory of a process, as Linux tells it; only the standard library, because the benchmark
counts what is imported."""

from pathlib import Path

KIB = 1024


def read_memory(process: int | str = "self") -> dict[str, float]:
    """Return every size in the status of a process by its name there (VmRSS, VmHWM, RssAnon ...),
    in MiB.

    Raises:
        OSError: If there is no such process, or no /proc.
    """
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    fields = (line.partition(":") for line in lines if line.endswith(" kB"))
    return {name: int(rest.split()[0]) / KIB for name, _, rest in fields}
