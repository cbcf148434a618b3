"""Who a question says asked: parties and members that put questions in the documents.

"Wat antwoordde de minister aan Tom Ongena over de VOP?" asks about the VOP; that Tom Ongena asked
stands above the answer, never in it. So the name picks the answer, and only the rest of the
question is looked for in its passages.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.records import Asker
from index.stopwords import ASKING_WORDS, STOP_WORDS
from index.tokens import RUN, fold, fold_name

MIN_PART = 4
"""Letters of a word of a member's name that stands for the member."""
PARTICLES = frozenset(("vande", "vanden", "vander"))
"""Words of names that many members share."""
LONGEST = 4
"""Words of a party's name at most: "Open Vlaamse Liberalen en Democraten" isn't looked for."""

WORDLIKE = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]+")


@dataclass(frozen=True, slots=True)
class NamedAskers:
    """Askers that a question names: folded names of parties and longer words of members' names,
    and every word that belongs to those names, folded."""

    names: frozenset[str]
    words: frozenset[str]

    def miss(self, askers: Iterable[Asker]) -> bool:
        """Say whether one who is named isn't among those who asked."""
        if not self.names:
            return False
        some = (*askers,)
        members = (asker.member for asker in some if asker.member)
        return not self.names <= _names_of((asker.party for asker in some), members).keys()

    def names_of(self, asker: Asker) -> frozenset[str]:
        """Return those of the names that stand for one asker."""
        members = [asker.member] if asker.member else []
        return self.names & _names_of([asker.party], members).keys()

    def tell_subject(self, word: str) -> bool:
        """Say whether a word of the question tells its subject: not if it belongs to a name, nor if
        it is put around one ("wat antwoordde de minister aan")."""
        return bool(fold_name(word)) and fold(word) not in STOP_WORDS and not self.frame(word)

    def frame(self, word: str) -> bool:
        """Say whether a word of the question belongs to a name or to the asking itself."""
        folded = fold(word)
        return folded in ASKING_WORDS or not self.words.isdisjoint(_runs(folded))


NOBODY = NamedAskers(frozenset(), frozenset())


def find_askers(query: str, parties: Iterable[str], members: Iterable[str]) -> NamedAskers:
    """Return which of the parties and members that are known a question names.

    A party whose name looks like a word ("Vooruit") is only meant with its capital, unless there
    are none in the question.
    """
    known = _known_names((*parties,), (*members,))
    runs = [fold_name(run.removesuffix("'s")) for run in RUN.findall(fold(query))]
    names = frozenset(known.keys() & {*runs, *_joined(runs)})
    if query != query.lower():
        capitals = {fold_name(run) for run in RUN.findall(query) if run[0].isupper()}
        names -= {fold_name(one) for one in parties if WORDLIKE.fullmatch(one)} - capitals
    return NamedAskers(names, names.union(*(known[name] for name in names))) if names else NOBODY


def find_subject(words: Sequence[str], named: NamedAskers) -> NDArray[np.bool_]:
    """Return which of the words of a question that names askers tell its subject: not the names,
    nor what is put around them ("wat antwoordde de minister aan"). All where nothing else is left.
    """
    own = [named.tell_subject(word) for word in words]
    if not any(own):
        return np.ones(len(words), np.bool_)
    kept = np.array([not named.frame(word) for word in words], np.bool_)
    first, last = np.flatnonzero(own)[[0, -1]]
    kept[:first] = kept[last + 1 :] = False
    return kept


def _joined(runs: Sequence[str]) -> Iterator[str]:
    """Yield up to `LONGEST` runs that follow one another as one: "open", "vld" as "openvld"."""
    for length in range(2, LONGEST + 1):
        for start in range(len(runs) - length + 1):
            yield "".join(runs[start : start + length])


def _runs(word: str) -> set[str]:
    return {fold_name(run) for run in (word, *re.split(r"\W", word))}


@lru_cache(maxsize=8)
def _known_names(
    parties: tuple[str, ...], members: tuple[str, ...]
) -> Mapping[str, frozenset[str]]:
    return _names_of(parties, members)


def _names_of(parties: Iterable[str], members: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return by each folded party, and each longer word of a member's name, the folded words of
    the whole name."""
    known: dict[str, frozenset[str]] = {}
    for name in parties:
        _add(known, fold_name(name), name)
    for name in members:
        for part in map(fold_name, name.split()):
            if len(part) >= MIN_PART and part not in PARTICLES:
                _add(known, part, name)
    return known


def _add(known: dict[str, frozenset[str]], key: str, name: str) -> None:
    known[key] = known.get(key, frozenset()) | {fold_name(part) for part in name.split()}
