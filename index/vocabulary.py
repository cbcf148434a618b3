"""The words of an index, and what the words of a question stand for among them.

A word that no document has may be a mistyping, a compound of known words, or part of one; it then
counts for less. What is left unknown counts too: it is what the documents lack.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from index.answer_type import form_words
from index.compounds import MIN_COMPOUND, CompoundIndex, split_compound
from index.rarity import rarity_at_large
from index.spelling import SpellingIndex
from index.stems import content_stems, stem_forms, stem_word
from index.stopwords import ASKING_WORDS, STOP_WORDS
from index.tokens import find_amounts, fold, token_groups

FORM_WEIGHT = 0.9
"""Weight in a question of another form of a word that the documents have."""
PART_WEIGHT = 0.4
"""Weight in a question of each half of a compound beside the compound itself."""
COMPOUND_WEIGHT = 0.5
"""Weight of a compound that an unknown word of the question opens or closes."""
AT_LARGE = 0.7
"""How far a word's rarity in Dutch at large decides what it says; the rest is as for all words."""

MOST_PIECES = 4
"""Pieces that one word may be typed in: "knel punt beroepen lijst"."""

PIECES = re.compile(r"(?<![\w'.-])[a-z]+(?: [a-z]+)+(?![\w'.-])")
LOWER = re.compile(r"(?<![\w'.-])[a-zß-ÿ]{4,}(?![\w'.-])")
"""Words of lower-case letters alone: some in a row, and one that is long enough to be mended."""

Matches = tuple[tuple[int, float], ...]
Group = tuple[str, ...]
"""Tokens of one run: its parts, then the whole."""


@dataclass(frozen=True, slots=True)
class Term:
    """One content word of a question: its stem, and the known stems that stand for it.

    `matches` holds (stem id, weight in (0, 1]); it is empty when no document has the word.
    `at_large` is less than 1 for a word that is common in Dutch, however rare it is here; `share`
    for a word that was not asked now, but earlier in the conversation. `parts` are the stems that
    a code or a word with joiners ("ESR88.17") is made of, which are terms of their own. `halves`
    are the stem ids, among the matches, of the two words that make a compound.
    """

    stem: str
    idf: float
    matches: Matches
    at_large: float = 1.0
    share: float = 1.0
    parts: tuple[str, ...] = ()
    halves: tuple[int, ...] = ()

    @property
    def rarity(self) -> float:
        """How much the word says: its inverse document frequency here, its rarity at large, and
        its share, multiplied."""
        return self.idf * self.at_large * self.share


class Vocabulary:
    """The stems of `count` passages and how rare each is; a stem's id is its place.

    `words` are the words that the stems are of, as they are written, for mending what is mistyped:
    "vergoedign" is near "vergoeding", not near its stem.
    """

    def __init__(
        self, stems: Sequence[str], words: Sequence[str], idf: NDArray[np.float32], count: int
    ) -> None:
        self.stems = tuple(stems)
        self.words = tuple(words)
        self._ids = {stem: row for row, stem in enumerate(stems)}
        self._idf = idf
        self._rarest = float(np.log(1 + (count + 0.5) / 0.5))
        self._halves: dict[str, tuple[int, ...]] = {}

    def prepare(self) -> None:
        """Make what finds mistyped words and compounds: a build needs neither, a reader both."""
        self.spelling, self.compounds  # noqa: B018

    @cached_property
    def spelling(self) -> SpellingIndex:
        """The words, to be searched for what is mistyped."""
        return SpellingIndex(self.words)

    @cached_property
    def compounds(self) -> CompoundIndex:
        """The stems, to be searched for what holds a word."""
        return CompoundIndex(self.stems)

    def read_query(self, query: str) -> tuple[Term, ...]:
        """Return the content words of a question, each once, in order."""
        groups = [*map(self._drop_unknown_whole, self._join_apart(token_groups(query)))]
        tokens = dict.fromkeys(token for group in groups for token in group)
        spare = self._spare_amounts(query)
        words = [t for t in tokens if t not in spare and not self._is_stop_word(t)]
        asking = ASKING_WORDS | form_words(query)
        subject = [word for word in words if word not in asking] or words
        typed: dict[str, str] = {}
        for word in subject:
            typed.setdefault(stem_word(word), word)
        terms = (self._find_term(stem, word) for stem, word in typed.items())
        parts = {stem_word(g[-1]): tuple(map(stem_word, g[:-1])) for g in groups if len(g) > 2}
        return tuple(replace(term, parts=parts.get(term.stem, ())) for term in terms)

    def mend(self, query: str) -> str:
        """Return a question with its mistyped words as the words that they are near to, and what
        was typed in pieces as one: what reads by meaning doesn't know "overmagt". Only what is no
        word of Dutch at large is mended, and no word with a capital, which may be a name."""
        joined = PIECES.sub(lambda match: self._join_words(match[0]), query)
        return LOWER.sub(lambda match: self._mend_word(match[0]), joined)

    def _join_words(self, words: str) -> str:
        joined = self._join_apart([(word,) for word in words.split(" ")])
        return " ".join(group[0] for group in joined)

    def _mend_word(self, word: str) -> str:
        folded = fold(word)
        stem = stem_word(folded)
        if folded in STOP_WORDS or self._find_forms(stem) or _weigh_at_large(stem) < 1:
            return word
        found = self.spelling.find(folded, is_word=False)
        return self.words[found[0][0]] if found else word

    def stem_ids(self, text: str) -> list[int]:
        """Return the ids of the known stems of a text, halves of compounds too, each once."""
        stems = dict.fromkeys(stem for stem in content_stems(text) if stem in self._ids)
        halves = (half for stem in stems for half in self._find_halves(stem))
        return list(dict.fromkeys([*(self._ids[stem] for stem in stems), *halves]))

    def _join_apart(self, groups: Sequence[Group]) -> Iterator[Group]:
        """Write a known word as one that was typed in pieces ("tele werk"), longest first; one
        piece at least must be no word of the documents."""
        place = 0
        while place < len(groups):
            windows = (groups[place : place + count] for count in range(MOST_PIECES, 1, -1))
            pieces = next(filter(self._is_one_word, windows), ())
            yield ("".join(piece[0] for piece in pieces),) if pieces else groups[place]
            place += len(pieces) or 1

    def _is_one_word(self, pieces: Sequence[Group]) -> bool:
        words = [piece[0] for piece in pieces if len(piece) == 1 and piece[0].isalpha()]
        if len(words) < len(pieces) or len(words) < 2 or not STOP_WORDS.isdisjoint(words):
            return False
        unknown = any(stem_word(word) not in self._ids for word in words)
        return unknown and stem_word("".join(words)) in self._ids

    def _drop_unknown_whole(self, group: Group) -> Group:
        """Leave out a run without its joiners when no document has it, but keep its parts."""
        whole_is_known = stem_word(group[-1]) in self._ids
        return group if len(group) < 3 or whole_is_known else group[:-1]

    def _spare_amounts(self, query: str) -> set[str]:
        """Return the numbers whose amount is known by its value, and the values that are not."""
        amounts = find_amounts(query)
        return {number if value in self._ids else value for number, value in amounts}

    def _is_stop_word(self, token: str) -> bool:
        """Say whether a token is a stop word, or no word here or at large and probably a mistyped
        one: "kondne" may be "konden", but "honden" isn't."""
        if token in STOP_WORDS:
            return True
        stem = stem_word(token)
        if stem in self._ids or _weigh_at_large(stem) < 1:
            return False
        return bool(_stop_word_spelling().find(token, is_word=True))

    def _find_term(self, stem: str, word: str) -> Term:
        """Look the stem of a word up: itself and its other forms, the parts of a compound; else
        the words that it is probably a mistyping of."""
        at_large = _weigh_at_large(stem)
        if whole := self._find_forms(stem):
            idf = max(float(self._idf[row]) for row, _ in whole)
            halves = self._find_halves(stem, word)
            return Term(stem, idf, (*whole, *_weigh(halves, PART_WEIGHT)), at_large, halves=halves)
        if any(letter.isdigit() for letter in stem):
            return Term(stem, self._rarest, (), at_large)
        mended = self._mend(word, is_word=at_large < 1)
        meant = (_weigh_at_large(self.stems[row]) for row, _ in mended)
        at_large = min(at_large, max(meant, default=1.0))
        if near := (*mended, *_weigh(self._find_compounds(stem), COMPOUND_WEIGHT)):
            return Term(stem, self._rarest, near, at_large)
        halves = self._find_halves(stem, word)
        return Term(stem, self._rarest, _weigh(halves, PART_WEIGHT), at_large, halves=halves)

    def _mend(self, word: str, is_word: bool) -> Matches:
        """Return the stems of the known words that are nearest to a word, each once; all of the
        nearest have one weight."""
        found = self.spelling.find(word, is_word)
        stems = {self._ids[stem_word(self.words[row])]: weight for row, weight in found}
        return tuple(stems.items())

    def _find_forms(self, stem: str) -> Matches:
        """Return the stem itself, and its other forms; those count in full in its absence."""
        forms = [form for form in stem_forms(stem) if form in self._ids]
        return tuple((self._ids[form], 1.0 if form == forms[0] else FORM_WEIGHT) for form in forms)

    def _find_halves(self, stem: str, word: str = "") -> tuple[int, ...]:
        """Return the ids of the halves of a compound by its stem, or else by the word itself, whose
        last half may lose too much with its ending ("heffing", "hef"); () for no compound."""
        if len(stem) < MIN_COMPOUND:
            return ()
        if stem not in self._ids:
            return self._split(stem) or self._split(word)
        if stem not in self._halves:
            self._halves[stem] = self._split(stem)
        return self._halves[stem] or self._split(word)

    def _split(self, word: str) -> tuple[int, ...]:
        halves = split_compound(word, self._ids, stem_word)
        return tuple(self._ids[half] for half in dict.fromkeys(halves))

    def _find_compounds(self, stem: str) -> tuple[int, ...]:
        return tuple(self._ids[word] for word in self.compounds.find(stem))


def _weigh(stem_ids: Iterable[int], weight: float) -> Matches:
    return tuple((stem_id, weight) for stem_id in stem_ids)


def _weigh_at_large(stem: str) -> float:
    return 1 - AT_LARGE + AT_LARGE * rarity_at_large(stem)


@lru_cache(maxsize=1)
def _stop_word_spelling() -> SpellingIndex:
    return SpellingIndex(sorted(STOP_WORDS))
