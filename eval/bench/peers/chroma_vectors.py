"""Chroma on one's own machine: a PersistentClient, the vectors of the tutorials' windows."""

from pathlib import Path

import chromadb
from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction

from eval.bench.jobs import Ask, Piece, Query, read_texts
from eval.bench.peers.windows import cut

COLLECTION = "antwoorden"
BATCH = 1000  # pieces in one call; Chroma takes some thousands at most


def build(source: Path, model: Path, folder: Path) -> int:
    """Index the windows of a file."""
    pieces = cut(read_texts(source))
    collection = chromadb.PersistentClient(path=str(folder)).create_collection(
        COLLECTION,
        configuration={"hnsw": {"space": "cosine"}},
        embedding_function=_embed(model),
    )
    for start in range(0, len(pieces), BATCH):
        batch = pieces[start : start + BATCH]
        collection.add(
            ids=[str(start + place) for place in range(len(batch))],
            documents=[piece.text for piece in batch],
            metadatas=[{"document": piece.document_id} for piece in batch],
        )
    return len(pieces)


def open_index(model: Path, folder: Path) -> Ask:
    """Open the collection."""
    client = chromadb.PersistentClient(path=str(folder))
    collection = client.get_collection(COLLECTION, embedding_function=_embed(model))

    def ask(query: Query, k: int) -> list[Piece]:
        found = collection.query(query_texts=[query.joined], n_results=k)
        texts, fields = found["documents"][0], found["metadatas"][0]
        pairs = zip(texts, fields, strict=True)
        return [Piece(str(field["document"]), text) for text, field in pairs]

    return ask


def _embed(model: Path) -> SentenceTransformerEmbeddingFunction:
    return SentenceTransformerEmbeddingFunction(model_name=str(model), normalize_embeddings=True)
