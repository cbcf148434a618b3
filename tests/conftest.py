"""What all tests share: the real appendix, read once, and an index of it, made once."""

from pathlib import Path

import pytest

from corpus.readers import BUNDLED_APPENDIX, read_documents
from corpus.records import Document
from index.encoder import Encoder
from index.storage import Index, build_index, load_index

pytest_plugins = ["browsing"]


@pytest.fixture(scope="session")
def appendix() -> Document:
    (document,) = read_documents(BUNDLED_APPENDIX)
    return document


@pytest.fixture(scope="session")
def index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the appendix with the bundled model, as `bijlage index` makes it."""
    folder = tmp_path_factory.mktemp("appendix") / "index"
    build_index([BUNDLED_APPENDIX], folder, Encoder.load())
    return folder


@pytest.fixture(scope="session")
def appendix_index(index_folder: Path) -> Index:
    return load_index(index_folder)


@pytest.fixture(scope="session")
def second_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the fictitious appendix and of a few answers in JSONL."""
    folder = tmp_path_factory.mktemp("second") / "index"
    data = Path(__file__).parent / "data"
    sources = [data / "bbt-mobiliteit-2023.txt", data / "kamer-vragen.jsonl"]
    build_index(sources, folder, Encoder.load())
    return folder


@pytest.fixture(scope="session")
def second(second_folder: Path) -> Index:
    return load_index(second_folder)
