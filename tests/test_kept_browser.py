"""What a real browser keeps: with two windows, with other documents, with another server."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from browsing import SAVINGS, add, ask, click_twice, open_tab, remove
from playwright.sync_api import Browser, Page, expect
from serving import running

from chatbot.bodies import MAX_BODY_BYTES
from chatbot.refusals import SENTENCES
from chatbot.server import build_server
from index.storage import Index

pytestmark = pytest.mark.browser

CHEQUES = "Hoeveel telewerkcheques?"
FIRST = "Hoeveel IBO’s werden stopgezet wegens overmacht?"
PATHS = "De fietspaden langs de kanalen kosten {} miljoen euro in 2024."

EARLIER = {
    "bijlage-dossier": (
        "ermuX4eprZWwGCfB+fIvXA==:U2FsdGVkX1/IpcS1z/MK4UaQjf+STqiOmYjJv0GAMZfYRYOOZxcWF/qX6+rc7mf/"
        "yVixjyZJiq0bg5G+sUnEADBbJeKfRJII/OB18w/uC2AFtmbILALvg1+0/deBScbG"
    ),
    "bijlage-gesprek": (
        "7ixDQRUbu93ncNhzp8Or6w==:U2FsdGVkX1/zrt0hzRadjnb3l7kAbp7XByJtgP4sfXVdzMV9jqnRvARjOwNWe+Nz"
        "I5rCsUsdqqKj6CW6lA5djsdwL3047svzMI73Dh5hkeWh5JfGWoSayyQken5hCotuqEr6FpPoqlGFlsTVktNbCZL8"
        "6PPvKu+CGH2tqPDr1BK/HG9o6sROH2evSJb3Pf6M"
    ),
}
"""What a browser kept after SAVINGS was asked and its quote kept, before records were kept."""


@pytest.fixture
def other(page: Page, address: str) -> Page:
    """A second window of the same browser."""
    window = page.context.new_page()
    window.goto(address)
    expect(window.get_by_label("Uw vraag")).to_be_visible()
    return window


@pytest.fixture
def paths(page: Page) -> Iterator[Page]:
    """The page, from which a document that a test added is removed again."""
    yield page
    open_tab(page, "Documenten")
    remove(page)


def pieces(page: Page, count: int) -> Any:
    found = page.locator(".stukken > li")
    expect(found).to_have_count(count)
    return found


def test_two_windows_keep_what_each_adds_to_the_dossier(page: Page, other: Page) -> None:
    open_tab(other, "Dossier")
    expect(other.get_by_text("Dit dossier is leeg")).to_be_visible()
    ask(page, SAVINGS)
    page.get_by_role("button", name="In dossier").first.click()
    expect(page.get_by_text("In uw dossier: 1 stuk.")).to_be_visible()
    pieces(other, 1)
    other.get_by_label("Eigen nota").fill("Navragen.\nBij de VDAB.")
    other.get_by_role("button", name="Nota toevoegen").click()
    pieces(other, 2)
    expect(other.get_by_label("Eigen nota")).to_have_value("")
    open_tab(page, "Dossier")
    pieces(page, 2)
    page.get_by_role("button", name="2. Nota omhoog").click()
    expect(other.get_by_role("heading", name="1. Nota")).to_be_visible()
    click_twice(other, "1. Nota verwijderen")
    pieces(page, 1)
    page.reload()
    open_tab(page, "Dossier")
    expect(pieces(page, 1)).to_contain_text("419 personeelsleden")


def test_two_windows_keep_what_each_asks(page: Page, other: Page) -> None:
    ask(page, FIRST)
    ask(other, SAVINGS)
    ask(page, "En hoeveel herstart?", turn=2)
    for window in (page, other):
        window.reload()
        turns = window.locator(".beurt")
        expect(turns).to_have_count(3)
        for turn, asked in zip(turns.all(), (FIRST, SAVINGS, "En hoeveel herstart?"), strict=True):
            expect(turn.locator("h2")).to_contain_text(asked)
        expect(turns.last.locator(".lezing")).to_have_text(
            "Gelezen als vervolg op uw vorige vraag."
        )
        expect(turns.last.locator("figcaption").first).to_contain_text("p. 4, ")
    ask(other, CHEQUES, turn=4)
    click_twice(page, "Nieuw gesprek")
    expect(page.locator(".beurt")).to_have_count(0)
    page.reload()
    expect(page.locator(".beurt h2")).to_contain_text(CHEQUES)


def keep_quote(page: Page, folder: Path, words: str) -> None:
    """Add a document with these words, and put the quote of them in the dossier."""
    add(page, folder, words)
    open_tab(page, "Vragen stellen")
    ask(page, "Hoeveel kosten de fietspaden langs de kanalen?")
    page.get_by_role("button", name="In dossier").first.click()
    expect(page.get_by_text("In uw dossier: 1 stuk.")).to_be_visible()


def test_a_quote_of_a_document_that_changed_is_never_other_words(
    paths: Page, tmp_path: Path
) -> None:
    page, words = paths, PATHS.format(12)
    keep_quote(page, tmp_path, words)

    add(page, tmp_path, PATHS.format(99))
    open_tab(page, "Dossier")
    expect(pieces(page, 1)).to_contain_text("“fietspaden” is veranderd")
    expect(pieces(page, 1)).to_contain_text(words)
    expect(page.get_by_text("99 miljoen")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_text("Uitvoeren als Word (.docx)").click()
    download.value.save_as(tmp_path / "dossier.docx")
    exported = "\n".join(
        one.text for one in docx.Document(str(tmp_path / "dossier.docx")).paragraphs
    )
    assert words in exported
    assert "“fietspaden” is veranderd" in exported

    add(page, tmp_path, "Iets nieuws.", f"Kortom. {words}")
    open_tab(page, "Dossier")
    expect(pieces(page, 1)).to_contain_text("fietspaden, p. 2")
    expect(page.get_by_text("is veranderd")).to_have_count(0)


def test_a_dossier_outlives_its_document(paths: Page, tmp_path: Path) -> None:
    page, words = paths, PATHS.format(12)
    keep_quote(page, tmp_path, words)
    open_tab(page, "Documenten")
    remove(page)
    open_tab(page, "Dossier")
    told = page.get_by_text("Eén stuk van uw dossier staat niet (meer) zo in de geladen documenten")
    expect(told).to_contain_text("voeg “fietspaden” opnieuw toe onder Documenten")
    expect(pieces(page, 1)).to_contain_text(words)
    add(page, tmp_path, words)
    open_tab(page, "Dossier")
    expect(pieces(page, 1)).to_contain_text(words)
    expect(told).to_have_count(0)
    expect(page.get_by_text("ontbreekt; dit is wat u bewaarde")).to_have_count(0)


def test_what_an_earlier_version_kept_is_still_there(page: Page) -> None:
    for name, kept in EARLIER.items():
        page.evaluate("pair => localStorage.setItem(...pair)", [name, kept])
    for _ in range(2):  # it is taken over once, and then kept anew
        page.reload()
        expect(page.locator(".beurt h2")).to_contain_text(SAVINGS)
        open_tab(page, "Dossier")
        expect(pieces(page, 1)).to_contain_text("419 personeelsleden")
    click_twice(page, "verwijderen")
    pieces(page, 0)
    page.reload()
    open_tab(page, "Dossier")
    expect(page.get_by_text("Dit dossier is leeg")).to_be_visible()


def test_a_note_that_is_refused_stays_in_its_box(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    large = {"id": "groot", "plaats": 1, "nota": "x" * MAX_BODY_BYTES}
    page.evaluate("one => localStorage.setItem('bijlage-stukken/groot', one)", json.dumps(large))
    page.reload()
    open_tab(page, "Dossier")
    page.get_by_label("Eigen nota").fill("Navragen bij de VDAB.")
    page.get_by_role("button", name="Nota toevoegen").click()
    expect(page.get_by_text(SENTENCES[413]).first).to_be_visible()
    expect(page.get_by_label("Eigen nota")).to_have_value("Navragen bij de VDAB.")
    page.close()


def test_a_page_that_lost_the_chat_works_again_once_it_is_back(
    browser: Browser, appendix_index: Index
) -> None:
    page = browser.new_page()
    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]
    with running(build_server(appendix_index), door):
        page.goto(f"http://127.0.0.1:{port}/")
        ask(page, FIRST)
        expect(page.locator(".beurt blockquote").first).to_be_visible()
    page.get_by_label("Uw vraag").fill("En hoeveel herstart?")
    page.keyboard.press("Enter")
    lost = page.get_by_text("Stel uw vraag daarna opnieuw.")
    expect(lost).to_be_visible()
    with running(build_server(appendix_index), socket.create_server(("127.0.0.1", port))):
        expect(lost).to_have_count(0)
        expect(page.locator(".beurt")).to_have_count(1)
        ask(page, "En hoeveel herstart?", turn=2)
    page.close()


def test_a_conversation_outlives_the_server(browser: Browser, appendix_index: Index) -> None:
    page = browser.new_page()
    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]
    with running(build_server(appendix_index), door):
        page.goto(f"http://127.0.0.1:{port}/")
        ask(page, FIRST)
        page.wait_for_timeout(1000)  # nobody restarts it while the reply still comes in
    with running(build_server(appendix_index), socket.create_server(("127.0.0.1", port))):
        ask(page, "En hoeveel herstart?", turn=2)
        first, second = page.locator(".beurt").all()
        expect(first.locator("h2")).to_contain_text(FIRST)
        expect(second.locator(".lezing")).to_have_text("Gelezen als vervolg op uw vorige vraag.")
        page.reload()
        expect(page.locator(".beurt")).to_have_count(2)
    page.close()
