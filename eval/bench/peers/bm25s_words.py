"""bm25s: BM25 alone, no vectors; the pieces stand beside its files, as its corpus."""

from pathlib import Path
from typing import Any

import bm25s
import Stemmer

from eval.bench.jobs import Ask, Piece, Query, read_texts
from eval.bench.peers.windows import cut

LANGUAGE = "dutch"


def build(source: Path, model: Path, folder: Path) -> int:
    """Index the windows of a file; the model has no part in it."""
    pieces = cut(read_texts(source))
    retriever = bm25s.BM25()
    retriever.index(_tokens([piece.text for piece in pieces]), show_progress=False)
    corpus = [{"document_id": piece.document_id, "text": piece.text} for piece in pieces]
    retriever.save(str(folder), corpus=corpus)
    return len(pieces)


def open_index(model: Path, folder: Path) -> Ask:
    """Open the index."""
    retriever = bm25s.BM25.load(str(folder), load_corpus=True)

    def ask(query: Query, k: int) -> list[Piece]:
        k = min(k, len(retriever.corpus))
        found, _ = retriever.retrieve(_tokens([query.joined]), k=k, show_progress=False)
        return [Piece(hit["document_id"], hit["text"]) for hit in found[0]]

    return ask


def _tokens(texts: list[str]) -> Any:
    stemmer = Stemmer.Stemmer(LANGUAGE)
    return bm25s.tokenize(texts, stopwords=LANGUAGE, stemmer=stemmer, show_progress=False)
