"""The documents of the index: what was recognised in each, what is being read, and what failed."""

from collections.abc import Sequence
from pathlib import Path

from chatbot.cautions import cautions_of
from chatbot.progress import COUNT
from chatbot.views.answers import askers_of
from chatbot.views.html import escape
from chatbot.views.parts import REMOVE_TWICE, render_button
from corpus.readers import BUNDLED_APPENDIX
from corpus.records import Document

LIMITS = (
    '<p class="uitleg">Een bijlage als .pdf, .docx of .txt, of antwoorden als .jsonl; hoogstens'
    " 10 bestanden van samen 32 MB. Alles blijft op de computer waar Bijlage draait.</p>"
)
RESTORE = "Meegeleverde bijlage toevoegen"


def render_documents(documents: Sequence[Document], is_fixed: bool) -> str:
    """Return a table of the documents, each with what was recognised in it; and a button to add
    the bundled appendix, where it was removed."""
    is_there = any(one.document_id == BUNDLED_APPENDIX.stem for one in documents)
    restore = "" if is_there or is_fixed else render_button(RESTORE, meegeleverd="")
    rows = "".join(_render_row(document, is_fixed) for document in documents)
    return (
        '<div class="tabelkader" tabindex="0" role="region" aria-label="Documenten"><table>'
        '<thead><tr><th scope="col">Document</th><th scope="col">Herkend</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>{restore}"
    )


def describe(document: Document) -> str:
    """Return in words what was recognised in a document."""
    answers = document.answers
    parties = {asker.party for answer in answers for asker in askers_of(answer)} - {""}
    members = {asker.member for answer in answers for asker in askers_of(answer)} - {None}
    counts = (
        (len(document.pages), "bladzijde", "bladzijden"),
        (len(answers), "antwoord", "antwoorden"),
        (sum(len(answer.question_blocks) for answer in answers), "vraag", "vragen"),
        (len(parties), "partij", "partijen"),
        (len(members), "lid", "leden"),
        (sum(not answer.question_blocks for answer in answers), "antwoord", "antwoorden"),
    )
    words = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    if counts[-1][0]:
        words[-1] += " zonder vraag"
    return ", ".join(words)


def render_reading(names: Sequence[str], row: int, count: tuple[int, int] | None = None) -> str:
    """Return how far the reading of files is: `row` of them are done, and of this one `count`, the
    texts that were encoded of all that must be; None as long as that isn't known."""
    share = 'value="{}" max="{}"'.format(*count) if count else ""
    counted = f" {COUNT.format(*count)}" if count else ""
    return (
        f'<div role="status"><p>Bezig met {escape(names[row])}'
        f" ({row + 1} van {len(names)}): lezen en doorzoekbaar maken.{counted}</p>"
        f'<progress aria-label="Vordering" {share}></progress></div>'
    )


def render_added(
    added: Sequence[Document],
    known: Sequence[str],
    faults: Sequence[str],
    cautions: Sequence[str] = (),
) -> str:
    """Return what was recognised in the new documents, the names of the files that brought nothing
    new, what to know of the documents, and what went wrong with the others."""
    done = "".join(
        f"<li><strong>{escape(document.title)}</strong>: {escape(describe(document))}</li>"
        for document in added
    )
    there = "".join(f"<li>{escape(name)}</li>" for name in known)
    told = (("Toegevoegd:", done), ("Dit stond er al, met dezelfde inhoud:", there))
    shown = "".join(
        f'<div role="status"><p>{heading}</p><ul>{items}</ul></div>'
        for heading, items in told
        if items
    )
    return shown + _render_alert("Let op:", cautions) + _render_alert("Niet gelukt:", faults)


def without_folder(message: str, path: Path) -> str:
    """Return a reader's fault with only the file's name: the folder is a temporary one."""
    return message.replace(str(path), path.name)


def _render_alert(heading: str, sentences: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return (
        f'<div role="alert" class="melding"><p>{heading}</p><ul>{items}</ul></div>' if items else ""
    )


def _render_row(document: Document, is_fixed: bool) -> str:
    year = (
        f" ({document.year})" if document.year and str(document.year) not in document.title else ""
    )
    cautions = "".join(f'<p class="melding">{escape(one)}</p>' for one in cautions_of(document))
    remove = "" if is_fixed else _render_remove(document)
    return (
        f'<tr><th scope="row">{escape(document.title)}{year}</th>'
        f'<td class="herkend">{escape(describe(document))}{cautions}{remove}</td></tr>'
    )


def _render_remove(document: Document) -> str:
    name = f"{document.title} verwijderen"
    return render_button("Verwijderen", name, verwijder=document.document_id, tweemaal=REMOVE_TWICE)
