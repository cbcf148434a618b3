"""Take the pictures in docs/: `python tests/screens.py`, with `bijlage chat` running on its port.

Each tab, light and dark, on a desktop and a phone; then, of a chat of its own, the printed page
beside its text, for which the bundled appendix is printed to PDF. Small enough to be kept.
"""

import io
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from make_pdf import print_pdf
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright
from serving import running

from chatbot.app import TABS
from chatbot.library import Library
from chatbot.server import build_server
from corpus.pages import split_pages
from corpus.readers import BUNDLED_APPENDIX
from index.encoder import Encoder
from index.storage import build_index, load_index

DOCS = Path(__file__).parent.parent / "docs"
SIZES = {"bureau": (1440, 900), "telefoon": (390, 844)}
SCHEMES = {"licht": "light", "donker": "dark"}
QUESTION = "Hoeveel personeelsleden moet VDAB besparen tegen 2024?"
DRAFT = "Hoeveel VTE’s bespaart de VDAB?"


def main(address: str = "http://127.0.0.1:7860/") -> None:
    """Take every picture."""
    DOCS.mkdir(exist_ok=True)
    expect.set_options(timeout=60_000)
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, page in windows(browser, address):
            take_tabs(page, name)
        with tempfile.TemporaryDirectory() as folder, printed_chat(Path(folder)) as port:
            for name, page in windows(browser, f"http://127.0.0.1:{port}/"):
                take_printed(page, name)
        browser.close()


def windows(browser: Browser, address: str) -> Iterator[tuple[str, Page]]:
    """Yield the page in each size and colour scheme, with the name of both."""
    for size, (width, height) in SIZES.items():
        for scheme, colours in SCHEMES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme=colours,  # type: ignore[arg-type]
                locale="en-US",
            )
            page.goto(address)
            yield f"{size}-{scheme}", page
            page.close()


def take_tabs(page: Page, name: str) -> None:
    """Take every tab."""
    fill(page)
    for key, words, _ in TABS:
        page.get_by_role("tab", name=words).click()
        expect(page.get_by_text("Bezig met laden")).to_have_count(0)
        page.wait_for_timeout(1200)
        save(page, DOCS / f"{key}-{name}.png")


@contextmanager
def printed_chat(folder: Path) -> Iterator[int]:
    """Open a chat on the bundled appendix as a PDF, and give its port."""
    pdf = folder / BUNDLED_APPENDIX.with_suffix(".pdf").name
    pdf.write_bytes(print_pdf(split_pages(BUNDLED_APPENDIX.read_text(encoding="utf-8"))))
    build_index([pdf], folder / "index", Encoder.load())
    with running(build_server(Library(load_index(folder / "index"), folder / "index"))) as port:
        yield port


def take_printed(page: Page, name: str) -> None:
    """Take the source of a citation: beside the reply, or on a phone where the citation leads."""
    expect(page.locator("#voorbeelden button").first).to_be_visible()
    page.get_by_label("Uw vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator("figcaption a").first.click()
    page.locator(".bron-beeld").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.bron-beeld img').naturalWidth > 0")
    page.wait_for_timeout(1200)
    save(page, DOCS / f"pdf-{name}.png")


def fill(page: Page) -> None:
    """Ask, keep and draft, so that no tab is empty."""
    page.get_by_label("Uw vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="In dossier").first.click()
    expect(page.get_by_text(re.compile("In uw dossier"))).to_be_visible()
    page.get_by_role("tab", name="Al gevraagd?").click()
    page.get_by_label("Uw ontwerp van vraag").fill(DRAFT)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Al gevraagd:").first).to_be_visible()
    page.wait_for_timeout(6000)  # until the notice is gone


def save(page: Page, path: Path) -> None:
    """Keep what the window shows, with few colours."""
    page.mouse.move(0, 0)  # what lies under the mouse is coloured
    page.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(64).save(path, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])
