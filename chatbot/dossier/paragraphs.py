"""The paragraphs of a dossier: plain text, and the source that a note gives to it."""

from dataclasses import dataclass
from enum import Enum


class Style(Enum):
    """How a paragraph is set."""

    LABEL = "label"
    """A few words over what follows."""
    QUOTE = "quote"
    """Words of the document."""
    TEXT = "text"
    """Words of Bijlage or of the member."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of printable text without newline, and the source that a note gives, or ""."""

    style: Style
    text: str
    source: str = ""
