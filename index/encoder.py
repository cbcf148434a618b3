"""Turn texts into unit vectors with a sentence-transformers model.

The only module that imports sentence-transformers, and only when a passage is encoded: it takes
seconds. What is asked is read by the same weights through ONNX Runtime where a model comes with a
graph (`index.query_model`), as the bundled one does. The default is the model in `index/model`; any
other model goes by the name that the hub gives it, or by its folder, with the prefixes that it was
trained with (E5: "query: " and "passage: "). A folder is never looked up on the network, and no
code from a model is run.
"""

import hashlib
import json
import logging
import os
import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from index.arrays import open_arrays
from index.query_model import GRAPH, QueryModel
from index.token_codes import TOKEN_DIMENSION, Codes, Tokens, encode_tokens
from index.tokens import RUN
from index.verifier import Verifier, open_verifier

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUNDLED_NAME = "bundled"
BUNDLED_FOLDER = Path(__file__).parent / "model"
BATCH_SIZE = 32
"""Texts per batch: with a transformer of 512 tokens this stays under 1 GiB."""
HUB_TIMEOUT_S = 10
AXES = "token_axes.safetensors"
"""File of a model with the axes of its token codes (`index.token_codes`): `axes`, float16."""
NO_WEIGHTS = (".md", ".onnx")
"""Endings of a model's files that say nothing about its vectors: cards, graphs of the weights."""

Loaded = TypeVar("Loaded")


class ModelError(Exception):
    """A model that can't be loaded; the message is one Dutch sentence that names the remedy."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query as a model reads it: its unit vector, float32 (dimension,), the codes of its tokens,
    int8 (tokens, TOKEN_DIMENSION), and of each token the word that it is a piece of, as typed."""

    vector: NDArray[np.float32]
    codes: Codes
    words: tuple[str, ...]


class Encoder:
    """A model: `name`, `fingerprint`, `dimension`, both prefixes, and what it encodes.

    Nothing is loaded before it is needed; without a dimension the model is, to tell it. `queries`
    opens what reads questions, where that isn't the model of the library; `axes` are those of its
    token codes, float32 (dimension, TOKEN_DIMENSION), and `verifier` judges by them, where it has
    its own.
    """

    def __init__(
        self,
        load: "Callable[[], SentenceTransformer]",
        name: str,
        fingerprint: str,
        *,
        queries: Callable[[], QueryModel] | None = None,
        axes: NDArray[np.float32] | None = None,
        verifier: Verifier | None = None,
        query_prefix: str = "",
        passage_prefix: str = "",
        dimension: int = 0,
    ) -> None:
        self._library = _Later(load)
        self._queries = None if queries is None else _Later(queries)
        self._axes = axes
        self.verifier = verifier
        self.name = name
        self.fingerprint = fingerprint
        self.query_prefix = query_prefix
        self.passage_prefix = passage_prefix
        self.dimension = dimension or len(self.encode_queries(["maat"])[0])

    @classmethod
    def load(
        cls, model: str | None = None, query_prefix: str = "", passage_prefix: str = ""
    ) -> "Encoder":
        """Return the bundled model, or another one by its folder or by its name on the hub.

        The bundled one is loaded when something is encoded, and what fails raises a ModelError
        then; another one is loaded at once.

        Raises:
            ModelError: If there is no such model, it can't be fetched, or it holds no
                sentence-transformers model.
        """
        prefixes: dict[str, Any] = {
            "query_prefix": query_prefix,
            "passage_prefix": passage_prefix,
        }
        if model in (None, BUNDLED_NAME):
            return cls._with_graph(BUNDLED_FOLDER, BUNDLED_NAME, **prefixes)
        folder = _find_folder(model)
        if folder is not None and (folder / GRAPH).is_file():
            found = cls._with_graph(folder, str(folder), **prefixes)
            found.encode_queries(["maat"])
            return found
        loaded = _open_model(str(folder or model), is_local=folder is not None)
        if folder is None:
            return cls(lambda: loaded, model, _hash_weights(loaded), **prefixes)
        return cls(lambda: loaded, str(folder), hash_folder(folder), **prefixes)

    @classmethod
    def _with_graph(cls, folder: Path, name: str, **prefixes: str) -> "Encoder":
        """Return a model of our own recipe, before it is loaded."""
        try:
            pooling = json.loads((folder / "1_Pooling" / "config.json").read_bytes())
            dimension = int(pooling["word_embedding_dimension"])
            axes = _read_axes(folder, dimension)
            verifier = open_verifier(folder)
            fingerprint = hash_folder(folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(_explain(str(folder), is_local=True)) from error
        return cls(
            lambda: _open_model(str(folder), is_local=True),
            name,
            fingerprint,
            queries=lambda: _open_queries(folder),
            axes=axes,
            verifier=verifier,
            dimension=dimension,
            **prefixes,
        )

    def prepare(self) -> None:
        """Begin to load what reads questions, in a thread, where that hasn't begun."""
        (self._queries or self._library).begin()

    @property
    def _model(self) -> "SentenceTransformer":
        return self._library.result()

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector per query: float32 (n, dimension); (0, dimension) for none."""
        if self._queries is None or not texts:
            return self._encode(texts, self.query_prefix)
        read = self._queries.result().read
        return _to_unit([read(self._as_asked(text)).states.mean(0) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector per passage: float32 (n, dimension); (0, dimension) for none."""
        return self._encode(texts, self.passage_prefix)

    def encode_question(self, text: str) -> Question:
        """Return the vector of one query and its tokens."""
        asked = self._as_asked(text)
        if self._queries is None:
            vectors, tokens = self._encode_tokens([asked], "")
            return Question(vectors[0], tokens.codes, self._words(asked)[: len(tokens.codes)])
        found = self._queries.result().read(asked)
        codes = encode_tokens([found.states[1:-1]], self._axes).codes
        return Question(_to_unit([found.states.mean(0)])[0], codes, _words_at(asked, found.spans))

    def _as_asked(self, text: str) -> str:
        return unicodedata.normalize("NFC", self.query_prefix + text).strip()

    def _words(self, text: str) -> tuple[str, ...]:
        """Return for each token of a text the word that it is from, where the library tells."""
        tokenizer: Any = getattr(self._model.tokenizer, "backend_tokenizer", None)
        if tokenizer is None:
            return ()
        return _words_at(text, tokenizer.encode(text, add_special_tokens=False).offsets)

    def encode_sentences(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], Tokens]:
        """Return one unit vector per sentence, as `encode_passages`, and their tokens."""
        return self._encode_tokens(texts, self.passage_prefix)

    def _encode_tokens(
        self, texts: Sequence[str], prefix: str
    ) -> tuple[NDArray[np.float32], Tokens]:
        """Encode texts and their tokens, without those that a model puts around a text."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32), encode_tokens([])
        found: Any = self._model.encode(
            [prefix + text for text in texts],
            batch_size=BATCH_SIZE,
            show_progress_bar=False,
            convert_to_numpy=False,
            output_value=None,
        )
        vectors = _to_unit([one["sentence_embedding"].numpy() for one in found])
        own = [_own_tokens(one, self._around) for one in found]
        return vectors, encode_tokens(own, self._axes)

    @cached_property
    def _around(self) -> frozenset[int]:
        """The tokens that the model puts around a text."""
        tokenizer: Any = self._model.tokenizer
        special = getattr(tokenizer, "all_special_ids", ())
        return frozenset(special) - {getattr(tokenizer, "unk_token_id", None)}

    def _encode(self, texts: Sequence[str], prefix: str) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors: Any = self._model.encode(
            [prefix + text for text in texts],
            batch_size=BATCH_SIZE,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return _to_unit(vectors)


class _Later(Generic[Loaded]):
    """Something that is loaded once, in a thread, by whoever asks first."""

    def __init__(self, load: Callable[[], Loaded]) -> None:
        self.loading: Future[Loaded] = Future()
        self._load = load
        self._beginning = Lock()

    def begin(self) -> None:
        """Start the thread, once."""
        with self._beginning:
            if not self.loading.running() and not self.loading.done():
                self.loading.set_running_or_notify_cancel()
                Thread(target=self._fill, daemon=True, name="model").start()

    def result(self) -> Loaded:
        """Return it when it is there, or raise what went wrong."""
        self.begin()
        return self.loading.result()

    def _fill(self) -> None:
        try:
            self.loading.set_result(self._load())
        except BaseException as error:  # whoever waits gets it
            self.loading.set_exception(error)


def _read_axes(folder: Path, dimension: int) -> NDArray[np.float32] | None:
    """Return the axes of a model's token codes, or None for a model without them.

    Raises:
        OSError, ValueError, KeyError: If the file can't be read or holds others.
    """
    path = folder / AXES
    if not path.is_file():
        return None
    axes = open_arrays(path.read_bytes())["axes"].astype(np.float32)
    if axes.shape != (dimension, TOKEN_DIMENSION):
        raise ValueError(f"axes of shape {axes.shape} for vectors of {dimension} numbers")
    return axes


def _words_at(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Return for each span the run of letters, digits and joiners that it starts in, or ""."""
    runs = {place: run[0] for run in RUN.finditer(text) for place in range(*run.span())}
    return tuple(runs.get(start, "") for start, _ in spans)


def _own_tokens(features: Any, around: frozenset[int]) -> NDArray[np.float32]:
    """Return the vectors of a text's own tokens, float32 (tokens, dimension); none when the model
    gives none."""
    if "token_embeddings" not in features:
        return np.zeros((0, 0), np.float32)
    ids = features["input_ids"].tolist()
    own = [place for place, token in enumerate(ids) if token not in around]
    found: NDArray[np.float32] = features["token_embeddings"].numpy()[own]
    return found


def _to_unit(vectors: Any) -> NDArray[np.float32]:
    found = np.asarray(vectors, np.float32)
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    return cast(NDArray[np.float32], found / np.maximum(norms, np.float32(1e-12)))


def hash_folder(folder: Path) -> str:
    """Return the SHA-256 (hex) over the names and bytes of a model's files, cards and graphs left
    out."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in relative.parts)
        if path.is_file() and not hidden and path.suffix not in NO_WEIGHTS:
            digest.update(f"{relative.as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _find_folder(name: str) -> Path | None:
    """Return the folder that a model's name stands for, or None for a name on the hub."""
    try:
        folder = Path(name).expanduser().resolve()
        return folder if name.strip() and folder.is_dir() else None
    except (OSError, ValueError, RuntimeError):  # too long, a NUL byte, an unknown user
        return None


def _open_model(name: str, is_local: bool) -> "SentenceTransformer":
    """Load a model on the processor; from a folder or the hub's cache if it is there."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # it is read when they are imported
    _silence_libraries()
    _multiply_in_one_thread()
    try:
        return _open_local(name)
    except Exception as error:  # the loaders under it raise bare Exception too
        if is_local:
            raise ModelError(_explain(name, is_local)) from error
    try:
        return _open_remote(name)
    except Exception as error:
        raise ModelError(_explain(name, is_local)) from error


def _open_queries(folder: Path) -> QueryModel:
    _multiply_in_one_thread()
    try:
        return QueryModel(folder)
    except Exception as error:  # the runtime raises classes of its own
        raise ModelError(_explain(str(folder), is_local=True)) from error


def _silence_libraries() -> None:
    """Keep the libraries' own English remarks off the screen; what fails is said in Dutch."""
    from transformers.utils import logging as remarks

    silence: Callable[[], None] = remarks.disable_progress_bar
    silence()
    for library in ("huggingface_hub", "sentence_transformers", "transformers"):
        logging.getLogger(library).setLevel(logging.ERROR)


def _multiply_in_one_thread() -> None:
    """Let numpy do so: what a question needs is too small to share, and its threads wait for one
    another, and for the model's, so that a question takes nearly twice as long."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, "blas")


def _open_local(name: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(name, device="cpu", trust_remote_code=False, local_files_only=True)


def _open_remote(name: str) -> "SentenceTransformer":
    """Fetch a model from the hub, after one question that fails at once when it can't."""
    from huggingface_hub import model_info
    from sentence_transformers import SentenceTransformer

    repository = name if "/" in name else f"sentence-transformers/{name}"
    model_info(repository, timeout=HUB_TIMEOUT_S)
    return SentenceTransformer(repository, device="cpu", trust_remote_code=False)


def _explain(name: str, is_local: bool) -> str:
    if name == str(BUNDLED_FOLDER):
        return (
            f"Het ingebouwde model in de map '{name}' is beschadigd; haal Bijlage opnieuw op, "
            "of geef met --model een ander model."
        )
    if is_local:
        return (
            f"De map '{name}' bevat geen bruikbaar model van sentence-transformers; "
            "geef met --model een andere map, of laat --model weg voor het ingebouwde model."
        )
    return (
        f"Het model '{name}' kon niet worden geladen; controleer de naam en de "
        "internetverbinding, of laat --model weg voor het ingebouwde model."
    )


def _hash_weights(model: "SentenceTransformer") -> str:
    """Return the SHA-256 (hex) over the modules' descriptions and all weights of a model."""
    digest = hashlib.sha256(repr(model).encode())
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(f"{key}\0{tuple(tensor.shape)}\0{tensor.dtype}\0".encode())
        digest.update(tensor.detach().cpu().contiguous().reshape(-1).numpy().tobytes())
    return digest.hexdigest()
