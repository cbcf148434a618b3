"""The tutorials' way to cut a text, for the peers that leave cutting to others."""

from collections.abc import Sequence

from langchain_text_splitters import RecursiveCharacterTextSplitter

from eval.bench.jobs import Piece, Text

WINDOW = 1000  # characters
OVERLAP = 200  # characters


def new_splitter() -> RecursiveCharacterTextSplitter:
    """Return the splitter that LangChain's tutorials use, with their sizes."""
    return RecursiveCharacterTextSplitter(chunk_size=WINDOW, chunk_overlap=OVERLAP)


def cut(texts: Sequence[Text]) -> list[Piece]:
    """Return every text in windows, in order."""
    splitter = new_splitter()
    return [
        Piece(text.document_id, window)
        for text in texts
        for window in splitter.split_text(text.text)
    ]
