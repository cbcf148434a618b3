"""The manifest of an index folder: what the folder holds, sealed with its own SHA-256.

It is JSON in exactly one form, so that no bit of it can change unseen: what is read must give,
written again, the same bytes, the checksum of all other fields among them.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FORMAT_VERSION = 6
MANIFEST = "manifest.json"
SEAL = "seal"
GENERATION = "generation"
FILES = "files"


class IndexFolderError(Exception):
    """An index folder that can't be used; the message is one Dutch sentence with the remedy."""


def seal_manifest(fields: Mapping[str, Any]) -> bytes:
    """Return the manifest with these fields as bytes, with its checksum; an old one is replaced."""
    rest = {name: value for name, value in fields.items() if name != SEAL}
    checksum = hashlib.sha256(_to_bytes(rest)).hexdigest()
    return _to_bytes({SEAL: checksum, **rest})


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """Read the manifest of a folder, checked.

    Raises:
        IndexFolderError: If there is none, it is damaged, can't be read, or has another format.
    """
    try:
        data = (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexFolderError(
            f"In '{folder}' staat geen index; maak hem met 'bijlage index BRON --index {folder}'."
        ) from error
    except OSError as error:
        raise unreadable(folder) from error
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise damaged(folder, f"{MANIFEST} is geen JSON") from error
    _check(folder, manifest, data)
    return dict(manifest)


def damaged(folder: Path, fault: str) -> IndexFolderError:
    """Return the error for an index that can't be trusted."""
    return IndexFolderError(
        f"De index in '{folder}' is beschadigd ({fault}); verwijder die map en maak de index "
        f"opnieuw met 'bijlage index BRON --index {folder}'."
    )


def unreadable(folder: Path) -> IndexFolderError:
    """Return the error for an index that the system doesn't let us read."""
    return IndexFolderError(
        f"De index in '{folder}' kan niet worden gelezen; controleer uw rechten, of kies met "
        "--index een andere map."
    )


def unwritable(folder: Path) -> IndexFolderError:
    """Return the error for a folder that the system doesn't let us write to."""
    return IndexFolderError(
        f"In '{folder}' kan niet worden geschreven; controleer uw rechten en de vrije ruimte, of "
        "kies met --index een andere map."
    )


def _check(folder: Path, manifest: object, data: bytes) -> None:
    if not isinstance(manifest, dict) or "format" not in manifest:
        raise damaged(folder, f"{MANIFEST} is geen beschrijving van een index")
    if SEAL in manifest and seal_manifest(manifest) != data:
        raise damaged(folder, f"{MANIFEST} klopt niet met zijn controlegetal")
    if manifest["format"] != FORMAT_VERSION:
        raise IndexFolderError(
            f"De index in '{folder}' heeft formaat {manifest['format']} en dit programma leest "
            f"formaat {FORMAT_VERSION}; verwijder die map en maak de index opnieuw met "
            f"'bijlage index BRON --index {folder}'."
        )
    if SEAL not in manifest:
        raise damaged(folder, f"{MANIFEST} heeft geen controlegetal")
    files = manifest.get(FILES)
    names = [manifest.get(GENERATION), *files] if isinstance(files, dict) else [None]
    if not all(_is_plain_name(name) for name in names):
        raise damaged(folder, f"{MANIFEST} noemt een vreemd bestand")


def _is_plain_name(name: object) -> bool:
    return isinstance(name, str) and name == Path(name).name and name not in {"", ".", ".."}


def _to_bytes(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, indent=2).encode()
