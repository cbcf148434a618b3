"""The index folder on disk: one manifest, one generation of files, swapped in one step.

    folder/manifest.json             format, model, documents, generation, checksum of each file
    folder/generation-3f9a.../       the files themselves

A reader follows the manifest; a writer makes a new generation beside the old one, and renames the
new manifest over the old one when all of it is on disk. The old generation goes after that. So a
reader never sees a mix and a crash leaves the old index whole. No file is read before its SHA-256
is checked, and none holds anything but JSON, arrays and vectors.
"""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORMAT_VERSION = 1
MANIFEST = "manifest.json"
LOCK = ".lock"
PREFIX = "generation-"


class IndexFolderError(Exception):
    """An index folder that can't be used; the message is one Dutch sentence with the remedy."""


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
    manifest = _read_manifest(folder)
    while True:
        try:
            return StoredIndex(manifest, _read_files(folder, manifest))
        except FileNotFoundError as error:
            newer = _read_manifest(folder)
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
        IndexFolderError: If the folder can't be written to; what it held is then unchanged.
    """
    generation = f"{PREFIX}{secrets.token_hex(8)}"
    checksums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    manifest = {"format": FORMAT_VERSION, "generation": generation, "files": checksums, **header}
    try:
        (folder / generation).mkdir()
        for name, data in files.items():
            _write_synced(folder / generation / name, data)
        _sync_folder(folder / generation)
        _replace_manifest(folder, manifest)
    except OSError as error:
        shutil.rmtree(folder / generation, ignore_errors=True)
        raise _unwritable(folder) from error
    _remove_generations(folder, keep=generation)


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


def damaged(folder: Path, fault: str) -> IndexFolderError:
    """Return the error for an index that can't be trusted."""
    return IndexFolderError(
        f"De index in '{folder}' is beschadigd ({fault}); verwijder die map en maak de index "
        f"opnieuw met 'bijlage index BRON --index {folder}'."
    )


def _read_manifest(folder: Path) -> Mapping[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexFolderError(
            f"In '{folder}' staat geen index; maak hem met 'bijlage index BRON --index {folder}'."
        ) from error
    except OSError as error:
        raise _unreadable(folder) from error
    except (ValueError, RecursionError) as error:
        raise damaged(folder, f"{MANIFEST} is geen JSON") from error
    if not isinstance(manifest, dict) or "format" not in manifest:
        raise damaged(folder, f"{MANIFEST} is geen beschrijving van een index")
    if manifest["format"] != FORMAT_VERSION:
        raise IndexFolderError(
            f"De index in '{folder}' heeft formaat {manifest['format']} en dit programma leest "
            f"formaat {FORMAT_VERSION}; verwijder die map en maak de index opnieuw met "
            f"'bijlage index BRON --index {folder}'."
        )
    return manifest


def _read_files(folder: Path, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """Read the manifest's generation, and check each file before anything looks into it."""
    generation, checksums = manifest.get("generation"), manifest.get("files")
    if not _is_plain_name(generation) or not isinstance(checksums, dict):
        raise damaged(folder, f"{MANIFEST} is onvolledig")
    files = {}
    for name, checksum in checksums.items():
        if not _is_plain_name(name):
            raise damaged(folder, f"{MANIFEST} noemt een vreemd bestand")
        try:
            data = (folder / str(generation) / name).read_bytes()
        except FileNotFoundError:
            raise
        except OSError as error:
            raise _unreadable(folder) from error
        if hashlib.sha256(data).hexdigest() != checksum:
            raise damaged(folder, f"{name} klopt niet met zijn controlegetal")
        files[name] = data
    return files


def _is_plain_name(name: object) -> bool:
    return isinstance(name, str) and name == Path(name).name and name not in {"", ".", ".."}


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _replace_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    fresh = folder / f"{MANIFEST}.new"
    _write_synced(fresh, json.dumps(manifest, ensure_ascii=False, indent=2).encode())
    fresh.replace(folder / MANIFEST)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Put the folder's own entries on disk, where the system can (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove_generations(folder: Path, keep: str) -> None:
    """Remove the old generation, and what a crash left behind."""
    for path in folder.glob(f"{PREFIX}*"):
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


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


def _unreadable(folder: Path) -> IndexFolderError:
    return IndexFolderError(
        f"De index in '{folder}' kan niet worden gelezen; controleer uw rechten, of kies met "
        "--index een andere map."
    )
