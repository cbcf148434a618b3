"""The vectors that were added to an index together, in faiss's index of them.

A small part is compared one by one; a large one is searched by clusters (`index.clusters`), and
what is found there is scored with the vectors as they were given, in half precision.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Buffer, Rows
from index.file_rows import FileRows

Floats = NDArray[np.float32]
Bits = NDArray[np.uint8]
Stored = NDArray[np.float32] | NDArray[np.float16]
Kept = Stored | FileRows[Any]


@dataclass(frozen=True, slots=True)
class VectorPart:
    """faiss's index of the vectors that were added together, and the vectors themselves."""

    index: Any
    vectors: Kept

    @property
    def is_flat(self) -> bool:
        """True when a search looks at every vector."""
        return not hasattr(self.index, "nprobe")

    def search(self, query: Floats, k: int, bits: Bits | None, *, everywhere: bool) -> Rows:
        """Return the rows of at most k vectors that are most similar to the query, float32
        (dimension,), among those with a bit (None: all); `everywhere` in all clusters."""
        params = _select(self, bits, everywhere)
        _, found = self.index.search(query[None, :], k, params=params)
        named: Rows = found[0][found[0] >= 0]
        return named


def make_flat(vectors: Floats) -> VectorPart:
    """Index unit vectors, float32 (n, dimension), for exact search; n may be 0."""
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, np.float32))
    return VectorPart(index, _codes(index))


def pack_index(index: Any) -> bytes:
    """Serialise an index of faiss; equal vectors give equal bytes."""
    import faiss

    return bytes(faiss.serialize_index(index).tobytes())


def open_flat(data: Buffer) -> VectorPart:
    """Read an exact index.

    Raises:
        ValueError: If the bytes hold none.
    """
    import faiss

    index = _deserialise(data)
    if not isinstance(index, faiss.IndexFlatIP):
        raise ValueError(f"expected an IndexFlatIP, got {type(index).__name__}")
    return VectorPart(index, _codes(index))


def open_clustered(data: Buffer, vectors: Kept) -> VectorPart:
    """Read an index by clusters of these vectors.

    Raises:
        ValueError: If the bytes hold none, or one of another number or dimension.
    """
    import faiss

    index = _deserialise(data)
    if not isinstance(index, faiss.IndexIVFPQFastScan):
        raise ValueError(f"expected an IndexIVFPQFastScan, got {type(index).__name__}")
    if vectors.shape != (index.ntotal, index.d):
        raise ValueError(f"{vectors.shape} vectors for an index of {(index.ntotal, index.d)}")
    return VectorPart(index, vectors)


def _deserialise(data: Buffer) -> Any:
    import faiss

    try:
        return faiss.deserialize_index(np.frombuffer(data, np.uint8))
    except (RuntimeError, ValueError) as error:
        raise ValueError("not a serialised faiss index") from error


def _codes(index: Any) -> Floats:
    """Return the vectors of an exact index, float32 (n, dimension)."""
    import faiss

    flat = faiss.vector_to_array(index.codes).view(np.float32)
    return flat.reshape(int(index.ntotal), int(index.d))


def _select(part: VectorPart, bits: Bits | None, everywhere: bool) -> Any:
    """Return faiss's parameters for a search among the rows with a bit (None: all of them); for a
    filter's sake in every cluster."""
    if bits is None:
        return None
    import faiss

    library: Any = faiss  # its stubs don't know the keyword
    selector = library.IDSelectorBitmap(bits)
    if part.is_flat:
        return library.SearchParameters(sel=selector)
    nprobe = part.index.nlist if everywhere else part.index.nprobe
    return library.SearchParametersIVF(sel=selector, nprobe=nprobe)
