"""The tab "Documenten": add files, see what was recognised, remove."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from chatbot.cautions import cautions_on
from chatbot.checks import ChatbotError
from chatbot.library import Library
from chatbot.progress import follow
from chatbot.tabs.frame import QUIET, Frame, asset, data_of
from chatbot.views.conversation import render_header, render_notice
from chatbot.views.documents import (
    LIMITS,
    render_added,
    render_documents,
    render_reading,
    without_folder,
)
from corpus.readers import BUNDLED_APPENDIX, SUFFIXES, slug
from corpus.records import Document, DocumentError
from index.embedding_cache import Progress
from index.storage import IndexFolderError

BROKEN = "{}: dit bestand kon niet worden verwerkt; bewaar het opnieuw of kies een ander bestand."

SAME_NAME = (
    "{}: dit bestand en {} zouden samen één document worden; geef een van beide een andere naam."
)


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents."""
    library = frame.library
    events = _Events(library)
    gr.HTML(LIMITS, visible=not library.is_fixed)
    upload = gr.UploadButton(
        "Bestanden toevoegen",
        file_count="multiple",
        file_types=list(SUFFIXES),
        visible=not library.is_fixed,
        elem_id="toevoegen",
    )
    status = gr.HTML(elem_id="vordering")
    table = gr.HTML(js_on_load=asset("documents.js"), elem_classes="lijst")
    tab.select(events.open, None, [status, table], **QUIET)
    changed = [status, table, frame.header]
    upload.upload(events.add, upload, changed, **QUIET)
    table.remove(events.remove, None, changed, **QUIET)
    table.restore(events.restore, None, changed, **QUIET)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of files that were added, as it comes: the documents, the names of the files
    that brought nothing new, what went wrong, and what to know."""

    added: list[Document] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def open(self) -> tuple[str, str]:
        """Show the documents as they are now."""
        return "", render_documents(self.library.index.documents, self.library.is_fixed)

    def add(self, paths: list[str]) -> Iterator[tuple[Any, ...]]:
        """Read the files one by one, showing how far it is; then what was recognised."""
        yield from self._add([path for path in map(Path, paths) if _is_uploaded(path)])

    def restore(self) -> Iterator[tuple[Any, ...]]:
        """Read the bundled appendix, which was removed, as a file that is added."""
        yield from self._add([BUNDLED_APPENDIX])

    def _add(self, sources: Sequence[Path]) -> Iterator[tuple[Any, ...]]:
        names = [path.name for path in sources]
        told = _Told()
        for row, source in enumerate(sources):
            yield render_reading(names, row), gr.skip(), gr.skip()
            if namesake := _namesake(sources[:row], source):
                told.faults.append(SAME_NAME.format(source.name, namesake))
                continue
            work = partial(self._read, source, told)
            try:
                for count in follow(work):
                    yield render_reading(names, row, count), gr.skip(), gr.skip()
            except (ChatbotError, DocumentError, IndexFolderError) as error:
                told.faults.append(without_folder(str(error), source))
            except Exception:  # else the page waits for ever, and the other files are never read
                logging.getLogger(__name__).exception("%s", source.name)
                told.faults.append(BROKEN.format(source.name))
        shown = render_added(told.added, told.known, told.faults, told.cautions)
        yield shown, *self._shown()

    def _read(self, source: Path, told: _Told, progress: Progress) -> None:
        """Add one file, and note what is told of it; not of what others add or remove meanwhile."""
        before = self.library.index.documents_by_id
        report = self.library.add([source], progress)
        after = self.library.index
        read = [
            after.documents_by_id[name] for name in report.added if name in after.documents_by_id
        ]
        new = [one for one in read if one != before.get(one.document_id)]
        told.added.extend(new)
        if read and not new:
            told.known.append(source.name)
        told.cautions.extend(cautions_on(read, after.documents, report.replaced))

    def remove(self, event: gr.EventData) -> tuple[Any, ...]:
        """Take a document out of the index."""
        try:
            self.library.remove(str(data_of(event).get("verwijder", "")))
        except (ChatbotError, IndexFolderError) as error:
            return render_notice(str(error)), gr.skip(), gr.skip()
        return '<p role="status">Het document is verwijderd.</p>', *self._shown()

    def _shown(self) -> tuple[str, str]:
        documents = self.library.index.documents
        return render_documents(documents, self.library.is_fixed), render_header(documents)


def _namesake(others: Sequence[Path], path: Path) -> str:
    """Return the name of another file by which a document would be named alike, or ""."""
    return next((one.name for one in others if slug(one.stem) == slug(path.stem)), "")


def _is_uploaded(path: Path) -> bool:
    """Say whether a file was uploaded to this server: a script can name any other one, and Gradio
    lets through what lies in the folder where the server was started."""
    return path.resolve().is_relative_to(Path(get_upload_folder()).resolve())
