"""How `bijlage chat` starts: the page first, the model after it, and no word before it answers."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from browsing import SAVINGS, ask
from playwright.sync_api import Browser, expect

from index.encoder import Encoder

CHAT = "import sys; from chatbot.cli import main; sys.exit(main())"


@pytest.fixture
def opened(index_folder: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a chat that has only just said that it is open."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    shutil.copytree(index_folder, tmp_path / "index")
    options = ["chat", "--port", str(port), "--index", str(tmp_path / "index")]
    server = subprocess.Popen(
        [sys.executable, "-c", CHAT, *options],
        stdout=subprocess.PIPE,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path / "user")},
    )
    assert server.stdout is not None
    try:
        line = server.stdout.readline().decode()
        address = f"http://127.0.0.1:{port}"
        assert line == f"De chat staat open op {address} (stoppen: Ctrl+C).\n"
        yield f"{address}/"
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()


def test_it_says_that_it_is_open_when_the_page_answers(opened: str) -> None:
    with urllib.request.urlopen(opened, timeout=30) as page:  # once, without trying again
        assert page.status == 200


@pytest.mark.browser
def test_a_question_that_comes_before_the_model_waits_and_is_told_so(
    opened: str, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(opened)
    told = page.get_by_role("status").filter(has_text="Het zoekmodel wordt geladen")
    expect(told).to_be_visible()
    ask(page, SAVINGS)
    expect(page.locator("blockquote").first).to_contain_text("419 personeelsleden")
    expect(told).to_have_count(0)
    expect(page.locator("#laden")).to_be_empty()
    page.close()


def test_a_model_that_is_loaded_later_is_the_same() -> None:
    later, now = Encoder.load_later(), Encoder.load()
    assert not later.is_ready
    assert (later.name, later.fingerprint, later.dimension) == (
        now.name,
        now.fingerprint,
        now.dimension,
    )
    assert np.array_equal(later.encode_queries([SAVINGS]), now.encode_queries([SAVINGS]))
    assert later.is_ready


def test_a_model_is_begun_only_once() -> None:
    begun: list[int] = []
    model = Encoder.load()._model

    def load() -> object:
        begun.append(1)
        return model

    encoder = Encoder(load, "x", "y", dimension=384)  # type: ignore[arg-type]
    for _ in range(3):
        encoder.prepare()
    encoder.encode_queries(["maat"])
    assert begun == [1]


def test_the_page_has_gradio_write_no_stubs_for_editors() -> None:
    code = (
        "import chatbot.tabs.frame, gradio.component_meta as meta, sys;"
        "print(meta.create_or_modify_pyi.__module__, len(sys.meta_path))"
    )
    plain = "import sys; print(len(sys.meta_path))"
    written, finders = (
        subprocess.run(
            [sys.executable, "-c", one], capture_output=True, text=True, check=True
        ).stdout.split()
        for one in (code, plain)
    )
    assert written == ["chatbot.tabs.quick", *finders]  # and the finder is gone again
