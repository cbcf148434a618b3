"""Read texts with a transformer: their vectors and those of their tokens."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from index.train.bert import TransformerModel, to_batch
from index.train.tokens import TokenReader
from index.train.written.alignment import States

LONGEST = 192
"""Tokens that are read of a text: of nearly all passages the whole, so that none has to answer a
question that its unread end answers."""
BUCKETS = 8
"""Texts are read in as many batches, of like length, so that little is computed over padding."""

TOGETHER = 384
"""Texts that are read at a time where no gradients are wanted."""


class TextReader:
    """Reads texts with a model; what it read of them without gradients is kept."""

    def __init__(self, model: TransformerModel, reader: TokenReader) -> None:
        self._model = model
        self._reader = reader
        self._kept: dict[str, Tensor] = {}

    def read(self, texts: Sequence[str]) -> States:
        """Return the vectors of some texts, at least one, and of their tokens."""
        rows = [self._reader.finish(row[:LONGEST]) for row in self._reader.read(texts)]
        order = sorted(range(len(rows)), key=lambda place: len(rows[place]))
        size = -(-len(rows) // BUCKETS)
        longest = max(map(len, rows))
        parts = [
            self._read_rows([rows[place] for place in order[start : start + size]], longest)
            for start in range(0, len(rows), size)
        ]
        back = torch.tensor(order).argsort()
        return States(
            torch.cat([part.pooled for part in parts])[back],
            torch.cat([part.tokens for part in parts])[back],
            torch.cat([part.own for part in parts])[back],
        )

    def pooled(self, texts: Sequence[str]) -> Tensor:
        """Return the vectors of some texts, (n, dimension), without gradients."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._kept]
        for start in range(0, len(fresh), TOGETHER):
            some = fresh[start : start + TOGETHER]
            with torch.no_grad():
                self._kept.update(zip(some, self.read(some).pooled, strict=True))
        return torch.stack([self._kept[text] for text in texts])

    def _read_rows(self, rows: Sequence[Sequence[int]], longest: int) -> States:
        ids, mask = to_batch(rows, torch.device("cpu"))
        states = self._model.states(ids, mask)
        lengths = mask.sum(1, keepdim=True)
        places = torch.arange(mask.shape[1])[None]
        own = (places > 0) & (places < lengths - 1)
        tokens = functional.normalize(states, dim=-1)
        wider = (0, longest - mask.shape[1])
        return States(
            functional.normalize(self._model.pool(states, mask), dim=-1),
            functional.pad(tokens, (0, 0, *wider)),
            functional.pad(own, wider),
        )
