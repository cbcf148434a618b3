"""LangChain's tutorial: load, cut in windows, embed, keep in FAISS, search by similarity."""

from pathlib import Path

from langchain_community.document_loaders import TextLoader
from langchain_community.embeddings import HuggingFaceEmbeddings
from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document

from eval.bench.jobs import Ask, Piece, Query, read_texts
from eval.bench.peers.windows import new_splitter


def build(source: Path, model: Path, folder: Path) -> int:
    """Index the windows of a file."""
    windows = load_windows(source)
    FAISS.from_documents(windows, embeddings(model)).save_local(str(folder))
    return len(windows)


def open_index(model: Path, folder: Path) -> Ask:
    """Open the index."""
    store = open_store(model, folder)

    def ask(query: Query, k: int) -> list[Piece]:
        return [to_piece(document) for document in store.similarity_search(query.joined, k=k)]

    return ask


def load_windows(source: Path) -> list[Document]:
    """Return the windows of a file as LangChain's documents; `source` in their metadata."""
    if source.suffix == ".jsonl":
        documents = [
            Document(page_content=text.text, metadata={"source": text.document_id})
            for text in read_texts(source)
        ]
    else:
        documents = TextLoader(str(source), encoding="utf-8").load()
    return new_splitter().split_documents(documents)


def open_store(model: Path, folder: Path) -> FAISS:
    """Open what `build` saved."""
    return FAISS.load_local(str(folder), embeddings(model), allow_dangerous_deserialization=True)


def embeddings(model: Path) -> HuggingFaceEmbeddings:
    """Return LangChain's wrapper of the model."""
    return HuggingFaceEmbeddings(
        model_name=str(model), encode_kwargs={"normalize_embeddings": True}
    )


def to_piece(document: Document) -> Piece:
    """Return a hit in the runner's words."""
    return Piece(document.metadata["source"], document.page_content)
