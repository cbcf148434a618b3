"""Find the axes on which a model's tokens are kept for late interaction, and write them to it.

The principal components of its token vectors (unit vectors, not centred: cosines are what is
wanted): of all axes these keep most of the tokens (Eckart and Young, Psychometrika 1, 1936).
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from index.arrays import pack_arrays
from index.model_folder import AXES
from index.token_codes import TOKEN_DIMENSION
from index.train.bert import TransformerModel, to_batch
from index.train.tokens import TokenReader

TEXTS = 1500
"""Texts whose tokens are looked at."""
BATCH = 64
LONGEST = 100
"""Tokens that are read of a text."""


def write_axes(
    model: TransformerModel, reader: TokenReader, texts: Sequence[str], folder: Path
) -> None:
    """Write the axes of a model's tokens in some texts, at least one, to its folder."""
    axes = find_axes(_read_tokens(model, reader, texts[:TEXTS]))
    (folder / AXES).write_bytes(pack_arrays(axes=axes.astype(np.float16)))


def find_axes(tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the first principal components of unit vectors (n, dimension), one a column: float32
    (dimension, TOKEN_DIMENSION). The largest number of each is positive, so they are the same on
    every machine but for rounding."""
    _, components = np.linalg.eigh(tokens.T.astype(np.float64) @ tokens)
    axes = components[:, ::-1][:, :TOKEN_DIMENSION]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=0)[None], axis=0)
    return np.asarray(axes * np.sign(largest), np.float32)


@torch.inference_mode()
def _read_tokens(
    model: TransformerModel, reader: TokenReader, texts: Sequence[str]
) -> NDArray[np.float32]:
    """Return the unit vectors of all tokens of the texts, without the marks around them."""
    model.eval()
    rows = sorted((reader.finish(row[:LONGEST]) for row in reader.read(texts)), key=len)
    found = []
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        states = model.states(*to_batch(batch, model.tokens.weight.device)).cpu().numpy()
        found += [text[1 : len(row) - 1] for text, row in zip(states, batch, strict=True)]
    tokens = np.concatenate(found)
    norms = np.linalg.norm(tokens, axis=1, keepdims=True)
    return np.asarray(tokens / np.maximum(norms, 1e-12), np.float32)
