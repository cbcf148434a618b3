"""Hand-set appendices: one layout question each, none of them the real appendix's words."""

from corpus.answers import read_answers
from corpus.pages import split_pages
from corpus.records import Answer, Asker, Page


def read(text: str) -> tuple[Answer, ...]:
    return read_answers(split_pages(text), "proef")[1]


def spaced(*lines: str) -> str:
    """Set lines as the extractor does: a space behind, an empty line after; "" is a wider gap."""
    out = [f"{line} \n" for line in lines]
    return " " + "\n".join(out)


LONG = (
    "Het departement heeft in de loop van het voorjaar een bevraging",
    "gedaan bij de steden en gemeenten, met een respons van 62%.",
)


def test_a_plain_text_with_form_feeds_and_single_spacing_is_read() -> None:
    text = (
        "Bijlage 2: Schriftelijke antwoorden\nBBT Cultuur 2023\n\nMusea\n\nGroen (Ann De Smet)\n"
        "Hoeveel bezoekers telden de musea in 2022?\n\n"
        "De musea telden samen 2,1 miljoen bezoekers,\neen stijging met 4%.\n"
        "\f2\n\nDe cijfers per museum volgen in het\nvoorjaar.\n"
    )
    (answer,) = read(text)
    assert answer.topic == "Musea"
    assert answer.askers == (Asker("Groen", "Ann De Smet"),)
    assert answer.text == (
        "De musea telden samen 2,1 miljoen bezoekers, een stijging met 4%.\n"
        "De cijfers per museum volgen in het voorjaar."
    )
    assert answer.page_at(answer.text.index("De cijfers")) == 2


def test_an_info_heading_stays_inside_its_answer_and_a_topic_does_not() -> None:
    answers = read(
        spaced(
            "Toerisme",
            "",
            "Vooruit (Jef Maes)",
            "Welke steun kregen de logies?",
            "",
            *LONG,
            "",
            "Info over de logiespremie",
            "De premie bedraagt 5.000 euro per logies.",
            "",
            "Onroerend erfgoed",
            "De achterstand is weggewerkt.",
        )
    )
    assert [answer.topic for answer in answers] == ["Toerisme", "Onroerend erfgoed"]
    assert answers[0].text.split("\n")[1:] == [
        "Info over de logiespremie",
        "De premie bedraagt 5.000 euro per logies.",
    ]
    assert answers[1].askers == ()


def test_a_heading_between_question_and_answer_is_the_topic() -> None:
    answers = read(
        spaced(
            "Open VLD (Karel Claes)",
            "Wat verandert er voor de scholen?",
            "",
            "Decreet over de leerlingenbegeleiding",
            *LONG,
        )
    )
    assert [answer.topic for answer in answers] == ["Decreet over de leerlingenbegeleiding"]
    assert answers[0].question_blocks[0].text == "Wat verandert er voor de scholen?"


def test_a_question_without_an_answer_is_kept() -> None:
    answers = read(
        spaced(
            "Sport",
            "",
            "Groen (Ann De Smet)",
            "Hoeveel zwembaden zijn er gesloten?",
            "",
            "Jeugd",
            "",
            "PVDA (Jef Maes)",
            "Hoeveel jeugdhuizen zijn er?",
            "",
            "Er zijn 412 jeugdhuizen.",
        )
    )
    assert [answer.text for answer in answers] == ["", "Er zijn 412 jeugdhuizen."]
    assert answers[0].questions[0].text == "Hoeveel zwembaden zijn er gesloten?"
    assert answers[0].page_start == answers[0].page_end == 1


def test_a_party_that_nobody_knows_is_an_asker_over_a_question() -> None:
    (answer,) = read(spaced("Waterbeheer", "", "Nieuwe Lijst", "Wie betaalt de dijken?", "", *LONG))
    assert answer.topic == "Waterbeheer"
    assert answer.askers == (Asker("Nieuwe Lijst"),)


def test_an_acronym_with_its_meaning_is_a_topic_and_no_asker() -> None:
    (answer,) = read(
        spaced(
            "BIS (Brede Inclusieve School)", "", "Groen (Ann De Smet)", "Hoe zit dat?", "", *LONG
        )
    )
    assert answer.topic == "BIS (Brede Inclusieve School)"
    assert answer.askers == (Asker("Groen", "Ann De Smet"),)


def test_several_askers_on_one_line_are_told_apart() -> None:
    (answer,) = read(
        spaced("Groen (Ann De Smet, Jef Maes) en CD&V (Lies Aerts)", "Hoe zit dat?", "", *LONG)
    )
    assert [str(asker) for asker in answer.askers] == [
        "Groen (Ann De Smet)",
        "Groen (Jef Maes)",
        "CD&V (Lies Aerts)",
    ]


def test_a_bare_number_that_is_not_due_is_text() -> None:
    (answer,) = read(
        spaced(
            "Groen",
            "Hoeveel bussen?",
            "",
            "Dit jaar rijden er zoveel bussen:",
            "",
            "214",
            "",
            "Dat is veel.",
        )
    )
    assert answer.text == "Dit jaar rijden er zoveel bussen:\n214\nDat is veel."
    assert answer.page_end == 1


def test_a_broken_word_follows_the_documents_own_spelling() -> None:
    (answer,) = read(
        spaced(
            "Groen",
            "Hoe zit het met de e-bikes?",
            "",
            "Er komt een plan voor de zorg-ondernemers, en voor zorg-",
            "ondernemers met een eigen zaak. De fiets-",
            "paden worden vernieuwd. De EU-",
            "middelen volgen, net als de bus- en tram-",
            "en treintarieven.",
        )
    )
    assert "voor zorg-ondernemers met" in answer.text
    assert "De fietspaden worden" in answer.text
    assert "De EU-middelen volgen" in answer.text
    assert "bus- en tram- en treintarieven." in answer.text


def test_an_address_broken_over_two_lines_is_joined() -> None:
    (answer,) = read(
        spaced(
            "Groen",
            "Waar staat dat?",
            "",
            "Alles staat op de website:",
            "https://www.vlaanderen.be/nieuws/een-lange-",
            "titel-van-een-bericht",
            "Wie vragen heeft, kan bellen.",
        )
    )
    assert answer.links == ("https://www.vlaanderen.be/nieuws/een-lange-titel-van-een-bericht",)
    assert answer.text.split("\n")[-1] == "Wie vragen heeft, kan bellen."


def test_a_repeated_link_list_is_not_text() -> None:
    text = spaced("Groen", "Waar?", "", "Zie https://www.vlaanderen.be/fiets voor alle kaarten.")
    (answer,) = read(text + "\nhttps://www.vlaanderen.be/fiets\nhttps://www.vlaanderen.be/fiets\n")
    assert answer.text == "Zie https://www.vlaanderen.be/fiets voor alle kaarten."
    assert answer.links == ("https://www.vlaanderen.be/fiets",)


def test_a_question_with_a_quoted_passage_asks_only_what_stands_outside_it() -> None:
    (answer,) = read(
        spaced(
            "Groen",
            "We lezen: “Wie betaalt? Dat wordt onderzocht.” Wat is de stand van",
            "zaken?",
            "+ timing",
            "",
            *LONG,
        )
    )
    assert [question.text for question in answer.questions] == [
        "Wat is de stand van zaken?",
        "timing",
    ]


def test_the_page_number_at_the_foot_of_a_page_is_not_text() -> None:
    text = (
        "Groen\nHoeveel bussen rijden er?\nEn hoeveel trams?\n\n"
        "De Lijn heeft vandaag\nen morgen\n\n1\n"
        "\fdrie bussen en\ntwee trams.\n\n2\n"
    )
    (answer,) = read(text)
    assert answer.text == "De Lijn heeft vandaag en morgen drie bussen en twee trams."
    assert (answer.page_start, answer.page_end) == (1, 2)


def test_an_info_heading_under_a_question_with_a_topic_of_its_own_is_part_of_the_answer() -> None:
    (answer,) = read(
        spaced(
            "Toerisme",
            "",
            "Vooruit (Jef Maes)",
            "Welke steun kregen de logies?",
            "",
            "Info over de logiespremie",
            "De premie bedraagt 5.000 euro per logies.",
        )
    )
    assert answer.topic == "Toerisme"
    assert answer.text.split("\n")[0] == "Info over de logiespremie"


def test_a_heading_at_the_very_end_is_not_an_answer_of_its_own() -> None:
    (answer,) = read(spaced("Groen", "Hoeveel bussen?", "", *LONG, "", "Einde van de bijlage"))
    assert answer.text.split("\n")[-1] == "Einde van de bijlage"


def test_an_address_in_the_text_under_a_page_number_at_the_top_stays() -> None:
    text = (
        "Groen\nWat is er nodig?\n\nIngeschreven zijn.\n\f"
        "2\nWie op www.vdab.be/werk staat, gaat eerst naar\nwww.vdab.be/werk\nom zich te melden.\n"
    )
    (answer,) = read(text)
    assert answer.text.endswith("gaat eerst naar www.vdab.be/werk om zich te melden.")


def test_a_link_target_counts_only_where_it_is_named_in_full() -> None:
    targets = ["https://www.vdab.be/", "https://www.mijn.be/map/."]
    pages = (Page(1, ("Groen", "Hoe?", "", "Mail naar info@vdab.be. Zie mijn.be/map.")),)
    _, (answer,) = read_answers(pages, "x", link_targets=targets)
    assert answer.links == ("https://www.mijn.be/map/.",)
