"""The peers, by name: what each is, the packages it stands on, and what it was given.

Every peer is a module with two functions, imported in the peer's own process only:
`build(source, model, folder)` makes the index and returns the number of pieces,
`open_index(model, folder)` returns the function that answers. Only the standard library here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """One way to search: `name` is its module; `is_hybrid` says whether it joins words and
    vectors."""

    name: str
    label: str
    packages: tuple[str, ...]
    is_hybrid: bool
    given: str


OURS = "bijlage"
WINDOWS = "windows of 1,000 characters, 200 overlap (RecursiveCharacterTextSplitter)"

PEERS = (
    Peer(OURS, "Bijlage", ("bijlage", "sentence-transformers"), True, "the file, as it is"),
    Peer(
        "langchain_vectors",
        "LangChain + FAISS",
        ("langchain-community", "langchain-core", "langchain-text-splitters", "faiss-cpu"),
        False,
        f"the tutorial's pipeline: TextLoader, {WINDOWS}, FAISS; vectors only",
    ),
    Peer(
        "langchain_hybrid",
        "LangChain hybrid",
        ("langchain-community", "langchain-classic", "rank-bm25", "faiss-cpu", "PyStemmer"),
        True,
        f"{WINDOWS}; EnsembleRetriever over FAISS and BM25Retriever (rank-bm25), half and half, "
        "10 hits from each; Dutch Snowball stems",
    ),
    Peer(
        "txtai_hybrid",
        "txtai hybrid",
        ("txtai", "langchain-text-splitters"),
        True,
        f"{WINDOWS}; Embeddings with hybrid and content on",
    ),
    Peer(
        "llamaindex_hybrid",
        "LlamaIndex hybrid",
        ("llama-index-core", "llama-index-embeddings-huggingface", "llama-index-retrievers-bm25"),
        True,
        "SentenceSplitter (256 tokens, 20 overlap), QueryFusionRetriever over VectorStoreIndex and "
        "BM25Retriever (bm25s), reciprocal rank, 10 hits from each; Dutch stop words and stems",
    ),
    Peer(
        "haystack_hybrid",
        "Haystack hybrid",
        ("haystack-ai", "sentence-transformers-haystack"),
        True,
        "DocumentSplitter (150 words, 30 overlap), InMemoryDocumentStore with its BM25 and "
        "embedding retrievers (10 hits from each), DocumentJoiner by reciprocal rank",
    ),
    Peer(
        "chroma_vectors",
        "Chroma",
        ("chromadb", "langchain-text-splitters"),
        False,
        f"{WINDOWS}; PersistentClient, cosine; vectors only: its hybrid search isn't in the "
        "library that runs on one's own machine",
    ),
    Peer(
        "bm25s_words",
        "bm25s",
        ("bm25s", "PyStemmer", "langchain-text-splitters"),
        False,
        f"{WINDOWS}; words only, Dutch stop words and Snowball stems",
    ),
)
BY_NAME = {peer.name: peer for peer in PEERS}
