"""The search tool, asked by a real client of the Model Context Protocol."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
from fastapi.testclient import TestClient
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from serving import config_of, request, running

from chatbot import mcp_tool
from chatbot.api import build_api
from chatbot.bodies import MAX_BODY_BYTES
from chatbot.checks import ChatbotError
from chatbot.crowd import BUSY, MAX_AT_ONCE, Crowd
from chatbot.library import Library
from chatbot.mcp_tool import check_package, make_tool
from chatbot.reply import answer_question, reply_to_json
from chatbot.server import build_server
from index.storage import Index

SAVINGS = "Hoeveel personeelsleden moet VDAB besparen tegen 2024?"
PATH = "/gradio_api/mcp/"


@pytest.fixture(scope="module")
def port(appendix_index: Index) -> Iterator[int]:
    with running(build_server(appendix_index, mcp=True)) as number:
        yield number


def call(port: int, arguments: dict[str, Any] | None) -> Any:
    """Return the tools, or with arguments what the only tool gives."""

    async def talk() -> Any:
        url = f"http://127.0.0.1:{port}{PATH}"
        async with streamablehttp_client(url) as (read, write, _), ClientSession(read, write) as on:
            await on.initialize()
            tools = (await on.list_tools()).tools
            return tools if arguments is None else await on.call_tool(tools[0].name, arguments)

    with ThreadPoolExecutor(1) as apart:  # the browser tests keep a loop in this thread
        return apart.submit(lambda: asyncio.run(talk())).result()


def test_one_tool_is_offered_and_described(port: int) -> None:
    (tool,) = call(port, None)
    assert tool.name == "search"
    assert "letterlijke citaten met bron en bladzijde" in tool.description
    assert set(tool.inputSchema["properties"]) == {"question", "k"}


def test_it_gives_what_the_command_line_gives(port: int, appendix_index: Index) -> None:
    found = call(port, {"question": SAVINGS, "k": 3})
    assert not found.isError
    expected = reply_to_json(answer_question(appendix_index, SAVINGS, k=3))
    assert json.loads(found.content[0].text) == json.loads(json.dumps(expected))


@pytest.mark.parametrize("arguments", [{"question": " "}, {"question": SAVINGS, "k": 0}])
def test_a_wrong_question_is_refused(arguments: dict[str, Any], port: int) -> None:
    assert call(port, arguments).isError


def test_a_crowd_is_asked_to_wait_over_both_ways(appendix_index: Index) -> None:
    library, crowd = Library(appendix_index), Crowd()
    ask, api = make_tool(library, crowd), TestClient(build_api(library, crowd))
    with ExitStack() as others:
        for _ in range(MAX_AT_ONCE):
            others.enter_context(crowd.admit())
        with pytest.raises(ChatbotError, match="Even geduld: er worden te veel vragen tegelijk"):
            ask(SAVINGS, 1)
        refused = api.get("/ask", params={"q": SAVINGS})
        assert (refused.status_code, refused.json()) == (429, {"detail": BUSY})
    assert "419 personeelsleden" in ask(SAVINGS, 1)
    assert api.get("/ask", params={"q": SAVINGS}).status_code == 200


def test_it_stands_behind_the_guards(port: int) -> None:
    body, headers = b"{}", {"content-type": "application/json"}
    for more, status in (({"host": "voorbeeld.be"}, 400), ({"origin": "http://voorbeeld.be"}, 403)):
        assert request(port, "POST", PATH, body, headers | more).status == status
    assert request(port, "POST", PATH, b"x" * (MAX_BODY_BYTES + 1), headers).status == 413
    for path in (f"{PATH}sse", f"{PATH}schema", f"{PATH}messages", "/gradio_api/info"):
        assert request(port, "GET", path).status == 404


def test_without_the_switch_there_is_none(appendix_index: Index) -> None:
    with running(build_server(appendix_index)) as port:
        assert (
            request(port, "POST", PATH, b"{}", {"content-type": "application/json"}).status == 404
        )
        assert not [d for d in config_of(port)["dependencies"] if d["api_visibility"] == "public"]


def test_a_missing_package_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    check_package()
    monkeypatch.setattr(mcp_tool, "PACKAGE", "een_pakket_dat_niet_bestaat")
    with pytest.raises(ChatbotError, match=r"met '\.venv/bin/pip install -e \.\[mcp\]'"):
        check_package()
