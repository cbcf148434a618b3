"""Read a source file into documents: an appendix (.txt, .pdf, .docx) or answers (.jsonl).

Beside an appendix `NAME.txt` a file `NAME.meta.json` may say what its text can't: title, committee,
year and source. This module is the only one in the package that reads files; a PDF or Word file is
opened in a process of its own (`corpus.sandbox`).
"""

import hashlib
import re
from pathlib import Path
from typing import Any

from corpus.answers import read_answers
from corpus.cleaning import without_halves
from corpus.enumeration import join_names
from corpus.jsonl import load_json, read_jsonl
from corpus.pages import split_pages
from corpus.reading import Reading, UnreadableError
from corpus.records import Document, DocumentError
from corpus.sandbox import read_apart

BUNDLED_APPENDIX = Path(__file__).parent / "data" / "bbt-wse-2021.txt"
SUFFIXES = (".txt", ".pdf", ".docx", ".jsonl")


def read_documents(path: Path) -> tuple[Document, ...]:
    """Read a source into one document, or several if a JSONL source names them.

    Raises:
        DocumentError: If the file is missing, unreadable, empty, of an unknown kind, not UTF-8, or
            holds no answer; one Dutch sentence that names the file and the remedy.
    """
    if path.suffix.lower() not in SUFFIXES:
        kinds = join_names(SUFFIXES, "of")
        raise DocumentError(f"{path}: dit soort bestand kan niet worden gelezen; geef {kinds}.")
    data = _read_bytes(path)
    source_hash = hashlib.sha256(data).hexdigest()
    if path.suffix.lower() == ".jsonl":
        return read_jsonl(_decode(data, path), path, source_hash)
    return (_read_appendix(_read_layout(data, path), path, source_hash),)


def slug(stem: str) -> str:
    """Return the document_id that a file's name without its ending gives."""
    return re.sub(r"[^\w.-]+", "-", stem.strip()).strip("-") or "document"


def _read_layout(data: bytes, path: Path) -> Reading:
    """Return the pages of an appendix, and what else its layout tells."""
    kind = path.suffix.lower().removeprefix(".")
    if kind == "txt":
        return Reading(split_pages(_decode(data, path)))
    try:
        return read_apart(kind, data)
    except UnreadableError as error:
        raise DocumentError(f"{path}: {error.fault.value}.") from error


def _read_appendix(reading: Reading, path: Path, source_hash: str) -> Document:
    metadata = _read_metadata(path)
    stem = without_halves(path.stem)
    document_id = str(metadata.get("document_id") or slug(stem))
    own_title, answers = read_answers(
        reading.pages, document_id, reading.hints, reading.link_targets
    )
    title = own_title or reading.title
    if not any(answer.text or answer.questions for answer in answers):
        raise DocumentError(
            f"{path}: er werd geen enkel antwoord herkend; "
            "controleer of dit een bijlage met vragen en antwoorden is."
        )
    shown = str(metadata.get("title") or title)
    year = metadata.get("year") or _year(shown) or _year(title)
    return Document(
        document_id=document_id,
        title=shown or stem,
        committee=str(metadata.get("committee", "")),
        year=int(year) if year else None,
        source=str(metadata.get("source", "")),
        source_hash=source_hash,
        pages=reading.pages,
        answers=answers,
        pages_without_text=reading.pages_without_text,
    )


def _read_bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError(
            f"{path}: dit bestand bestaat niet; controleer de naam en de map."
        ) from error
    except IsADirectoryError as error:
        raise DocumentError(f"{path}: dit is een map; geef een bestand op.") from error
    except OSError as error:
        raise DocumentError(
            f"{path}: dit bestand kan niet worden gelezen; controleer uw rechten."
        ) from error
    if not data.strip():
        raise DocumentError(f"{path}: dit bestand is leeg; geef een bestand met tekst.")
    return data


def _decode(data: bytes, path: Path) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path}: dit bestand is geen UTF-8-tekst; bewaar het als UTF-8 en probeer opnieuw."
        ) from error
    if "\0" in text:
        raise DocumentError(
            f"{path}: dit bestand bevat nultekens en is dus geen gewone tekst; "
            "bewaar het als UTF-8-tekst en probeer opnieuw."
        )
    return text


def _read_metadata(path: Path) -> dict[str, Any]:
    beside = path.with_suffix(".meta.json")
    if not beside.is_file():
        return {}
    try:
        fields = load_json(_decode(_read_bytes(beside), beside))
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{beside}: dit is geen geldige JSON; herstel of wis het.") from error
    if not isinstance(fields, dict):
        raise DocumentError(f"{beside}: hier hoort een JSON-object te staan; herstel of wis het.")
    year = fields.get("year")
    if year is not None and not re.fullmatch(r"\d{4}", str(year)):
        raise DocumentError(f"{beside}: het jaar {year!r} is geen jaartal; herstel het.")
    return fields


def _year(title: str) -> int | None:
    years = re.findall(r"\b(?:19|20)\d{2}\b", title)
    return int(years[-1]) if years else None
