"""How `bijlage chat` starts: what stands there meanwhile, and no word before it answers."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_faults import faults_of
from browsing import SAVINGS
from playwright.sync_api import Browser, expect
from serving import request, running

from chatbot.own_index import FIRST, refresh
from chatbot.server import build_server
from chatbot.waiting import OPENING, open_door
from index.encoder import BUNDLED_FOLDER, Encoder
from index.library_model import LibraryModel, open_local
from index.storage import Index

CHAT = "import sys; from chatbot.cli import main; sys.exit(main())"


@pytest.fixture
def chat(index_folder: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A chat that has only just said that it is open, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    shutil.copytree(index_folder, tmp_path / "index")
    options = ["chat", "--port", str(port), "--index", str(tmp_path / "index")]
    server = subprocess.Popen(
        [sys.executable, "-c", CHAT, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path / "user")},
    )
    assert server.stdout is not None
    assert server.stderr is not None
    try:
        line = server.stdout.readline().decode()
        address = f"http://127.0.0.1:{port}"
        assert line == f"De chat staat open op {address} (stoppen: Ctrl+C).\n"
        yield server, f"{address}/"
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()
        server.stderr.close()


@pytest.fixture
def opened(chat: tuple[subprocess.Popen[bytes], str]) -> str:
    """Its address alone."""
    return chat[1]


def test_it_says_that_it_is_open_when_the_page_answers(opened: str) -> None:
    with urllib.request.urlopen(opened, timeout=30) as page:  # once, without trying again
        assert page.status == 200


@pytest.mark.browser
def test_ctrl_c_stops_it_while_a_page_is_open(
    chat: tuple[subprocess.Popen[bytes], str], browser: Browser
) -> None:
    server, address = chat
    page = browser.new_page()
    page.goto(address)
    expect(page.locator("#voorbeelden button").first).to_be_visible()
    server.send_signal(signal.SIGINT)
    _, said = server.communicate(timeout=30)  # without a limit it waits for the page
    assert said == b""
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_while_it_opens_a_page_says_so_and_takes_a_question_along(
    scheme: str, appendix_index: Index, browser: Browser
) -> None:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 390, "height": 844})  # type: ignore[arg-type]
    with open_door("127.0.0.1", 0) as door:
        page.goto(door.address)
        expect(page.get_by_text(OPENING)).to_be_visible()
        bar = page.locator("progress")
        expect(bar).not_to_have_attribute("value", re.compile(""))
        door.say(FIRST)
        expect(page.get_by_role("status").filter(has_text=FIRST)).to_be_visible()
        door.count(128, 512)
        expect(page.get_by_text(f"{FIRST} Teksten verwerkt: 128 van 512.")).to_be_visible()
        expect(bar).to_have_attribute("value", "0.25")
        expect(page.get_by_role("status").filter(has_text=FIRST)).to_be_visible()
        assert faults_of(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        expect(page.get_by_label("Uw vraag")).to_be_focused()
        page.keyboard.type(SAVINGS)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Uw vraag wacht tot de chat open is")).to_contain_text(SAVINGS)
        with running(build_server(appendix_index), door.take_over()):
            expect(page.locator(".beurt blockquote").first).to_contain_text("419 personeelsleden")
            page.close()


@pytest.mark.browser
def test_a_question_that_is_being_typed_when_it_opens_is_not_lost(
    appendix_index: Index, browser: Browser
) -> None:
    page = browser.new_page()
    with open_door("127.0.0.1", 0) as door:
        page.goto(door.address)
        page.get_by_label("Uw vraag").fill("Hoeveel personeelsleden")
        with running(build_server(appendix_index), door.take_over()):
            expect(page.get_by_text("De chat is open.")).to_be_visible()
            page.get_by_label("Uw vraag").press_sequentially(" moet VDAB besparen tegen 2024?")
            page.keyboard.press("Enter")
            expect(page.locator(".beurt h2")).to_contain_text(SAVINGS)
            page.close()


@pytest.mark.browser
def test_a_page_of_before_is_told_in_dutch_that_the_chat_opens(
    appendix_index: Index, browser: Browser
) -> None:
    page = browser.new_page()
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    with running(build_server(appendix_index), listening):
        page.goto(f"http://127.0.0.1:{port}/")
        expect(page.get_by_label("Uw vraag")).to_be_visible()
    with open_door("127.0.0.1", port):
        page.get_by_label("Uw vraag").fill(SAVINGS)
        page.keyboard.press("Enter")
        notice = page.locator(".toast-wrap")
        expect(notice).to_contain_text("Even geduld")
        assert not re.search("Connection|busy|Error|SyntaxError", notice.inner_text())
        expect(page.get_by_label("Uw vraag")).to_have_value(SAVINGS)  # it came back
        page.close()


def test_the_waiting_page_is_not_taken_for_the_chat() -> None:
    with open_door("127.0.0.1", 0) as door:
        for method, path, said in (
            ("GET", "/", OPENING),
            ("GET", "/api/ask?q=x", OPENING),
            ("POST", "/gradio_api/queue/join", json.dumps({"detail": OPENING})),
        ):
            answer = request(door.port, method, path)
            assert (answer.status, answer.headers["retry-after"]) == (503, "1")
            assert answer.read().decode() == said
        headers = request(door.port, "HEAD", "/", headers={"accept": "text/html"}).headers
        assert headers["content-type"] == "text/html; charset=utf-8"
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'sha256-" in policy
        assert "Python" not in headers["server"]


def test_a_first_start_tells_that_the_index_is_made_and_a_second_is_quiet(tmp_path: Path) -> None:
    told: list[str] = []
    counts: list[tuple[int, int]] = []
    for _ in range(2):
        refresh(
            tmp_path / "index", Encoder.load(), told.append, lambda *count: counts.append(count)
        )
    assert told == [FIRST]
    totals = {total for _, total in counts}
    assert len(totals) == 1  # known from the first
    assert len(counts) > 2
    assert counts[-1] == (max(totals), max(totals))


def test_a_model_is_begun_only_once() -> None:
    begun: list[int] = []
    model = open_local(str(BUNDLED_FOLDER))

    def load() -> LibraryModel:
        begun.append(1)
        return model

    encoder = Encoder(load, "x", "y", dimension=384)
    for _ in range(3):
        encoder.prepare()
    encoder.encode_queries(["maat"])
    assert begun == [1]


def printed_by(code: str) -> list[str]:
    """Return the words that some code prints in a process of its own."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_the_page_has_gradio_write_no_stubs_for_editors() -> None:
    code = (
        "import chatbot.tabs.frame, gradio.component_meta as meta, sys;"
        "print(meta.create_or_modify_pyi.__module__, len(sys.meta_path))"
    )
    plain = "import sys; print(len(sys.meta_path))"
    assert printed_by(code) == [
        "chatbot.tabs.quick",
        *printed_by(plain),
    ]  # and the finder is gone again


def test_a_package_seems_absent_only_while_gradio_is_imported() -> None:
    code = (
        "from chatbot.tabs.quick import without_package\n"
        "with without_package('mcp'): import chatbot.server, sys\n"
        "print('mcp' in sys.modules); import mcp; print(mcp.__name__)"
    )
    assert printed_by(code) == ["False", "mcp"]


def test_what_a_start_made_is_not_looked_through_for_waste_again() -> None:
    code = (
        "import gc; from chatbot.tabs.quick import without_collection\n"
        "with without_collection(): off = gc.isenabled()\n"
        "print(off, gc.isenabled(), gc.get_freeze_count() > 1000)"
    )
    assert printed_by(code) == ["False", "True", "True"]
