"""axe-core on every tab, light and dark; keyboard from start to end; a large letter."""

import re
from collections.abc import Iterator

import pytest
from axe_faults import faults_of
from browsing import SAVINGS, ask, open_tab
from playwright.sync_api import Browser, Page, expect

from chatbot.app import TABS

pytestmark = pytest.mark.browser

NAMES = [name for _, name, _ in TABS]
ENGLISH = re.compile(
    r"\b(Submit|Clear|Loading|Settings|Use via API|Built with|Error|Flag|Textbox|Select|Upload|"
    r"Download|processing|queue|More tabs|the|and|with)\b"
)


@pytest.fixture(scope="module", params=["light", "dark"])
def read_page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page with one question answered, in either colour scheme."""
    context = browser.new_context(
        color_scheme=request.param, viewport={"width": 1280, "height": 900}, locale="en-US"
    )
    page = context.new_page()
    page.goto(address)
    ask(page, SAVINGS)
    yield page
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_no_serious_fault_and_all_is_dutch(name: str, read_page: Page) -> None:
    open_tab(read_page, name)
    assert faults_of(read_page) == []
    shown = read_page.locator("body").inner_text()
    labels = read_page.evaluate(
        "[...document.querySelectorAll('[aria-label], [title], [placeholder]')].map(e =>"
        " [e.ariaLabel, e.title, e.getAttribute('placeholder')].join(' ')).join(' ')"
    )
    assert not ENGLISH.findall(f"{shown} {labels}")


@pytest.mark.parametrize("width", [640, 390])  # 1280 at 200 %, and a phone
def test_nothing_is_wider_than_the_window(width: int, browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    for name in NAMES:
        open_tab(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.close()


@pytest.mark.parametrize("width", [720, 390])
def test_no_table_hides_a_column_on_a_small_window(
    width: int, browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(address)
    for name in ("Bedragen en codes", "Overzicht", "Evaluatie", "Documenten"):
        open_tab(page, name)
        frames = page.locator(".tabelkader").locator("visible=true")
        expect(frames.first).to_be_visible()
        for frame in frames.all():
            assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth"), name
    heading = "cell => getComputedStyle(cell, '::before').content"
    open_tab(page, "Overzicht")
    last = page.locator(".stapel tr").locator("visible=true").nth(1).locator("td").last
    assert last.evaluate(heading) == '"Open"'
    page.close()


def test_the_tabs_stand_still_when_the_source_opens_beside_them(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    places = []
    for name in NAMES[:3]:
        open_tab(page, name)
        places.append(page.get_by_role("tab", name=NAMES[-1]).bounding_box())
    assert places[1:] == places[:-1]


def test_a_question_can_be_asked_checked_and_kept_with_the_keyboard_alone(page: Page) -> None:
    expect(page.get_by_label("Uw vraag")).to_be_focused()
    page.keyboard.type(SAVINGS)
    page.keyboard.press("Enter")
    expect(page.locator(".beurt")).to_have_count(1)
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        focused = page.evaluate("document.activeElement.closest('figcaption') !== null")
        if focused:
            break
    assert focused
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bron")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # "Terug"
    assert page.evaluate("document.activeElement.closest('figcaption') !== null")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # "In dossier"
    expect(page.get_by_text("In uw dossier: 1 stuk.")).to_be_visible()
