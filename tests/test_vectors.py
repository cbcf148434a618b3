"""The vector index against brute force in numpy, and its bytes."""

import numpy as np
import pytest
from numpy.typing import NDArray

from index.vectors import VectorIndex


def unit_vectors(count: int, dimension: int = 16) -> NDArray[np.float32]:
    vectors = np.random.default_rng(7).normal(size=(count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_search_finds_what_brute_force_finds() -> None:
    vectors = unit_vectors(200)
    query = unit_vectors(201)[-1]
    rows, scores = VectorIndex.build(vectors).search(query, 10)
    cosines = vectors @ query
    expected = np.argsort(-cosines)[:10]
    assert rows.tolist() == expected.tolist()
    np.testing.assert_allclose(scores, cosines[expected], atol=1e-6)


def test_a_filter_restricts_the_rows_before_ranking() -> None:
    vectors = unit_vectors(200)
    query = vectors[0]
    worst = np.sort(np.argsort(vectors @ query)[:5])
    rows, _ = VectorIndex.build(vectors).search(query, 5, worst)
    assert sorted(rows.tolist()) == worst.tolist()


def test_asking_for_more_than_there_is_gives_all() -> None:
    rows, scores = VectorIndex.build(unit_vectors(3)).search(unit_vectors(3)[1], 10)
    assert rows[0] == 1
    assert len(rows) == len(scores) == 3


def test_equal_vectors_stand_in_row_order() -> None:
    same = np.repeat(unit_vectors(1), 4, axis=0)
    rows, _ = VectorIndex.build(same).search(same[0], 4)
    assert rows.tolist() == [0, 1, 2, 3]


def test_an_index_read_back_answers_as_before() -> None:
    index = VectorIndex.build(unit_vectors(50))
    again = VectorIndex.from_bytes(index.to_bytes())
    assert again.to_bytes() == index.to_bytes()
    np.testing.assert_array_equal(again.vectors, unit_vectors(50))


def test_an_empty_index_finds_nothing() -> None:
    index = VectorIndex.from_bytes(VectorIndex.build(np.zeros((0, 16), np.float32)).to_bytes())
    rows, scores = index.search(unit_vectors(1)[0], 5)
    assert len(index) == len(rows) == len(scores) == 0


def test_no_rows_allowed_finds_nothing() -> None:
    rows, _ = VectorIndex.build(unit_vectors(3)).search(
        unit_vectors(1)[0], 5, np.zeros(0, np.int64)
    )
    assert len(rows) == 0


@pytest.mark.parametrize(
    "data", [b"", b"geen index", VectorIndex.build(unit_vectors(4)).to_bytes()[:-8]]
)
def test_bytes_that_are_no_index_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a serialised faiss index"):
        VectorIndex.from_bytes(data)


def test_wrong_calls_are_refused() -> None:
    index = VectorIndex.build(unit_vectors(3))
    with pytest.raises(ValueError, match="k must be at least 1, got 0"):
        index.search(unit_vectors(1)[0], 0)
    with pytest.raises(ValueError, match=r"query must have shape \(16,\), got \(8,\)"):
        index.search(unit_vectors(1, 8)[0], 1)
