"""Write a file as a whole or not at all: an older one is replaced only by a complete new one."""

import os
import tempfile
from collections.abc import Callable, Collection
from hashlib import sha256
from pathlib import Path

from chatbot.checks import ChatbotError
from chatbot.system_errors import reason_of
from corpus.enumeration import join_names

PASSING_FILES = "GRADIO_TEMP_DIR"
"""Names the folder in which Gradio keeps what is uploaded and offered."""
UNWRITABLE = (
    "{}: hier kan niet worden geschreven ({}); controleer uw rechten en de vrije ruimte"
    ", of kies een andere map."
)


def check_target(path: Path, suffixes: Collection[str]) -> None:
    """Return if a file can be written to a path, as far as can be told beforehand.

    Raises:
        ChatbotError: If its extension is another, its folder is missing or it is a folder itself.
    """
    if path.suffix.lower() not in suffixes:
        endings = join_names(suffixes, "of")
        raise ChatbotError(f"{path}: kies een bestandsnaam die eindigt op {endings}.")
    if path.is_dir():
        raise ChatbotError(f"{path}: dit is een map; geef de naam van een bestand.")
    if not path.parent.is_dir():
        raise ChatbotError(f"{path}: de map bestaat niet; maak ze eerst of kies een andere.")


def passing_file(name: str, content: object, write: Callable[[Path], None]) -> Path:
    """Return a file that is offered on the page, written when this content, told by its `repr`, is
    offered for the first time; while a server runs it lies in the folder that goes when that stops.
    """
    own = sha256(repr(content).encode(errors="replace")).hexdigest()
    folder = Path(os.environ.get(PASSING_FILES) or tempfile.mkdtemp()) / own
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    if not file.exists():
        write(file)
    return file


def write_whole(path: Path, data: bytes) -> None:
    """Put the bytes beside the target, flush them to disk, and then take the target's place.

    Raises:
        ChatbotError: If it can't be written there; an older file stays as it was.
    """
    try:
        _replace(path, data)
    except OSError as error:
        raise ChatbotError(UNWRITABLE.format(path, reason_of(error))) from error


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(_mode(path))
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced; those of any new file otherwise."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
