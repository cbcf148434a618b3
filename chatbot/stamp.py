"""The stamp of the user's own index: the code that made it, and the appendix of then.

It is a file beside the manifest: a fingerprint of the code, and the checksum of the appendix.
"""

import hashlib
import re
from pathlib import Path

from corpus.readers import BUNDLED_APPENDIX

CODE = Path(__file__).parent.parent  # holds the packages `corpus` and `index`
STAMP = "made-by"


def put_stamp(folder: Path) -> None:
    """Note that this very code made the index."""
    (folder / STAMP).write_text(_stamp(), encoding="utf-8")


def is_fresh(folder: Path) -> bool:
    """Return whether this very code made the index."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_bytes() == _stamp().encode()


def appendix_checksum(folder: Path) -> str:
    """Return the checksum of the bundled appendix as it stood when the index was made: a document
    of that name with another one is the user's own."""
    stamp = folder / STAMP
    noted = re.fullmatch(rb"\w+ ([0-9a-f]{64})", stamp.read_bytes()) if stamp.is_file() else None
    # Older versions noted the code only; they had the same appendix.
    return noted[1].decode() if noted else _checksum(BUNDLED_APPENDIX)


def _stamp() -> str:
    return f"{_code_fingerprint()} {_checksum(BUNDLED_APPENDIX)}"


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _code_fingerprint() -> str:
    """Return the SHA-256 over all code that reads documents and makes an index, and its data."""
    digest = hashlib.sha256()
    code = [*CODE.glob("corpus/*.py"), *CODE.glob("index/*.py"), *CODE.glob("corpus/data/*")]
    for path in sorted(code):
        digest.update(path.read_bytes())
    return digest.hexdigest()
