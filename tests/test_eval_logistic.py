"""The fit of the shipped weights, against the condition that defines its optimum."""

import numpy as np

from eval.logistic import PENALTY, fit, predict


def test_the_loss_is_flat_at_the_weights_that_were_fitted() -> None:
    rng = np.random.default_rng(0)
    signs = rng.normal(size=(200, 3)) * [1.0, 20.0, 0.1] + [0.0, 5.0, 1.0]
    counts = rng.choice([0.1, 1.0], 200)
    labels = (rng.random(200) < 1 / (1 + np.exp(-signs[:, 0]))).astype(np.float64)
    weights = fit(signs, labels, counts)
    # d/dw of sum(counts * log loss) + PENALTY / 2 * |w * deviation|^2, the bias free.
    missed = counts * (predict(weights, signs) - labels)
    deviation = signs.std(axis=0)
    assert abs(missed.sum()) < 1e-6
    slope = missed @ signs / deviation + PENALTY * weights[1:] * deviation
    np.testing.assert_allclose(slope, 0, atol=1e-6)


def test_a_sign_that_is_always_the_same_gets_no_weight() -> None:
    signs = np.array([[0.0, 1.0], [1.0, 1.0], [0.0, 1.0], [1.0, 1.0]])
    weights = fit(signs, np.array([0.0, 1.0, 0.0, 1.0]))
    assert weights[2] == 0
    assert predict(weights, signs)[1] > 0.5 > predict(weights, signs)[0]
