"""Layouts of other appendices of the same kind, each a page or less; nothing in them is real."""

import pytest
from line_kinds import LineKind, label_lines
from test_layouts import LONG, read, spaced

from corpus.pages import split_pages
from corpus.records import Asker

MEASURE = "De subsidies dalen met 3,2 miljoen euro. Welke instellingen krijgen minder?"


@pytest.mark.parametrize("gap", [(), ("",)], ids=["tight", "apart"])
@pytest.mark.parametrize(
    "code", ["HB0-1HDK2AC-WT – subsidies aan instellingen", "HB0-1HDK2AC-WT", "ESR 31.32 – toelage"]
)
def test_a_code_line_under_an_asker_belongs_to_the_question(
    code: str, gap: tuple[str, ...]
) -> None:
    (answer,) = read(
        spaced("Kunsten", "", "Groen (Ann De Smet)", *gap, code, "", MEASURE, "", *LONG)
    )
    assert answer.topic == "Kunsten"
    assert answer.question_blocks[0].text == f"{code}\n{MEASURE}"
    assert [question.text for question in answer.questions] == [
        "Welke instellingen krijgen minder?"
    ]
    assert answer.text == " ".join(LONG)


def test_a_code_line_over_an_asker_is_the_topic() -> None:
    code = "HB0-1HDK2AC-WT – subsidies aan instellingen"
    (answer,) = read(spaced(code, "", "Groen (Ann De Smet)", "", MEASURE, "", *LONG))
    assert answer.topic == code
    assert answer.text == " ".join(LONG)


def test_a_paragraph_that_tells_before_the_one_that_asks_is_part_of_the_question() -> None:
    told = "De minister trekt 40 miljoen euro uit voor zonnedelen."
    for asked in ("Waarvoor dient dat?", "Graag een overzicht van de projecten."):
        (answer,) = read(spaced("Groen (Ann De Smet)", "", told, "", asked, "", *LONG))
        assert answer.question_blocks[0].text == f"{told}\n{asked}"
        assert [question.text for question in answer.questions] == [asked]
        assert answer.text == " ".join(LONG)


def test_a_second_paragraph_that_ends_with_a_question_is_asked_too() -> None:
    first, second = "Hoeveel scans zijn er gepland?", "De middelen dalen. Waarom is dat zo?"
    (answer,) = read(spaced("Groen (Ann De Smet)", "", first, "", second, "", *LONG))
    assert [question.text for question in answer.questions] == [first, "Waarom is dat zo?"]
    assert answer.text == " ".join(LONG)


def test_a_question_that_the_answer_repeats_is_part_of_the_answer() -> None:
    asked = ("- Hoeveel gezinnen leven in armoede?", "- Welke maatregelen komen er?")
    (answer,) = read(
        spaced("Groen", *asked, "", asked[0], "", "Volgens de enquête 7,8%.", "", asked[1], *LONG)
    )
    assert len(answer.questions) == 2
    assert answer.text.split("\n")[:2] == [asked[0], "Volgens de enquête 7,8%."]


def test_short_paragraphs_with_a_blank_line_between_them_are_apart() -> None:
    answers = read(
        "Musea\n\nGroen (Ann De Smet)\n\nHoeveel musea zijn er?\n\n"
        "Er zijn 68 musea, waarvan zeven\nin Brussel.\n\n"
        "Film\n\nCD&V (Lies Aerts)\n\nHoeveel films zijn er?\n\nEr zijn 31 films.\n"
    )
    assert [answer.topic for answer in answers] == ["Musea", "Film"]
    assert [answer.text for answer in answers] == [
        "Er zijn 68 musea, waarvan zeven in Brussel.",
        "Er zijn 31 films.",
    ]


@pytest.mark.parametrize(
    ("line", "askers"),
    [
        ("De heer Bert Moyaers (Vooruit)", ["Vooruit (Bert Moyaers)"]),
        ("Mevrouw Ann De Smet (Nieuwe Lijst)", ["Nieuwe Lijst (Ann De Smet)"]),
        (
            "De heer Van den Heuvel (CD&V) en mevrouw Freya Saeys (Open Vld)",
            ["CD&V (Van den Heuvel)", "Open Vld (Freya Saeys)"],
        ),
        ("Koen Van den Heuvel, CD&V", ["CD&V (Koen Van den Heuvel)"]),
        ("Jan Peeters en Lies Aerts (N-VA)", ["N-VA (Jan Peeters)", "N-VA (Lies Aerts)"]),
        ("CD&V: Koen Van den Heuvel", ["CD&V (Koen Van den Heuvel)"]),
        ("Gwenny de Wit – Open VLD", ["Open VLD (Gwenny de Wit)"]),
        ("Vragen van mevrouw Lies Aerts (N-VA)", ["N-VA (Lies Aerts)"]),
        ("Antwoord aan N-VA (Jan Peeters)", ["N-VA (Jan Peeters)"]),
        ("N-VA (de heer Jan Peeters, schriftelijk)", ["N-VA (Jan Peeters)"]),
        ("Groen (Ann De Smet) – schriftelijk", ["Groen (Ann De Smet)"]),
        ("N\u2011VA\u00a0(Jan\u00a0Peeters)", ["N-VA (Jan Peeters)"]),
        ("PVDA (Jef Maes), Vooruit en", ["PVDA (Jef Maes)", "Vooruit"]),
    ],
)
def test_askers_are_written_in_many_ways(line: str, askers: list[str]) -> None:
    (answer,) = read(spaced("Sport", "", line, "", "Hoeveel zwembaden zijn er?", "", *LONG))
    assert [str(asker) for asker in answer.askers] == askers
    assert (answer.topic, answer.text) == ("Sport", " ".join(LONG))


@pytest.mark.parametrize(
    "topic",
    ["Plaatselijke Samenwerking (PS)", "Groen – natuur en bos", "Kind en Gezin, Groen", "De Lijn"],
)
def test_a_topic_that_looks_like_an_asker_stays_a_topic(topic: str) -> None:
    (answer,) = read(spaced(topic, "", "N-VA (Jan Peeters)", "Hoe zit dat?", "", *LONG))
    assert (answer.topic, answer.askers) == (topic, (Asker("N-VA", "Jan Peeters"),))


@pytest.mark.parametrize(
    "label", ["Antwoord", "Antwoord:", "ANTWOORD", "Antwoord van de minister", "Antwoord aan Groen"]
)
@pytest.mark.parametrize("gap", [(), ("",)], ids=["tight", "apart"])
def test_a_line_that_says_that_the_answer_follows_ends_the_question(
    label: str, gap: tuple[str, ...]
) -> None:
    asked = ("De middelen dalen. Waarom?", "", "De scans zijn belangrijk voor gezinnen.")
    answers = read(
        spaced("Energie", "", "Groen", *asked, *gap, label, *gap, *LONG, "", "Water", "", *LONG)
    )
    assert [answer.topic for answer in answers] == ["Energie", "Water"]
    assert answers[0].question_blocks[0].text == f"{asked[0]}\n{asked[2]}"
    assert answers[0].text == " ".join(LONG)


def test_a_label_is_a_line_of_its_own_kind() -> None:
    pages = split_pages(spaced("Energie", "Groen", "Vraag:", "Waarom?", "Antwoord:", *LONG))
    assert [line.kind for line in label_lines(pages)] == [
        LineKind.HEADING,
        LineKind.ASKER,
        LineKind.ASKER,
        LineKind.QUESTION,
        LineKind.LABEL,
        LineKind.ANSWER,
        LineKind.ANSWER,
    ]


def test_answers_to_parts_of_a_question_are_one_answer() -> None:
    (answer,) = read(
        spaced(
            "Groen",
            "1. Wat kost het plan?",
            "2. Wie betaalt het?",
            "",
            "Antwoord 1: Het plan kost 4,2 miljoen euro.",
            "",
            "Antwoord op vraag 2",
            *LONG,
        )
    )
    assert len(answer.questions) == 2
    assert answer.text.split("\n") == [
        "Antwoord 1: Het plan kost 4,2 miljoen euro.",
        "Antwoord op vraag 2",
        " ".join(LONG),
    ]


@pytest.mark.parametrize("over", ["Vraag 4 van Ann De Smet (Groen)", "Vraag 4|Groen"])
def test_an_answer_does_not_start_with_the_number_of_its_question(over: str) -> None:
    """But with that of a part of it, it does."""
    for label, text in (("Antwoord op vraag 4", LONG), ("Antwoord op vraag 1", None)):
        lines = ("Armoede", "", *over.split("|"), "Wat kost dat?", "", label, "", *LONG)
        (answer,) = read(spaced(*lines))
        assert answer.text == " ".join(text or (f"{label}\n{LONG[0]}", LONG[1]))


@pytest.mark.parametrize("apart", [True, False], ids=["label alone", "label before the text"])
def test_a_further_question_of_the_same_asker_has_an_answer_of_its_own(apart: bool) -> None:
    lines = ["Armoede", "", "Groen (Ann De Smet)", ""]
    for label, text in (
        ("Vraag 1:", "Wat kost het plan?"),
        ("Antwoord:", "Het plan kost 4,2 miljoen euro."),
        ("Vraag 2:", "Wie betaalt het plan?"),
        ("Antwoord:", "Elke minister betaalt zijn deel."),
    ):
        lines += [label, text, ""] if apart else [f"{label} {text}", ""]
    answers = read(spaced(*lines))
    assert [[question.text for question in answer.questions] for answer in answers] == [
        ["Wat kost het plan?"],
        ["Wie betaalt het plan?"],
    ]
    assert {answer.askers for answer in answers} == {(Asker("Groen", "Ann De Smet"),)}
    assert [answer.text.removeprefix("Antwoord: ") for answer in answers] == [
        "Het plan kost 4,2 miljoen euro.",
        "Elke minister betaalt zijn deel.",
    ]


def test_numbered_lines_over_an_asker_are_topics_and_list_items_are_not() -> None:
    answers = read(
        spaced(
            "1. Investeringssteun",
            "",
            "Groen",
            "Waarheen gaat de steun?",
            "",
            *LONG,
            "1. Investeringen in stallen",
            "2. Investeringen in machines",
            "",
            "2. VISSERIJ",
            "",
            "CD&V",
            "En hier?",
            "",
            "De steun gaat in 2023 hoofdzakelijk naar:",
            "1. Nieuwe vaartuigen",
            "",
            "2. Vismijnen",
            "",
            "Vooruit",
            "Hoeveel vaartuigen zijn er?",
            "",
            *LONG,
        )
    )
    assert [answer.topic for answer in answers] == ["1. Investeringssteun", *["2. VISSERIJ"] * 2]
    assert answers[0].text.split("\n")[-1] == "2. Investeringen in machines"
    assert answers[1].text.split("\n")[-1] == "2. Vismijnen"


def test_lines_with_codes_under_an_asker_name_no_party() -> None:
    codes = ("Artikel HB0-1HDK2AC-WT", "ESR-code 31.32")
    (answer,) = read(spaced("Musea", "", "Groen (Ann De Smet)", "", *codes, MEASURE, "", *LONG))
    assert answer.askers == (Asker("Groen", "Ann De Smet"),)
    assert answer.question_blocks[0].text.endswith(MEASURE)
    assert (answer.topic, answer.text) == ("Musea", " ".join(LONG))


def test_a_table_is_part_of_its_answer() -> None:
    table = (
        "Provincie 2021 2022",
        "Antwerpen 1.200 1.350",
        "Limburg 800 790",
        "West-Vlaanderen 1.020 1.080",
    )
    bare = ("Provincie Dossiers", "Antwerpen 12", "Limburg 8")
    answers = read(
        spaced(
            *("Subsidies", "", "Groen", "Hoeveel subsidies zijn er?", ""),
            *(*LONG, "", *table, "", "Het totaal stijgt.", "", "Tabel 2: dossiers", *bare, ""),
            *("Ook het aantal dossiers stijgt:", "", *bare, "", "Loonkosten", "", *LONG),
        )
    )
    assert [answer.topic for answer in answers] == ["Subsidies", "Loonkosten"]
    assert answers[0].text.split("\n") == [
        " ".join(LONG),
        *table,
        "Het totaal stijgt.",
        "Tabel 2: dossiers",
        *bare,
        "Ook het aantal dossiers stijgt:",
        *bare,
    ]


LONG_TOPIC = (
    "Subsidies aan lokale besturen voor de aanleg van fietspaden",
    "langs gewestwegen en voor de inrichting van veilige",
    "Schoolomgevingen",
)


@pytest.mark.parametrize(
    ("topic", "gap"),
    [
        (LONG_TOPIC[:2], ()),
        (LONG_TOPIC[:2], ("",)),
        (LONG_TOPIC, ()),
        (LONG_TOPIC, ("",)),
        ((" ".join(LONG_TOPIC),), ("",)),
    ],
)
def test_a_topic_over_an_asker_may_take_more_lines(
    topic: tuple[str, ...], gap: tuple[str, ...]
) -> None:
    first = ("Zwarte punten", "", "Groen", "Hoeveel punten?", "", *LONG, *gap)
    answers = read(spaced(*first, *topic, *gap, "N-VA", "Hoeveel subsidies?", "", *LONG))
    assert [answer.topic for answer in answers] == ["Zwarte punten", " ".join(topic)]
    assert [answer.text for answer in answers] == [" ".join(LONG)] * 2


@pytest.mark.parametrize(
    "last",
    [
        ("De middelen worden verdeeld over de centra, volgens het", "aantal cursisten"),
        ("Zie ook de tabel met de middelen per provincie en per", "centrum, in euro."),
        ("- de centra voor volwassenenonderwijs in de steden en", "gemeenten van Limburg"),
    ],
)
def test_an_answer_of_which_the_end_mark_is_missing_is_no_topic(last: tuple[str, str]) -> None:
    first = ("Cursussen", "", "Groen", "Hoeveel cursussen?", "", *LONG, "", *last, "")
    answers = read(spaced(*first, "N-VA", "Hoeveel subsidies?", "", *LONG))
    assert [answer.topic for answer in answers] == ["Cursussen"] * 2
    assert answers[0].text == "\n".join((" ".join(LONG), " ".join(last)))


def test_rows_with_units_or_columns_are_no_topics_and_stand_on_lines_of_their_own() -> None:
    """Also where the page turns inside the table, or only white space parts the columns."""
    rows = (
        "Categorie       Aanvragen   Gemiddelde premie",
        "Dak                 9.204          2.310 euro",
        "Buitenmuur          3.115        3,4 miljoen euro",
        "Ramen 11.870 1.905 euro",
        "Totaal 24.189 50 %",
    )
    start = "BBT Energie 2023\n\nPremies\n\nGroen\nHoeveel aanvragen?\n\nDit zijn ze:\n\n"
    for turn in range(1, len(rows)):
        table = "\n".join(rows[:turn]) + "\f" + "\n".join(rows[turn:])
        end = "\n\nHet budget daalt.\n\nLaadpalen\n\nGroen\nHoeveel palen?\n\nTwaalf.\n"
        answers = read(start + table + end)
        assert [answer.topic for answer in answers] == ["Premies", "Laadpalen"]
        told = ["Dit zijn ze:", *(" ".join(row.split()) for row in rows), "Het budget daalt."]
        assert answers[0].text.split("\n") == told


def test_what_stands_over_a_table_with_gaps_between_its_rows_is_no_topic() -> None:
    rows = ("Categorie Gemiddelde premie", "", "Dak 9.204 2.310", "", "Ramen 870 1.905", "")
    lines = ("Premies", "", "Groen", "Hoeveel aanvragen?", "", *LONG, "", *rows, *LONG)
    (answer,) = read(spaced(*lines))
    assert answer.text.split("\n")[1:] == [*filter(None, rows), " ".join(LONG)]


def test_what_a_printer_put_between_letters_is_no_text() -> None:
    (answer,) = read(
        "Musea\r\n\r\nGroen\u00a0(Ann De\u00a0Smet)\r\n-\tHoeveel mu\u00adsea zijn er?\r\n\r\n"
        "Er zijn 68 mu\u00adsea,\u00a0waarvan zeven in het Brussels hoofd\u00ad\r\n"
        "stedelijk gewest. Dat zijn er \ufb01ks meer dan vroeger.\r\n"
    )
    assert answer.askers == (Asker("Groen", "Ann De Smet"),)
    assert answer.questions[0].text == "Hoeveel musea zijn er?"
    assert answer.text == (
        "Er zijn 68 musea, waarvan zeven in het Brussels hoofdstedelijk gewest. "
        "Dat zijn er fiks meer dan vroeger."
    )


def test_a_statement_between_two_questions_is_part_of_the_question() -> None:
    asked = ("Hoeveel dossiers zijn er?", "", "De premie wordt hervormd.", "", "Wanneer?")
    (answer,) = read(spaced("Groen", "", *asked, "", *LONG, "", *LONG))
    assert answer.question_blocks[0].text.split("\n") == [line for line in asked if line]
    assert answer.text.split("\n") == [" ".join(LONG)] * 2
