"""LangChain's hybrid: BM25 and FAISS in an EnsembleRetriever.

BM25Retriever can't be saved: it is made anew from the windows in the FAISS store's own docstore.
Its default splits words at white space only; here it gets Dutch stems, as its documentation
advises to give it a `preprocess_func`.
"""

import re
from pathlib import Path

import Stemmer
from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever

from eval.bench.jobs import Ask, Piece, Query
from eval.bench.peers import langchain_vectors
from eval.bench.peers.langchain_vectors import open_store, to_piece

DEPTH = 10
"""Hits from each side; more when more are asked for."""
WORD = re.compile(r"\w+")
STEMMER = Stemmer.Stemmer("dutch")


def build(source: Path, model: Path, folder: Path) -> int:
    """Index the windows of a file."""
    return langchain_vectors.build(source, model, folder)


def open_index(model: Path, folder: Path) -> Ask:
    """Open the store, and make BM25 of its windows."""
    store = open_store(model, folder)
    windows = list(store.docstore._dict.values())
    words = BM25Retriever.from_documents(windows, preprocess_func=_stems, k=DEPTH)
    vectors = store.as_retriever(search_kwargs={"k": DEPTH})
    both = EnsembleRetriever(retrievers=[words, vectors], weights=[0.5, 0.5])

    def ask(query: Query, k: int) -> list[Piece]:
        words.k = vectors.search_kwargs["k"] = max(k, DEPTH)
        return [to_piece(document) for document in both.invoke(query.joined)[:k]]

    return ask


def _stems(text: str) -> list[str]:
    stems: list[str] = STEMMER.stemWords(WORD.findall(text.casefold()))
    return stems
