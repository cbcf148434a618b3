"""The vector index against brute force in numpy, and its bytes."""

import numpy as np
import pytest
from numpy.typing import NDArray

import index.vectors
from index.clusters import RECALL, make_clustered
from index.storage import Index
from index.vector_parts import VectorPart, make_flat, open_clustered, open_flat, pack_index
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
    data = pack_index(make_flat(unit_vectors(50)).index)
    again = open_flat(data)
    assert pack_index(again.index) == data
    np.testing.assert_array_equal(VectorIndex([again]).vectors, unit_vectors(50))


def test_an_empty_index_finds_nothing() -> None:
    data = pack_index(make_flat(np.zeros((0, 16), np.float32)).index)
    index = VectorIndex([open_flat(data)])
    rows, scores = index.search(unit_vectors(1)[0], 5)
    assert len(index) == len(rows) == len(scores) == 0


def test_no_rows_allowed_finds_nothing() -> None:
    rows, _ = VectorIndex.build(unit_vectors(3)).search(
        unit_vectors(1)[0], 5, np.zeros(0, np.int64)
    )
    assert len(rows) == 0


@pytest.mark.parametrize(
    "data", [b"", b"geen index", pack_index(make_flat(unit_vectors(4)).index)[:-8]]
)
def test_bytes_that_are_no_index_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a serialised faiss index"):
        open_flat(data)


def test_wrong_calls_are_refused() -> None:
    index = VectorIndex.build(unit_vectors(3))
    with pytest.raises(ValueError, match="k must be at least 1, got 0"):
        index.search(unit_vectors(1)[0], 0)
    with pytest.raises(ValueError, match=r"query must have shape \(16,\), got \(8,\)"):
        index.search(unit_vectors(1, 8)[0], 1)


@pytest.fixture(scope="module")
def sentences(appendix_index: Index) -> NDArray[np.float32]:
    """The vectors of the appendix's sentences."""
    return appendix_index.sentences.vectors.arrays[0].astype(np.float32)


@pytest.fixture(scope="module")
def clustered(appendix_index: Index, sentences: NDArray[np.float32]) -> VectorPart:
    return make_clustered(sentences, appendix_index.vectors.vectors, np.random.default_rng(3))


def test_clusters_find_nearly_all_that_brute_force_finds(
    clustered: VectorPart, sentences: NDArray[np.float32], appendix_index: Index
) -> None:
    queries, found = appendix_index.vectors.vectors, 0
    assert not clustered.is_flat
    assert clustered.index.nprobe < clustered.index.nlist
    for query in queries:
        rows, scores = VectorIndex([clustered]).search(query, 10)
        expected = np.argsort(-(sentences @ query))[:10]
        found += len(np.intersect1d(rows, expected))
        np.testing.assert_allclose(scores, sentences[rows] @ query, atol=1e-6)
    assert found / (10 * len(queries)) > RECALL - 0.02


@pytest.mark.parametrize("few", [0, 16_384])
def test_a_filter_looks_into_every_cluster(
    clustered: VectorPart,
    sentences: NDArray[np.float32],
    monkeypatch: pytest.MonkeyPatch,
    few: int,
) -> None:
    monkeypatch.setattr(index.vectors, "FEW", few)
    query = sentences[0]
    worst = np.sort(np.argsort(sentences @ query)[:5])
    rows, _ = VectorIndex([clustered]).search(query, 5, worst)
    assert sorted(rows.tolist()) == worst.tolist()


def test_rows_that_were_dropped_are_passed_over(
    clustered: VectorPart, sentences: NDArray[np.float32]
) -> None:
    found = 0
    for query in sentences[::5]:
        order = np.argsort(-(sentences @ query))
        rows, _ = VectorIndex([clustered], np.sort(order[:3])).search(query, 10)
        assert len(rows) == 10
        assert not np.isin(rows, order[:3]).any()
        found += len(np.intersect1d(rows, order[3:13]))
    # those that are left lie further away than what the number of clusters was chosen for
    assert found / (10 * len(sentences[::5])) > RECALL - 0.05


@pytest.mark.parametrize("gone", [np.array([2, 51]), np.arange(50), np.arange(20, 100)])
def test_dropped_rows_of_several_parts_are_never_found(
    sentences: NDArray[np.float32], gone: NDArray[np.int64]
) -> None:
    parts = [make_flat(sentences[:50]), make_flat(sentences[50:100])]
    left = np.setdiff1d(np.arange(100), gone)
    for query in sentences[:100:20]:
        rows, _ = VectorIndex(parts, gone).search(query, 10)
        assert rows.tolist() == VectorIndex(parts).search(query, 10, left)[0].tolist()


def test_a_part_of_which_all_rows_are_allowed_is_searched_as_without_a_filter(
    clustered: VectorPart, sentences: NDArray[np.float32]
) -> None:
    both = VectorIndex([clustered, make_flat(sentences[:50])])
    allowed = np.arange(len(both) - 1)
    for query in sentences[60:80]:
        expected = [row for row in both.search(query, 10)[0] if row < len(both) - 1]
        assert both.search(query, 10, allowed)[0].tolist()[: len(expected)] == expected


def test_clusters_read_back_find_the_same(
    clustered: VectorPart, sentences: NDArray[np.float32]
) -> None:
    again = open_clustered(pack_index(clustered.index), sentences)
    assert again.index.nprobe == clustered.index.nprobe
    for query in sentences[:20]:
        one, other = (VectorIndex([part]).search(query, 10) for part in (clustered, again))
        assert one[0].tolist() == other[0].tolist()
    with pytest.raises(ValueError, match=r"\(3, \d+\) vectors for an index of"):
        open_clustered(pack_index(clustered.index), sentences[:3])
    with pytest.raises(ValueError, match="expected an IndexIVFPQFastScan, got IndexFlatIP"):
        open_clustered(pack_index(make_flat(sentences).index), sentences)


def test_parts_are_searched_as_one(sentences: NDArray[np.float32], clustered: VectorPart) -> None:
    whole = VectorIndex.build(sentences)
    halves = VectorIndex([make_flat(sentences[:100]), make_flat(sentences[100:])])
    assert len(halves) == len(whole)
    for query in sentences[::40]:
        rows, scores = halves.search(query, 7)
        assert rows.tolist() == whole.search(query, 7)[0].tolist()
        np.testing.assert_allclose(halves.score(query, rows), scores, atol=1e-6)
        some = np.arange(90, 120)
        assert halves.search(query, 7, some)[0].tolist() == whole.search(query, 7, some)[0].tolist()
