"""Large files of an index are read in full when they may have changed, and only then."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import index.file_rows
from index.checked import NOTE
from index.folder import read_folder
from index.generation import new_generation, write_folder
from index.lock import lock_folder
from index.manifest import IndexFolderError, read_manifest

LARGE, SMALL = b"x" * 64, b"klein"


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.file_rows, "MAPPED_FROM", len(LARGE))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    with lock_folder(folder):
        write_folder(folder, {}, {"groot": LARGE, "klein": SMALL})
    return folder


@pytest.fixture
def digested(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read in full to be checked."""
    names: list[str] = []
    plain: Callable[..., object] = hashlib.file_digest

    def digest(file: object, algorithm: str) -> object:
        names.append(Path(str(getattr(file, "name", ""))).name)
        return plain(file, algorithm)

    monkeypatch.setattr(hashlib, "file_digest", digest)
    return names


def path_of(folder: Path, name: str) -> Path:
    (path,) = folder.glob(f"generation-*/{name}")
    return path


def test_what_was_written_is_not_read_again(folder: Path, digested: list[str]) -> None:
    assert bytes(read_folder(folder).files["groot"][:]) == LARGE
    assert digested == []


def test_without_the_note_it_is_read_once(folder: Path, digested: list[str]) -> None:
    (folder / NOTE).unlink()
    for _ in range(3):
        read_folder(folder)
    assert digested == ["groot"]


@pytest.mark.parametrize("note", ["", "{", "[]", '{"groot": 3}', '{"groot": [1, 2]}'])
def test_a_damaged_note_counts_for_nothing(folder: Path, digested: list[str], note: str) -> None:
    (folder / NOTE).write_text(note)
    read_folder(folder)
    assert digested == ["groot"]


def test_a_changed_file_is_refused(folder: Path) -> None:
    path = path_of(folder, "groot")
    path.write_bytes(LARGE[:-1] + b"?")
    with pytest.raises(IndexFolderError, match="groot klopt niet"):
        read_folder(folder)


def test_another_file_of_the_same_age_is_refused(folder: Path) -> None:
    path = path_of(folder, "groot")
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    other = path.with_name("anders")
    other.write_bytes(LARGE[:-1] + b"?")
    os.utime(other, ns=times)
    other.replace(path)
    with pytest.raises(IndexFolderError, match="groot klopt niet"):
        read_folder(folder)


def test_a_small_file_is_always_checked(folder: Path) -> None:
    path = path_of(folder, "klein")
    stat = path.stat()
    path.write_bytes(SMALL[::-1])
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    with pytest.raises(IndexFolderError, match="klein klopt niet"):
        read_folder(folder)


def test_a_folder_that_takes_no_note_can_still_be_read(folder: Path) -> None:
    (folder / NOTE).unlink()
    (folder / NOTE).mkdir()  # what no file can replace
    assert bytes(read_folder(folder).files["groot"][:]) == LARGE


def test_a_file_that_is_taken_over_stays_checked(folder: Path, digested: list[str]) -> None:
    manifest = read_manifest(folder)
    with lock_folder(folder), new_generation(folder) as generation:
        generation.keep(manifest, "groot")
        generation.publish({})
    assert bytes(read_folder(folder).files["groot"][:]) == LARGE
    assert digested == []
