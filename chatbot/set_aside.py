"""Set aside an own index that an older version left and that can't be read any more."""

import json
import shutil
import sys
from itertools import count
from pathlib import Path

from chatbot.stamp import appendix_checksum
from corpus.readers import BUNDLED_APPENDIX
from index.manifest import MANIFEST

SET_ASIDE = "-oud"  # ending of the folder that holds an index which can't be read any more; -oud-2


def set_aside(folder: Path) -> None:
    """Set an unreadable index aside; remove it where it holds the bundled appendix alone."""
    if source_checksums(folder) in (
        {BUNDLED_APPENDIX.stem: checksum} for checksum in ("", appendix_checksum(folder))
    ):
        shutil.rmtree(folder)
        return
    old = _free_name(folder)
    folder.rename(old)
    print(
        f"De index van een vorige versie past niet meer en staat nu in {old};"
        " voeg eigen documenten opnieuw toe met bijlage index BRON.",
        file=sys.stderr,
    )


def source_checksums(folder: Path) -> dict[str, str]:
    """Return the ids of the documents that a manifest of any version names, each with the checksum
    of its source, "" where it has none; nothing where it can't be read."""
    try:
        documents = json.loads((folder / MANIFEST).read_bytes())["documents"]
        return {str(one["document_id"]): str(one.get("source_sha256", "")) for one in documents}
    except (OSError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return {}


def _free_name(folder: Path) -> Path:
    """Return the first name for a folder to set aside that nothing goes by yet."""
    name = folder.name + SET_ASIDE
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(path for path in map(folder.with_name, names) if not path.exists())
