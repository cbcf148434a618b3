"""Servers on a real port of this computer, for tests of what comes over the wire."""

import http.client
import json
import re
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import uvicorn
from starlette.types import ASGIApp

START_S = 60.0


@contextmanager
def running(app: ASGIApp, door: socket.socket | None = None) -> Iterator[int]:
    """Serve an application on a free port of 127.0.0.1, or a given one, and return the port."""
    with door or socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        config = uvicorn.Config(app, log_level="critical", ws="none", proxy_headers=False)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + START_S
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        try:
            yield port
        finally:
            server.should_exit = server.force_exit = True
            thread.join(10)


def request(
    port: int, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> http.client.HTTPResponse:
    """Send one request; an iterable as body goes in chunks, without its length."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    chunked = body is not None and not isinstance(body, bytes)
    connection.request(method, path, body, headers or {}, encode_chunked=chunked)
    return connection.getresponse()


def config_of(port: int) -> dict[str, Any]:
    """Return what the page is made of, as the page itself tells a browser."""
    page = request(port, "GET", "/").read().decode()
    found = re.search(r"window\.gradio_config = (\{.*?\});</script>", page)
    assert found is not None
    config: dict[str, Any] = json.loads(found[1])
    return config


def question_event(port: int, question: str) -> dict[str, Any]:
    """Return the event that the question box sends, with no filter and no turn before."""
    config = config_of(port)
    kinds = {component["id"]: component["type"] for component in config["components"]}
    asked = next(d for d in config["dependencies"] if any(e == "submit" for _, e in d["targets"]))
    values = {"textbox": question, "checkboxgroup": []}
    data = [values.get(kinds[component]) for component in asked["inputs"]]
    return {"data": data, "fn_index": asked["id"]}


def send_event(port: int, event: dict[str, Any], timeout_s: float = 30) -> dict[str, Any]:
    """Put an event in Gradio's queue as the page does, and return what comes back for it."""
    session = secrets.token_hex(6)
    body = json.dumps({**event, "session_hash": session}).encode()
    headers = {"content-type": "application/json"}
    joined = request(port, "POST", "/gradio_api/queue/join", body, headers)
    answer = json.loads(joined.read())
    if joined.status != 200:
        return {"status": joined.status, **answer}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    connection.request("GET", f"/gradio_api/queue/data?session_hash={session}")
    events = connection.getresponse()
    while line := events.readline():
        if line.startswith(b"data:"):
            message: dict[str, Any] = json.loads(line[5:])
            if message["msg"] == "process_completed":
                connection.close()
                return message
    raise AssertionError("the queue ended without a result")
