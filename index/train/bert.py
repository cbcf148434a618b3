"""Teacher and student: sentences to unit vectors, by a transformer or by a table of tokens.

The only module of the recipe that imports transformers. Both kinds take token ids and give unit
vectors, so that they are trained by the same code. A transformer's vector is the mean of its last
layer over the tokens (Reimers and Gurevych 2019, section 3), a table's the mean of its rows.
"""

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel

PAD, START, END = "[PAD]", "[CLS]", "[SEP]"
PAD_ID = 0
"""Row of PAD, in BERT's vocabularies and in ours."""
NO_DROPOUT = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
"""A short training underfits: noise on top of it only costs."""


class TransformerModel(nn.Module):
    """A BERT, and the mean over its last layer."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        self._bf16 = False

    def multiply_in_bf16(self) -> None:
        """Multiply in bfloat16 from now on (weights stay in single precision): about half the time
        where a processor can."""
        self.bert.set_attn_implementation("eager")  # the fused one's gradient is slow in it
        self._bf16 = True

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return unit vectors, (n, dimension), for token ids and their mask, both (n, length)."""
        return functional.normalize(self.pool(self.states(ids, mask), mask), dim=-1)

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the last layer of each token, (n, length, dimension)."""
        with torch.autocast(ids.device.type, torch.bfloat16, enabled=self._bf16):
            hidden: Tensor = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        return hidden.float()

    @staticmethod
    def pool(states: Tensor, mask: Tensor) -> Tensor:
        """Return the mean over the tokens under the mask, (n, dimension)."""
        weights = mask.unsqueeze(-1).to(states.dtype)
        return (states * weights).sum(1) / weights.sum(1).clamp(min=1)

    @property
    def tokens(self) -> nn.Embedding:
        """The vectors of the tokens, before any layer."""
        return self.bert.embeddings.word_embeddings


class TableModel(nn.Module):
    """One vector per token, and the mean over the tokens."""

    def __init__(self, weights: Tensor) -> None:
        super().__init__()
        count, dimension = weights.shape
        self.tokens = nn.Embedding(count, dimension, _weight=weights.clone())

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return unit vectors, (n, dimension), for token ids and their mask, both (n, length)."""
        shares = mask / mask.sum(1, keepdim=True).clamp(min=1)
        table = self.tokens.weight
        total = functional.embedding_bag(ids, table, mode="sum", per_sample_weights=shares)
        return functional.normalize(total, dim=-1)


Student = TransformerModel | TableModel


def load_teacher(folder: Path) -> tuple[TransformerModel, Tokenizer]:
    """Open a BERT with its tokenizer, that cuts and pads nothing, from a model's folder."""
    bert = BertModel.from_pretrained(
        folder, add_pooling_layer=False, local_files_only=True, dtype=torch.float32
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return TransformerModel(bert).eval(), tokenizer


def make_transformer(
    teacher: TransformerModel, weights: Tensor, pad_id: int, layers: Sequence[int]
) -> TransformerModel:
    """Return a copy of some of the teacher's layers under another table of tokens.

    Args:
        teacher: What the layers are taken from; it isn't changed.
        weights: The vectors of the tokens, (tokens, dimension).
        pad_id: The row of the token that fills up a batch.
        layers: Which layers, from 0, in the order in which they are to be passed.
    """
    fields = teacher.bert.config.to_dict() | {"vocab_size": len(weights), "pad_token_id": pad_id}
    fields |= {"num_hidden_layers": len(layers)} | NO_DROPOUT
    bert = BertModel(BertConfig(**fields), add_pooling_layer=False)
    bert.embeddings.load_state_dict(
        teacher.bert.embeddings.state_dict() | {"word_embeddings.weight": weights}
    )
    for place, layer in enumerate(layers):
        state = teacher.bert.encoder.layer[layer].state_dict()
        bert.encoder.layer[place].load_state_dict(state)
    return TransformerModel(bert)


def to_batch(rows: Sequence[Sequence[int]], device: torch.device) -> tuple[Tensor, Tensor]:
    """Return token ids and their mask, both int64 (n, longest row), padded with PAD_ID."""
    longest = max(1, *(len(row) for row in rows))
    ids = torch.tensor([[*row, *[PAD_ID] * (longest - len(row))] for row in rows], device=device)
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, mask.to(device)
