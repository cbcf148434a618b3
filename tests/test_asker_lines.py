"""Who asked, told from the lines of a document: never the one before, never half a name."""

import pytest
from test_layouts import LONG, read, spaced

from corpus.records import Answer

CONTEXT = "Er werd 333 miljoen euro aangekondigd voor fietspaden."


def askers_of(answer: Answer) -> list[str]:
    return [str(asker) for asker in answer.askers]


def labelled(*lines: str) -> tuple[str, ...]:
    """A block whose question and answer stand under labels, with the lines that say who asked."""
    return (*lines, "", "Vraag:", "", "Hoeveel zijn er?", "", "Antwoord:", "", *LONG, "")


@pytest.mark.parametrize(
    ("line", "askers"),
    [
        ("Vraagsteller: Lies Aerts (CD&V)", ["CD&V (Lies Aerts)"]),
        ("Vraagsteller | Lies Aerts (CD&V)", ["CD&V (Lies Aerts)"]),
        ("Vraagsteller | Lies Aerts | CD&V", ["CD&V (Lies Aerts)"]),
        ("Indiener: Lies Aerts, Jef Maes (CD&V)", ["CD&V (Lies Aerts)", "CD&V (Jef Maes)"]),
        ("Fractie: CD&V – vraagsteller: Lies Aerts", ["CD&V (Lies Aerts)"]),
        ("Vraagsteller: Lies Aerts – fractie: CD&V", ["CD&V (Lies Aerts)"]),
        ("Vraagsteller: Lies Aerts en Jef Maes", ["Lies Aerts", "Jef Maes"]),
        ("Vraag gesteld door mevrouw Lies Aerts (CD&V)", ["CD&V (Lies Aerts)"]),
        ("Vraag van Lies Aerts (CD&V) aan de Vlaamse minister van Werk", ["CD&V (Lies Aerts)"]),
    ],
)
def test_the_asker_behind_a_label_is_read_and_not_the_one_before(
    line: str, askers: list[str]
) -> None:
    answers = read(
        spaced(*labelled("Musea", "", "Groen (Ann De Smet)"), *labelled("Sport", "", line))
    )
    assert [askers_of(answer) for answer in answers] == [["Groen (Ann De Smet)"], askers]
    assert [answer.topic for answer in answers] == ["Musea", "Sport"]


@pytest.mark.parametrize(
    "between",
    [
        ("Sport",),
        ("Lid: Lies Aerts [Onbekende Lijst]", "", "Sport"),
        ("Steller van de vraag, namens zijn fractie: Maes (CD&V)",),
        ("Verslag door mevrouw Aerts (Lies Aerts)",),
    ],
)
def test_nobody_asks_where_the_asker_of_a_labelled_question_cant_be_told(
    between: tuple[str, ...],
) -> None:
    answers = read(spaced(*labelled("Musea", "", "Groen (Ann De Smet)"), *labelled(*between)))
    assert [askers_of(answer) for answer in answers] == [["Groen (Ann De Smet)"], []]
    assert answers[1].questions[0].text == "Hoeveel zijn er?"


def test_a_labelled_question_in_running_text_below_a_heading_has_no_asker() -> None:
    lines = ("Sport", "", "Vraag 2: Hoeveel zwembaden zijn er?", "", "Antwoord: Zeven.")
    answers = read(spaced(*labelled("Musea", "", "Groen (Ann De Smet)"), *lines))
    assert [askers_of(answer) for answer in answers] == [["Groen (Ann De Smet)"], []]


@pytest.mark.parametrize(
    "lines",
    [
        ("Ann De Smet (Groen) en Jef Maes (Vooruit) en Tom De", "Meester (PVDA)"),
        ("Groen (Ann De Smet), Vooruit (Jef Maes), PVDA (Tom De", "Meester)"),
        ("Vragen van Ann De Smet (Groen), de heer Jef Maes", "(Vooruit) en Tom De Meester (PVDA)"),
        ("Ann De Smet (Groen), Jef Maes (Vooruit) en Tom", "De Meester (PVDA)"),
        ("Vraagstellers: Ann De Smet (Groen), Jef Maes (Vooruit), Tom", "De Meester (PVDA)"),
        ("Groen – Ann De Smet, Vooruit – Jef Maes, PVDA – Tom De", "Meester"),
    ],
)
def test_a_list_of_askers_that_is_broken_over_lines_is_read_whole(lines: tuple[str, ...]) -> None:
    (answer,) = read(spaced("Sport", "", *lines, "", "Hoeveel zijn er?", "", *LONG))
    assert askers_of(answer) == [
        "Groen (Ann De Smet)",
        "Vooruit (Jef Maes)",
        "PVDA (Tom De Meester)",
    ]
    assert (answer.topic, answer.question_blocks[0].text) == ("Sport", "Hoeveel zijn er?")


def test_a_heading_over_an_asker_is_no_part_of_the_list() -> None:
    lines = ("Sociale Economie", "N-VA (Jan Peeters)")
    (answer,) = read(spaced(*lines, "", "Hoeveel zijn er?", "", *LONG))
    assert (answer.topic, askers_of(answer)) == ("Sociale Economie", ["N-VA (Jan Peeters)"])


@pytest.mark.parametrize("first", [0, 1])
def test_a_party_and_its_member_in_two_rows_of_a_table_are_one_asker(first: int) -> None:
    rows = ("Fractie | CD&V", "Vraagsteller | Lies Aerts", "Fractie | CD&V")[first : first + 2]
    (answer,) = read(spaced(*labelled("Sport", "", *rows)))
    assert (answer.topic, askers_of(answer)) == ("Sport", ["CD&V (Lies Aerts)"])


def test_a_label_over_an_asker_is_no_topic() -> None:
    (answer,) = read(spaced(*labelled("Sport", "", "Vraagsteller", "Lies Aerts (CD&V)")))
    assert (answer.topic, askers_of(answer)) == ("Sport", ["CD&V (Lies Aerts)"])


@pytest.mark.parametrize(
    ("line", "asker"),
    [
        ("NVA (Jan Peeters)", "N-VA (Jan Peeters)"),
        ("N - VA (Jan Peeters)", "N-VA (Jan Peeters)"),
        ("N-VA-fractie (Jan Peeters)", "N-VA (Jan Peeters)"),
        ("OPEN VLD (Jan Peeters)", "Open VLD (Jan Peeters)"),
        ("OPEN VLD", "Open VLD"),
        ("GROEN (Jan Peeters)", "Groen (Jan Peeters)"),
        ("Groen! – Jan Peeters", "Groen (Jan Peeters)"),
        ("Jan Peeters (groen)", "Groen (Jan Peeters)"),
        ("Fractie Groen (Jan Peeters)", "Groen (Jan Peeters)"),
        ("VOORUIT (Jan Peeters)", "Vooruit (Jan Peeters)"),
        ("PvdA (Jan Peeters)", "PVDA (Jan Peeters)"),
        ("P.V.D.A. (Jan Peeters)", "PVDA (Jan Peeters)"),
        ("CD & V (Jan Peeters)", "CD&V (Jan Peeters)"),
        ("VLAAMS BELANG", "Vlaams Belang"),
        ("VB (Jan Peeters)", "Vlaams Belang (Jan Peeters)"),
        ("Jan Peeters (VB)", "Vlaams Belang (Jan Peeters)"),
        ("SP.A-fractie", "SP.A"),
        ("sp.a (Jan Peeters)", "sp.a (Jan Peeters)"),
    ],
)
def test_a_party_is_known_in_any_spelling_over_context(line: str, asker: str) -> None:
    question = "- Hoeveel daarvan gaat naar fietssnelwegen?"
    text = "\n\n".join(("Fietspaden", line, CONTEXT, question, " ".join(LONG)))
    (answer,) = read(text)
    assert (answer.topic, askers_of(answer)) == ("Fietspaden", [asker])
    assert answer.question_blocks[0].text == f"{CONTEXT}\n{question}"
    assert answer.text == " ".join(LONG)


@pytest.mark.parametrize("heading", ["GROEN", "VOORUIT", "VB", "VB (Brussel)"])
def test_a_heading_in_capitals_that_a_party_is_named_after_stays_a_heading(heading: str) -> None:
    lines = ("Musea", "", "CD&V", "Hoeveel zijn er?", "", *LONG, "", heading, "", *LONG)
    assert [answer.topic for answer in read(spaced(*lines))] == ["Musea", heading]


def test_a_document_gives_each_party_one_spelling() -> None:
    blocks = [
        line
        for who in ("GROEN (Ann De Smet)", "groen – Jef Maes")
        for line in ("Musea", "", who, "Hoeveel zijn er?", "", *LONG, "")
    ]
    more = ("Musea", "", "Open Vld", "Hoeveel?", "", *LONG, "", "Musea", "", "OPEN VLD", "Waar?")
    answers = read(spaced(*blocks, *more))
    parties = [asker.party for answer in answers for asker in answer.askers]
    assert parties == ["Groen", "Groen", "Open Vld", "Open Vld"]


def test_a_party_that_nobody_knows_is_spelled_as_it_mostly_is() -> None:
    names = ("TEAM LIJST", "Team Lijst", "Team Lijst")
    blocks = [
        line
        for name in names
        for line in ("Musea", "", f"{name} (Jan Peeters)", "Hoeveel zijn er?", "", *LONG, "")
    ]
    assert [askers_of(answer) for answer in read(spaced(*blocks))] == [
        ["Team Lijst (Jan Peeters)"]
    ] * 3
