"""Choose the pieces of the teacher's vocabulary that Dutch text needs, by counting them.

Of a multilingual vocabulary most is for other languages; a piece that is left out is written with
shorter ones. Counting learns nothing of what a text says: it reads all texts, held-out ones too.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from index.train.pairs import PARALLEL
from index.train.tokens import MARKS, WORD

MAX_CHARS = 9_000_000
"""Of a file; of a longer one as many lines are drawn."""
TYPED = ("kamer-schriftelijke-vragen", "vlaamse-regering", "vlaamse-dienstverlening")
"""Folders near what users ask; a third of their lines is counted in lower case too."""
LINES = 2000
"""Lines that are read at once."""
LATIN_END = "ɐ"
"""First letter after the Latin ones of Europe (U+0250)."""
SIGNS = frozenset("€–’‘“”•≥≤−")
"""Other single signs that are always kept."""


def count_pieces(data: Path, tokenizer: Tokenizer, rng: np.random.Generator) -> Counter[int]:
    """Return how often each token id is in the texts of all folders, `*.txt` and `*.tsv`."""
    counts: Counter[int] = Counter()
    for path in sorted(data.glob("*/*.txt")) + sorted(data.glob("*/*.tsv")):
        lines = _draw_lines(_read_lines(path), rng)
        _count(lines, tokenizer, counts)
        if path.parent.name in TYPED:
            _count([line.lower() for line in lines[::3]], tokenizer, counts)
    return counts


def choose_pieces(pieces: Sequence[str], counts: Counter[int], size: int) -> tuple[int, ...]:
    """Return the ids of the pieces to keep, in order, no more than `size`.

    Args:
        pieces: Of the teacher; the marks and all single Latin letters and signs are kept.
        counts: How often each is there; the most frequent are kept, ties by id.
        size: Pieces in all; at least as many as are always kept.
    """
    kept = {row for row, piece in enumerate(pieces) if row < len(MARKS) or _is_single(piece)}
    most = sorted(counts, key=lambda row: (-counts[row], row))
    kept.update([row for row in most if row not in kept][: max(0, size - len(kept))])
    return tuple(sorted(kept))


def _is_single(piece: str) -> bool:
    sign = piece.lstrip(WORD)
    return len(sign) <= 1 and (sign < LATIN_END or sign in SIGNS)


def _read_lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    if path.parent.name == Path(PARALLEL).parent.name:
        return [line.split("\t")[2] for line in lines if line.count("\t") == 2]
    return lines


def _draw_lines(lines: list[str], rng: np.random.Generator) -> list[str]:
    size = sum(map(len, lines))
    if size <= MAX_CHARS:
        return lines
    drawn = rng.permutation(len(lines))[: int(len(lines) * MAX_CHARS / size)]
    return [lines[row] for row in drawn.tolist()]


def _count(lines: list[str], tokenizer: Tokenizer, counts: Counter[int]) -> None:
    for start in range(0, len(lines), LINES):
        chunk = lines[start : start + LINES]
        for text in tokenizer.encode_batch(chunk, add_special_tokens=False):
            counts.update(text.ids)
