"""Take the pictures in docs/: `python tests/screens.py`, with `bijlage chat` running on its port.

Each tab, light and dark, on a desktop and a phone; small enough to be kept (256 colours).
"""

import io
import re
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from chatbot.app import TABS

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
        for size, (width, height) in SIZES.items():
            for scheme, colours in SCHEMES.items():
                page = browser.new_page(
                    viewport={"width": width, "height": height},
                    color_scheme=colours,  # type: ignore[arg-type]
                    locale="en-US",
                )
                page.goto(address)
                fill(page)
                for key, name, _ in TABS:
                    page.get_by_role("tab", name=name).click()
                    expect(page.get_by_text("Bezig met laden")).to_have_count(0)
                    page.wait_for_timeout(1200)
                    save(page, DOCS / f"{key}-{size}-{scheme}.png")
                page.close()
        browser.close()


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
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(64).save(path, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])
