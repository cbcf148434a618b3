"""Filters on party, member, topic and document: from names as typed to what is found under them.

Names are compared without case, accents and punctuation, and a member also by part of the name.
Within one kind any name will do; of several kinds all must hold.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.facets import KINDS, Facets, Names
from index.tokens import fold, fold_name

NAMES = {
    "parties": ("partij", "partijen"),
    "members": ("lid", "leden"),
    "topics": ("onderwerp", "onderwerpen"),
    "documents": ("document", "documenten"),
}
Thing = TypeVar("Thing")


class FilterError(Exception):
    """A filter that fits nothing in the index; one Dutch sentence that lists what there is."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must belong to; an empty tuple lets everything through."""

    parties: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


def allowed_rows(filters: Filters, facets: Facets) -> NDArray[np.int64] | None:
    """Return the rows that pass the filters, ascending, or None when there are no filters.

    Raises:
        FilterError: If a name stands for nothing in the index.
    """
    allowed: NDArray[np.int64] | None = None
    for kind, names in find_names(filters, facets).items():
        rows = np.unique(np.concatenate([facets[kind][name] for name in names]))
        allowed = rows if allowed is None else np.intersect1d(allowed, rows)
    return allowed


def select(
    filters: Filters, things: Sequence[Thing], names_of: Callable[[Thing], Names]
) -> tuple[Thing, ...]:
    """Return the things that pass the filters, in order; `names_of` tells by which names each is
    found.

    Raises:
        FilterError: If a name stands for none of them.
    """
    named = [names_of(thing) for thing in things]
    known = {kind: {name for names in named for name in names[kind]} for kind in KINDS}
    meant = find_names(filters, known)
    return tuple(thing for thing, names in zip(things, named, strict=True) if passes(names, meant))


def passes(names: Names, meant: Mapping[str, Iterable[str]]) -> bool:
    """Return whether something that is found under these names is let through, where the filters
    mean those (`find_names`)."""
    return all(not names[kind].isdisjoint(wanted) for kind, wanted in meant.items())


def find_names(filters: Filters, known: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return per kind that is filtered by the known names that are meant, as they are written.

    Raises:
        FilterError: If a name stands for nothing in the index.
    """
    asked = {field.name: getattr(filters, field.name) for field in fields(filters)}
    return {
        kind: tuple(found for name in names for found in _find_names(kind, name, known[kind]))
        for kind, names in asked.items()
        if names
    }


def _find_names(kind: str, name: str, known: Iterable[str]) -> list[str]:
    """Return every known name that is meant: the whole name, else part of it."""
    meant = [other for other in known if fold_name(other) == fold_name(name)]
    words = set(fold(name).split())
    if not meant and words and kind in {"members", "topics"}:
        meant = [other for other in known if words <= set(fold(other).split())]
    if not meant:
        raise FilterError(_explain(kind, name, known))
    return meant


def _explain(kind: str, name: str, known: Iterable[str]) -> str:
    one, many = NAMES[kind]
    names = ", ".join(sorted(known))
    article = "De" if kind == "parties" else "Het"
    return (
        f"{article} {one} '{name}' staat niet in de geladen documenten;"
        f" bekende {many}: {names or 'geen'}."
    )
