"""A BERT's forward pass for one short text, without what the libraries do around each layer.

For a question of some ten tokens the calls between the matrix products take as long as a fifth of
all: here query, key and value are one product, and nothing is masked, since nothing is padded. The
numbers are those of the libraries (a test compares them). Of any other kind of model nothing is
known here, and the libraries do it.

After: Devlin et al., "BERT", NAACL 2019; Vaswani et al., "Attention is all you need", section 3.2.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

    Weights = tuple[Tensor, Tensor]

MODULES = ["Transformer", "Pooling", "Normalize"]


@dataclass(frozen=True, slots=True)
class _Layer:
    """Weight and bias of each step: query, key and value in one, output, norm, two of the feed
    forward network, norm."""

    attention: "Weights"
    output: "Weights"
    norm: "Weights"
    wide: "Weights"
    narrow: "Weights"
    last_norm: "Weights"


class QuickForward:
    """The weights of a sentence-transformers model as this pass needs them."""

    def __init__(self, model: Any) -> None:
        bert = _bert_of(model)
        weights = bert.state_dict()
        self._heads = int(bert.config.num_attention_heads)
        self._eps = float(bert.config.layer_norm_eps)
        self._words = weights["embeddings.word_embeddings.weight"]
        kind = weights["embeddings.token_type_embeddings.weight"][0]
        self._places = weights["embeddings.position_embeddings.weight"] + kind
        self._norm = _pair(weights, "embeddings.LayerNorm")
        self._layers = [_read_layer(weights, n) for n in range(bert.config.num_hidden_layers)]
        self._tokenizer = model.tokenizer.backend_tokenizer
        self._most = int(model.max_seq_length or len(self._places))

    def encode(self, text: str) -> NDArray[np.float32]:
        """Return the vectors of the tokens of a text without blanks around it, the two that the
        model puts there too, float32 (tokens, dimension)."""
        import torch

        ids = self._tokenizer.encode(text).ids
        if len(ids) > self._most:
            ids = [*ids[: self._most - 1], ids[-1]]
        with torch.inference_mode():
            found: NDArray[np.float32] = self._pass(torch.tensor(ids)).numpy()
        return found

    def _pass(self, ids: "Tensor") -> "Tensor":
        """Return the last layer's vector of each token, (tokens, dimension)."""
        from torch.nn.functional import gelu, linear

        state = self._normalise(self._words[ids] + self._places[: len(ids)], self._norm)
        for layer in self._layers:
            attended = linear(self._attend(linear(state, *layer.attention)), *layer.output)
            state = self._normalise(attended + state, layer.norm)
            fed = linear(gelu(linear(state, *layer.wide)), *layer.narrow)
            state = self._normalise(fed + state, layer.last_norm)
        return state

    def _attend(self, projected: "Tensor") -> "Tensor":
        """Return what each token takes from all, (tokens, dimension)."""
        from torch.nn.functional import scaled_dot_product_attention

        count = len(projected)
        parts = projected.view(count, 3, self._heads, -1).permute(1, 2, 0, 3)
        mixed = scaled_dot_product_attention(parts[0], parts[1], parts[2])
        return mixed.transpose(0, 1).reshape(count, -1)

    def _normalise(self, state: "Tensor", weights: "Weights") -> "Tensor":
        from torch.nn.functional import layer_norm

        return layer_norm(state, state.shape[-1:], *weights, self._eps)


def quick_forward(model: Any) -> QuickForward | None:
    """Return the pass for a model, or None for one that it isn't made for."""
    return QuickForward(model) if _is_plain_bert(model) else None


def _is_plain_bert(model: Any) -> bool:
    """Say whether a model is a BERT with nothing special: mean of the tokens, made a unit."""
    modules = list(model)
    names = [type(module).__name__ for module in modules]
    if names != MODULES or model.default_prompt_name:
        return False
    bert, pooling = _bert_of(model), modules[1]
    config = bert.config
    return bool(
        type(bert).__name__ == "BertModel"
        and config.hidden_act == "gelu"
        and getattr(config, "position_embedding_type", "absolute") == "absolute"
        and getattr(pooling, "pooling_mode", None) == "mean"
        and bert.embeddings.word_embeddings.weight.device.type == "cpu"
        and not getattr(model.tokenizer, "do_lower_case", False)
    )


def _bert_of(model: Any) -> Any:
    first: Any = model[0]
    return getattr(first, "model", None) or first.auto_model


def _read_layer(weights: "dict[str, Tensor]", number: int) -> _Layer:
    import torch

    def read(name: str) -> "Weights":
        return _pair(weights, f"encoder.layer.{number}.{name}")

    inputs = [read(f"attention.self.{name}") for name in ("query", "key", "value")]
    return _Layer(
        attention=(torch.cat([one[0] for one in inputs]), torch.cat([one[1] for one in inputs])),
        output=read("attention.output.dense"),
        norm=read("attention.output.LayerNorm"),
        wide=read("intermediate.dense"),
        narrow=read("output.dense"),
        last_norm=read("output.LayerNorm"),
    )


def _pair(weights: "dict[str, Tensor]", name: str) -> "Weights":
    return weights[f"{name}.weight"], weights[f"{name}.bias"]
