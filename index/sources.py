"""The PDF files of an index, beside it, so that a page can be shown as it was printed.

    folder/sources/SHA256.pdf

The name is the file's own checksum, which whoever reads it checks: so the files need no place in
the manifest, aren't copied for every generation, and aren't read when the index is opened. An index
without them shows text alone.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from corpus.records import Document
from index.manifest import IndexFolderError

FOLDER = "sources"
SUFFIX = ".pdf"
_OWN = re.compile(rf"[0-9a-f]{{64}}{re.escape(SUFFIX)}|new-[0-9a-f]{{16}}")
"""Names of the files that are written here; whatever else lies in the folder is left alone."""
_CHECKSUM = re.compile(r"[0-9a-f]{64}")


@contextmanager
def keep_sources(paths: Sequence[Path], folder: Path) -> Iterator[None]:
    """Put the PDF files among the sources of a build beside the index. Needs the folder's lock.

    Where the build fails they go again; what it leaves out goes by `drop_sources`.

    Raises:
        IndexFolderError: If they can't be written there.
    """
    before = {path.name for path in (folder / FOLDER).glob("*")}
    try:
        for path in map(Path, paths):
            if path.suffix.lower() == SUFFIX:
                with suppress(OSError):  # whoever reads the document says what is wrong with it
                    _keep(path.read_bytes(), folder / FOLDER)
        yield
    except BaseException:
        _remove_others(before, folder)
        raise


def drop_sources(documents: Iterable[Mapping[str, Any]], folder: Path) -> None:
    """Remove every file that none of these documents, as the manifest names them, was read from.

    Needs the folder's lock.
    """
    _remove_others({f"{document['source_sha256']}{SUFFIX}" for document in documents}, folder)


def has_source(document: Document, folder: Path) -> bool:
    """Say whether the PDF that a document was read from is there."""
    return _path_of(document, folder) is not None


def read_source(document: Document, folder: Path) -> bytes | None:
    """Return the PDF that a document was read from; None where it is absent or damaged."""
    path = _path_of(document, folder)
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == document.source_hash else None


def _path_of(document: Document, folder: Path) -> Path | None:
    if not _CHECKSUM.fullmatch(document.source_hash):
        return None
    path = folder / FOLDER / f"{document.source_hash}{SUFFIX}"
    return path if path.is_file() else None


def _remove_others(names: Collection[str], folder: Path) -> None:
    for path in (folder / FOLDER).glob("*"):
        if path.name not in names and _OWN.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def _keep(data: bytes, folder: Path) -> None:
    """Write a file whole or not at all: beside its name first, then under it."""
    path = folder / f"{hashlib.sha256(data).hexdigest()}{SUFFIX}"
    beside = folder / f"new-{secrets.token_hex(8)}"
    if path.is_file():
        return
    try:
        folder.mkdir(exist_ok=True)
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise IndexFolderError(
            f"In '{folder}' kan de PDF niet worden bewaard; controleer uw rechten en de vrije "
            "ruimte, of kies met --index een andere map."
        ) from error
