"""Where the pages of a plain text turn, and when that can't be told."""

from collections.abc import Callable

import pytest

from corpus.answers import read_answers
from corpus.pages import split_pages
from corpus.records import UNKNOWN_PAGE

ROWS = 21
"""Lines of text on each page that is made here."""
PAGES = 4


def line(number: int) -> str:
    return f"Regel {number} gaat over de fietspaden en over de bussen van"


def page(number: int) -> str:
    return "\n".join(line(ROWS * (number - 1) + row) for row in range(ROWS))


def at_foot(mark: Callable[[int], str]) -> str:
    return "\n".join(f"{page(n)}\n\n{mark(n)}\n" for n in range(1, PAGES + 1))


def at_top(mark: Callable[[int], str], first: int) -> str:
    pages = range(1, PAGES + 1)
    return "\n\n".join(f"{mark(n)}\n\n{page(n)}" if n >= first else page(n) for n in pages)


def starts(text: str) -> list[tuple[int, int]]:
    """The page of each line of text, told by where it turns: (page, first line on it)."""
    found: dict[int, int] = {}
    for one in split_pages(text):
        numbers = [int(ln.split()[1]) for ln in one.lines if ln.startswith("Regel")]
        found[one.number] = numbers[0]
    return list(found.items())


TURNS = [(number, ROWS * (number - 1)) for number in range(1, PAGES + 1)]


@pytest.mark.parametrize(
    "text",
    [
        at_foot(lambda n: f"{n}/{PAGES}"),
        at_foot(lambda n: f"Pagina {n} van {PAGES}"),
        at_foot(lambda n: f"blz. {n}"),
        at_foot(lambda n: f"    - {n} -"),
        at_foot(str),
        at_top(lambda n: f"{n}/{PAGES}", 1),
        at_top(lambda n: f"Pagina {n}", 2),
        "Bijlage 1: Schriftelijke antwoorden\n" + at_top(lambda n: f"Pagina {n}", 1),
    ],
    ids=["total", "words", "short", "dashes", "bare", "top", "top-from-2", "under-title"],
)
def test_numbers_that_count_on_turn_the_page_and_are_no_text(text: str) -> None:
    assert starts(text) == TURNS
    (answer,) = read_answers(split_pages(f"Groen\nWaarom?\n\nAntwoord:\n{text}"), "proef")[1]
    assert [word for word in answer.text.split() if word.strip("/-").isdecimal()] == [
        str(number) for number in range(ROWS * PAGES)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(map(page, range(1, PAGES + 1))),
        at_foot(lambda n: f"{5 - n}/{PAGES}"),
        at_foot(str) + "\n" + page(1),
        "\n".join(f"{page(n)}\n\n{page(n)}\n\n{page(n)}\n\n{n}/2" for n in (1, 2)),
    ],
    ids=["none", "falling", "bare-but-not-last", "too-much-on-a-page"],
)
def test_without_marks_no_page_of_a_long_text_is_known(text: str) -> None:
    assert [one.number for one in split_pages(text)] == [UNKNOWN_PAGE]


def test_a_short_text_is_one_page() -> None:
    assert [one.number for one in split_pages(page(1) + "\n\n" + page(2))] == [1]


def test_numbers_between_a_few_lines_are_text() -> None:
    text = "Groen\nHoeveel?\n\n" + "\n\n".join(f"Deel {n} telt:\n\n{n}" for n in (1, 2, 3))
    (answer,) = read_answers(split_pages(text), "proef")[1]
    assert answer.text.split("\n") == [
        part for n in (1, 2, 3) for part in (f"Deel {n} telt:", str(n))
    ]


INDENTED = ("Er werden 52 punten weggewerkt:", " - Antwerpen: 17;", " - Limburg: 9;", " 26 andere.")


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["tight", "spaced"])
def test_an_indent_of_one_space_turns_no_page(between: str) -> None:
    text = "Groen (Stijn Bex)\nHoeveel punten?\n\n" + between.join(INDENTED)
    assert [one.number for one in split_pages(text)] == [1]


def test_without_empty_lines_between_it_turns_the_page_but_before_a_list_item() -> None:
    lines = (" Musea", "Groen (Ann De Smet)", "Hoeveel?", " - Hier?", " En daar?", "Twee.")
    pages = split_pages("\n".join(lines))
    assert [one.lines[0] for one in pages] == [" Musea", " En daar?"]


@pytest.mark.parametrize("behind", [" ", ""], ids=["padded", "trimmed"])
def test_the_space_before_a_line_of_the_extractor_turns_the_page(behind: str) -> None:
    lines = (" Musea", "Groen (Ann De Smet)", "Hoeveel bezoekers?", " - Uitgesplitst?", "Twee.")
    pages = split_pages("".join(f"{one}{behind}\n\n" for one in lines))
    assert [one.lines[0].strip() for one in pages] == ["Musea", "- Uitgesplitst?"]
