"""Half precision widened to single."""

import numpy as np
import pytest

from index.half_precision import widen


def test_every_finite_half_is_widened_to_the_bit() -> None:
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16)
    halves = halves[np.isfinite(halves)]
    assert len(halves) == 2**16 - 2 * 2**10
    wide = widen(halves)
    assert wide.dtype == np.float32
    assert wide.tobytes() == halves.astype(np.float32).tobytes()  # also -0 and the subnormal ones


@pytest.mark.parametrize("shape", [(0, 4), (3, 4), (4,)])
def test_shape_is_kept(shape: tuple[int, ...]) -> None:
    assert widen(np.ones(shape, np.float16)).shape == shape


def test_rows_that_lie_apart_are_widened_too() -> None:
    halves = np.arange(12, dtype=np.float16).reshape(3, 4)
    assert widen(halves[::2, 1:]).tolist() == [[1, 2, 3], [9, 10, 11]]


def test_singles_stay_as_they_are() -> None:
    singles = np.array([0.1, -2.5], np.float32)
    assert widen(singles) is singles
