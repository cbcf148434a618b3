"""What a reader gets out of a file with a layout: pages, hints on their lines, link targets.

A reading travels between two processes as JSON (never pickle): `encode_reading` in the one that
reads, `decode_reading` in the one that asked for it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from corpus.records import Page

MAX_PAGES = 2_000
"""More pages than any appendix counts (the bundled one has 28)."""


class Fault(Enum):
    """Why a file can't be read: the end of the Dutch sentence that starts with its name."""

    NOT_PDF = "dit is geen PDF-bestand; geef een bestand dat als PDF is bewaard"
    NOT_DOCX = "dit is geen Word-bestand (.docx); bewaar het in Word opnieuw als .docx"
    OLD_WORD = (
        "dit is een oud (.doc) of beveiligd Word-bestand; bewaar het zonder wachtwoord als .docx"
    )
    CUT_OFF = "dit bestand is afgebroken, het einde ontbreekt; haal of kopieer het opnieuw"
    DAMAGED = "dit bestand is beschadigd; haal het opnieuw op of bewaar het opnieuw"
    ENCRYPTED = "dit bestand is beveiligd; bewaar het zonder wachtwoord en probeer opnieuw"
    NO_PAGES = "dit bestand bevat geen pagina's; geef een bestand met tekst"
    EMPTY = "dit bestand bevat geen tekst; geef een bestand met vragen en antwoorden"
    NO_TEXT = (
        "dit bestand heeft geen tekstlaag, het is leeg of een scan; "
        "maak het doorzoekbaar met tekstherkenning (OCR)"
    )
    GARBLED = (
        "de tekst is niet leesbaar, de lettertypen zeggen niet welke letters het zijn; "
        "bewaar het document opnieuw als PDF"
    )
    ENTITIES = "dit bestand bevat een DTD; bewaar het in Word opnieuw als .docx"
    TOO_MANY_PAGES = f"dit bestand telt meer dan {MAX_PAGES} pagina's; splits het"
    TOO_LARGE = "dit bestand wordt bij het openen te groot; splits het of bewaar het opnieuw"
    TOO_SLOW = "het openen van dit bestand duurt te lang; splits het of bewaar het opnieuw"


class UnreadableError(Exception):
    """A file that a reader refuses, with its fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class LineHint:
    """What a file tells of one line besides its text: how it is set ("" if unknown; lines with the
    same value look alike), whether it starts a paragraph (None if the file doesn't tell),
    how large its letters are against the usual ones (0 if unknown, or all are equally wide), and
    whether it belongs to a note at the foot of its page."""

    style: str = ""
    starts_paragraph: bool | None = None
    scale: float = 0
    is_note: bool = False


NO_HINT = LineHint()

Hints = Mapping[tuple[int, int], LineHint]
"""Hints by page number and 0-based row on that page; a line without one has none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's pages, hints, link targets (each once, in order), the title that its properties
    give (may be empty), and the numbers of the pages that are pictures without a text layer."""

    pages: tuple[Page, ...]
    hints: Hints = field(default_factory=dict)
    link_targets: tuple[str, ...] = ()
    title: str = ""
    pages_without_text: tuple[int, ...] = ()


def encode_reading(reading: Reading) -> bytes:
    """Return a reading as UTF-8 JSON."""
    pages = [
        {"number": page.number, "lines": [_with_hint(page, row, reading.hints) for row in rows]}
        for page in reading.pages
        for rows in [range(len(page.lines))]
    ]
    fields = {
        "pages": pages,
        "link_targets": reading.link_targets,
        "title": reading.title,
        "pages_without_text": reading.pages_without_text,
    }
    return json.dumps(fields, ensure_ascii=False).encode("utf-8")


def decode_reading(data: bytes) -> Reading:
    """Read what `encode_reading` wrote.

    Raises:
        ValueError: If it isn't JSON.
        KeyError, TypeError: If it lacks a field or holds another kind of value.
    """
    fields = json.loads(data)
    pages: list[Page] = []
    hints: dict[tuple[int, int], LineHint] = {}
    for page in fields["pages"]:
        number = int(page["number"])
        pages.append(Page(number, tuple(str(line[0]) for line in page["lines"])))
        for row, (_, style, starts, scale, is_note) in enumerate(page["lines"]):
            known = None if starts is None else bool(starts)
            hint = LineHint(str(style), known, float(scale), bool(is_note))
            if hint != NO_HINT:
                hints[number, row] = hint
    targets = tuple(str(target) for target in fields["link_targets"])
    pictures = tuple(int(number) for number in fields["pages_without_text"])
    return Reading(tuple(pages), hints, targets, str(fields["title"]), pictures)


def _with_hint(page: Page, row: int, hints: Hints) -> list[Any]:
    hint = hints.get((page.number, row), NO_HINT)
    return [page.lines[row], hint.style, hint.starts_paragraph, hint.scale, hint.is_note]
