"""Token codes keep the cosines of token vectors, and sentences are compared one by one."""

import numpy as np
import pytest

from index.encoder import Encoder
from index.token_codes import (
    TOKEN_DIMENSION,
    best_similarities,
    encode_tokens,
    join_tokens,
    split_tokens,
)


def test_codes_keep_cosines_to_about_a_tenth() -> None:
    rng = np.random.default_rng(4)
    common = rng.standard_normal(384)
    vectors = (common + rng.standard_normal((200, 384))).astype(np.float32)
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    codes = encode_tokens([vectors]).codes.astype(np.float32)
    exact, found = units @ units.T, codes @ codes.T / 127**2
    assert np.abs(exact - found).mean() < 0.08
    assert np.abs(np.diag(found) - 1).max() < 0.02


def test_codes_are_the_same_on_every_machine() -> None:
    codes = encode_tokens([np.eye(3, 4, dtype=np.float32)]).codes
    assert codes.shape == (3, TOKEN_DIMENSION)
    assert set(np.abs(codes).ravel().tolist()) == {16}
    signs = ["".join("-" if number < 0 else "+" for number in token[:16]) for token in codes]
    assert signs == ["++-++-+--++-++++", "-+-++-+----++-++", "----++----+++++-"]


def test_each_sentence_is_compared_by_its_nearest_token() -> None:
    first, second = np.zeros((2, TOKEN_DIMENSION), np.int8)
    first[0], second[1] = 127, 127
    codes = np.array([first, second, second])
    found = best_similarities(np.array([first, second]), codes, np.array([0, 2, 2, 3]))
    np.testing.assert_allclose(found, [[1, 0, 0], [1, 0, 1]])


def test_nothing_asked_and_nothing_there_have_no_similarities() -> None:
    nothing = np.zeros((0, TOKEN_DIMENSION), np.int8)
    assert best_similarities(nothing, nothing, np.array([0, 0])).shape == (0, 1)
    assert encode_tokens([]).offsets.tolist() == [0]


def test_tokens_are_split_and_joined_by_text() -> None:
    tokens = encode_tokens(
        [np.ones((2, 8), np.float32), np.zeros((0, 8), np.float32), np.eye(1, 8, dtype=np.float32)]
    )
    assert [len(own) for own in split_tokens(tokens)] == [2, 0, 1]
    again = join_tokens(split_tokens(tokens))
    np.testing.assert_array_equal(again.codes, tokens.codes)
    np.testing.assert_array_equal(again.offsets, tokens.offsets)


@pytest.mark.parametrize("text", ["Hoeveel kost de VOP?", " ja ", "", "JB0-1JDB2CB-WT ☃ 9.848"])
def test_a_question_has_the_tokens_that_a_sentence_has(text: str) -> None:
    encoder = Encoder.load()
    question = encoder.encode_question(text)
    vectors, tokens = encoder.encode_sentences([text, "Nog een zin, die langer is."])
    own = split_tokens(tokens)[0]
    assert len(own) == len(question.codes) == len(question.words)
    assert np.abs(own.astype(int) - question.codes.astype(int)).max(initial=0) <= 1
    np.testing.assert_allclose(vectors[0], question.vector, atol=1e-5)


def test_each_token_knows_the_word_it_is_a_piece_of() -> None:
    words = Encoder.load().encode_question("Krijgt VOP-aanvraag 25,4 miljoen?").words
    assert list(dict.fromkeys(words)) == ["Krijgt", "VOP-aanvraag", "25,4", "miljoen", ""]
