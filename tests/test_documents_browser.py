"""The tab with the documents in a real browser, on an index of its own."""

import shutil
from pathlib import Path

import pytest
from browsing import open_tab
from playwright.sync_api import Browser, expect
from serving import running

from chatbot.library import Library
from chatbot.server import build_server
from chatbot.views.documents import RESTORE
from index.storage import load_index

pytestmark = pytest.mark.browser

ENCODING_MS = 120_000  # on a busy computer


def test_the_bundled_appendix_comes_back_where_it_was_removed(
    browser: Browser, second_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(second_folder, folder)
    page = browser.new_page()
    with running(build_server(Library(load_index(folder), folder))) as port:
        page.goto(f"http://127.0.0.1:{port}/")
        open_tab(page, "Documenten")
        page.get_by_role("button", name=RESTORE).click()
        expect(page.get_by_text("Toegevoegd:")).to_be_visible(timeout=ENCODING_MS)
        expect(page.locator(".bestand")).to_contain_text("Bijlage 1 BBT Werk en Sociale Economie")
        expect(page.get_by_role("button", name=RESTORE)).to_have_count(0)
        page.close()
