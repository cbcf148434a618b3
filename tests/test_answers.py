"""The appendix as the records hold it: every expected value was read off the document by eye."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from line_kinds import LineKind, label_lines

from corpus.readers import BUNDLED_APPENDIX, read_documents
from corpus.records import Asker, Document

# topic start, askers, first page, last page, first words, last words
EXPECTED = [
    ("", ["Vlaams Belang"], 1, 1, "Er wordt een vraag", "werden afgesproken."),
    ("GESCO", ["N-VA (Axel Ronse)"], 1, 1, "Het is niet evident", "5 gesco’s."),
    (
        "VOP (Vlaamse Ondersteuningspremie)",
        ["Open VLD (Tom Ongena)", "N-VA (Tine van der Vloet)", "SP.A"],
        2,
        2,
        "Wat de afstemming",
        "van de loonpremie.",
    ),
    ("VOP", ["SP.A"], 2, 3, "De daling is te wijten", "voor de tijdelijke VOP."),
    ("VOP", ["Vlaams Belang"], 3, 3, "De daling van 7,9", "ramingsmodel te hebben."),
    ("IBO (Individuele beroepsopleiding)", [], 4, 4, "Als men kijkt", "daling m.i. mee."),
    ("VDAB", ["Vlaams Belang"], 4, 5, "De stijging van 14,4", "22.422 keuro."),
    ("Taal en talenplan", [], 5, 5, "In het talenplan", "webpagina op vdab.be."),
    (
        "Decreet houdende de werk- en zorgtrajecten",
        ["N-VA (Tine van der Vloet)", "CD&V (Robrecht Bothuyne)"],
        6,
        8,
        "Hierbij vindt u een overzicht",
        "zijn IVT verliest.",
    ),
    ("Lokale regierol", [], 8, 9, "De lokale regierol", "besturen begin 2023."),
    ("Controle van de beschikbaarheid", [], 9, 10, "Het is duidelijk", "van 251 naar 22."),
    ("Talent van buiten", [], 10, 11, "Aan de Vlaamse-Nederlandse", "gevestigd zijn."),
    (
        "Talent",
        ["N-VA (Axel Ronse)"],
        11,
        11,
        "De knelpuntberoepenlijst",
        "knelpuntberoepenstudie.",
    ),
    ("Specifieke begr", ["N-VA (Axel Ronse)"], 12, 12, "VDAB ontvangst", "aanpassing of -opmaak."),
    ("Specifieke begr", ["N-VA (Axel Ronse)"], 12, 12, "De verkoop van", "in Roeselare."),
    (
        "Specifieke begr",
        ["N-VA (Allessia Claes)"],
        12,
        13,
        "Bij het afsluiten",
        "aan ESF middelen.",
    ),
    ("Specifieke begr", ["N-VA (Axel Ronse)"], 13, 13, "Bij de opmaak", "Coronaprovisie 2021."),
    ("Specifieke begr", ["N-VA (Axel Ronse)"], 13, 13, "VDAB zal in 2021", "contactstrategie."),
    ("Dienstencheques", ["N-VA (Axel Ronse)"], 14, 14, "Het grootste deel", "op jaarbasis."),
    ("Dienstencheques", ["N-VA (Axel Ronse)"], 14, 14, "Dat is correct", "correct opgemerkt."),
    ("Telewerken", [], 15, 16, "Het aanbod om telewerk", "kennisdeling, enz."),
    ("VDAB", ["SP.A"], 16, 16, "VDAB dient tegen eind 2024", "84 medewerkers per jaar."),
    (
        "Specifieke vragen Begroting - Competenties",
        ["N-VA (Axel Ronse)"],
        16,
        16,
        "Het bedrag van de subsidie",
        "van deze opleidingen.",
    ),
    ("Specifieke vragen", ["N-VA (Allessia Claes)"], 16, 17, "De IBO maatregel", "de inkomsten."),
    ("Cijfers impact", [], 17, 18, "Hierbij vindt u de cijfers", "(via maatwerkafdelingen)."),
    (
        "Ondersteunende maatregelen",
        ["Open VLD (Maurits Vande Reyde)"],
        18,
        20,
        "• Opschorten",
        "goed uit te voeren.",
    ),
    ("Samenwerking tussen", [], 20, 21, "Databank sociale", "/nieuwe-call-circulair-werkt"),
    (
        "Technische info over BVR AMA WSE",
        ["Open VLD (Maurits Vande Reyde)"],
        22,
        23,
        "Voor de deelname",
        "werk kunnen zetten.",
    ),
    ("Projectoproepen", [], 23, 24, "• De recente oproep", "/alle-oproepen"),
    (
        "Info over het begeleidingsproject StartSOON",
        ["Open VLD (Maurits Vande Reyde)"],
        24,
        26,
        "- StartSOON is een nieuw",
        "/managementadviesondersteuning",
    ),
    (
        "Sociaal ondernemerschap",
        ["N-VA (Allessia Claes)"],
        26,
        28,
        "Hierbij vindt u een overzicht",
        "haalbaarheidsonderzoek-sociale-economie-en-schoolgebouwen",
    ),
    (
        "APPARAATSKREDIETEN",
        ["N-VA (Allessia Claes)"],
        28,
        28,
        "De Europese Commissie heeft",
        "met 111.000 euro.",
    ),
]


def test_the_appendix_has_28_pages_and_32_answers_of_which_9_without_question(
    appendix: Document,
) -> None:
    assert len(appendix.pages) == 28
    assert len(appendix.answers) == len(EXPECTED) == 32
    assert sum(not answer.askers for answer in appendix.answers) == 9


@pytest.mark.parametrize("number", range(32), ids=lambda number: f"answer-{number + 1:02d}")
def test_topic_askers_pages_and_ends_are_right(appendix: Document, number: int) -> None:
    answer = appendix.answers[number]
    topic, askers, first, last, starts, ends = EXPECTED[number]
    assert answer.answer_id == f"bbt-wse-2021-{number + 1:02d}"
    assert answer.topic.startswith(topic)
    assert bool(answer.topic) == bool(topic)
    assert [str(asker) for asker in answer.askers] == askers
    assert (answer.page_start, answer.page_end) == (first, last)
    assert answer.text.startswith(starts)
    assert answer.text.endswith(ends)


def test_every_line_of_the_source_is_exactly_one_thing(appendix: Document) -> None:
    labels = label_lines(appendix.pages)
    places = [
        (page.number, row, line.strip())
        for page in appendix.pages
        for row, line in enumerate(page.lines)
        if line.strip()
    ]
    assert [(line.page, line.row, line.text) for line in labels] == places
    # `grep -c '[^ ]' bbt-wse-2021.txt`
    assert len(labels) == 902
    # 23 answers with a question; two more askers under the third, one more under the ninth
    counts = Counter(line.kind for line in labels)
    assert counts[LineKind.PAGE_NUMBER] == 3
    assert counts[LineKind.LINK_LIST] == 22
    assert counts[LineKind.ASKER] == 26


def test_pages_hold_the_whole_file(appendix: Document) -> None:
    source = BUNDLED_APPENDIX.read_text(encoding="utf-8")
    lines = [line for page in appendix.pages for line in page.lines]
    assert "\n".join(lines) == source


def test_no_character_of_an_answer_or_question_gets_lost(appendix: Document) -> None:
    labels = label_lines(appendix.pages)

    def letters(text: str) -> str:
        return re.sub(r"[\s-]", "", text)

    answers = "".join(line.text for line in labels if line.kind is LineKind.ANSWER)
    assert letters("".join(answer.text for answer in appendix.answers)) == letters(answers)
    asked = "".join(line.text for line in labels if line.kind is LineKind.QUESTION)
    blocks = [block.text for answer in appendix.answers for block in answer.question_blocks]
    assert letters("".join(blocks)) == letters(asked)


def test_every_character_is_on_the_page_of_its_line(appendix: Document) -> None:
    """The text of each page of each answer is a run of that page's own lines."""

    def letters(text: str) -> str:
        return re.sub(r"[\s-]", "", text)

    pages = {page.number: letters("".join(page.lines)) for page in appendix.pages}
    for answer in appendix.answers:
        edges = [start.offset for start in answer.page_starts] + [len(answer.text)]
        for start, end in pairwise(edges):
            for line in answer.text[start:end].split("\n"):
                assert letters(line) in pages[answer.page_at(start)]


@pytest.mark.parametrize(
    ("number", "joined"),
    [
        (1, "Het beschikbare krediet voor de RSZ-doelgroepverminderingen daalt"),
        (9, "toegeleid"),
        (9, "vanuit de welzijns- en zorgvoorzieningen worden"),
        (9, "Bij de doorstroom naar betaalde arbeid kunnen personen met een RIZIV-uitkering van"),
        (14, "de komende begrotingsaanpassing of -opmaak."),
        (25, "met respect voor de geldende veiligheidsmaatregelen verder uitgevoerd"),
        (25, "bij de LDE-organisaties werd uitgevoerd"),
        (26, "de dagdagelijkse ondersteuning van doelgroepwerknemers voor"),
        (26, "de gevraagde COVID-19 maatregelen."),
        (26, "maatwerkbedrijven, lokale diensteneconomie ondernemingen en"),
        (24, "voortvloeiend uit deze maatregel zullen stijgen."),
    ],
)
def test_words_broken_at_line_ends_are_mended(appendix: Document, number: int, joined: str) -> None:
    assert joined in appendix.answers[number - 1].text


def test_list_items_stay_items(appendix: Document) -> None:
    lines = appendix.answers[6].text.split("\n")
    assert "- IBO: +10.459 keuro" in lines
    assert "- Diversen: +568 keuro" in lines
    assert "Totaal bedrag van de stijging eigen ontvangsten bedraagt: 22.422 keuro." in lines


@pytest.mark.parametrize(
    ("number", "links"),
    [
        (12, ("http://grensmatch.be/",)),
        (
            26,
            (
                "https://www.socialeeconomie.be/nieuws/"
                "herstelkrediet-corona-voor-de-sociale-economie",
            ),
        ),
        (
            31,
            (
                "https://www.socialeeconomie.be/ondersteuningsdecreet",
                "http://socialeeconomie.be/managementadviesondersteuning",
                "http://socialeeconomie.be/het-lokale-bestuur-als-regisseur",
                "https://www.socialeeconomie.be/nieuws/"
                "haalbaarheidsonderzoek-sociale-economie-en-schoolgebouwen",
            ),
        ),
        (1, ()),
    ],
)
def test_links_are_whole(appendix: Document, number: int, links: tuple[str, ...]) -> None:
    assert appendix.answers[number - 1].links == links


def test_every_link_is_one_that_the_source_lists(appendix: Document) -> None:
    labels = label_lines(appendix.pages)
    listed = {line.text for line in labels if line.kind is LineKind.LINK_LIST}
    links = {link for answer in appendix.answers for link in answer.links}
    assert links == listed


def test_codes_are_found(appendix: Document) -> None:
    articles = {a.answer_id[-2:]: a.article_codes for a in appendix.answers if a.article_codes}
    assert articles == {
        "04": ("JB0-1JDB2CB-WT",),
        "19": ("JB0-9JDBAEA-OW",),
        "22": ("JB0-1JDB2CY-IS",),
    }
    esr = {
        answer.answer_id[-2:]: answer.esr_codes for answer in appendix.answers if answer.esr_codes
    }
    assert esr == {
        "16": ("ESR 88.17", "ESR 84.17"),
        "23": ("ESR 31.32",),
        "24": ("ESR 16.11", "ESR 34.31"),
    }


def test_sub_questions_of_three_askers_keep_their_askers(appendix: Document) -> None:
    found = [(str(question.askers[0]), question.text) for question in appendix.answers[2].questions]
    assert found[0] == (
        "Open VLD (Tom Ongena)",
        "Wat zal dit concreet betekenen en welke budgettaire impact zal dit hebben?",
    )
    assert found[3] == (
        "N-VA (Tine van der Vloet)",
        "Wat zal het effect daarvan zijn in de praktijk en op de huidige doelgroep van deze "
        "maatregel?",
    )
    assert found[-1] == ("SP.A", "belang van afstemming doelgroepkorting-VOP")
    assert len(found) == 7


def test_two_askers_in_a_row_share_their_question(appendix: Document) -> None:
    answer = appendix.answers[8]
    both = (Asker("N-VA", "Tine van der Vloet"), Asker("CD&V", "Robrecht Bothuyne"))
    assert all(question.askers == both for question in answer.questions)
    assert (answer.question_blocks[0].page_start, answer.question_blocks[0].page_end) == (5, 6)
    assert {question.page for question in answer.questions} == {6}


def test_a_question_may_stand_on_the_page_before_its_answer(appendix: Document) -> None:
    answer = appendix.answers[18]
    assert [question.page for question in answer.questions] == [13]
    assert answer.page_start == 14


def test_the_title_is_read_without_metadata(tmp_path: Path) -> None:
    from corpus.readers import read_documents

    copy = tmp_path / "kopie.txt"
    copy.write_bytes(BUNDLED_APPENDIX.read_bytes())
    (document,) = read_documents(copy)
    assert document.title == "Bijlage 1 BBT Werk en Sociale Economie 2021"
    assert document.year == 2021
    assert document.document_id == "kopie"
    assert len(document.answers) == 32


def test_questions_in_a_list_under_a_line_with_a_code_are_questions() -> None:
    second = Path(__file__).parent.parent / "eval" / "gold" / "bbt-wonen-2022.txt"
    (document,) = read_documents(second)
    answer = document.answers[1]
    assert answer.topic == "Renovatie van sociale woningen"
    assert [question.text[:40] for question in answer.questions] == [
        "Hoeveel sociale woningen werden de voorb",
        "Hoeveel woningen voldoen nog niet aan de",
    ]
    assert answer.text.startswith("In 2020 werd voor 412 miljoen euro")
    assert answer.article_codes == ("WD0-1WEA2AB-LE",)
