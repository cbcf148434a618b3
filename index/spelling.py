"""Find the known words that a mistyped word probably stands for.

A word is compared with the whole vocabulary at once: first by its length and its set of letters,
then by edit distance with swaps (optimal string alignment; Damerau, CACM 1964).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MAX_LETTERS = 40
"""Longer words are compared by their first letters only."""
MIN_LENGTH = 6
TWO_EDITS_FROM = 9
"""Letters of a word from which two mistakes are forgiven instead of one."""
MIN_LENGTH_UNKNOWN = 4
TWO_EDITS_UNKNOWN = 8
"""The same for what is no word of Dutch at all: it is a mistyping, or a name."""
MAX_MATCHES = 3
WEIGHTS = (1.0, 0.8, 0.6)
"""Weight of a match by its number of edits."""

Matches = tuple[tuple[int, float], ...]


class SpellingIndex:
    """A vocabulary, searched for words within one or two edits."""

    def __init__(self, words: Sequence[str]) -> None:
        padded = np.array([*words, ""], f"U{MAX_LETTERS}")[:-1]
        self._letters = padded.view(np.uint32).reshape(len(words), MAX_LETTERS)
        self._lengths = np.count_nonzero(self._letters, axis=1)
        self._sets = _letter_sets(self._letters)

    def find(self, word: str, is_word: bool) -> Matches:
        """Return (row, weight) of the nearest words, nearest first; () when none is near.

        `is_word` says that the word is Dutch, and so less probably mistyped. A short one keeps its
        first letter.
        """
        word = word[:MAX_LETTERS]
        if len(word) < (MIN_LENGTH if is_word else MIN_LENGTH_UNKNOWN):
            return ()
        max_edits = 2 if len(word) >= (TWO_EDITS_FROM if is_word else TWO_EDITS_UNKNOWN) else 1
        letters = np.array([ord(letter) for letter in word], np.uint32)
        rows = self._candidates(letters, max_edits)
        if len(word) < MIN_LENGTH:
            rows = rows[self._letters[rows, 0] == letters[0]]
        edits = edit_distances(letters, self._letters[rows], self._lengths[rows])
        nearest = edits.min(initial=max_edits + 1)
        if nearest > max_edits:
            return ()
        found = rows[edits == nearest][:MAX_MATCHES]
        return tuple((int(row), WEIGHTS[nearest]) for row in found)

    def _candidates(self, letters: NDArray[np.uint32], max_edits: int) -> NDArray[np.int64]:
        """Return the rows whose length and letters don't rule them out."""
        near = np.abs(self._lengths - len(letters)) <= max_edits
        differing = np.bitwise_count(self._sets ^ _letter_sets(letters[None, :])[0])
        return np.flatnonzero(near & (differing <= 2 * max_edits))


def edit_distances(
    word: NDArray[np.uint32], others: NDArray[np.uint32], lengths: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the edits between a word and each of `others` (n, width), int64 (n,).

    Others are padded with zeros to one width; `lengths` holds their letters. A swap of two
    neighbours is one edit. A row of the table is made at once: what is inserted costs one a letter,
    so that the least over all places to begin is a running minimum.
    """
    others = others[:, : int(lengths.max(initial=0))]
    steps = np.arange(others.shape[1] + 1)
    before = above = np.tile(steps, (len(others), 1))
    for i, letter in enumerate(word):
        row = above + 1
        row[:, 1:] = np.minimum(row[:, 1:], above[:, :-1] + (others != letter))
        if i:
            swapped = (others[:, 1:] == word[i - 1]) & (others[:, :-1] == letter)
            swaps = np.where(swapped, before[:, :-2] + 1, row[:, 2:])
            row[:, 2:] = np.minimum(row[:, 2:], swaps)
        before, above = above, np.minimum.accumulate(row - steps, axis=1) + steps
    return above[np.arange(len(others)), lengths]


def _letter_sets(letters: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return the set of letters of each word, one bit per letter modulo 64."""
    bits = np.uint64(1) << (letters.astype(np.uint64) % np.uint64(64))
    bits[letters == 0] = 0
    sets: NDArray[np.uint64] = np.bitwise_or.reduce(bits, axis=1)
    return sets
