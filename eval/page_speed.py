"""How fast the page is: `python -m eval.page_speed` starts it, opens it in Chromium and asks.

Measures, in a browser on this computer: seconds from the start of `bijlage chat` until it serves,
seconds from opening the page until a question can be typed, and milliseconds from Enter until the
reply is drawn, on a warm server. Needs Chromium and playwright.
"""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from statistics import median

from playwright.sync_api import Page, sync_playwright

from eval.questions import read_gold

QUESTIONS = 20
START_S = 300.0
PAUSE_MS = 250  # between questions, as nobody asks faster
PRESS_ENTER = """turns => new Promise(done => {
  const box = document.querySelector("#vraag textarea");
  const start = performance.now();
  const seen = new MutationObserver(() => {
    if (document.querySelectorAll(".beurt").length < turns) return;
    seen.disconnect();
    requestAnimationFrame(() => done(performance.now() - start));
  });
  seen.observe(document.body, {subtree: true, childList: true});
  for (const kind of ["keydown", "keypress"])
    box.dispatchEvent(new KeyboardEvent(kind, {key: "Enter", bubbles: true}));
})"""


def main() -> None:
    """Measure and print."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = f"http://127.0.0.1:{probe.getsockname()[1]}/"
    code = "import sys; from chatbot.cli import main; sys.exit(main())"
    port = address.rstrip("/").rpartition(":")[2]
    started = time.monotonic()
    server = subprocess.Popen(
        [sys.executable, "-c", code, "chat", "--port", port], stdout=subprocess.DEVNULL
    )
    try:
        wait_until_served(address, server)
        print(f"serves after {time.monotonic() - started:.2f} s")
        opened, asked = measure_page(address)
    finally:
        server.terminate()
        server.wait()
    print(f"usable {opened:.2f} s after opening")
    print(f"reply after Enter: first {asked[0]:.0f} ms, then median {median(asked[1:]):.0f} ms")


def wait_until_served(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Return when the page answers.

    Raises:
        RuntimeError: If the server stops, or doesn't answer in time.
    """
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{address} was not served within {START_S} s")


def measure_page(address: str) -> tuple[float, list[float]]:
    """Return the seconds until the page is usable, and the milliseconds of each reply."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        started = time.monotonic()
        page.goto(address)
        page.get_by_label("Uw vraag").wait_for()
        opened = time.monotonic() - started
        asked = [ask(page, turn, text) for turn, text in enumerate(_questions(), start=1)]
        browser.close()
    return opened, asked


def ask(page: Page, turn: int, question: str) -> float:
    """Return the milliseconds from Enter until the reply is drawn."""
    page.wait_for_timeout(PAUSE_MS)
    page.get_by_label("Uw vraag").fill(question)
    return float(page.evaluate(PRESS_ENTER, turn))


def _questions() -> list[str]:
    return [question.turns[-1] for question in read_gold("dev")[:QUESTIONS]]


if __name__ == "__main__":
    main()
