"""Pictures of pages of the PDF files in a library: drawn one at a time, the last ones remembered.

A visitor names a document of the library and a page number, never a file.
"""

from collections import OrderedDict
from threading import Lock

from chatbot.checks import ChatbotError
from chatbot.crowd import Crowd
from chatbot.leaves import words_on_page
from chatbot.library import Library
from chatbot.places import Place
from corpus.reading import UnreadableError
from corpus.records import Document
from corpus.sandbox import draw_apart
from index.storage import Index

MAX_KEPT = 64  # pictures, some 150 KB each
MAX_WAITING = 8  # visitors who wait for a drawing
NO_PICTURE = "Van deze bladzijde is er geen afbeelding; lees de tekst, of voeg de PDF opnieuw toe."
Key = tuple[str, int, str]


class PagePictures:
    """The pictures of a library's pages, by the checksum of the file, the page and the words."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._keeping = Lock()
        self._drawing = Lock()
        self._waiting = Crowd(MAX_WAITING)

    def picture(
        self, index: Index, document_id: str, page: int, place: Place | None = None
    ) -> bytes:
        """Return a page as WebP, the words of the place that stand on it marked; `index` is the
        library's, as the request found it.

        Raises:
            ChatbotError: If there is no such page, no PDF of it, or it can't be drawn.
            TooBusyError: If too many are waiting already.
        """
        document = index.documents_by_id.get(document_id)
        if document is None or not 1 <= page <= len(document.pages):
            raise ChatbotError(NO_PICTURE)
        words = words_on_page(document, page, place) if place else ""
        key = (document.source_hash, page, words)
        if found := self._recall(key):
            return found
        with self._waiting.admit(), self._drawing:
            return self._recall(key) or self._draw(document, key)

    def _draw(self, document: Document, key: Key) -> bytes:
        source = self._library.source_of(document)
        if source is None:
            raise ChatbotError(NO_PICTURE)
        _, page, words = key
        try:
            picture = draw_apart(source, page, words)
        except UnreadableError as error:
            raise ChatbotError(NO_PICTURE) from error
        with self._keeping:
            self._kept[key] = picture
            while len(self._kept) > MAX_KEPT:
                self._kept.popitem(last=False)
        return picture

    def _recall(self, key: Key) -> bytes | None:
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)
