"""Rows of an array in a large file: the same as of the array, also after the file went away."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import index.file_rows
from index.arrays import open_rows, pack_arrays
from index.file_rows import CAN_READ_ROWS, FileRows
from index.generation import new_generation
from index.stacked import Stacked

VECTORS = np.arange(5000, dtype=np.float16).reshape(1000, 5)
CAN_READ = pytest.mark.skipif(not CAN_READ_ROWS, reason="the system can't read at a place")


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileRows[np.float16]:
    """The vectors in a file that is gone, behind an array with longer numbers."""
    monkeypatch.setattr(index.file_rows, "MAPPED_FROM", 1)
    with new_generation(tmp_path) as generation:
        data = pack_arrays(offsets=np.arange(7), vectors=VECTORS)
        generation.write("a.safetensors", data)
        opened = open_rows(generation.read("a.safetensors"), "vectors")
    assert not list(tmp_path.iterdir())
    assert isinstance(opened, FileRows)
    return opened


def pick(*numbers: int) -> NDArray[np.int64]:
    return np.array(numbers, np.int64)


@CAN_READ
@pytest.mark.parametrize(
    "numbers", [pick(), pick(999), pick(3, 4, 5, 9, 10, 0), pick(7, 7, 6, 8), np.arange(1000)]
)
def test_rows_are_those_of_the_array(
    rows: FileRows[np.float16], numbers: NDArray[np.int64]
) -> None:
    assert (len(rows), rows.shape, rows.dtype) == (1000, (1000, 5), np.float16)
    np.testing.assert_array_equal(rows[numbers], VECTORS[numbers])
    assert rows[numbers].dtype == np.float16


@CAN_READ
def test_rows_of_a_file_and_of_memory_are_stacked(rows: FileRows[np.float16]) -> None:
    stacked: Stacked[np.float16] = Stacked([VECTORS[:10], rows])
    wanted = pick(0, 9, 10, 1009, 4)
    np.testing.assert_array_equal(
        stacked.take(wanted), np.concatenate([VECTORS[:10], VECTORS])[wanted]
    )
    np.testing.assert_array_equal(stacked.take(pick(2, 1)), VECTORS[[2, 1]])
    np.testing.assert_array_equal(stacked.slice(10, 12), VECTORS[:2])


@CAN_READ
@pytest.mark.parametrize("row", [-1, 1000])
def test_a_row_that_is_not_there_is_refused(rows: FileRows[np.float16], row: int) -> None:
    with pytest.raises(IndexError, match="of 1000"):
        rows[pick(row)]


@CAN_READ
def test_a_file_that_was_cut_off_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.file_rows, "MAPPED_FROM", 1)
    with new_generation(tmp_path) as generation:
        generation.write("a", pack_arrays(vectors=VECTORS))
        opened = open_rows(generation.read("a"), "vectors")
        with (generation.path / "a").open("r+b") as file:
            file.truncate(file.seek(0, 2) - 4)
        with pytest.raises(OSError, match="the file ends before byte"):
            opened[pick(999)]
