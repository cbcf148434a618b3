"""A real browser on a real `bijlage chat`, started once for all tests that need it."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
START_S = 90  # to load the model and open the page on a busy computer
PATIENCE_MS = 20_000  # for what a page shows next, on a busy computer
LEFT = re.compile("AbortError|Connection errored out")
"""What Gradio reports when a page is left (another address, a reload) and its own stream with it;
on a page that isn't left, these are faults too."""
SAVINGS = "Hoeveel personeelsleden moet VDAB besparen tegen 2024?"
SAVINGS_QUOTE = "VDAB dient tegen eind 2024 een besparing van 419 personeelsleden door te voeren."


@pytest.fixture(scope="session")
def address(index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `bijlage chat`, started as a user starts it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    code = "import sys; from chatbot.cli import main; sys.exit(main())"
    folder = tmp_path_factory.mktemp("chat") / "index"
    shutil.copytree(index_folder, folder)  # the page adds documents to it
    options = ["--port", str(port), "--index", str(folder)]
    server = subprocess.Popen(
        [sys.executable, "-c", code, "chat", *options],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path_factory.mktemp("user"))},
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/", server)
        warm = f"http://127.0.0.1:{port}/api/ask?q=VDAB"  # waits for the model, as no test should
        urllib.request.urlopen(warm, timeout=START_S).close()
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        assert server.poll() is None, "bijlage chat stopped before it served the page"
        try:
            urllib.request.urlopen(url, timeout=2)
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"bijlage chat served nothing within {START_S} s")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.fail("Chromium is missing; install it (Debian: apt-get install chromium)")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS.split())
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """An empty tab of a browser set to English; what it will fetch and log is checked."""
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    outside: list[str] = []
    faults: list[str] = []
    local = (address, "data:", "blob:", address.replace("http", "ws", 1))
    tab.on("request", lambda r: r.url.startswith(local) or outside.append(r.url))
    tab.on("console", lambda m: m.type in {"error", "warning"} and faults.append(m.text))
    tab.on("pageerror", lambda e: faults.append(str(e)))
    visits: list[str] = []
    tab.on("framenavigated", lambda frame: frame == tab.main_frame and visits.append(frame.url))
    yield tab
    is_left = len(visits) > 1
    context.close()
    assert outside == []
    assert [fault for fault in faults if not (is_left and LEFT.search(fault))] == []


@pytest.fixture
def page(tab: Page, address: str) -> Page:
    """The page, freshly opened in such a tab."""
    tab.goto(address)
    expect(tab.get_by_label("Uw vraag")).to_be_visible()
    return tab


def ask(page: Page, question: str, turn: int = 1) -> None:
    """Type a question, press Enter and wait for the reply, which is the `turn`-th."""
    page.get_by_label("Uw vraag").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".beurt")).to_have_count(turn)


def open_tab(page: Page, name: str) -> None:
    """Open a tab and wait until it shows something."""
    page.get_by_role("tab", name=name).click()
    expect(page.get_by_role("tabpanel")).to_be_visible()
    expect(page.get_by_text("Bezig met laden")).to_have_count(0)


def add(page: Page, folder: Path, *answers: str) -> None:
    """Add the document "fietspaden" with these answers, in place of what it was."""
    file = folder / "fietspaden.jsonl"
    lines = [
        json.dumps({"id": f"f{row}", "topic": "Fietspaden", "text": text, "page_start": row})
        for row, text in enumerate(answers, start=1)
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    open_tab(page, "Documenten")
    expect(page.get_by_text("Toegevoegd:")).to_have_count(0)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Bestanden toevoegen").click()
    chooser.value.set_files(file)
    expect(page.get_by_text("Toegevoegd:")).to_be_visible()


def remove(page: Page) -> None:
    click_twice(page, "fietspaden verwijderen")
    expect(page.get_by_text("Het document is verwijderd.")).to_be_visible()


def click_twice(page: Page, name: str) -> None:
    """Click a button that asks twice."""
    page.get_by_role("button", name=name).click()
    page.get_by_role("button", name=re.compile("Klik nogmaals|Nogmaals om")).click()
