"""Judge whether a passage answers a question by the tokens of both: a small network over late
interaction.

A mean of similarities can't tell which token of a question must find its like: a wrong year is as
like the right one as two words for one thing are. So each token of the question attends to those of
the passage (softmax of their cosines, as in Luong et al., EMNLP 2015), then to each other (one
layer of a transformer, normalised before each step; Xiong et al., ICML 2020), and the mean of what
comes out gives the verdict. A model of our recipe brings its weights along
(`index/train/verifier.py`).
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import open_arrays
from index.token_codes import SCALE, TOKEN_DIMENSION, Codes

VERIFIER = "verifier.safetensors"
HEADS = 4
PRODUCT = 8.0
"""Factor of the product of a token and what it finds: the numbers of a unit vector are small."""
INPUTS = 3 * TOKEN_DIMENSION + 1
"""Numbers per token of the question: its own, those it finds, their product, the best cosine."""
EPSILON = 1e-5

Floats = NDArray[np.float32]


class Verifier:
    """The network, by its weights: layers as `NAME.weight` (out, in) and `NAME.bias` (out,), and
    `sharpness`, which the cosines are multiplied by."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        """Take the weights.

        Raises:
            KeyError, ValueError: If one is missing, or they are for other tokens.
        """
        self._weights = {name: array.astype(np.float32) for name, array in weights.items()}
        self._sharpness = float(self._weights["sharpness"].ravel()[0])
        if self._weights["read.weight"].shape[1] != INPUTS:
            raise ValueError(f"a verifier of {self._weights['read.weight'].shape[1]} inputs")

    def judge(self, asked: Codes, codes: Codes) -> float:
        """Return the logit that a passage answers a question; 0 where either has no tokens.

        Args:
            asked: The codes of the question's tokens, (q, TOKEN_DIMENSION).
            codes: Those of all the passage's, (p, TOKEN_DIMENSION).
        """
        if not len(asked) or not len(codes):
            return 0.0
        question, passage = (
            np.asarray(some / np.float32(SCALE), np.float32) for some in (asked, codes)
        )
        cosines = question @ passage.T
        found = _softmax(np.asarray(self._sharpness * cosines, np.float32)) @ passage
        best = cosines.max(axis=1, keepdims=True)
        states = self._layer(
            "read", np.concatenate([question, found, PRODUCT * question * found, best], axis=1)
        )
        states = states + self._layer("attended", self._attend(self._norm("before", states)))
        wide = np.maximum(self._layer("widen", self._norm("between", states)), 0)
        states = states + self._layer("narrow", wide)
        return float(self._layer("verdict", self._norm("after", states).mean(axis=0))[0])

    def _attend(self, states: Floats) -> Floats:
        """Return what each token takes from all of them, float32 (q, width), head after head."""
        queries, keys, values = (
            part.reshape(len(states), HEADS, -1).transpose(1, 0, 2)
            for part in np.split(self._layer("attend", states), 3, axis=1)
        )
        shares = _softmax(queries @ keys.transpose(0, 2, 1) / np.sqrt(queries.shape[-1]))
        return np.asarray((shares @ values).transpose(1, 0, 2).reshape(len(states), -1), np.float32)

    def _layer(self, name: str, inputs: Floats) -> Floats:
        return inputs @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _norm(self, name: str, states: Floats) -> Floats:
        centred = states - states.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + EPSILON)
        return np.asarray(
            scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"], np.float32
        )


def open_verifier(folder: Path) -> Verifier | None:
    """Open the verifier in a model's folder; None where there is none.

    Raises:
        OSError, ValueError, KeyError: If the file can't be read or holds something else.
    """
    path = folder / VERIFIER
    return Verifier(open_arrays(path.read_bytes())) if path.is_file() else None


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)
