"""A generation of the files of an index folder while it is written, and how it takes its place.

A file that doesn't change is taken over by a second name for it (a hard link), so what is added to
a large index costs no more than what it brings.
"""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from index.arrays import Buffer
from index.checked import CheckedFiles
from index.file_rows import is_large, map_or_read
from index.manifest import (
    FILES,
    FORMAT_VERSION,
    GENERATION,
    MANIFEST,
    seal_manifest,
    unwritable,
)

FRESH = f"{MANIFEST}.new"
PREFIX = "generation-"
_OWN = re.compile(rf"{PREFIX}[0-9a-f]{{16}}")
"""Names of the folders that are made here; whatever else lies beside them is left alone."""


class Generation:
    """A generation that is being written: nothing of it is seen before it is published."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = f"{PREFIX}{secrets.token_hex(8)}"
        self._checksums: dict[str, str] = {}
        self._kept: set[str] = set()
        self.is_published = False
        self.path = folder / self._name
        self.path.mkdir()

    def write(self, name: str, data: bytes) -> None:
        """Write a file."""
        _write_synced(self.path / name, data)
        self._checksums[name] = hashlib.sha256(data).hexdigest()

    def seal(self, name: str) -> None:
        """Take in a file that was written in `path` under this name."""
        with (self.path / name).open("rb") as file:
            os.fsync(file.fileno())
            self._checksums[name] = hashlib.file_digest(file, "sha256").hexdigest()

    def read(self, name: str) -> Buffer:
        """Return the bytes of a file that was written, mapped when there are many."""
        with (self.path / name).open("rb") as file:
            return map_or_read(file)

    def keep(self, manifest: Mapping[str, Any], name: str) -> None:
        """Take over a file of the generation that a manifest of this folder names."""
        old = self._folder / manifest[GENERATION] / name
        try:
            os.link(old, self.path / name)
        except OSError:  # a file system without second names
            shutil.copyfile(old, self.path / name)
            self.seal(name)
        self._checksums[name] = manifest[FILES][name]
        self._kept.add(name)

    def publish(self, header: Mapping[str, Any]) -> None:
        """Put the generation in the place of what the folder holds."""
        fields = {"format": FORMAT_VERSION, GENERATION: self._name, FILES: self._checksums}
        _sync_folder(self.path)
        _sync_folder(self._folder)
        _write_synced(self._folder / FRESH, seal_manifest({**fields, **header}))
        (self._folder / FRESH).replace(self._folder / MANIFEST)
        self.is_published = True
        self._note_checked()
        _finish(self._folder, self._name)

    def _note_checked(self) -> None:
        """Note that the large files are whole: those written now, and those kept that were."""
        checked = CheckedFiles(self._folder)
        for name, checksum in self._checksums.items():
            stat = (self.path / name).stat()
            if not is_large(stat) or checked.knows(name, stat, checksum):
                continue
            if name not in self._kept:
                checked.add(name, stat, checksum)
        checked.save()


@contextmanager
def new_generation(folder: Path) -> Iterator[Generation]:
    """Make a generation, and remove it when it isn't published. Needs the lock.

    Raises:
        IndexFolderError: If the folder can't be written to; see `write_folder`.
    """
    generation = None
    try:
        generation = Generation(folder)
        yield generation
    except OSError as error:
        raise unwritable(folder) from error
    finally:
        if generation is not None and not generation.is_published:
            with suppress(OSError):
                (folder / FRESH).unlink()
            shutil.rmtree(generation.path, ignore_errors=True)


def write_folder(folder: Path, header: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """Replace what a folder holds by these files; all of it or nothing. Needs the lock.

    Raises:
        IndexFolderError: If the folder can't be written to; what it held is then unchanged (but
            for a disk that fails in the very last step: then it holds the new files, whole).
    """
    with new_generation(folder) as generation:
        for name, data in files.items():
            generation.write(name, data)
        generation.publish(header)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _finish(folder: Path, generation: str) -> None:
    """Put the new manifest's name on disk, then remove the old generation, and crashed ones.

    A disk that fails between the two has either manifest, and both generations are still there.
    """
    try:
        _sync_folder(folder)
    except OSError as error:
        raise unwritable(folder) from error
    for path in folder.glob(f"{PREFIX}*"):
        if path.name != generation and _OWN.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    """Put the folder's own entries on disk, where the system can (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
