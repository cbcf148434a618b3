"""The row of tabs on a narrow window: one row that scrolls, with an arrow where there are more."""

from collections.abc import Iterator

import pytest
from axe_faults import faults_of
from browsing import open_tab
from playwright.sync_api import Browser, Locator, Page, expect

from chatbot.app import TABS

pytestmark = pytest.mark.browser

NAMES = [name for _, name, _ in TABS]
MOST_HEIGHT = 56  # pixels: one row, with targets for a thumb
ARROW = """frame => {{
    const {{ content, display }} = getComputedStyle(frame, '{}');
    return content !== 'none' && display !== 'none';
}}"""
IS_CLEAR = """tab => {
    const own = tab.getBoundingClientRect(), row = tab.parentElement.getBoundingClientRect();
    const middle = own.top + own.height / 2;
    return own.left >= row.left - 1 && own.right <= row.right + 1
        && [own.left + 2, own.right - 2].every(x => document.elementFromPoint(x, middle) === tab);
}"""
"""The whole tab is inside its row, and no arrow lies over it."""


@pytest.fixture(params=[(390, "dark"), (320, "light")], ids=str)
def narrow(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A phone, and a window of 1280 pixels at 400 %."""
    width, scheme = request.param
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page.goto(address)
    expect(page.locator("[data-meer]")).to_be_visible()
    yield page
    page.close()


def arrows(page: Page) -> tuple[bool, bool]:
    """Tell whether there is an arrow at the left, and at the right."""
    frame = page.locator("#tabs > .tab-wrapper")
    return frame.evaluate(ARROW.format("::before")), frame.evaluate(ARROW.format("::after"))


def wait_until_clear(tab: Locator) -> None:
    """Wait until a tab is seen whole: the arrows follow the scrolling of the row."""
    tab.page.wait_for_function(IS_CLEAR, arg=tab.element_handle(), timeout=5000)


def test_one_row_shows_at_which_end_there_are_more(narrow: Page) -> None:
    row = narrow.get_by_role("tablist").bounding_box()
    assert row is not None
    assert row["height"] <= MOST_HEIGHT
    assert arrows(narrow) == (False, True)
    for name in NAMES:
        tab = narrow.get_by_role("tab", name=name).bounding_box()
        assert tab is not None
        assert min(tab["width"], tab["height"]) >= 24  # WCAG 2.2, 2.5.8
    open_tab(narrow, NAMES[4])
    expect(narrow.locator('[data-meer="links rechts"]')).to_have_count(1)
    assert arrows(narrow) == (True, True)
    assert faults_of(narrow) == []
    open_tab(narrow, NAMES[-1])
    expect(narrow.locator('[data-meer="links"]')).to_have_count(1)
    assert arrows(narrow) == (True, False)


def test_the_chosen_tab_comes_into_view_whole(narrow: Page) -> None:
    for name in NAMES:
        tab = narrow.get_by_role("tab", name=name)
        tab.evaluate("tab => tab.click()")  # as assistive technology does, wherever it is
        expect(tab).to_have_attribute("aria-selected", "true")
        wait_until_clear(tab)


def test_an_arrow_brings_the_tabs_beyond_it(narrow: Page) -> None:
    last = narrow.get_by_role("tab", name=NAMES[-1])
    frame = narrow.locator("#tabs > .tab-wrapper").bounding_box()
    assert frame is not None
    middle = frame["y"] + frame["height"] / 2
    for _ in range(len(NAMES)):
        if arrows(narrow)[1]:
            narrow.mouse.click(frame["x"] + frame["width"] - 8, middle)
            narrow.wait_for_timeout(50)
    wait_until_clear(last)
    for _ in range(len(NAMES)):
        if arrows(narrow)[0]:
            narrow.mouse.click(frame["x"] + 8, middle)
            narrow.wait_for_timeout(50)
    wait_until_clear(narrow.get_by_role("tab", name=NAMES[0]))
    expect(narrow.get_by_role("tab", name=NAMES[0])).to_have_attribute("aria-selected", "true")


def test_the_keyboard_reaches_every_tab_and_the_focus_is_seen(narrow: Page) -> None:
    narrow.get_by_role("tab", name=NAMES[0]).focus()
    for name in NAMES[1:]:
        narrow.keyboard.press("ArrowRight")
        expect(narrow.get_by_role("tab", name=name)).to_be_focused()
        wait_until_clear(narrow.get_by_role("tab", name=name))
    narrow.keyboard.press("Home")
    expect(narrow.get_by_role("tab", name=NAMES[0])).to_be_focused()
    narrow.keyboard.press("ArrowLeft")
    expect(narrow.get_by_role("tab", name=NAMES[-1])).to_be_focused()
    narrow.keyboard.press("Shift+Tab")
    expect(narrow.get_by_role("tab", name=NAMES[-2])).to_be_focused()
    narrow.keyboard.press("Enter")
    expect(narrow.get_by_role("tab", name=NAMES[-2])).to_have_attribute("aria-selected", "true")


def test_a_turned_phone_keeps_the_chosen_tab_in_view(narrow: Page) -> None:
    open_tab(narrow, NAMES[4])
    narrow.set_viewport_size({"width": 700, "height": 360})
    narrow.wait_for_timeout(300)
    wait_until_clear(narrow.get_by_role("tab", name=NAMES[4]))
    narrow.set_viewport_size({"width": 1400, "height": 800})
    expect(narrow.locator('[data-meer=""]')).to_have_count(1)
    assert arrows(narrow) == (False, False)
