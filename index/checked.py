"""Which large files of an index folder were found whole, so that opening needn't read them again.

The SHA-256 of an index of gigabytes takes half a minute. So what a file was when it last had the
checksum of the manifest (its bytes, its time of change, its place on the disk) is noted beside the
manifest, and it is read in full again when any of that differs. What a failing disk does to a file
that was found whole before goes unseen; without the note, everything is read.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

NOTE = ".checked.json"
Traits = list[str | int]


class CheckedFiles:
    """The files of one folder that were found whole, as its note tells."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NOTE
        self._known = _read(self._path)
        self._found: dict[str, Traits] = {}

    def knows(self, name: str, stat: os.stat_result, checksum: str) -> bool:
        """Say whether a file had this checksum, and is still the same."""
        traits = _traits(stat, checksum)
        if self._known.get(name) != traits:
            return False
        self._found[name] = traits
        return True

    def add(self, name: str, stat: os.stat_result, checksum: str) -> None:
        """Note that a file was found to have this checksum."""
        self._found[name] = _traits(stat, checksum)

    def save(self) -> None:
        """Write down what was found; a folder that can't be written to has no note."""
        if self._found == self._known:
            return
        fresh = self._path.with_name(f"{NOTE}.{os.getpid()}")
        with suppress(OSError):
            fresh.write_text(json.dumps(self._found), "utf-8")
            fresh.replace(self._path)


def _traits(stat: os.stat_result, checksum: str) -> Traits:
    return [checksum, stat.st_size, stat.st_mtime_ns, stat.st_dev, stat.st_ino]


def _read(path: Path) -> dict[str, Traits]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
