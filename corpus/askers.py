"""Recognise the lines that say who asked: "N-VA (Axel Ronse)", "SP.A (schriftelijk)", "Groen",
"Vraag van mevrouw Allessia Claes (N-VA)", "Axel Ronse, N-VA", "N-VA – Axel Ronse",
"Vraagsteller: Axel Ronse (N-VA)", "Fractie: N-VA – vraagsteller: Axel Ronse".

A bare line counts if it is a known party, or a party that the same document names with a member,
written as a name: "vooruit." may end a paragraph, and "anders" too.
A line with a name in brackets counts unless the brackets explain an acronym ("VOP (Vlaamse
Ondersteuningspremie)"). A line that leaves open to which party a member belongs doesn't count,
unless it says that this member asks ("Vraagsteller: Axel Ronse"): then no party goes with it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile

from corpus.acronyms import expands
from corpus.asker_lists import Kind, Part, assign
from corpus.parties import PARTIES, parties_in, party_key, spelling_key
from corpus.records import Asker

_MAX_CHARS = 120
_OUTSIDE = r"(?![^(]*\))"
_SLASH = r"(?<=[\s)])/|/(?=\s)"
_LOOSE = rf"(?:[,;]|{_SLASH}|\ben\b){_OUTSIDE}"
_SEPARATORS = (
    re.compile(rf"{_LOOSE}|(?<=[\s)])[&+](?=\s){_OUTSIDE}"),
    re.compile(_LOOSE),
    re.compile(rf"(?:[,;/]|\ben\b){_OUTSIDE}"),
)
"""What parts askers, the likeliest first: a sign may stand in the name of a party ("Burgers & Co")
and a slash between two parties that ask together ("Groen/Vooruit (...)")."""
_SIGN = re.compile(r"[&+/]")
_ROLE = re.compile(r"\b(?:vraagsteller(?:s|\(s\))?|indiener(?:s|\(s\))?)\s*[:|]\s*", re.IGNORECASE)
_ROLES = re.compile(rf"{_ROLE.pattern}|\bfractie\s*[:|]\s*", re.IGNORECASE)
_BARE_ROLE = re.compile(r"(?:vraagsteller|indiener)(?:s|\(s\))?:?", re.IGNORECASE)
_NUMBER = r" (?:nr\.? ?)?\d+"
_OPENER = re.compile(
    rf"(?:antwoord(?:en)? (?:aan|op (?:de )?(?:schriftelijke )?vra(?:ag|gen)(?:{_NUMBER})? van)|"
    rf"(?:schriftelijke )?vra(?:ag|gen)(?:{_NUMBER})? (?:van|(?:(?:gesteld|ingediend) )?door)|"
    r"(?:gesteld|ingediend) door:?|door:|(?:fractie|vraagstellers?):)\s+",
    re.IGNORECASE,
)
"""What may stand before the askers on their line: "Vraag van", "Antwoord aan"."""
_LABEL = re.compile(
    rf"(?:schriftelijke )?vraag(?:{_NUMBER})?(?:\s*[:.–]\s+|\s+-\s+)(?P<behind>.+)"
    rf"|(?:schriftelijke )?vraag{_NUMBER} \((?P<inside>.+)\):?",
    re.IGNORECASE,
)
"""A label with the askers: "Vraag 4 – Vera Jans (CD&V)", "Vraag nr. 5 (Vera Jans, CD&V)"."""
_TO_MINISTER = re.compile(r"(?<=\)),?\s+aan\s[^()?!]*minister\b[^()?!]*$", re.IGNORECASE)
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
_WITH_BRACKETS = re.compile(r"(?P<party>[^():?!]{1,40}?!?)\s*\((?P<inside>[^()]{2,60})\)\s*:?")
_FRACTION = re.compile(
    r"(?:de )?fractie (?:van )?(?P<behind>.+)|(?:de )?(?P<before>.+?)[ -]fractie", re.IGNORECASE
)
_SPACED = re.compile(r"\b(CD|N)\s?([&-])\s?(V|VA)\b", re.IGNORECASE)
"""A party of which the parts stand apart: "CD & V", "N - VA"."""
_DASH_INSIDE = re.compile("(?<=\\w)[\u2010-\u2013](?=\\w)")
_APART = re.compile(r"\s*(?::|–|\s-)\s+")
_NOT_A_MEMBER = re.compile(
    r"schriftelijk\w*|mondeling\w*|schriftelijke vra(?:ag|gen)|fractie|voorzitter", re.IGNORECASE
)
_NAME_WORD = r"(?:[A-ZÀ-Þ][\w'’.-]+|[A-Z]\.|[Dd][’'][A-ZÀ-Þ][\w-]+)"
_PARTICLE = r"(?:van|de|den|der|het|ten|ter|von|du|da|di|el|la|le|'t|’t|op|te)"
_MEMBER = re.compile(rf"{_NAME_WORD}(?:\s+(?:{_NAME_WORD}|{_PARTICLE}))*\s+{_NAME_WORD}")
_KNOWN_PARTY_MEMBER = re.compile(rf"{_MEMBER.pattern}|{_NAME_WORD}")
_CUT_OFF = re.compile(r".*\s(?:van|de|den|der|vande|vanden|vander|ten|ter|du|la|le)", re.IGNORECASE)
"""A name that goes on, on the next line: "Tom De"."""
_ABBREVIATION = re.compile(r"[A-Z]{2,3}")
_IN_BRACKETS = re.compile(r"(?P<before>[\w&-]*)\s*\((?P<inside>[^()]+)\)")


def read_askers(line: str, parties: Iterable[str] = PARTIES) -> tuple[Asker, ...]:
    """Return the askers that a line names, or () if the line is something else.

    `parties` are the names that count without a member in brackets.
    """
    return _read(line, _keys(tuple(parties))) if len(line) <= _MAX_CHARS else ()


def read_members(text: str) -> tuple[Asker, ...]:
    """Return the members that a text names, without party where it gives none; () if it names
    anything else."""
    return read_askers(text) or _read_members(text)


def read_broken_askers(lines: Sequence[str], parties: Iterable[str]) -> tuple[Asker, ...]:
    """Return the askers of a list that is broken over a few lines, or ().

    The first line must show that such a list starts there, and all parties must be known: what
    stands over an asker may be a heading.
    """
    known = _keys(tuple(parties))
    if any(len(line) > _MAX_CHARS for line in lines) or not _starts_list(lines, known):
        return ()
    askers = _read((", " if all(map(says_who, lines)) else " ").join(lines), known)
    return askers if all(party_key(asker.party) in known for asker in askers) else ()


def says_who(line: str) -> bool:
    """Tell whether a line starts by saying that an asker follows: "Vraagsteller:", "Fractie |"."""
    return _ROLES.match(line) is not None


def is_asker_label(line: str) -> bool:
    """Tell whether a line says that an asker follows, and no more: "Vraagsteller"."""
    return _BARE_ROLE.fullmatch(line) is not None


def mentions_asker(line: str, parties: Iterable[str]) -> bool:
    """Tell whether a line may say who asked, in a way that can't be read: by a role, a party or
    the name of a member in brackets."""
    if len(line) > _MAX_CHARS:
        return False
    if _ROLE.search(line) or _holds_party(line, _keys(tuple(parties))):
        return True
    named = (match for match in _IN_BRACKETS.finditer(line) if _MEMBER.fullmatch(match["inside"]))
    return any(not expands(match["before"], match["inside"]) for match in named)


def known_parties(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the known parties and those that the lines name with a member in brackets."""
    askers = (asker for line in lines for asker in read_askers(line))
    named = (asker.party for asker in askers if asker.party and asker.member)
    return tuple(dict.fromkeys((*PARTIES, *named)))


@lru_cache(maxsize=16)
def _keys(parties: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(spelling_key, parties))


def _holds_party(line: str, known: frozenset[str]) -> bool:
    """Tell whether a few words of a line name a known party."""
    folded = spelling_key(line)
    if not any(key in folded for key in known):
        return False
    words = re.sub(r"[(),;:|/]|\s[–-]\s", " ", line).split()
    runs = (" ".join(words[row : row + n]) for n in (1, 2, 3) for row in range(len(words) - n + 1))
    return any(_names_party(run, known) for run in runs)


@lru_cache(maxsize=4096)
def _read(line: str, known: frozenset[str]) -> tuple[Asker, ...]:
    text = _SPACED.sub(r"\1\2\3", _DASH_INSIDE.sub("-", " ".join(line.split())))
    if match := _LABEL.fullmatch(text):
        askers = _read_list(match["behind"] or match["inside"], known)
        return askers if all(party_key(asker.party) in known for asker in askers) else ()
    if _ROLE.search(text):
        bare = _ROLES.sub("", text).replace("|", ",")
        return _read_list(bare, known) or _read_members(bare)
    return _read_list(_TO_MINISTER.sub("", _OPENER.sub("", text, count=1)), known)


def _read_list(text: str, known: frozenset[str]) -> tuple[Asker, ...]:
    """Read askers by the likeliest way to part them that makes sense of each part."""
    bare = _IN_WRITING.sub("", text)
    for separator in _SEPARATORS if _SIGN.search(bare) else _SEPARATORS[:1]:
        found: list[Part] = []
        parts = _parts(bare, separator)
        for part in parts:
            if (read := _read_part(part, known)) is None:
                break
            found.append(read)
        if len(found) == len(parts) and (askers := assign(found)):
            return askers
    return ()


def _read_members(text: str) -> tuple[Asker, ...]:
    names = [_member(part) for part in _parts(text, _SEPARATORS[0])]
    return tuple(Asker("", name) for name in names) if all(names) else ()


def _parts(text: str, separator: re.Pattern[str]) -> list[str]:
    parts = (part.strip().rstrip(":") for part in separator.split(text))
    return [part.removeprefix("van ").removeprefix("door ") for part in parts if part]


def _starts_list(lines: Sequence[str], known: frozenset[str]) -> bool:
    """Tell whether the first line starts a list of askers: by its role or opener, by a known party
    with what follows it, or by an asker before what can't be read."""
    first = lines[0]
    if first[0].islower():
        return False
    if all(map(_ROLES.match, lines)) or _OPENER.match(first):
        return True
    *whole, last = _parts(first, _SEPARATORS[0]) or [""]
    read = (_read_part(part, known) for part in whole)
    if any(part[0] is not Kind.MEMBER for part in takewhile(bool, read) if part):
        return True
    return _names_party(re.split(r"\s*[(:–]|\s-\s", whole[0] if whole else last)[0], known)


def _read_part(part: str, known: frozenset[str]) -> Part | None:
    if _names_party(part, known) and not part.endswith("."):
        return Kind.PARTY, (Asker(_party(part, known)),)
    if together := parties_in(part, known):
        return Kind.WHOLE, tuple(map(Asker, together))
    if len(pair := _APART.split(part)) == 2:
        return _read_pair(pair[0], pair[1], known)
    if match := _WITH_BRACKETS.fullmatch(part):
        outside, inside = match["party"].strip(), match["inside"].strip()
        if first := _member_first(outside, inside, known):
            return Kind.MEMBER_FIRST, first
        askers = _party_first(outside, inside, known)
        return (Kind.WHOLE, askers) if askers else None
    return (Kind.MEMBER, (Asker("", name),)) if (name := _member(part)) else None


def _read_pair(first: str, second: str, known: frozenset[str]) -> Part | None:
    """Read "N-VA – Axel Ronse" and "Axel Ronse – N-VA"."""
    if (party := _party(first, known)) and (name := _member(second)):
        return Kind.PARTY_FIRST, (Asker(party, name),)
    if (party := _party(second, known)) and (name := _member(first)):
        return Kind.MEMBER_FIRST, (Asker(party, name),)
    return None


def _member_first(name: str, party: str, known: frozenset[str]) -> tuple[Asker, ...]:
    """Read "Axel Ronse (N-VA)"; what an abbreviation in brackets stands for is no name. Behind a
    title, "Mevrouw Ann De Smet (Nieuwe Lijst)", the party needn't be known."""
    member = _member(name)
    named = _party(party, known)
    if not named and _is_party_like(party) and (_TITLE.match(name) or party_key(party) in known):
        named = party
    if not member or not named or _abbreviates(party, name):
        return ()
    return (Asker(named, member),)


def _abbreviates(party: str, words: str) -> bool:
    parts = words.split()
    ends = (" ".join(parts[row:]) for row in range(len(parts)))
    return _ABBREVIATION.fullmatch(party) is not None and any(expands(party, end) for end in ends)


def _party_first(party: str, inside: str, known: frozenset[str]) -> tuple[Asker, ...]:
    """Read "N-VA (Axel Ronse, Allessia Claes)" and "SP.A (schriftelijk)". Members of parties that
    ask together, "CD&V-Vooruit (Vera Jans, Hannes Anaf)", are left out: whose they are isn't
    said."""
    names = [_TITLE.sub("", name) for name in re.split(r"\s*(?:,|;|/|&|\+|\ben\b)\s*", inside)]
    names = [name for name in names if not _NOT_A_MEMBER.fullmatch(name)]
    named = _party(party, known)
    together = () if named else parties_in(party, known)
    if not names and not together:
        return (Asker(named or party),) if _is_party_like(party) else ()
    if not named and (expands(party, inside) or not _is_party_like(party)):
        return ()
    shape = _KNOWN_PARTY_MEMBER if named else _MEMBER
    if not all(shape.fullmatch(name) for name in names):
        return ()
    return tuple(map(Asker, together)) or tuple(Asker(named or party, name) for name in names)


def _party(text: str, known: frozenset[str]) -> str:
    """Return the known party that a text names beside a member, without "fractie", or ""."""
    match = _FRACTION.fullmatch(text)
    party = (match["behind"] or match["before"]) if match else text
    return party if spelling_key(party) in known else ""


def _names_party(text: str, known: frozenset[str]) -> bool:
    """Tell whether a text by itself names a known party, written as a name."""
    return _is_party_like(_party(text, known))


def _member(text: str) -> str:
    """Return the name of a member, without title, or "" if the text is something else; a last
    name alone counts only behind a title."""
    name = _TITLE.sub("", text, count=1).strip()
    shape = _MEMBER if name == text.strip() else _KNOWN_PARTY_MEMBER
    return name if shape.fullmatch(name) and not _CUT_OFF.fullmatch(name) else ""


def _is_party_like(text: str) -> bool:
    return bool(re.match(r"[A-ZÀ-Þ]|sp\.a|cd&v", text)) and len(text.split()) <= 4
