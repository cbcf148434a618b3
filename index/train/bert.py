"""Teacher and student: rows of token ids to vectors, by a BERT and the mean of its last layer.

The only module of the recipe that imports transformers. The mean is taken over all tokens, marks
too (Reimers and Gurevych 2019, "Sentence-BERT", section 3; so does E5).
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from index.train.tokens import END_ID, PAD_ID, START_ID

MARK_IDS = {"pad_token_id": PAD_ID, "bos_token_id": START_ID, "eos_token_id": END_ID}
NO_DROPOUT: dict[str, Any] = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
"""A short training underfits: noise on top of it only costs."""
BATCH = 48
"""Rows that are encoded at once where nothing is learnt."""

Rows = Sequence[Sequence[int]]


class Transformer(nn.Module):
    """A BERT, and the mean over its last layer; with `bf16` it multiplies in bfloat16 (weights
    stay in single precision): half the time where a processor can."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        bert.set_attn_implementation("eager")  # the fused one's gradient is slow in bfloat16
        self.bert = bert
        self.bf16 = False

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the last layer's vector of each token, (n, length, dimension), for token ids and
        their mask, both (n, length)."""
        with torch.autocast(ids.device.type, torch.bfloat16, enabled=self.bf16):
            hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        return cast(Tensor, hidden.float())

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return unit vectors, (n, dimension), for token ids and their mask, both (n, length)."""
        return functional.normalize(pool(self.states(ids, mask), mask), dim=-1)

    @property
    def device(self) -> torch.device:
        """Where the model computes."""
        return self.tokens.weight.device

    @property
    def tokens(self) -> nn.Embedding:
        """The vectors of the tokens, before any layer."""
        return self.bert.embeddings.word_embeddings


def open_folder(folder: Path) -> Transformer:
    """Open a BERT from a model's folder, in single precision."""
    bert = BertModel.from_pretrained(
        folder, add_pooling_layer=False, local_files_only=True, dtype=torch.float32, **NO_DROPOUT
    )
    return Transformer(bert).eval()


def make_transformer(shape: Mapping[str, Any], weights: Mapping[str, Tensor]) -> Transformer:
    """Return a BERT of this shape (fields of BertConfig) with these weights."""
    fields = {**shape, **NO_DROPOUT, **MARK_IDS}
    bert = BertModel(BertConfig(**fields), add_pooling_layer=False)
    bert.load_state_dict(dict(weights))
    return Transformer(bert).eval()


def keep_layers(model: Transformer, ids: Sequence[int], layers: Sequence[int]) -> Transformer:
    """Return a copy of some tokens and some layers of a model, which isn't changed.

    Args:
        model: What they are taken from.
        ids: Of each token of the copy the one that it is in the model.
        layers: Which layers, from 0, in the order in which they are to be passed.
    """
    weights = model.bert.embeddings.state_dict(prefix="embeddings.")
    weights["embeddings.word_embeddings.weight"] = model.tokens.weight.detach()[list(ids)]
    for place, layer in enumerate(layers):
        kept = model.bert.encoder.layer[layer]
        weights |= kept.state_dict(prefix=f"encoder.layer.{place}.")
    sizes = {"vocab_size": len(ids), "num_hidden_layers": len(layers)}
    return make_transformer(model.bert.config.to_dict() | sizes, weights)


@torch.no_grad()
def centre(model: Transformer, mean: Tensor) -> None:
    """Move all vectors of a model's last layer by a mean vector, (dimension,), in place."""
    last = model.bert.encoder.layer[-1]
    last.get_parameter("output.LayerNorm.bias").sub_(mean)


def pool(states: Tensor, mask: Tensor) -> Tensor:
    """Return the mean vector of the tokens that are there, (n, dimension)."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)


def to_batch(rows: Rows, device: torch.device) -> tuple[Tensor, Tensor]:
    """Return token ids and their mask, both int64 (n, longest row), padded with PAD_ID."""
    longest = max(1, *(len(row) for row in rows))
    ids = torch.tensor([[*row, *[PAD_ID] * (longest - len(row))] for row in rows], device=device)
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, mask.to(device)


@torch.inference_mode()
def embed_rows(model: Transformer, rows: Rows) -> NDArray[np.float32]:
    """Return one unit vector per row of token ids, float32 (n, dimension); n is at least 1."""
    found = np.zeros((len(rows), model.tokens.embedding_dim), np.float32)
    for places in _like_length(rows):
        batch = to_batch([rows[place] for place in places], model.device)
        found[places] = model(*batch).float().cpu().numpy()
    return found


@torch.inference_mode()
def token_states(model: Transformer, rows: Rows) -> NDArray[np.float16]:
    """Return the last layer's vector of every token, row after row, float16 (tokens, dimension)."""
    found: dict[int, NDArray[np.float16]] = {}
    for places in _like_length(rows):
        batch = to_batch([rows[place] for place in places], model.device)
        states = model.states(*batch)
        for place, state in zip(places, states.half().cpu().numpy(), strict=True):
            found[place] = state[: len(rows[place])]
    return np.concatenate([found[place] for place in range(len(rows))])


def _like_length(rows: Rows) -> Iterator[list[int]]:
    order = sorted(range(len(rows)), key=lambda place: len(rows[place]))
    return (order[start : start + BATCH] for start in range(0, len(order), BATCH))
