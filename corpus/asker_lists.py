"""Assign the members in a list of askers to its parties: "Jan Peeters en Lies Aerts (N-VA)",
"Open Vld, Marino Keulen en PVDA, Jos D'Haese". Where a list leaves that open, it names nobody.
"""

from collections.abc import Sequence
from enum import Enum
from itertools import chain, pairwise

from corpus.records import Asker


class Kind(Enum):
    """What a part of a list says."""

    PARTY = "N-VA"
    MEMBER = "Axel Ronse"
    PARTY_FIRST = "N-VA – Axel Ronse"
    MEMBER_FIRST = "Axel Ronse (N-VA)"
    WHOLE = "N-VA (Axel Ronse, Allessia Claes)"


Part = tuple[Kind, tuple[Asker, ...]]
"""A part of a list with whom it names; a `Kind.MEMBER` by itself goes without party."""


def assign(parts: Sequence[Part]) -> tuple[Asker, ...]:
    """Return the askers in order, each member with a party; () where one can't be told."""
    kinds = [kind for kind, _ in parts]
    if Kind.MEMBER not in kinds:
        return tuple(chain.from_iterable(_told(parts, row) for row in range(len(parts))))
    if set(kinds) == {Kind.PARTY, Kind.MEMBER}:
        return _by_turns(parts)
    assigned = [_beside(parts, row) for row in range(len(parts))]
    return tuple(chain.from_iterable(assigned)) if all(assigned) else ()


def _told(parts: Sequence[Part], row: int) -> tuple[Asker, ...]:
    """Return whom a part names: of "Groen en Vooruit (Ann De Smet, Jef Maes)" the parties only, as
    one of the members may be of the first one."""
    kind, askers = parts[row]
    is_behind_party = row > 0 and parts[row - 1][0] is Kind.PARTY
    if kind is Kind.WHOLE and len(askers) > 1 and is_behind_party:
        return tuple(dict.fromkeys(Asker(asker.party) for asker in askers))
    return askers


def _by_turns(parts: Sequence[Part]) -> tuple[Asker, ...]:
    """Read parties and members that take turns, either of them first throughout."""
    kinds = [kind for kind, _ in parts]
    if kinds[0] is kinds[-1] or (Kind.PARTY, Kind.PARTY) in pairwise(kinds):
        return ()
    is_party_first = kinds[0] is Kind.PARTY
    party, found = "", []
    for kind, (asker,) in parts if is_party_first else reversed(parts):
        if kind is Kind.PARTY:
            party = asker.party
        else:
            found.append(Asker(party, asker.member))
    return tuple(found if is_party_first else reversed(found))


def _beside(parts: Sequence[Part], row: int) -> tuple[Asker, ...]:
    """Return whom a part names; a member by itself is of the party behind the next name, or else
    before the last one."""
    kind, askers = parts[row]
    if kind is not Kind.MEMBER:
        return askers
    before = next((part for part in reversed(parts[:row]) if part[0] is not Kind.MEMBER), None)
    after = next((part for part in parts[row + 1 :] if part[0] is not Kind.MEMBER), None)
    is_behind = before is not None and before[0] is Kind.PARTY_FIRST
    is_ahead = after is not None and after[0] is Kind.MEMBER_FIRST
    near = after if is_ahead else before if is_behind else None
    is_unsure = is_ahead and before is not None and before[0] in {Kind.PARTY, Kind.PARTY_FIRST}
    is_unsure |= is_behind and after is not None and after[0] is Kind.PARTY
    return (Asker(near[1][0].party, askers[0].member),) if near and not is_unsure else ()
