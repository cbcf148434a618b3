"""A BERT's forward pass for one short text, without what the libraries do around each layer.

For a question of some ten tokens the calls between the matrix products take as long as a fifth of
all: here query, key and value are one product, and nothing is masked, since nothing is padded.
Tokens are columns, not rows: a tall matrix times a narrow one takes half the time of the same
product turned over. The numbers are those of the libraries (a test compares them). Of any other
kind of model nothing is known here, and the libraries do it.

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
    """Weight and bias (a column) of each step: query, key and value in one, output, two of the feed
    forward network; and of both norms."""

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
        numbers = range(bert.config.num_hidden_layers)
        self._layers = [_read_layer(weights, number, self._heads) for number in numbers]
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
            found: NDArray[np.float32] = self._pass(torch.tensor(ids)).t().numpy()
        return found

    def _pass(self, ids: "Tensor") -> "Tensor":
        """Return the last layer's vector of each token, (dimension, tokens)."""
        from torch.nn.functional import gelu

        state = self._normalise((self._words[ids] + self._places[: len(ids)]).t(), self._norm)
        for layer in self._layers:
            attended = _multiply(layer.output, self._attend(_multiply(layer.attention, state)))
            state = self._normalise(attended + state, layer.norm)
            fed = _multiply(layer.narrow, gelu(_multiply(layer.wide, state)))
            state = self._normalise(fed + state, layer.last_norm)
        return state

    def _attend(self, projected: "Tensor") -> "Tensor":
        """Return what each token takes from all, (dimension, tokens)."""
        count = projected.shape[1]
        query, key, value = projected.view(3, self._heads, -1, count)
        shares = query.transpose(1, 2).bmm(key).softmax(-1)
        mixed: Tensor = value.bmm(shares.transpose(1, 2))
        return mixed.view(-1, count)

    def _normalise(self, state: "Tensor", weights: "Weights") -> "Tensor":
        """Normalise each column."""
        from torch.nn.functional import layer_norm

        rows = state.t()
        normalised: Tensor = layer_norm(rows, rows.shape[-1:], *weights, self._eps)
        return normalised.t().contiguous()


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


def _multiply(weights: "Weights", state: "Tensor") -> "Tensor":
    """Return weight times state plus bias: (out, tokens) of (in, tokens)."""
    return weights[0].mm(state).add_(weights[1])


def _read_layer(weights: "dict[str, Tensor]", number: int, heads: int) -> _Layer:
    """Read a layer; queries are divided by the root of their length beforehand."""
    import torch

    def norm(name: str) -> "Weights":
        return _pair(weights, f"encoder.layer.{number}.{name}")

    def step(name: str) -> "Weights":
        weight, bias = norm(name)
        return weight, bias[:, None]

    query, key, value = (step(f"attention.self.{name}") for name in ("query", "key", "value"))
    root = (len(query[1]) // heads) ** 0.5
    return _Layer(
        attention=(
            torch.cat([query[0] / root, key[0], value[0]]),
            torch.cat([query[1] / root, key[1], value[1]]),
        ),
        output=step("attention.output.dense"),
        norm=norm("attention.output.LayerNorm"),
        wide=step("intermediate.dense"),
        narrow=step("output.dense"),
        last_norm=norm("output.LayerNorm"),
    )


def _pair(weights: "dict[str, Tensor]", name: str) -> "Weights":
    return weights[f"{name}.weight"], weights[f"{name}.bias"]
