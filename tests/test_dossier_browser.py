"""The dossier in a real browser: what is said of it, where its pieces lead, how they go."""

import pytest
from browsing import SAVINGS, ask
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

SEEN = """message => {
    const { left, top, width, height } = message.getBoundingClientRect();
    const under = document.elementFromPoint(left + width / 2, top + height / 2);
    return { isSeen: message.checkVisibility({ visibilityProperty: true }),
             catches: message.contains(under) };
}"""


def test_every_message_is_seen_and_none_catches_a_click(page: Page) -> None:
    page.clock.install()
    ask(page, SAVINGS)
    page.get_by_text("Verder gevonden").click()
    keep = page.locator("button[data-bewaar]")
    message = page.locator("#mandje p")
    for button, count in ((keep.nth(0), "1 stuk"), (keep.nth(1), "2 stukken")):
        button.click()
        expect(message).to_have_text(f"In uw dossier: {count}.")
        assert message.evaluate(SEEN) == {"isSeen": True, "catches": False}
        page.clock.fast_forward(7000)
        expect(message).to_have_count(0)
    for _ in range(2):  # the same words again
        keep.nth(1).click()
        expect(message).to_have_text("Dit stond er al in. In uw dossier: 2 stukken.")
        page.clock.fast_forward(7000)
        expect(message).to_have_count(0)
