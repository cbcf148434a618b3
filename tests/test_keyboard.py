"""The page by keyboard alone, from question to Word file; what has the focus can be seen."""

from pathlib import Path

import docx
import pytest
from browsing import SAVINGS, SAVINGS_QUOTE
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

MOST_PRESSES = 120
FOCUS_IS_SEEN = """element => {
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return outlined || style.boxShadow !== 'none';
}"""
"""An outline of two pixels, or a shadow around it."""


def reach(page: Page, element: Locator, key: str = "Tab") -> None:
    """Press a key until an element has the focus, and see that this shows."""
    for _ in range(MOST_PRESSES):
        if element.evaluate("element => element === document.activeElement"):
            assert element.evaluate(FOCUS_IS_SEEN), f"focus can't be seen on {element}"
            return
        page.keyboard.press(key)
    pytest.fail(f"{element} isn't reached by {MOST_PRESSES} times {key}")


def test_question_source_dossier_and_word_file_need_no_mouse(page: Page, tmp_path: Path) -> None:
    reach(page, page.get_by_label("Uw vraag"))
    page.keyboard.type(SAVINGS)
    page.keyboard.press("Enter")
    citation = page.locator("figcaption a").first
    expect(citation).to_be_visible()
    reach(page, citation, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bron")).to_be_focused()
    expect(page.locator(".bron mark")).to_have_text(SAVINGS_QUOTE)
    reach(page, page.get_by_role("link", name="Volgende"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bladzijde 17 van 28")).to_be_visible()
    reach(page, page.get_by_role("button", name="Terug"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(citation).to_be_focused()
    reach(page, page.get_by_role("button", name="In dossier").first)
    page.keyboard.press("Enter")
    expect(page.get_by_text("In uw dossier: 1 stuk.")).to_be_visible()
    dossier = page.get_by_role("tab", name="Dossier")
    reach(page, dossier, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".stukken > li")).to_have_count(1)
    export = page.get_by_role("button", name="Uitvoeren als Word (.docx)")
    reach(page, export)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
    assert SAVINGS_QUOTE in text
