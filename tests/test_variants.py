"""Appendices that nobody has seen: made up, set like the real one, and read back."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from line_kinds import label_lines
from typeset import Asked, Block, Setting, line_count, pages_of_lines, typeset

from corpus.answers import read_answers
from corpus.pages import split_pages
from corpus.records import UNKNOWN_PAGE, Answer

PARTIES = ["Groen", "PVDA", "Vooruit", "cd&v", "Team Lijst", "Nieuw Links", "Burgers & Co"]
MEMBERS = ["Ann De Smet", "Jef van den Broeck", "Lies D’Hondt", "Mehmet Öz", "J. Peeters"]
TOPICS = [
    "Kinderopvang",
    "Fietspaden langs gewestwegen",
    "De Lijn",
    "BIS (Brede Inclusieve School)",
    "Sociale huurwoningen",
    "Waterzuivering in de Denderstreek",
    "ERFGOED EN MUSEA",
]
STATEMENTS = [
    "De kredieten voor onderhoud dalen met 12,5 miljoen euro ten opzichte van 2023.",
    "In de begroting staat een bedrag van 4.300 keuro voor nieuwe voertuigen.",
    "De wachtlijst groeide het voorbije jaar aanzienlijk.",
]
QUESTIONS = [
    "Wat is de reden van die daling en welke gevolgen heeft ze voor de dienstverlening aan "
    "gebruikers in landelijke gemeenten?",
    "Hoeveel dossiers werden in 2023 goedgekeurd?",
    "Kan de minister een overzicht per provincie geven?",
    "- Hoeveel plaatsen komen er bij?",
    "- Welke timing hanteert de minister voor de uitrol van de maatregel?",
]
ANSWERS = [
    "De daling is een gevolg van de vertraging bij de aanbesteding, die pas in het najaar van 2023 "
    "kon worden gegund. De werken starten in het voorjaar.",
    "In 2023 werden 1.204 dossiers goedgekeurd, waarvan 310 in West-Vlaanderen en 122 in Limburg.",
    "Het budget bedraagt 2.450.000 euro.",
    "- Antwerpen: 12 plaatsen",
    "- Oost-Vlaanderen: 31 plaatsen, waarvan een derde wordt voorbehouden voor kinderen met een "
    "bijzondere zorgnood",
    "• Ik laat dit verder onderzoeken door mijn administratie; de resultaten worden later bezorgd.",
    "De administratie volgt dit op, zoals afgesproken in het regeerakkoord.",
]
TITLE = ["Bijlage 4: Schriftelijke antwoorden – Specifieke vragen", "BBT Mobiliteit 2024"]


def _asker(party: str, member: str | None) -> str:
    return f"{party} ({member})" if member else party


askers = st.builds(_asker, st.sampled_from(PARTIES), st.sampled_from(MEMBERS)) | st.sampled_from(
    ["Groen", "Vooruit", "PVDA", "Groen (schriftelijk)"]
)


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    who = draw(st.lists(askers, min_size=1, max_size=2, unique=True))
    statements = draw(st.lists(st.sampled_from(STATEMENTS), max_size=1))
    questions = draw(st.lists(st.sampled_from(QUESTIONS), min_size=1, max_size=3, unique=True))
    plain = [text for text in questions if not text.startswith("- ")]
    items = [text for text in questions if text.startswith("- ")]
    prose = " ".join(statements + plain)
    return Asked(who, ([prose] if prose else []) + items)


@st.composite
def answer(draw: st.DrawFn) -> list[str]:
    first = draw(st.sampled_from([text for text in ANSWERS if text[0] not in "-•"]))
    rest = draw(st.lists(st.sampled_from(ANSWERS), max_size=4, unique=True))
    return [first, *(text for text in rest if text != first)]


@st.composite
def blocks(draw: st.DrawFn) -> list[Block]:
    made: list[Block] = []
    for _ in range(draw(st.integers(2, 6))):
        turns = draw(st.lists(asked(), max_size=3))
        must_head = not turns or (made and not made[-1].answer)
        topic = draw(st.sampled_from(TOPICS)) if must_head or draw(st.booleans()) else None
        unanswered = bool(turns) and draw(st.integers(0, 9)) == 0
        made.append(Block(topic, turns, [] if unanswered else draw(answer())))
    # a question without an answer is seen by the heading with an asker that follows it
    for block, following in zip(made, [*made[1:], None], strict=True):
        if not block.answer and following is not None and not following.asked:
            block.answer.append(ANSWERS[0])
    return made


@st.composite
def settings_of(draw: st.DrawFn, made: list[Block]) -> Setting:
    """Pages turn anywhere but right before an answer's first line or inside the title."""
    total = len(TITLE) + sum(line_count(block) for block in made)
    turns = draw(st.sets(st.integers(len(TITLE) + 3, total - 1), max_size=4))
    numbered = draw(st.sets(st.integers(2, 6), max_size=2))
    return Setting(turns, numbered)


LINES_OF_A_PAGE = 60
"""More of them without a page turn can't stand on one page."""


def joined(paragraphs: list[str]) -> str:
    return "\n".join(paragraphs)


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def read(made: list[Block], setting: Setting) -> tuple[str, tuple[Answer, ...]]:
    return read_answers(split_pages(typeset(TITLE, made, setting)), "variant")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_a_made_up_appendix_is_read_back(data: st.DataObject) -> None:
    made = data.draw(blocks())
    title, answers = read(made, Setting())
    assert title == "Bijlage 4 BBT Mobiliteit 2024"
    assert [squeeze(a.text) for a in answers] == [squeeze(joined(b.answer)) for b in made]
    topic = ""
    for block, found in zip(made, answers, strict=True):
        topic = block.topic or topic
        assert found.topic == topic
        expected = [name.replace(" (schriftelijk)", "") for a in block.asked for name in a.askers]
        assert [str(asker) for asker in found.askers] == list(dict.fromkeys(expected))
        assert [b.text for b in found.question_blocks] == [
            joined(a.paragraphs) for a in block.asked
        ]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_page_turns_change_pages_and_nothing_else(data: st.DataObject) -> None:
    made = data.draw(blocks())
    setting = data.draw(settings_of(made))
    _, answers = read(made, setting)
    assert [squeeze(a.text) for a in answers] == [squeeze(joined(b.answer)) for b in made]
    pages = pages_of_lines(TITLE, made, setting)
    row = len(TITLE)
    is_known = len(set(pages)) > 1 or len(pages) <= LINES_OF_A_PAGE
    for block, found in zip(made, answers, strict=True):
        row += line_count(block)
        assert found.page_end == (pages[row - 1] if is_known else UNKNOWN_PAGE)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.data())
def test_every_line_has_one_kind_in_any_variant(data: st.DataObject) -> None:
    made = data.draw(blocks())
    setting = data.draw(settings_of(made))
    pages = split_pages(typeset(TITLE, made, setting))
    rows = [(p.number, row) for p in pages for row, line in enumerate(p.lines) if line.strip()]
    assert [(line.page, line.row) for line in label_lines(pages)] == rows


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=2000))
def test_any_text_is_read_without_a_fault_and_without_a_lost_line(text: str) -> None:
    pages = split_pages(text)
    rows = [(p.number, row) for p in pages for row, line in enumerate(p.lines) if line.strip()]
    assert [(line.page, line.row) for line in label_lines(pages)] == rows
    read_answers(pages, "eender-wat")
