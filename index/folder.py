"""The index folder on disk: one manifest, one generation of files, swapped in one step.

    folder/manifest.json             format, model, documents, generation, checksum of each file
    folder/generation-3f9a.../       the files themselves

A reader follows the manifest; a writer makes a new generation beside the old one, and renames the
new manifest over the old one when all of it is on disk (`index.generation`). The old generation
goes after that. So a reader never sees a mix and a crash leaves the old index whole. No file is
read before its SHA-256 is checked (a large one: since it was last changed, `index.checked`), and
none holds anything but JSON, arrays and vectors. Large files are mapped, not read into memory.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

from index.arrays import Buffer
from index.checked import CheckedFiles
from index.file_rows import map_or_read
from index.manifest import FILES, GENERATION, MANIFEST, damaged, read_manifest, unreadable

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
            data = map_or_read(file)
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
