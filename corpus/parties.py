"""The parties that ask, however they are spelled: "NVA", "OPEN VLD", "Groen!", "VB"."""

import re
from collections import Counter
from collections.abc import Collection, Iterable

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

_SHORT_FOR = {"vb": "vlaamsbelang"}
"""Abbreviations that a member makes a party; by themselves they may stand for something else."""


def spelling_key(party: str) -> str:
    """Return what the spellings of a name have in common: "N-VA", "NVA", "n-va"."""
    return re.sub(r"[\s.!+\-]", "", party).casefold()


def party_key(party: str) -> str:
    """Return what all names of a party have in common, its abbreviation too."""
    key = spelling_key(party)
    return _SHORT_FOR.get(key, key)


def spell_alike(written: Iterable[str]) -> dict[str, str]:
    """Return for each party as it was written the one spelling to go by: as the party writes it
    itself where it is known, else as it was written most often."""
    counts = Counter(written)
    known = {party_key(party): party for party in reversed(PARTIES)}
    chosen: dict[str, str] = {}
    for party in sorted(counts, key=lambda party: (party not in PARTIES, -counts[party])):
        key = party_key(party)
        chosen.setdefault(key, party if party in PARTIES else known.get(key, party))
    return {party: chosen[party_key(party)] for party in counts}


def parties_in(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the parties that ask together, "CD&V-Vooruit" or "Groen/Vooruit"; () for one party, or
    where not all are among the known ones (by their spelling keys)."""
    for cut in re.finditer(r"[-/+&–]", text):
        party, rest = text[: cut.start()].strip(), text[cut.end() :].strip()
        if spelling_key(party) in known:
            others = (rest,) if spelling_key(rest) in known else parties_in(rest, known)
            if others:
                return (party, *others)
    return ()
