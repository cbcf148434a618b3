"""Write the graph of a BERT as ONNX, its weights left where they are, in `model.safetensors`.

ONNX can keep weights in another file and name where each begins; safetensors stores them as plain
numbers, so both read the same bytes. The graph takes one text at a time, without padding or mask:
token ids, int64 (tokens,), give the last layer, float32 (tokens, dimension). Numbers are half
precision in the file and single in the graph, as where sentence-transformers opens it.

After: Devlin et al., "BERT", NAACL 2019; operators of ONNX opset 23.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onnx
from onnx import NodeProto, TensorProto, helper

from index.query_model import GRAPH, INPUT, OUTPUT

WEIGHTS = "model.safetensors"
OPSET, IR_VERSION = 23, 11
KINDS = {"F16": TensorProto.FLOAT16, "F32": TensorProto.FLOAT}


def write_graph(folder: Path) -> None:
    """Write the graph of the BERT in a folder of sentence-transformers beside its weights.

    Raises:
        ValueError: If it isn't a BERT as the recipe makes them: absolute positions and GELU.
    """
    config = json.loads((folder / "config.json").read_bytes())
    kind = [config.get(name) for name in ("model_type", "hidden_act", "position_embedding_type")]
    if kind not in (["bert", "gelu", "absolute"], ["bert", "gelu", None]):
        raise ValueError(f"no graph is known for such a model: {kind}")
    graph = _Graph(_read_places(folder / WEIGHTS), config)
    onnx.save(graph.finish(graph.pass_through()), folder / GRAPH)


def _read_places(weights: Path) -> dict[str, dict[str, Any]]:
    """Return of each tensor its dtype, shape and where its bytes lie in the file (safetensors:
    eight bytes with the length of the header, the header, the numbers)."""
    with weights.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    for tensor in header.values():
        start, end = tensor["data_offsets"]
        tensor |= {"offset": 8 + length + start, "length": end - start}
    return dict(header)


class _Graph:
    """Nodes and stored numbers of a graph that is being made; a step gives its output's name."""

    def __init__(self, places: Mapping[str, Mapping[str, Any]], config: Mapping[str, Any]) -> None:
        self._places = places
        self._config = config
        self._nodes: list[NodeProto] = []
        self._stored: dict[str, TensorProto] = {}

    def pass_through(self) -> str:
        """Add the embeddings and all layers."""
        state = self._embed()
        for number in range(self._config["num_hidden_layers"]):
            state = self._layer(state, f"encoder.layer.{number}")
        return state

    def finish(self, state: str) -> onnx.ModelProto:
        """Return the model that gives `state`, checked."""
        self._nodes.append(helper.make_node("Identity", [state], [OUTPUT]))
        size = self._config["hidden_size"]
        graph = helper.make_graph(
            self._nodes,
            "bert",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["tokens"])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["tokens", size])],
            list(self._stored.values()),
        )
        opset = [helper.make_opsetid("", OPSET)]
        return helper.make_model(
            graph, opset_imports=opset, ir_version=IR_VERSION, producer_name="bijlage"
        )

    def _embed(self) -> str:
        table = self._weight("embeddings.word_embeddings.weight")
        words = self._to_single(self._node("Gather", table, INPUT))
        start, one, axis = self._whole([0]), self._whole([1]), self._whole([0])
        places = self._single("embeddings.position_embeddings.weight")
        places = self._node("Slice", places, start, self._node("Shape", INPUT), axis)
        kinds = self._single("embeddings.token_type_embeddings.weight")
        kind = self._node("Slice", kinds, start, one, axis)
        total = self._node("Add", words, self._node("Add", places, kind))
        return self._normalise(total, "embeddings.LayerNorm")

    def _layer(self, state: str, name: str) -> str:
        attended = self._multiply(self._attend(state, name), f"{name}.attention.output.dense")
        state = self._normalise(
            self._node("Add", attended, state), f"{name}.attention.output.LayerNorm"
        )
        wide = self._node("Gelu", self._multiply(state, f"{name}.intermediate.dense"))
        fed = self._multiply(wide, f"{name}.output.dense")
        return self._normalise(self._node("Add", fed, state), f"{name}.output.LayerNorm")

    def _attend(self, state: str, name: str) -> str:
        """Add what each token takes from all; the operator wants a batch: one text."""
        heads, size = self._config["num_attention_heads"], self._config["hidden_size"]
        batch = self._whole([1, -1, size])
        projected = [
            self._node("Reshape", self._multiply(state, f"{name}.attention.self.{part}"), batch)
            for part in ("query", "key", "value")
        ]
        mixed = self._node("Attention", *projected, q_num_heads=heads, kv_num_heads=heads)
        return self._node("Reshape", mixed, self._whole([-1, size]))

    def _multiply(self, state: str, name: str) -> str:
        """Add state times weight, turned over, plus bias."""
        weight, bias = self._single(f"{name}.weight"), self._single(f"{name}.bias")
        return self._node("Gemm", state, weight, bias, transB=1)

    def _normalise(self, state: str, name: str) -> str:
        weight, bias = self._single(f"{name}.weight"), self._single(f"{name}.bias")
        eps = self._config["layer_norm_eps"]
        return self._node("LayerNormalization", state, weight, bias, epsilon=eps)

    def _single(self, name: str) -> str:
        return self._to_single(self._weight(name))

    def _to_single(self, value: str) -> str:
        return self._node("Cast", value, to=TensorProto.FLOAT)

    def _weight(self, name: str) -> str:
        """Name a tensor of the other file."""
        place = self._places[name]
        tensor = TensorProto(
            name=name,
            data_type=KINDS[place["dtype"]],
            dims=place["shape"],
            data_location=TensorProto.EXTERNAL,
        )
        where = {"location": WEIGHTS, "offset": place["offset"], "length": place["length"]}
        for key, value in where.items():
            tensor.external_data.add(key=key, value=str(value))
        self._stored[name] = tensor
        return name

    def _whole(self, numbers: Sequence[int]) -> str:
        """Store whole numbers, once."""
        name = "whole:" + ",".join(map(str, numbers))
        self._stored[name] = helper.make_tensor(name, TensorProto.INT64, [len(numbers)], numbers)
        return name

    def _node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        output = f"{operator}:{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output
