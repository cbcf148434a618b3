"""The search of the product. A follow-up is read one way, in the light of the turns before it, as
by every peer; the product itself also tries it alone and takes the surer reading."""

from pathlib import Path

from eval.bench.jobs import Ask, Piece, Query
from index.encoder import Encoder
from index.search import search
from index.storage import build_index, load_index


def build(source: Path, model: Path, folder: Path) -> int:
    """Index the file; return the number of passages."""
    return build_index([source], folder, Encoder.load(str(model))).passages


def open_index(model: Path, folder: Path) -> Ask:
    """Open the index; a hit is a passage of a written answer, without its quote."""
    index = load_index(folder, Encoder.load(str(model)))

    def ask(query: Query, k: int) -> list[Piece]:
        result = search(index, query.text, k, context=query.context)
        return [Piece(hit.answer.answer_id, hit.passage.text) for hit in result.hits]

    return ask
