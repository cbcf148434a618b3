"""The verifier: the same network as in training, and what it says of questions and passages."""

from pathlib import Path

import numpy as np
import pytest
import torch

from index.encoder import BUNDLED_FOLDER, Encoder
from index.token_codes import TOKEN_DIMENSION, Codes
from index.train.verifier import Pair, VerifierModel, fit_verifier, pad, write_verifier
from index.verifier import Verifier, open_verifier

PASSAGE = (
    "Het budget voor de zwembaden daalt in 2021 tot 4,2 miljoen euro, omdat drie gemeenten hun"
    " aanvraag introkken."
)


def draw_codes(count: int, seed: int) -> Codes:
    return np.random.default_rng(seed).integers(-60, 60, (count, TOKEN_DIMENSION), np.int8)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def judge(encoder: Encoder, question: str, passage: str = PASSAGE) -> float:
    assert encoder.verifier is not None
    _, tokens = encoder.encode_sentences([passage])
    return encoder.verifier.judge(encoder.encode_question(question).codes, tokens.codes)


def test_it_is_the_network_that_was_trained(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = VerifierModel().eval()
    write_verifier(model, tmp_path)
    written = open_verifier(tmp_path)
    assert written is not None
    asked, passages = [draw_codes(n, n) for n in (3, 7)], [draw_codes(n, n) for n in (40, 5)]
    with torch.no_grad():
        logits = model(*pad(asked), *pad(passages)).tolist()
    own = [written.judge(*pair) for pair in zip(asked, passages, strict=True)]
    assert own == pytest.approx(logits, abs=2e-2)  # half precision


@pytest.mark.parametrize(
    ("answered", "near"),
    [
        ("Hoeveel geld gaat er in 2021 naar zwembaden?", "Hoeveel geld gaat er naar musea?"),
        ("Waarom daalt het budget voor de zwembaden?", "Wie beheert de zwembaden?"),
    ],
)
def test_an_answered_question_gets_a_higher_verdict_than_a_near_one(
    encoder: Encoder, answered: str, near: str
) -> None:
    assert judge(encoder, answered) > judge(encoder, near)


def test_without_tokens_there_is_no_verdict(encoder: Encoder) -> None:
    nothing, some = draw_codes(0, 0), draw_codes(3, 3)
    assert encoder.verifier is not None
    assert encoder.verifier.judge(nothing, some) == 0.0
    assert encoder.verifier.judge(some, nothing) == 0.0


def test_training_learns_what_the_pairs_differ_in() -> None:
    """A question that finds its own tokens is answered, one that finds others isn't."""
    found = [(draw_codes(4, n), draw_codes(12, 100 + n)) for n in range(40)]
    pairs = [
        Pair(asked, np.concatenate([passage, asked]) if own else passage, own)
        for asked, passage in found
        for own in (True, False)
    ]
    model = fit_verifier(pairs, epochs=12, batch=16, seed=0)
    with torch.no_grad():
        logits = model(*pad([p.asked for p in pairs]), *pad([p.passage for p in pairs]))
    assert ((logits > 0).numpy() == [pair.is_answered for pair in pairs]).mean() > 0.9


def test_a_model_may_have_none_and_weights_for_other_tokens_are_refused(tmp_path: Path) -> None:
    assert open_verifier(tmp_path) is None
    assert open_verifier(BUNDLED_FOLDER) is not None
    with pytest.raises(ValueError, match="inputs"):
        Verifier({"sharpness": np.ones(1, np.float32), "read.weight": np.ones((2, 3), np.float32)})
