"""Recognise the lines that say who asked: "N-VA (Axel Ronse)", "SP.A (schriftelijk)", "Groen".

A bare line counts if it is a known party, or a party that the same document names with a member.
A line with a name in brackets counts unless the brackets explain an acronym ("VOP (Vlaamse
Ondersteuningspremie)").
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.acronyms import expands
from corpus.records import Asker

PARTIES = (
    "N-VA",
    "CD&V",
    "cd&v",
    "Open VLD",
    "Open Vld",
    "VLD",
    "Anders",
    "SP.A",
    "sp.a",
    "SP.A-Groen",
    "Vooruit",
    "Vlaams Belang",
    "Groen",
    "PVDA",
    "PVDA+",
    "PVDA-PTB",
    "PTB",
    "Lijst Dedecker",
    "LDD",
    "UF",
    "Union des Francophones",
    "Team Fouad Ahidar",
    "Onafhankelijke",
    "Onafhankelijk",
    "Ecolo-Groen",
    "Ecolo",
    "MR",
    "PS",
    "Les Engagés",
    "cdH",
    "DéFI",
)
"""Parties with seats in the Flemish Parliament or the Chamber since 2010, as they write it."""

_MAX_CHARS = 80
_SEPARATOR = re.compile(r"\s*(?:,|;|/|\ben\b)\s*(?![^(]*\))")
_WITH_BRACKETS = re.compile(r"(?P<party>[^():?!]{1,40}?)\s*\((?P<inside>[^()]{2,60})\)\s*:?")
_NOT_A_MEMBER = re.compile(
    r"schriftelijk\w*|mondeling\w*|schriftelijke vra(?:ag|gen)|fractie|voorzitter", re.IGNORECASE
)
_NAME_WORD = r"(?:[A-ZÀ-Þ][\w'’.-]+|[A-Z]\.)"
_PARTICLE = r"(?:van|de|den|der|het|ten|ter|von|du|da|di|el|la|le|'t|’t|op|te)"
_MEMBER = re.compile(rf"{_NAME_WORD}(?:\s+(?:{_NAME_WORD}|{_PARTICLE}))*\s+{_NAME_WORD}")
_KNOWN_PARTY_MEMBER = re.compile(rf"{_MEMBER.pattern}|{_NAME_WORD}")


def read_askers(line: str, parties: Iterable[str] = PARTIES) -> tuple[Asker, ...]:
    """Return the askers that a line names, or () if the line is something else.

    `parties` are the names that count without a member in brackets.
    """
    if len(line) > _MAX_CHARS:
        return ()
    known = _keys(tuple(parties))
    askers: list[Asker] = []
    for part in _SEPARATOR.split(line.strip()):
        found = _read_part(part.strip().rstrip(":"), known)
        if not found:
            return ()
        askers.extend(found)
    return tuple(askers)


def known_parties(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the known parties and those that the lines name with a member in brackets."""
    named = [asker.party for line in lines for asker in read_askers(line) if asker.member]
    return tuple(dict.fromkeys((*PARTIES, *named)))


@lru_cache(maxsize=16)
def _keys(parties: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_key(party) for party in parties)


def _read_part(part: str, known: frozenset[str]) -> tuple[Asker, ...]:
    if _key(part) in known:
        return (Asker(part),)
    match = _WITH_BRACKETS.fullmatch(part)
    if not match:
        return ()
    party, inside = match["party"].strip(), match["inside"].strip()
    if _NOT_A_MEMBER.fullmatch(inside):
        return (Asker(party),) if _is_party_like(party) else ()
    is_known = _key(party) in known
    if not is_known and (expands(party, inside) or not _is_party_like(party)):
        return ()
    names = re.split(r"\s*(?:,|;|/|&|\ben\b)\s*", inside)
    shape = _KNOWN_PARTY_MEMBER if is_known else _MEMBER
    if not all(shape.fullmatch(name) for name in names):
        return ()
    return tuple(Asker(party, name) for name in names)


def _key(party: str) -> str:
    return re.sub(r"[\s.\-]", "", party).casefold()


def _is_party_like(text: str) -> bool:
    return bool(re.match(r"[A-ZÀ-Þ]|sp\.a|cd&v", text)) and len(text.split()) <= 4
