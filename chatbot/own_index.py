"""The user's own index: where it is, and that it always fits this program.

It is made from the bundled appendix at first use, and made again, with the user's own documents
kept in it, when the model or the code has changed: also one that goes by the appendix's name. One
that an older version left and that can't be read any more is set aside, not removed.
"""

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from platformdirs import user_data_path

from chatbot.checks import ChatbotError
from chatbot.progress import Tell, say
from corpus.readers import BUNDLED_APPENDIX
from index.embedding_cache import Progress, no_progress
from index.encoder import Encoder
from index.folder import MANIFEST, IndexFolderError, has_index, lock_folder
from index.made_by import is_made_by
from index.manifest import read_manifest
from index.storage import build_index, renew_index

CODE = Path(__file__).parent.parent  # holds the packages `corpus` and `index`
STAMP = "made-by"  # file beside the manifest: fingerprint of the code, checksum of the appendix
FIRST = "De bijlage wordt klaargezet; dat gebeurt alleen de eerste keer en duurt tot een minuut."
AGAIN = "De documenten worden opnieuw klaargezet voor deze versie; dat gebeurt één keer."
SET_ASIDE = "-oud"  # ending of the folder that holds an index which can't be read any more; -oud-2


def own_folder(other_model: bool) -> Path:
    """Return the folder: one for the bundled model, one for a model of the user's choice."""
    name = "index-ander-model" if other_model else "index"
    return user_data_path("bijlage", appauthor=False) / name


def refresh(
    folder: Path, encoder: Encoder, tell: Tell = say, progress: Progress = no_progress
) -> None:
    """Make the index, or make it again where it no longer fits; does nothing when it fits.

    `tell` is told when it is made, which takes a while, and `progress` how far that is.

    Raises:
        ChatbotError: If the folder can't be written to.
        IndexFolderError: If an index of this same program is damaged.
    """
    if _fits(folder, encoder):
        return
    with _one_at_a_time(folder):
        if _fits(folder, encoder):  # another process was first
            return
        tell(AGAIN if has_index(folder) else FIRST)
        _make(folder, encoder, progress)
        (folder / STAMP).write_text(_stamp(), encoding="utf-8")


def is_fresh(folder: Path) -> bool:
    """Return whether this very code made the index."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_bytes() == _stamp().encode()


def appendix_checksum(folder: Path) -> str:
    """Return the checksum of the bundled appendix as it stood when the index was made: a document
    of that name with another one is the user's own."""
    stamp = folder / STAMP
    noted = re.fullmatch(rb"\w+ ([0-9a-f]{64})", stamp.read_bytes()) if stamp.is_file() else None
    # Older versions noted the code only; they had the same appendix.
    return noted[1].decode() if noted else _checksum(BUNDLED_APPENDIX)


def _fits(folder: Path, encoder: Encoder) -> bool:
    return has_index(folder) and is_fresh(folder) and is_made_by(read_manifest(folder), encoder)


def _make(folder: Path, encoder: Encoder, progress: Progress) -> None:
    named_alike = _checksums(folder).get(BUNDLED_APPENDIX.stem, "")
    is_users = named_alike not in {"", appendix_checksum(folder)}
    try:
        renew_index(folder, encoder, progress, [] if is_users else [BUNDLED_APPENDIX])
    except IndexFolderError:
        if not has_index(folder) or is_fresh(folder):
            raise
        with lock_folder(folder):  # raises where the fault is another writer, or the rights
            _clear(folder)
        build_index([BUNDLED_APPENDIX], folder, encoder, progress)


def _clear(folder: Path) -> None:
    """Set an unreadable index aside; remove it where it holds the bundled appendix alone."""
    if _checksums(folder) in (
        {BUNDLED_APPENDIX.stem: checksum} for checksum in ("", appendix_checksum(folder))
    ):
        shutil.rmtree(folder)
        return
    old = _free_name(folder)
    folder.rename(old)
    print(
        f"De index van een vorige versie past niet meer en staat nu in {old};"
        " voeg eigen documenten opnieuw toe met bijlage index BRON.",
        file=sys.stderr,
    )


def _free_name(folder: Path) -> Path:
    """Return the first name for a folder to set aside that nothing goes by yet."""
    name = folder.name + SET_ASIDE
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(path for path in map(folder.with_name, names) if not path.exists())


def _checksums(folder: Path) -> dict[str, str]:
    """Return the ids of the documents that a manifest of any version names, each with the checksum
    of its source, "" where it has none; nothing where it can't be read."""
    try:
        documents = json.loads((folder / MANIFEST).read_bytes())["documents"]
        return {str(one["document_id"]): str(one.get("source_sha256", "")) for one in documents}
    except (OSError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return {}


def _stamp() -> str:
    return f"{_code_fingerprint()} {_checksum(BUNDLED_APPENDIX)}"


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _code_fingerprint() -> str:
    """Return the SHA-256 over all code that reads documents and makes an index, and its data."""
    digest = hashlib.sha256()
    code = [*CODE.glob("corpus/*.py"), *CODE.glob("index/*.py"), *CODE.glob("corpus/data/*")]
    for path in sorted(code):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Wait until no other process makes this index (where the system has locks: not Windows)."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock = folder.with_name(f".{folder.name}.lock").open("w")
    except OSError as error:
        raise ChatbotError(
            f"In de map {folder.parent} kan niet worden geschreven;"
            " kies met --index een andere map."
        ) from error
    with lock:
        if os.name == "posix":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
