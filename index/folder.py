"""The index folder on disk: one manifest, one generation of files, swapped in one step.

    folder/manifest.json             format, model, documents, generation, checksum of each file
    folder/generation-3f9a.../       the files themselves

A reader follows the manifest; a writer makes a new generation beside the old one, and renames the
new manifest over the old one when all of it is on disk. The old generation goes after that. So a
reader never sees a mix and a crash leaves the old index whole. No file is read before its SHA-256
is checked (a large one: since it was last changed, `index.checked`), and none holds anything but
JSON, arrays and vectors.

A file that doesn't change is taken over by a second name for it (a hard link), so what is added to
a large index costs no more than what it brings. Large files are mapped, not read into memory.
"""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

from index.arrays import Buffer
from index.checked import CheckedFiles
from index.file_rows import MappedFile
from index.manifest import (
    FILES,
    FORMAT_VERSION,
    GENERATION,
    MANIFEST,
    IndexFolderError,
    damaged,
    read_manifest,
    seal_manifest,
    unreadable,
)

__all__ = [
    "FORMAT_VERSION",
    "MANIFEST",
    "Generation",
    "IndexFolderError",
    "StoredIndex",
    "damaged",
    "has_index",
    "lock_folder",
    "new_generation",
    "open_folder",
    "read_folder",
    "write_folder",
]

FRESH = f"{MANIFEST}.new"
LOCK = ".lock"
PREFIX = "generation-"
_OWN = re.compile(rf"{PREFIX}[0-9a-f]{{16}}")
"""Names of the folders that are made here; whatever else lies beside them is left alone."""
MAPPED_FROM = 8 * 2**20
"""Bytes of a file from which it is mapped."""
READERS = 2
"""Files that are checked at once: checking keeps a core busy."""


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """What a folder holds: the manifest's header (JSON) and the verified bytes of each file."""

    header: Mapping[str, Any]
    files: Mapping[str, Buffer]


def read_folder(folder: Path) -> StoredIndex:
    """Read an index folder, every file checked against the manifest.

    Raises:
        IndexFolderError: If there is no index, it is damaged, can't be read, or has another
            format version.
    """
    manifest = read_manifest(folder)
    while True:
        try:
            return StoredIndex(manifest, _read_files(folder, manifest))
        except FileNotFoundError as error:
            newer = read_manifest(folder)
            if newer == manifest:
                missing = Path(str(error.filename)).name
                raise damaged(folder, f"{missing} ontbreekt") from error
            manifest = newer  # a writer took the generation away while it was read


def open_folder(folder: Path) -> StoredIndex:
    """Read the manifest of a folder; each file is checked and read when it is first looked at.

    For a writer, which holds the lock: no generation goes away under it.

    Raises:
        IndexFolderError: As `read_folder`; for a file when it is looked at.
    """
    manifest = read_manifest(folder)
    return StoredIndex(manifest, _Files(folder, manifest))


def has_index(folder: Path) -> bool:
    """Say whether a folder holds a manifest."""
    return (folder / MANIFEST).exists()


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
            return _map_or_read(file)

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
            if stat.st_size < MAPPED_FROM or checked.knows(name, stat, checksum):
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
        raise _unwritable(folder) from error
    finally:
        if generation is not None and not generation.is_published:
            with suppress(OSError):
                (folder / FRESH).unlink()
            shutil.rmtree(generation.path, ignore_errors=True)


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Make the folder if needed, and keep other writers out of it.

    Raises:
        IndexFolderError: If it can't be made or written to, or another process writes to it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("w")
    except OSError as error:
        raise _unwritable(folder) from error
    with lock:
        _lock(lock.fileno(), folder)
        yield


class _Files(Mapping[str, Buffer]):
    """The files of a manifest's generation, by name."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        self._folder = folder
        self._generation = folder / manifest[GENERATION]
        self._checksums: Mapping[str, str] = manifest[FILES]
        self._checked = CheckedFiles(folder)
        self._read: dict[str, Buffer] = {}

    def __getitem__(self, name: str) -> Buffer:
        if name not in self._read:
            checksum = self._checksums[name]
            try:
                path = self._generation / name
                self._read[name] = _read_file(self._folder, path, checksum, self._checked)
            except FileNotFoundError as error:
                raise damaged(self._folder, f"{name} ontbreekt") from error
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._checksums

    def __iter__(self) -> Iterator[str]:
        return iter(self._checksums)

    def __len__(self) -> int:
        return len(self._checksums)


def _read_files(folder: Path, manifest: Mapping[str, Any]) -> dict[str, Buffer]:
    """Read the manifest's generation, and check each file before anything looks into it."""
    names = manifest[FILES]
    checked = CheckedFiles(folder)
    with ThreadPoolExecutor(READERS) as pool:
        paths = [folder / manifest[GENERATION] / name for name in names]
        files = [
            pool.submit(_read_file, folder, *pair, checked)
            for pair in zip(paths, names.values(), strict=True)
        ]
        read = {name: file.result() for name, file in zip(names, files, strict=True)}
    checked.save()
    return read


def _read_file(folder: Path, path: Path, checksum: str, checked: CheckedFiles) -> Buffer:
    try:
        with path.open("rb") as file:
            data = _map_or_read(file)
            is_whole = _is_whole(file, data, checksum, checked)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(folder) from error
    if not is_whole:
        raise damaged(folder, f"{path.name} klopt niet met zijn controlegetal")
    return data


def _is_whole(file: BufferedReader, data: Buffer, checksum: str, checked: CheckedFiles) -> bool:
    """Say whether an open file has a checksum; a mapped one is read in full only if it may not."""
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest() == checksum
    stat = os.fstat(file.fileno())
    name = Path(file.name).name
    if checked.knows(name, stat, checksum):
        return True
    if hashlib.file_digest(file, "sha256").hexdigest() != checksum:
        return False
    checked.add(name, stat, checksum)
    return True


def _map_or_read(file: BufferedReader) -> Buffer:
    if os.fstat(file.fileno()).st_size < MAPPED_FROM:
        return file.read()
    return MappedFile.open(file.fileno())


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
        raise _unwritable(folder) from error
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


def _lock(handle: int, folder: Path) -> None:
    """Take the lock, which the system gives back when the process ends (not on Windows)."""
    if os.name != "posix":
        return
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise IndexFolderError(
            f"Een ander programma werkt de index in '{folder}' bij; wacht tot het klaar is en "
            "probeer opnieuw."
        ) from error


def _unwritable(folder: Path) -> IndexFolderError:
    return IndexFolderError(
        f"In '{folder}' kan niet worden geschreven; controleer uw rechten en de vrije ruimte, of "
        "kies met --index een andere map."
    )
