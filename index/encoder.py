"""Turn texts into unit vectors with a sentence-transformers model.

Passages are encoded by the library (`index.library_model`). What is asked is read by the same
weights through ONNX Runtime where a model comes with a graph (`index.query_model`), as the bundled
one does. The default is the model in `index/model`; any other model goes by the name that the hub
gives it, or by its folder, with the prefixes that it was trained with (E5: "query: " and
"passage: ").
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from index.later import Later
from index.library_model import LibraryModel, open_local, open_remote
from index.model_folder import find_folder, hash_folder, read_axes, read_dimension
from index.query_model import GRAPH, QueryModel
from index.token_codes import Codes, Tokens, encode_tokens
from index.tokens import RUN
from index.verifier import Verifier, open_verifier

BUNDLED_NAME = "bundled"
BUNDLED_FOLDER = Path(__file__).parent / "model"


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

    `fingerprint` is of what its vectors come from, `whole_fingerprint` of its verifier too. Nothing
    is loaded before it is needed; without a dimension the model is, to tell it. `queries` opens
    what reads questions, where that isn't the model of the library; `axes` are those of its token
    codes, float32 (dimension, TOKEN_DIMENSION), and `verifier` judges by them, where it has its
    own.
    """

    def __init__(
        self,
        load: Callable[[], LibraryModel],
        name: str,
        fingerprint: str,
        *,
        whole_fingerprint: str = "",
        queries: Callable[[], QueryModel] | None = None,
        axes: NDArray[np.float32] | None = None,
        verifier: Verifier | None = None,
        query_prefix: str = "",
        passage_prefix: str = "",
        dimension: int = 0,
    ) -> None:
        self._library = Later(load)
        self._queries = None if queries is None else Later(queries)
        self._axes = axes
        self.verifier = verifier
        self.name = name
        self.fingerprint = fingerprint
        self.whole_fingerprint = whole_fingerprint or fingerprint
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
        folder = find_folder(model)
        if folder is not None and (folder / GRAPH).is_file():
            found = cls._with_graph(folder, str(folder), **prefixes)
            found.encode_queries(["maat"])
            return found
        loaded = _open_model(str(folder or model), is_local=folder is not None)
        if folder is None:
            return cls(lambda: loaded, model, loaded.fingerprint(), **prefixes)
        return cls(lambda: loaded, str(folder), hash_folder(folder).whole, **prefixes)

    @classmethod
    def _with_graph(cls, folder: Path, name: str, **prefixes: str) -> "Encoder":
        """Return a model of our own recipe, before it is loaded."""
        try:
            dimension = read_dimension(folder)
            axes = read_axes(folder, dimension)
            verifier = open_verifier(folder)
            fingerprints = hash_folder(folder)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(_explain(str(folder), is_local=True)) from error
        return cls(
            lambda: _open_model(str(folder), is_local=True),
            name,
            fingerprints.vectors,
            whole_fingerprint=fingerprints.whole,
            queries=lambda: _open_queries(folder),
            axes=axes,
            verifier=verifier,
            dimension=dimension,
            **prefixes,
        )

    def prepare(self) -> None:
        """Begin to load what reads questions, in a thread, where that hasn't begun."""
        (self._queries or self._library).begin()

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
            words = _words_at(asked, self._library.result().spans_of(asked))
            return Question(vectors[0], tokens.codes, words[: len(tokens.codes)])
        found = self._queries.result().read(asked)
        codes = encode_tokens([found.states[1:-1]], self._axes).codes
        return Question(_to_unit([found.states.mean(0)])[0], codes, _words_at(asked, found.spans))

    def _as_asked(self, text: str) -> str:
        return unicodedata.normalize("NFC", self.query_prefix + text).strip()

    def encode_sentences(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], Tokens]:
        """Return one unit vector per sentence, as `encode_passages`, and their tokens."""
        return self._encode_tokens(texts, self.passage_prefix)

    def _encode_tokens(
        self, texts: Sequence[str], prefix: str
    ) -> tuple[NDArray[np.float32], Tokens]:
        """Encode texts and their tokens, without those that a model puts around a text."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32), encode_tokens([])
        vectors, own = self._library.result().encode_with_tokens([prefix + text for text in texts])
        return _to_unit(vectors), encode_tokens(own, self._axes)

    def _encode(self, texts: Sequence[str], prefix: str) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return _to_unit(self._library.result().encode([prefix + text for text in texts]))


def _words_at(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Return for each span the run of letters, digits and joiners that it starts in, or ""."""
    runs = {place: run[0] for run in RUN.finditer(text) for place in range(*run.span())}
    return tuple(runs.get(start, "") for start, _ in spans)


def _to_unit(vectors: Any) -> NDArray[np.float32]:
    found = np.asarray(vectors, np.float32)
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    return cast(NDArray[np.float32], found / np.maximum(norms, np.float32(1e-12)))


def _open_model(name: str, is_local: bool) -> LibraryModel:
    """Load a model on the processor; from a folder or the hub's cache if it is there."""
    _multiply_in_one_thread()
    try:
        return open_local(name)
    except Exception as error:  # the loaders under it raise bare Exception too
        if is_local:
            raise ModelError(_explain(name, is_local)) from error
    try:
        return open_remote(name)
    except Exception as error:
        raise ModelError(_explain(name, is_local)) from error


def _open_queries(folder: Path) -> QueryModel:
    _multiply_in_one_thread()
    try:
        return QueryModel(folder)
    except Exception as error:  # the runtime raises classes of its own
        raise ModelError(_explain(str(folder), is_local=True)) from error


def _multiply_in_one_thread() -> None:
    """Let numpy do so: what a question needs is too small to share, and its threads wait for one
    another, and for the model's, so that a question takes nearly twice as long."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, "blas")


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
