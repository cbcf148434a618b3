"""A dossier as a file: Word or Markdown, by its extension."""

from datetime import UTC, datetime
from pathlib import Path

from chatbot.dossier.content import make_sections
from chatbot.dossier.items import Basket
from chatbot.dossier.markdown import to_markdown
from chatbot.files import check_target, write_whole

SUFFIXES = (".docx", ".md")


def render(basket: Basket, suffix: str) -> bytes:
    """Return the bytes of a dossier: Word for ".docx", else Markdown in UTF-8."""
    sections = make_sections(basket)
    if suffix.lower() == ".docx":
        from chatbot.dossier.word import to_docx

        return to_docx(sections, datetime.now(UTC))
    return to_markdown(sections).encode("utf-8")


def write_dossier(basket: Basket, path: Path) -> None:
    """Write a dossier as Word or Markdown, whole or not at all.

    Raises:
        ChatbotError: If the extension is another, or the path can't be written to.
    """
    check_target(path, SUFFIXES)
    write_whole(path, render(basket, path.suffix))
