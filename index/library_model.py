"""Turn many texts into vectors with sentence-transformers, on the processor.

The only module that imports it, and only when a model is opened: that takes seconds. A folder is
never looked up on the network, and no code from a model is run. What one question needs is read
faster through ONNX Runtime (`index.query_model`).
"""

import hashlib
import logging
import os
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH_SIZE = 32
"""Texts per batch: with a transformer of 512 tokens this stays under 1 GiB."""
HUB_TIMEOUT_S = 10

Floats = NDArray[np.float32]
Spans = Sequence[tuple[int, int]]


class LibraryModel:
    """A model of sentence-transformers, opened."""

    def __init__(self, model: "SentenceTransformer") -> None:
        self._model = model

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the vector of each text, float32 (n, dimension), as long as the model makes it."""
        return np.asarray(self._encode(texts, convert_to_numpy=True), np.float32)

    def encode_with_tokens(self, texts: Sequence[str]) -> tuple[Floats, list[Floats]]:
        """Return the vector of each text, float32 (n, dimension), and those of its own tokens, each
        float32 (tokens, dimension), without those that the model puts around a text; (0, 0) where
        the model gives none."""
        found = self._encode(texts, convert_to_numpy=False, output_value=None)
        vectors = np.asarray([one["sentence_embedding"].numpy() for one in found], np.float32)
        return vectors, [self._own_tokens(one) for one in found]

    def spans_of(self, text: str) -> Spans:
        """Return where each token of a text stands in it, first and past the last character; () for
        a model whose tokeniser doesn't tell."""
        tokenizer: Any = getattr(self._model.tokenizer, "backend_tokenizer", None)
        if tokenizer is None:
            return ()
        spans: Spans = tokenizer.encode(text, add_special_tokens=False).offsets
        return spans

    def fingerprint(self) -> str:
        """Return the SHA-256 (hex) over the modules' descriptions and all weights."""
        digest = hashlib.sha256(repr(self._model).encode())
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(f"{key}\0{tuple(tensor.shape)}\0{tensor.dtype}\0".encode())
            digest.update(tensor.detach().cpu().contiguous().reshape(-1).numpy().tobytes())
        return digest.hexdigest()

    @cached_property
    def _around(self) -> frozenset[int]:
        """The tokens that the model puts around a text."""
        tokenizer: Any = self._model.tokenizer
        special = getattr(tokenizer, "all_special_ids", ())
        return frozenset(special) - {getattr(tokenizer, "unk_token_id", None)}

    def _encode(self, texts: Sequence[str], **form: Any) -> Any:
        return self._model.encode(
            list(texts), batch_size=BATCH_SIZE, show_progress_bar=False, **form
        )

    def _own_tokens(self, features: Any) -> Floats:
        if "token_embeddings" not in features:
            return np.zeros((0, 0), np.float32)
        ids = features["input_ids"].tolist()
        own = [place for place, token in enumerate(ids) if token not in self._around]
        found: Floats = features["token_embeddings"].numpy()[own]
        return found


def open_local(name: str) -> LibraryModel:
    """Open the model in a folder, or of a name whose files are in the hub's cache.

    Raises:
        Exception: Of any class, bare ones too, as the library and the loaders under it raise.
    """
    _silence_libraries()
    from sentence_transformers import SentenceTransformer

    return LibraryModel(
        SentenceTransformer(name, device="cpu", trust_remote_code=False, local_files_only=True)
    )


def open_remote(name: str) -> LibraryModel:
    """Fetch a model from the hub, after one question that fails at once when it can't.

    Raises:
        Exception: As `open_local`.
    """
    _silence_libraries()
    from huggingface_hub import model_info
    from sentence_transformers import SentenceTransformer

    repository = name if "/" in name else f"sentence-transformers/{name}"
    model_info(repository, timeout=HUB_TIMEOUT_S)
    return LibraryModel(SentenceTransformer(repository, device="cpu", trust_remote_code=False))


def _silence_libraries() -> None:
    """Keep the libraries' own English remarks off the screen; what fails is said in Dutch. Nothing
    is told to the hub about who uses them."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # it is read when they are imported
    from transformers.utils import logging as remarks

    silence: Callable[[], None] = remarks.disable_progress_bar
    silence()
    for library in ("huggingface_hub", "sentence_transformers", "transformers"):
        logging.getLogger(library).setLevel(logging.ERROR)
