"""How fast the page is: `python -m eval.page_speed` starts it, opens it in Chromium and asks.

Measures, in a browser on this computer. Seconds from the start of `bijlage chat`: until a question
can be typed (on the page that stands there while the chat opens), until the chat serves, and until
its own page is drawn. Milliseconds from Enter until the reply is drawn, on that server: the first
question, and the median of the others. Needs Chromium and playwright.
"""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Page, sync_playwright

from eval.questions import read_gold

QUESTIONS = 20
START_S = 120.0
LOOK_AGAIN_S = 0.02
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
        port = probe.getsockname()[1]
    code = "import sys; from chatbot.cli import main; sys.exit(main())"
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto("about:blank")
        started = time.monotonic()
        server = subprocess.Popen(
            [sys.executable, "-c", code, "chat", "--port", str(port)], stdout=subprocess.PIPE
        )
        try:
            for what in open_page(page, f"http://127.0.0.1:{port}/", server):
                print(f"{time.monotonic() - started:5.2f} s  {what}")
            asked = [ask(page, turn, text) for turn, text in enumerate(_questions(), start=1)]
        finally:
            server.terminate()
            server.wait()
        browser.close()
    first, rest = asked[0], sorted(asked[1:])
    print(
        f"Enter to reply: first {first:.0f} ms, then median {median(rest):.0f}, max {rest[-1]:.0f}"
    )


def open_page(page: Page, address: str, server: "subprocess.Popen[bytes]") -> Iterator[str]:
    """Open the page as soon as anything answers; yield what there is, as it comes.

    Raises:
        RuntimeError: If the server stops, or doesn't answer in time.
    """
    page.set_default_timeout(1000 * START_S)
    while not _answers(address):
        if server.poll() is not None:
            raise RuntimeError(f"the chat stopped before it served {address}")
        time.sleep(LOOK_AGAIN_S)
    page.goto(address)
    page.get_by_label("Uw vraag").wait_for()
    yield "a question can be typed"
    assert server.stdout is not None
    server.stdout.readline()
    yield "the chat says that it is open"
    page.locator("#vraag textarea").wait_for()
    page.locator("#voorbeelden button").first.wait_for()
    yield "its page is drawn"


def _answers(address: str) -> bool:
    """Return whether anything answers there, the chat or what waits for it."""
    try:
        urllib.request.urlopen(address, timeout=START_S).close()
    except urllib.error.HTTPError:
        return True
    except urllib.error.URLError:
        return False
    return True


def ask(page: Page, turn: int, question: str) -> float:
    """Return the milliseconds from Enter until the reply is drawn."""
    page.wait_for_timeout(PAUSE_MS)
    page.get_by_label("Uw vraag").fill(question)
    return float(page.evaluate(PRESS_ENTER, turn))


def _questions() -> list[str]:
    return [question.turns[-1] for question in read_gold("dev")[:QUESTIONS]]


if __name__ == "__main__":
    main()
