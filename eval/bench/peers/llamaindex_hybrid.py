"""LlamaIndex: vectors and BM25 in a QueryFusionRetriever, as its documentation joins them."""

from pathlib import Path

import Stemmer
from llama_index.core import Document, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever

from eval.bench.jobs import Ask, Piece, Query, read_texts

DEPTH = 10
"""Hits from each side; more when more are asked for."""
TOKENS, OVERLAP = 256, 20
"""Tokens of a piece and of an overlap: what the model reads; the default of 1,024 did worse on the
dev questions."""
LANGUAGE = "dutch"
WORDS = "bm25"
SOURCE = "source"


def build(source: Path, model: Path, folder: Path) -> int:
    """Index the nodes of a file, by vectors and by words."""
    documents = [
        Document(
            text=text.text,
            metadata={SOURCE: text.document_id},
            excluded_embed_metadata_keys=[SOURCE],  # else it stands in every text that is searched
        )
        for text in read_texts(source)
    ]
    splitter = SentenceSplitter(chunk_size=TOKENS, chunk_overlap=OVERLAP)
    nodes = splitter.get_nodes_from_documents(documents)
    index = VectorStoreIndex(nodes, embed_model=_embed_model(model))
    index.storage_context.persist(str(folder))
    words = BM25Retriever.from_defaults(
        nodes=nodes, stemmer=Stemmer.Stemmer(LANGUAGE), language=LANGUAGE
    )
    words.persist(str(folder / WORDS))
    return len(nodes)


def open_index(model: Path, folder: Path) -> Ask:
    """Open both halves."""
    storage = StorageContext.from_defaults(persist_dir=str(folder))
    index = load_index_from_storage(storage, embed_model=_embed_model(model))
    vectors = index.as_retriever(similarity_top_k=DEPTH)
    words = BM25Retriever.from_persist_dir(str(folder / WORDS))
    words.stemmer = Stemmer.Stemmer(LANGUAGE)
    count = len(words.corpus)
    both = QueryFusionRetriever(
        [vectors, words],
        llm=MockLLM(),
        mode="reciprocal_rerank",
        num_queries=1,
        use_async=False,
    )

    def ask(query: Query, k: int) -> list[Piece]:
        depth = min(max(k, DEPTH), count)
        both.similarity_top_k, vectors.similarity_top_k, words.similarity_top_k = k, depth, depth
        found = both.retrieve(query.joined)
        return [Piece(hit.node.metadata[SOURCE], hit.node.text) for hit in found]

    return ask


def _embed_model(model: Path) -> HuggingFaceEmbedding:
    return HuggingFaceEmbedding(model_name=str(model), device="cpu")
