"""The open index of a running page, replaced as a whole when documents are added or removed.

All visitors see the same documents; what each of them asks is kept elsewhere, per visitor.
"""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from chatbot.checks import ChatbotError
from chatbot.findings import Findings
from corpus.records import Document
from index.embedding_cache import Progress, no_progress
from index.sources import has_source, read_source
from index.storage import BuildReport, Index, build_index, load_index, remove_document


class Library:
    """An index that can change while it is searched; a search keeps the one that it began with.

    Without a folder the documents are fixed.
    """

    def __init__(self, index: Index, folder: Path | None = None) -> None:
        self._findings = Findings(index)
        self._folder = folder
        self._writing = Lock()

    @property
    def index(self) -> Index:
        """The index as it stands; take it once per request."""
        return self._findings.index

    @property
    def findings(self) -> Findings:
        """What is derived from the index as it stands; its `index` is the one that it is of."""
        return self._findings

    @property
    def is_fixed(self) -> bool:
        """True when documents can't be added or removed."""
        return self._folder is None

    def has_source(self, document: Document) -> bool:
        """Tell whether pictures of a document's pages can be drawn: whether its PDF was kept."""
        return self._folder is not None and has_source(document, self._folder)

    def source_of(self, document: Document) -> bytes | None:
        """Return the PDF that a document was read from; None where there is none, or no more."""
        return read_source(document, self._folder) if self._folder is not None else None

    def add(self, sources: Sequence[Path], progress: Progress = no_progress) -> BuildReport:
        """Read sources into the index; `progress` is told how far that is.

        Raises:
            DocumentError, IndexFolderError: As `build_index`; nothing has changed then.
            ChatbotError: If the documents are fixed.
        """
        with self._writing:
            report = build_index(sources, self._own_folder(), self.index.encoder, progress)
            self._reload()
        return report

    def remove(self, document_id: str) -> None:
        """Take a document out of the index.

        Raises:
            ChatbotError: If there is no such document, or it is the last one.
            IndexFolderError: If the folder can't be written to.
        """
        with self._writing:
            if document_id not in self.index.documents_by_id:
                raise ChatbotError("Dit document is al verwijderd; laad de pagina opnieuw.")
            if len(self.index.documents) == 1:
                raise ChatbotError(
                    "Dit is het enige document; voeg eerst een ander toe en verwijder het dan."
                )
            remove_document(document_id, self._own_folder(), self.index.encoder)
            self._reload()

    def _own_folder(self) -> Path:
        if self._folder is None:
            raise ChatbotError("De documenten liggen hier vast; start de chat met een eigen index.")
        return self._folder

    def _reload(self) -> None:
        self._findings = Findings(load_index(self._own_folder(), self.index.encoder))
