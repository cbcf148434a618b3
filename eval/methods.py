"""The methods that are compared, each from a query to a ranking, all with the same model.

- `bm25`: plain BM25 over topic and passage: the bar that others set.
- `lexical`: our own Dutch BM25 alone, over passage and context.
- `dense`: the vectors of the passages alone, as the product embeds them.
- `fused`: the product's search; it alone quotes and abstains.
- `naive`: the vectors of the raw text in windows.

The confidence of a method that can't abstain is the score of its first hit.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from chatbot.dialogue import context_of
from chatbot.reply import answer_last_turn
from corpus.records import Passage
from eval.naive import naive_chunks
from eval.plain_bm25 import PlainBM25
from eval.runs import Found, Method, Quote, Ranking
from index.search import Hit
from index.storage import Index

DEPTH = 50
"""Hits per query, enough for ten different answers."""
QUOTED_DEPTH = 30
"""Hits that are asked of the product, which makes a quote for every one."""
FUSED = "fused"

Scores = NDArray[np.float32] | NDArray[np.float64]


def make_methods(index: Index) -> Mapping[str, Method]:
    """Return every method over an index by its name; `naive` only where there is a raw text."""
    methods = {
        "bm25": bm25_method(index),
        "lexical": lexical_method(index),
        "dense": dense_method(index),
        FUSED: fused_method(index),
    }
    if all(document.pages for document in index.documents):
        methods["naive"] = naive_method(index)
    return methods


def bm25_method(index: Index) -> Method:
    """Rank the passages by plain BM25 over their topic and text."""
    topics = [index.answer_of(passage).topic for passage in index.passages]
    pairs = zip(topics, index.passages, strict=True)
    model = PlainBM25([f"{topic} {passage.text}" for topic, passage in pairs])
    hits = _plain_hits(index.passages)
    return _joining(lambda query: _rank(model.score(query), hits, only_positive=True))


def lexical_method(index: Index) -> Method:
    """Rank the passages by the index's own words, passage and context alike."""
    hits = _plain_hits(index.passages)

    def rank(query: str) -> Ranking:
        terms = index.lexical.read_query(query)
        scores = index.lexical.score(terms, "text") + index.lexical.score(terms, "context")
        return _rank(scores, hits, only_positive=True)

    return _joining(rank)


def dense_method(index: Index) -> Method:
    """Rank the passages by the index's vectors."""
    hits = _plain_hits(index.passages)

    def rank(query: str) -> Ranking:
        vector = index.encoder.encode_queries([query])[0]
        rows, scores = index.vectors.search(vector, DEPTH)
        return Ranking(tuple(hits[row] for row in rows), float(scores[0]))

    return _joining(rank)


def fused_method(index: Index) -> Method:
    """Ask the product."""

    def rank(turns: Sequence[str]) -> Ranking:
        result = answer_last_turn(index, turns, QUOTED_DEPTH).result
        found = tuple(_from_hit(hit) for hit in result.hits)
        return Ranking(found, result.confidence, result.abstained)

    return rank


def naive_method(index: Index) -> Method:
    """Rank windows of the raw text by the same model."""
    chunks = [chunk for document in index.documents for chunk in naive_chunks(document)]
    vectors = index.encoder.encode_passages([chunk.text for chunk in chunks])

    def rank(query: str) -> Ranking:
        return _rank(vectors @ index.encoder.encode_queries([query])[0], chunks)

    return _joining(rank)


def _joining(rank: Callable[[str], Ranking]) -> Method:
    """Return a method that knows no conversation: it is asked the context and the question."""
    return lambda turns: rank(f"{context_of(turns)} {turns[-1]}".strip())


def _rank(scores: Scores, hits: Sequence[Found], only_positive: bool = False) -> Ranking:
    """Return the hits with the highest scores, ties in row order."""
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    if only_positive:
        order = order[scores[order] > 0]
    confidence = float(scores[order[0]]) if len(order) else 0.0
    return Ranking(tuple(hits[row] for row in order), confidence)


def _plain_hits(passages: Sequence[Passage]) -> tuple[Found, ...]:
    return tuple(Found((passage.answer_id,), passage.text) for passage in passages)


def _from_hit(hit: Hit) -> Found:
    start = hit.passage.start + hit.quote_start
    end = hit.passage.start + hit.quote_end
    quote = Quote(hit.answer.answer_id, start, end, hit.quote, hit.quote_page)
    return Found((hit.answer.answer_id,), hit.passage.text, quote)
