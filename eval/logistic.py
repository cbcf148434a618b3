"""Logistic regression for the small models that are shipped as a bias and a few weights.

The only module that imports scikit-learn's models: what is shipped must be read without it, so the
weights are given for signs as they come, not as they were scaled for fitting.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

Floats = NDArray[np.float64]

PENALTY = 1.0
"""What half the squared length of the weights, on standardised signs, counts beside the sum of the
log losses. The bias is free."""
TOLERANCE = 1e-12
"""Slope of the mean loss at which the weights count as found: at 1e-10 they differ by 4e-8."""


def fit(signs: Floats, labels: Floats, counts: Floats | None = None) -> Floats:
    """Return the bias and the weight of each sign, float64 (m + 1,).

    Args:
        signs: What the model looks at, (n, m).
        labels: 1 where what is to be told holds, else 0, (n,); both must occur.
        counts: What each example counts, (n,); 1 by default.
    """
    scaler = StandardScaler().fit(signs)
    model = LogisticRegression(C=1 / PENALTY, solver="newton-cholesky", tol=TOLERANCE)
    model.fit(scaler.transform(signs), labels, counts)
    raw = model.coef_[0] / scaler.scale_
    return np.concatenate([model.intercept_ - scaler.mean_ @ raw, raw])


def predict(weights: Floats, signs: Floats) -> Floats:
    """Return the chance for each row of signs, float64 (n,), by weights that `fit` gave."""
    return np.asarray(expit(weights[0] + signs @ weights[1:]), np.float64)
