"""The index folder on disk: one manifest, one generation of files, swapped in one step.

    folder/manifest.json             format, model, documents, generation, checksum of each file
    folder/generation-3f9a.../       the files themselves

A reader follows the manifest; a writer makes a new generation beside the old one, and renames the
new manifest over the old one when all of it is on disk. The old generation goes after that. So a
reader never sees a mix and a crash leaves the old index whole. No file is read before its SHA-256
is checked, and none holds anything but JSON, arrays and vectors.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    "IndexFolderError",
    "StoredIndex",
    "damaged",
    "has_index",
    "lock_folder",
    "read_folder",
    "write_folder",
]

FRESH = f"{MANIFEST}.new"
LOCK = ".lock"
PREFIX = "generation-"


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """What a folder holds: the manifest's header (JSON) and the verified bytes of each file."""

    header: Mapping[str, Any]
    files: Mapping[str, bytes]


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


def has_index(folder: Path) -> bool:
    """Say whether a folder holds a manifest."""
    return (folder / MANIFEST).exists()


def write_folder(folder: Path, header: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    """Replace what a folder holds by these files; all of it or nothing. Needs the lock.

    Raises:
        IndexFolderError: If the folder can't be written to; what it held is then unchanged (but
            for a disk that fails in the very last step: then it holds the new files, whole).
    """
    generation = f"{PREFIX}{secrets.token_hex(8)}"
    checksums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    manifest = {"format": FORMAT_VERSION, GENERATION: generation, FILES: checksums, **header}
    try:
        _write_generation(folder / generation, files)
        _write_synced(folder / FRESH, seal_manifest(manifest))
        (folder / FRESH).replace(folder / MANIFEST)
    except OSError as error:
        with suppress(OSError):
            (folder / FRESH).unlink()
        shutil.rmtree(folder / generation, ignore_errors=True)
        raise _unwritable(folder) from error
    _finish(folder, generation)


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


def _read_files(folder: Path, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """Read the manifest's generation, and check each file before anything looks into it."""
    files = {}
    for name, checksum in manifest[FILES].items():
        try:
            data = (folder / manifest[GENERATION] / name).read_bytes()
        except FileNotFoundError:
            raise
        except OSError as error:
            raise unreadable(folder) from error
        if hashlib.sha256(data).hexdigest() != checksum:
            raise damaged(folder, f"{name} klopt niet met zijn controlegetal")
        files[name] = data
    return files


def _write_generation(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put the files in a new folder; when this returns, files, folder and its name are on disk."""
    folder.mkdir()
    for name, data in files.items():
        _write_synced(folder / name, data)
    _sync_folder(folder)
    _sync_folder(folder.parent)


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
        if path.name != generation:
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
