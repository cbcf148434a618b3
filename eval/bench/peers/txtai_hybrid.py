"""txtai: Embeddings with `hybrid` and `content` on, over the tutorials' windows.

txtai's own Segmentation (chonkie's recursive chunker, 1,000 characters) did a little worse on the
dev questions, so it gets these.
"""

from pathlib import Path

from txtai import Embeddings

from eval.bench.jobs import Ask, Piece, Query, read_texts
from eval.bench.peers.windows import cut


def build(source: Path, model: Path, folder: Path) -> int:
    """Index the windows of a file."""
    pieces = cut(read_texts(source))
    rows = [(f"{piece.document_id}#{row}", piece.text) for row, piece in enumerate(pieces)]
    embeddings = Embeddings(path=str(model), hybrid=True, content=True)
    embeddings.index(rows)
    embeddings.save(str(folder))
    return len(rows)


def open_index(model: Path, folder: Path) -> Ask:
    """Open the index."""
    embeddings = Embeddings()
    embeddings.load(str(folder))

    def ask(query: Query, k: int) -> list[Piece]:
        found = embeddings.search(query.joined, k)
        return [Piece(hit["id"].rpartition("#")[0], hit["text"]) for hit in found]

    return ask
