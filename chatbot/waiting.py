"""The page of a chat that is being opened: it says how far that is and takes a question already.

Opening the chat takes seconds (Gradio alone over one), the first time more, because the index is
made then. This page stands there at once, on the socket that the chat itself takes over; it is the
same for everyone and holds nothing of the documents. It answers 503 until then, so that no program
takes it for the chat.
"""

import base64
import hashlib
import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from chatbot.checks import check_port
from chatbot.progress import COUNT, say

OPENING = "De chat wordt geopend."
BACKLOG = 128  # visitors whose connection waits while the socket is handed over
READ_TIMEOUT_S = 5.0  # for a visitor's request, which is a few hundred bytes
PAGE = (Path(__file__).parent / "page" / "wait.html").read_text(encoding="utf-8")
SHARE = "x-share"  # header: the share of the work that is done, 0..1; empty where none knows
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class Door:
    """A port of this computer with the waiting page behind it, until the chat takes it over."""

    def __init__(self, listening: socket.socket) -> None:
        self.show(OPENING)
        self.host, self.port = listening.getsockname()
        self._listening = listening
        self._server = _WaitingServer(self)
        self._serving = Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._serving.start()

    @property
    def address(self) -> str:
        """The address to open in a browser."""
        return f"http://{self.host}:{self.port}"

    def show(self, words: str) -> None:
        """Show how far the opening is, on the page alone."""
        self._stage = self.words = words
        self.share = ""

    def say(self, words: str) -> None:
        """Show how far the opening is: on the page, and to whoever started the chat."""
        self.show(words)
        say(words)

    def count(self, done: int, total: int) -> None:
        """Show on the page how many texts were encoded, of how many that are known of."""
        self.words = f"{self._stage} {COUNT.format(done, total)}"
        self.share = str(done / total)

    def take_over(self) -> socket.socket:
        """Stop the waiting page and return the socket, still listening."""
        self._server.shutdown()
        self._serving.join()
        return self._listening


@contextmanager
def open_door(host: str, port: int) -> Iterator[Door]:
    """Listen on a port, with the waiting page behind it; closed at the end.

    Raises:
        ChatbotError: If the port is in use or may not be used.
    """
    check_port(host, port)
    with socket.create_server((host, port), backlog=BACKLOG) as listening:
        door = Door(listening)
        try:
            yield door
        finally:
            door.take_over()


class _WaitingServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, door: Door) -> None:
        super().__init__((door.host, door.port), _Waiting, bind_and_activate=False)
        self.socket.close()
        self.socket = door._listening
        self.door = door


class _Waiting(BaseHTTPRequestHandler):
    timeout = READ_TIMEOUT_S
    server: _WaitingServer

    def do_GET(self) -> None:
        """Give a browser the page, and its script how far it is."""
        wants_page = "text/html" in self.headers.get("accept", "")
        kind, text = ("html", PAGE) if wants_page else ("plain", self.server.door.words)
        self._answer(f"text/{kind}; charset=utf-8", text)

    do_HEAD = do_GET  # noqa: N815 - the names that http.server looks for

    def do_POST(self) -> None:
        """Tell a page of before that it is too early, in the form in which Gradio reads a fault."""
        self._answer("application/json", json.dumps({"detail": self.server.door.words}))

    def _answer(self, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(503)
        own = {"content-type": kind, SHARE: self.server.door.share}
        for name, value in {**_HEADERS, **own}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def version_string(self) -> str:
        """Say nothing about what answers."""
        return "bijlage"

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def _hashes(page: str) -> str:
    """Return the source of each inline script, as the policy names it (CSP 3, section 2.3.1)."""
    digests = (hashlib.sha256(script.encode()).digest() for script in SCRIPT.findall(page))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


_HEADERS = {
    "retry-after": "1",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; connect-src 'self';"
    f" script-src {_hashes(PAGE)}; img-src data:; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
}
