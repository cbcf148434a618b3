"""What all tests share: the real appendix, read once."""

import pytest

from corpus.readers import BUNDLED_APPENDIX, read_documents
from corpus.records import Document


@pytest.fixture(scope="session")
def appendix() -> Document:
    (document,) = read_documents(BUNDLED_APPENDIX)
    return document
