"""Recognise the lines that say who asked: "N-VA (Axel Ronse)", "SP.A (schriftelijk)", "Groen",
"Vraag van mevrouw Allessia Claes (N-VA)", "Axel Ronse, N-VA", "N-VA – Axel Ronse".

A bare line counts if it is a known party, or a party that the same document names with a member,
written as a name: "vooruit." may end a paragraph, and "anders" too.
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

_MAX_CHARS = 120
_SEPARATOR = re.compile(r"\s*(?:,|;|/|\ben\b)\s*(?![^(]*\))")
_OPENER = re.compile(
    r"(?:antwoord(?:en)? (?:aan|op (?:de )?(?:schriftelijke )?vra(?:ag|gen)"
    r"(?: (?:nr\.? ?)?\d+)? van)|"
    r"(?:schriftelijke )?vra(?:ag|gen)(?: (?:nr\.? ?)?\d+)? (?:van|door)|vraagstellers?:|door:)\s+",
    re.IGNORECASE,
)
"""What may stand before the askers on their line: "Vraag van", "Antwoord aan"."""
_IN_WRITING = re.compile(
    r"(?:(?<=\))\s*[,–-]?\s*\(?|\s*(?:,|\s[–-])\s+(?!.*\)))schriftelijk(?:e vra(?:ag|gen))?"
    r"\)?:?$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:de heer|mevrouw|dhr\.?|mevr\.?|mw\.?|(?:Vlaams )?volksvertegenwoordiger)\s+"
    r"(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_WITH_BRACKETS = re.compile(r"(?P<party>[^():?!]{1,40}?)\s*\((?P<inside>[^()]{2,60})\)\s*:?")
_DASH_INSIDE = re.compile("(?<=\\w)[\u2010-\u2013](?=\\w)")
_APART = re.compile(r"\s*(?::|–|\s-)\s+")
_NOT_A_MEMBER = re.compile(
    r"schriftelijk\w*|mondeling\w*|schriftelijke vra(?:ag|gen)|fractie|voorzitter", re.IGNORECASE
)
_NAME_WORD = r"(?:[A-ZÀ-Þ][\w'’.-]+|[A-Z]\.|[Dd][’'][A-ZÀ-Þ][\w-]+)"
_PARTICLE = r"(?:van|de|den|der|het|ten|ter|von|du|da|di|el|la|le|'t|’t|op|te)"
_MEMBER = re.compile(rf"{_NAME_WORD}(?:\s+(?:{_NAME_WORD}|{_PARTICLE}))*\s+{_NAME_WORD}")
_KNOWN_PARTY_MEMBER = re.compile(rf"{_MEMBER.pattern}|{_NAME_WORD}")
_ABBREVIATION = re.compile(r"[A-Z]{2,3}")


def read_askers(line: str, parties: Iterable[str] = PARTIES) -> tuple[Asker, ...]:
    """Return the askers that a line names, or () if the line is something else.

    `parties` are the names that count without a member in brackets.
    """
    if len(line) > _MAX_CHARS:
        return ()
    known = _keys(tuple(parties))
    askers: list[Asker] = []
    nameless: list[str] = []
    for part in _parts(line):
        found = _read_part(part, known)
        if found:
            askers.extend(Asker(found[0].party, name) for name in nameless)
            askers.extend(found[1:] if nameless and not found[0].member else found)
            nameless = []
        elif name := _member(part):
            nameless.append(name)
        else:
            return ()
    if nameless and not (askers and askers[-1].member):
        return ()
    return (*askers, *(Asker(askers[-1].party, name) for name in nameless))


def known_parties(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the known parties and those that the lines name with a member in brackets."""
    named = [asker.party for line in lines for asker in read_askers(line) if asker.member]
    return tuple(dict.fromkeys((*PARTIES, *named)))


@lru_cache(maxsize=16)
def _keys(parties: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_key(party) for party in parties)


def _parts(line: str) -> list[str]:
    """Return what stands between the separators, without what opens or closes the line."""
    dashed = _DASH_INSIDE.sub("-", " ".join(line.split()))
    bare = _IN_WRITING.sub("", _OPENER.sub("", dashed, count=1))
    return [part.strip().rstrip(":") for part in _SEPARATOR.split(bare) if part.strip()]


def _read_part(part: str, known: frozenset[str]) -> tuple[Asker, ...]:
    if _key(part) in known and _is_party_like(part) and not part.endswith("."):
        return (Asker(part),)
    if len(pair := _APART.split(part)) == 2:
        party, name = pair if _key(pair[0]) in known else reversed(pair)
        return (Asker(party, _member(name)),) if _key(party) in known and _member(name) else ()
    if match := _WITH_BRACKETS.fullmatch(part):
        outside, inside = match["party"].strip(), match["inside"].strip()
        return _member_first(outside, inside, known) or _party_first(outside, inside, known)
    return ()


def _member_first(name: str, party: str, known: frozenset[str]) -> tuple[Asker, ...]:
    """Read "Axel Ronse (N-VA)"; what an abbreviation in brackets stands for is no name. Behind a
    title, "Mevrouw Ann De Smet (Nieuwe Lijst)", the party needn't be known."""
    member = _member(name)
    is_party = _key(party) in known or (_TITLE.match(name) and _is_party_like(party))
    if not member or not is_party or _abbreviates(party, name):
        return ()
    return (Asker(party, member),)


def _abbreviates(party: str, words: str) -> bool:
    parts = words.split()
    ends = (" ".join(parts[row:]) for row in range(len(parts)))
    return _ABBREVIATION.fullmatch(party) is not None and any(expands(party, end) for end in ends)


def _party_first(party: str, inside: str, known: frozenset[str]) -> tuple[Asker, ...]:
    """Read "N-VA (Axel Ronse, Allessia Claes)" and "SP.A (schriftelijk)"."""
    names = [_TITLE.sub("", name) for name in re.split(r"\s*(?:,|;|/|&|\ben\b)\s*", inside)]
    names = [name for name in names if not _NOT_A_MEMBER.fullmatch(name)]
    if not names:
        return (Asker(party),) if _is_party_like(party) else ()
    is_known = _key(party) in known
    if not is_known and (expands(party, inside) or not _is_party_like(party)):
        return ()
    shape = _KNOWN_PARTY_MEMBER if is_known else _MEMBER
    if not all(shape.fullmatch(name) for name in names):
        return ()
    return tuple(Asker(party, name) for name in names)


def _member(text: str) -> str:
    """Return the name of a member, without title, or "" if the text is something else; a last
    name alone counts only behind a title."""
    name = _TITLE.sub("", text, count=1).strip()
    shape = _MEMBER if name == text.strip() else _KNOWN_PARTY_MEMBER
    return name if shape.fullmatch(name) else ""


def _key(party: str) -> str:
    return re.sub(r"[\s.\-]", "", party).casefold()


def _is_party_like(text: str) -> bool:
    return bool(re.match(r"[A-ZÀ-Þ]|sp\.a|cd&v", text)) and len(text.split()) <= 4
