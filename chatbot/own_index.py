"""The user's own index: where it is, and that it always fits this program.

It is made from the bundled appendix at first use, and made again, with the user's own documents
kept in it, when the model or the code has changed: also one that goes by the appendix's name. One
that an older version left and that can't be read any more is set aside, not removed.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from platformdirs import user_data_path

from chatbot.checks import ChatbotError
from chatbot.progress import Tell, say
from chatbot.set_aside import set_aside, source_checksums
from chatbot.stamp import appendix_checksum, is_fresh, put_stamp
from corpus.readers import BUNDLED_APPENDIX
from index.embedding_cache import Progress, no_progress
from index.encoder import Encoder
from index.folder import has_index
from index.lock import lock_folder, locked
from index.made_by import is_made_by
from index.manifest import IndexFolderError, read_manifest
from index.storage import build_index, renew_index

FIRST = "De bijlage wordt klaargezet; dat gebeurt alleen de eerste keer en duurt tot een minuut."
AGAIN = "De documenten worden opnieuw klaargezet voor deze versie; dat gebeurt één keer."


def own_folder(other_model: bool) -> Path:
    """Return the folder: one for the bundled model, one for a model of the user's choice."""
    name = "index-ander-model" if other_model else "index"
    return user_data_path("bijlage", appauthor=False) / name


def refresh(
    folder: Path, encoder: Encoder, tell: Tell = say, progress: Progress = no_progress
) -> None:
    """Make the index, or make it again where it no longer fits; does nothing when it fits.

    `tell` is told when it is made, which takes a while, and `progress` how far that is.

    Raises:
        ChatbotError: If the folder can't be written to.
        IndexFolderError: If an index of this same program is damaged.
    """
    if _fits(folder, encoder):
        return
    with _one_at_a_time(folder):
        if _fits(folder, encoder):  # another process was first
            return
        tell(AGAIN if has_index(folder) else FIRST)
        _make(folder, encoder, progress)
        put_stamp(folder)


def _fits(folder: Path, encoder: Encoder) -> bool:
    return has_index(folder) and is_fresh(folder) and is_made_by(read_manifest(folder), encoder)


def _make(folder: Path, encoder: Encoder, progress: Progress) -> None:
    named_alike = source_checksums(folder).get(BUNDLED_APPENDIX.stem, "")
    is_users = named_alike not in {"", appendix_checksum(folder)}
    try:
        renew_index(folder, encoder, progress, [] if is_users else [BUNDLED_APPENDIX])
    except IndexFolderError:
        if not has_index(folder) or is_fresh(folder):
            raise
        with lock_folder(folder):  # raises where the fault is another writer, or the rights
            set_aside(folder)
        build_index([BUNDLED_APPENDIX], folder, encoder, progress)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Wait until no other process makes this index."""
    with ExitStack() as stack:
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(folder.with_name(f".{folder.name}.lock"), wait=True))
        except OSError as error:
            raise ChatbotError(
                f"In de map {folder.parent} kan niet worden geschreven;"
                " kies met --index een andere map."
            ) from error
        yield
