"""Write a dossier to a file: by its extension, as a whole or not at all.

A file of that name is replaced only once the new one is complete on disk; when anything fails, it
stays as it was.
"""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from chatbot.checks import ChatbotError
from chatbot.dossier.content import make_sections
from chatbot.dossier.items import Basket
from chatbot.dossier.markdown import to_markdown

SUFFIXES = (".docx", ".md")


def check_target(path: Path) -> None:
    """Return if a dossier can be written to a path, as far as can be told beforehand.

    Raises:
        ChatbotError: If the extension is another, the folder is missing or the path is a folder.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ChatbotError(f"{path}: kies een bestandsnaam die eindigt op .docx of .md.")
    if path.is_dir():
        raise ChatbotError(f"{path}: dit is een map; geef de naam van een bestand.")
    if not path.parent.is_dir():
        raise ChatbotError(f"{path}: de map bestaat niet; maak ze eerst of kies een andere.")


def render(basket: Basket, suffix: str) -> bytes:
    """Return the bytes of a dossier: Word for ".docx", else Markdown in UTF-8."""
    sections = make_sections(basket)
    if suffix.lower() == ".docx":
        from chatbot.dossier.word import to_docx

        return to_docx(sections, datetime.now(UTC))
    return to_markdown(sections).encode("utf-8")


def write_dossier(basket: Basket, path: Path) -> None:
    """Write a dossier as Word or Markdown.

    Raises:
        ChatbotError: If `check_target` refuses the path, or it can't be written to.
    """
    check_target(path)
    data = render(basket, path.suffix)
    try:
        _replace(path, data)
    except OSError as error:
        raise ChatbotError(
            f"{path}: hier kan niet worden geschreven ({error.strerror}); "
            "controleer uw rechten en de vrije ruimte, of kies een andere map."
        ) from error


def _replace(path: Path, data: bytes) -> None:
    """Put the bytes beside the target, flush them to disk, and then take the target's place."""
    handle, name = tempfile.mkstemp(prefix=".dossier-", dir=path.parent)
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
