"""Who a question names as asker, and which of its words tell its subject."""

import pytest

from corpus.askers import read_askers
from corpus.records import Asker
from index.askers import find_askers, find_subject

PARTIES = ("Vlaams Belang", "N-VA", "Open VLD", "SP.A", "Vooruit")
MEMBERS = ("Axel Ronse", "Tine van der Vloet", "Tom Ongena", "Maurits Vande Reyde")


def names_of(query: str) -> set[str]:
    return set(find_askers(query, PARTIES, MEMBERS).names)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("Wat antwoordde de minister aan Vlaams Belang over de VOP?", {"vlaamsbelang"}),
        ("vraag sp.a besparing", {"spa"}),
        ("SPA besparing", {"spa"}),
        ("Wat vroeg N-VA aan de minister?", {"nva"}),
        ("wat vroeg n va", {"nva"}),
        ("Tom Ongena's vraag over de VOP", {"ongena"}),
        ("Wat kreeg Tom Ongena van Open VLD als antwoord?", {"ongena", "openvld"}),
        ("de vraag van Reyde", {"reyde"}),
        ("Wat is de impact van de besparing?", set()),
        ("Welk belang heeft Vlaanderen daarbij?", set()),
        ("Gaat het vooruit met de premies?", set()),
        ("Wat vroeg Vooruit over de premies?", {"vooruit"}),
        ("vooruit premies", {"vooruit"}),
        ("", set()),
    ],
)
def test_askers_are_found_however_they_are_typed(query: str, names: set[str]) -> None:
    assert names_of(query) == names


def test_an_answer_to_someone_else_misses_who_is_named() -> None:
    named = find_askers("Wat kreeg Tom Ongena van Open VLD als antwoord?", PARTIES, MEMBERS)
    assert not named.miss([Asker("N-VA"), Asker("Open VLD", "Tom Ongena")])
    assert named.miss([Asker("Open VLD", "Maurits Vande Reyde")])
    assert named.miss([])
    assert not find_askers("Wat kost de VOP?", PARTIES, MEMBERS).miss([])


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        (
            "Wat antwoordde de minister aan Vlaams Belang over de toelage van VDAB ?",
            "toelage van VDAB",
        ),
        ("Welk antwoord kreeg Tine van der Vloet over octrooien ?", "octrooien"),
        ("Kan je de vraag van Tom Ongena over de VOP opzoeken , met het antwoord ?", "VOP"),
        ("axel ronse verkoop 10.455 keuro", "verkoop 10.455"),
        ("Wat vroeg Axel Ronse ?", "Wat vroeg Axel Ronse ?"),
    ],
)
def test_the_subject_is_what_is_left_without_the_asker(question: str, subject: str) -> None:
    words = question.split()
    kept = find_subject(words, find_askers(question, PARTIES, MEMBERS))
    assert " ".join(word for word, is_kept in zip(words, kept, strict=True) if is_kept) == subject


@pytest.mark.parametrize("line", ["vooruit.", "anders", "groen.", "Vooruit.", "mr."])
def test_the_last_word_of_a_paragraph_is_no_party(line: str) -> None:
    assert read_askers(line) == ()


@pytest.mark.parametrize("line", ["Vooruit", "sp.a", "cd&v", "Groen:", "SP.A"])
def test_a_party_is_written_as_a_name(line: str) -> None:
    (asker,) = read_askers(line)
    assert asker.party == line.rstrip(":")


@pytest.mark.parametrize(
    ("line", "askers"),
    [
        ("N-VA, Lies Aerts", ["N-VA (Lies Aerts)"]),
        (
            "Open Vld, Jan Peeters en PVDA, Jos D'Haese",
            ["Open Vld (Jan Peeters)", "PVDA (Jos D'Haese)"],
        ),
        (
            "Jan Peeters, Open Vld en Jos D'Haese, PVDA",
            ["Open Vld (Jan Peeters)", "PVDA (Jos D'Haese)"],
        ),
        ("N-VA – Jan Peeters en Lies Aerts", ["N-VA (Jan Peeters)", "N-VA (Lies Aerts)"]),
        ("Jan Peeters/Lies Aerts (N-VA)", ["N-VA (Jan Peeters)", "N-VA (Lies Aerts)"]),
        ("Groen (Ann De Smet) & Vooruit (Jef Maes)", ["Groen (Ann De Smet)", "Vooruit (Jef Maes)"]),
        ("Groen (Ann De Smet) + Vooruit (Jef Maes)", ["Groen (Ann De Smet)", "Vooruit (Jef Maes)"]),
        ("Burgers & Co (Ann De Smet)", ["Burgers & Co (Ann De Smet)"]),
        ("CD&V-Vooruit (Ann De Smet, Jef Maes)", ["CD&V", "Vooruit"]),
        ("CD&V/Vooruit (Ann De Smet, Jef Maes)", ["CD&V", "Vooruit"]),
        ("CD&V-Vooruit (schriftelijk)", ["CD&V", "Vooruit"]),
        ("Groen en Vooruit (Ann De Smet, Jef Maes)", ["Groen", "Vooruit"]),
        ("Groen en Vooruit (Jef Maes)", ["Groen", "Vooruit (Jef Maes)"]),
        ("SP.A-Groen (Jef Maes)", ["SP.A-Groen (Jef Maes)"]),
        ("Vraag 4 – Ann De Smet (CD&V)", ["CD&V (Ann De Smet)"]),
        ("Vraag nr. 5 (Ann De Smet, CD&V)", ["CD&V (Ann De Smet)"]),
        ("VRAAG 6: N-VA (Jan Peeters)", ["N-VA (Jan Peeters)"]),
        ("Vraag 6: VOP (Lies Aerts)", []),
        ("Ann De Smet (Groen) en Tom De", []),
        ("Ann De Smet (Groen), Jef Maes", []),
        ("Jef Maes en N-VA (Lies Aerts)", []),
        ("N-VA, Groen, Jef Maes", []),
        ("Partij | N-VA | Groen", []),
    ],
)
def test_a_member_goes_with_the_party_that_the_line_gives_or_with_none(
    line: str, askers: list[str]
) -> None:
    assert [str(asker) for asker in read_askers(line)] == askers
