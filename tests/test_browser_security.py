"""Attacks in a real browser: hostile documents, another website, a script in the page; and what
the server and the page send out. Chromium and sockets, nothing stands in for them.
"""

import json
import sys
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest
from hostile import PIECES, SCRIPT
from playwright.sync_api import Browser, Page, expect
from serving import question_event, request, running, send_event
from starlette.requests import Request
from starlette.responses import HTMLResponse

from chatbot.refusals import SENTENCES
from chatbot.server import build_server
from index.encoder import Encoder
from index.storage import Index, build_index, load_index

pytestmark = pytest.mark.browser

QUESTION = "Hoeveel is het fietsbudget?"


@pytest.fixture(scope="module")
def hostile_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A page whose every document, topic, asker, question, file name and answer is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    sources = []
    for kind, text in PIECES.items():
        row = {
            "id": f"{kind} {SCRIPT}",
            "text": f"Het fietsbudget is 12 euro. {SCRIPT} {text}",
            "topic": f"{kind} {text}"[:300] + SCRIPT,
            "questions": [f"{QUESTION} {SCRIPT}"],
            "askers": [{"party": SCRIPT, "member": text[:200]}],
            "document": f"{kind} {SCRIPT}",
        }
        sources.append(folder / f"{kind} <img src=x onerror=window.gekaapt=1>.jsonl")
        sources[-1].write_text(json.dumps(row), encoding="utf-8")
    build_index(sources, folder / "index", Encoder.load())
    with running(build_server(load_index(folder / "index"))) as port:
        yield port


@pytest.fixture(scope="module")
def port(appendix_index: Index) -> Iterator[int]:
    with running(build_server(appendix_index)) as number:
        yield number


def open_page(browser: Browser, port: int) -> tuple[Page, list[str]]:
    """Open the page; the list gathers dialogs, faults and requests that leave this server."""
    page = browser.new_page()
    faults: list[str] = []
    own = (f"http://127.0.0.1:{port}/", "data:", "blob:")
    page.on("dialog", lambda d: (faults.append(f"dialog {d.message}"), d.dismiss()))
    page.on("request", lambda r: r.url.startswith(own) or faults.append(r.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: m.type in {"error", "warning"} and faults.append(m.text))
    page.goto(f"http://127.0.0.1:{port}/")
    expect(page.get_by_label("Uw vraag")).to_be_visible(timeout=60_000)
    return page, faults


def test_hostile_documents_and_questions_are_text_on_the_page(
    browser: Browser, hostile_port: int
) -> None:
    page, faults = open_page(browser, hostile_port)
    for turn, text in enumerate((QUESTION, f"fietsbudget {SCRIPT}", PIECES["bidi"] + QUESTION), 1):
        page.get_by_label("Uw vraag").fill(text)
        page.keyboard.press("Enter")
        expect(page.locator(".beurt")).to_have_count(turn, timeout=30_000)
    expect(page.locator(".beurt").first).to_contain_text("<script>window.gekaapt = 1</script>")
    assert page.locator(".beurt :is(script, img, svg, iframe, object)").count() == 0
    assert page.evaluate("window.gekaapt") is None
    assert faults == []
    page.close()


def test_a_script_that_got_into_the_page_would_not_run(browser: Browser, port: int) -> None:
    page, _ = open_page(browser, port)
    page.evaluate(
        """() => {
            window.geweigerd = [];
            document.addEventListener("securitypolicyviolation",
                event => window.geweigerd.push(event.effectiveDirective));
            const place = document.createElement("div");
            place.innerHTML = '<img src=x onerror="window.gekaapt=1">'
                + '<img src="http://127.0.0.1:9/x.png"><iframe src="http://127.0.0.1:9/"></iframe>';
            document.body.append(place);
            const script = document.createElement("script");
            script.textContent = "window.gekaapt=2";
            document.body.append(script);
            fetch("http://127.0.0.1:9/").catch(() => 0);
        }"""
    )
    page.wait_for_function("window.geweigerd.length >= 5")
    refused = set(page.evaluate("window.geweigerd"))
    assert {"script-src-elem", "script-src-attr", "img-src", "frame-src", "connect-src"} <= refused
    assert page.evaluate("window.gekaapt") is None
    page.close()


def test_another_website_can_neither_read_ask_nor_frame_the_page(
    browser: Browser, port: int
) -> None:
    event = json.dumps({**question_event(port, QUESTION), "session_hash": "gekaapt"})
    attack = f"""<script>
        const chat = "http://127.0.0.1:{port}";
        const told = [];
        const tell = name => [answer => told.push(name), () => 0];
        const post = {{method: "POST", credentials: "include", body: {event!r}}};
        Promise.allSettled([
            fetch(chat + "/", {{credentials: "include"}}).then(...tell("read the page")),
            fetch(chat + "/gradio_api/queue/join", {{...post,
                headers: {{"content-type": "application/json"}}}}).then(...tell("asked")),
            fetch(chat + "/gradio_api/queue/data?session_hash=gekaapt").then(...tell("replies")),
            fetch(chat + "/gradio_api/queue/join", {{...post, mode: "no-cors"}}),
        ]).then(() => window.gedaan = told);
        </script><iframe src="http://127.0.0.1:{port}/"></iframe>"""

    async def website(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await HTMLResponse(attack)(Request(scope).scope, receive, send)

    with running(website) as other:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{other}/")
        page.wait_for_function("window.gedaan !== undefined")
        assert page.evaluate("window.gedaan") == []
        framed = page.frames[-1]
        assert framed.locator("#vraag").count() == 0
        page.close()


def test_a_full_queue_asks_for_patience_on_the_page(browser: Browser, port: int) -> None:
    page, _ = open_page(browser, port)
    busy = {"status": 429, "json": {"detail": SENTENCES[429]}}
    page.route("**/queue/join*", lambda route: route.fulfill(**busy))  # as test_server gets it
    page.get_by_label("Uw vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Even geduld").first).to_be_visible()
    page.close()


def test_the_server_connects_to_nothing_outside_this_computer(port: int) -> None:
    reached: list[str] = []
    watching = Event()

    def watch(name: str, arguments: tuple[Any, ...]) -> None:
        if watching.is_set() and name in {"socket.connect", "socket.sendto", "socket.getaddrinfo"}:
            address = arguments[1] if name != "socket.getaddrinfo" else arguments
            reached.append(str(address[0] if isinstance(address, tuple) else address))

    sys.addaudithook(watch)  # can't be taken away again; it is deaf after this test
    watching.set()
    assert request(port, "GET", "/").status == 200
    assert send_event(port, question_event(port, QUESTION))["success"]
    watching.clear()
    assert reached, "the hook heard nothing, not even this test"
    assert {host for host in reached if host not in {"127.0.0.1", "localhost"}} == set()
