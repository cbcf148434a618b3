"""Turn one short text into vectors with ONNX Runtime: the graph of a model beside its weights.

The only module that imports onnxruntime. Importing PyTorch and sentence-transformers takes seconds,
and for a question of ten tokens PyTorch spends more time around the matrix products than in them.
The weights are those that sentence-transformers reads, and so are the vectors, but for rounding
(a test compares them). `index/train/graph.py` writes the graph.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

GRAPH = "queries.onnx"
INPUT, OUTPUT = "input_ids", "token_embeddings"
THREADS = 1
"""A question is too short to share: on two cores two threads were faster by a third when nothing
else ran, and slower when anything did."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text as a model reads it: `states`, float32 (tokens, dimension), the last layer of each
    token, with the two that the model puts around a text; and of each token between them where it
    stands in the text, first and past the last character."""

    states: NDArray[np.float32]
    spans: tuple[tuple[int, int], ...]


class QueryModel:
    """A model in a folder of sentence-transformers that holds a graph too."""

    def __init__(self, folder: Path) -> None:
        """Open it; that takes a tenth of a second."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        self._session = onnxruntime.InferenceSession(
            folder / GRAPH, options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        settings = json.loads((folder / "sentence_bert_config.json").read_bytes())
        self._tokenizer.enable_truncation(settings["max_seq_length"])

    def read(self, text: str) -> ReadText:
        """Read a text; what goes beyond the model's longest text is left out."""
        encoding = self._tokenizer.encode(text)
        tokens = np.array(encoding.ids, np.int64)
        (states,) = self._session.run([OUTPUT], {INPUT: tokens})
        return ReadText(states, tuple(encoding.offsets[1:-1]))
