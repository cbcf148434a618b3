"""Which half of the data a document falls in; the same for training and for benchmarks.

Decided by the SHA-256 of the document's key alone: the same on every machine, whatever else the
data hold, and a document that is added moves no other. A benchmark on "dev" or "test" may trust
that a model made by this recipe never saw those documents.
"""

import hashlib
import re
import unicodedata
from typing import Literal

Half = Literal["train", "dev", "test"]

HELD_OUT_PERCENT = 10
"""Per cent of the documents in dev, and as many in test."""


def half_of(key: str) -> Half:
    """Return the half of the document with this key; near-equal keys fall in the same half."""
    digest = hashlib.sha256(plain_key(key).encode()).digest()
    bucket = int.from_bytes(digest[:8], "big") % 100
    if bucket < HELD_OUT_PERCENT:
        return "dev"
    return "test" if bucket < 2 * HELD_OUT_PERCENT else "train"


def plain_key(text: str) -> str:
    """Return the bare letters and digits of a text: no accents, capitals, signs or spaces.

    So that a question that was put to several ministers, or copied with another full stop,
    stays on one side.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_]|[̀-ͯ]", "", folded)
