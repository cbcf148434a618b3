"""The web server of the chat page: what stands between a browser and Gradio, from outside in.

Headers on every answer, Dutch errors, the names it answers to, the password, the origin, the
routes, the size of what comes in. The only module with uvicorn.
"""

import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from signal import SIGTERM, signal
from socket import socket
from threading import current_thread, main_thread

import uvicorn
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response

from chatbot.api import build_api
from chatbot.app import mount_page
from chatbot.arguments import DEFAULT_HOST
from chatbot.bodies import BodyGuard
from chatbot.credentials import Credentials, check_host
from chatbot.crowd import Crowd
from chatbot.files import PASSING_FILES
from chatbot.guards import MCP, LoginGuard, OriginGuard, RouteGuard
from chatbot.library import Library
from chatbot.page_headers import PageHeaders, dress_fault
from chatbot.refusals import DutchRefusals, refusal
from chatbot.waiting import Door
from index.storage import Index

OWN_NAMES = (DEFAULT_HOST, "localhost")
EVERY_ADDRESS = "0.0.0.0"
MAX_CONNECTIONS = 512  # an open page holds two
STOP_S = 2  # that a reply may still take when the chat is stopped; an open page would never end


def serve(
    content: Index | Library,
    door: Door,
    host: str = DEFAULT_HOST,
    credentials: Credentials | None = None,
    *,
    mcp: bool = False,
    opened: Callable[[], None] = lambda: None,
) -> None:
    """Serve the page behind a door until interrupted; what was uploaded is gone after that.

    With `mcp` a search tool is served beside it. `opened` is called once, when the page can be
    asked for.

    Raises:
        ChatbotError: If the address can't be had, or may not be had without password.
    """
    check_host(host, credentials)
    if current_thread() is main_thread():
        signal(SIGTERM, _leave)  # uvicorn gives the signal back when it has stopped
    with tempfile.TemporaryDirectory(prefix="bijlage-") as files:
        os.environ[PASSING_FILES] = files
        config = uvicorn.Config(
            build_server(content, host, credentials, mcp=mcp),
            log_level="warning",
            ws="none",
            proxy_headers=False,
            server_header=False,
            limit_concurrency=MAX_CONNECTIONS,
            timeout_graceful_shutdown=STOP_S,
        )
        with suppress(KeyboardInterrupt):  # the way to stop it
            _Announcing(config, opened).run([door.take_over()])


def _leave(number: int, _: object) -> None:
    """Leave as a program does that was told to stop, so that passing files go."""
    raise SystemExit(128 + number)


class _Announcing(uvicorn.Server):
    """A server that tells when it has started, and is quiet about the pages that it cuts off."""

    def __init__(self, config: uvicorn.Config, opened: Callable[[], None]) -> None:
        super().__init__(config)
        self._opened = opened

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        if self.started:
            self._opened()

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Stop; uvicorn writes a traceback for each page that is still open."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def build_server(
    content: Index | Library,
    host: str = DEFAULT_HOST,
    credentials: Credentials | None = None,
    *,
    mcp: bool = False,
) -> FastAPI:
    """Return the web application: the page at "/", for its own names, visitors and origin only.

    An index by itself is a library whose documents are fixed.
    """
    library = content if isinstance(content, Library) else Library(content)
    server = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    server.add_exception_handler(Exception, _answer_fault)
    crowd = Crowd()
    server.mount("/api", build_api(library, crowd))
    components = mount_page(server, library, crowd if mcp else None)
    add_guards(server, components | ({MCP} if mcp else set()), host, credentials)
    return server


def add_guards(
    server: FastAPI, components: frozenset[str], host: str, credentials: Credentials | None
) -> None:
    """Put the guards before a server whose page is made of these components of Gradio.

    Each one added stands outside the ones before.
    """
    server.add_middleware(CORSMiddleware)  # allows no origin, and keeps Gradio's own away
    server.add_middleware(BodyGuard)
    server.add_middleware(RouteGuard, components=components)
    server.add_middleware(OriginGuard)
    if credentials is not None:
        server.add_middleware(LoginGuard, credentials=credentials)
    server.add_middleware(TrustedHostMiddleware, allowed_hosts=_names(host), www_redirect=False)
    server.add_middleware(DutchRefusals)
    server.add_middleware(PageHeaders)


async def _answer_fault(request: Request, _: Exception) -> Response:
    """Answer a request that broke something inside; uvicorn logs what."""
    response = refusal(500, request.headers)
    dress_fault(response.headers, request.url.path)
    return response


def _names(host: str) -> list[str]:
    """Return the names that the server answers to; on every address, any: a password is asked.

    A website that gives its own name this computer's address (DNS rebinding) gets nothing that
    way, because a browser never sends it the password of another name.
    """
    return ["*"] if host == EVERY_ADDRESS else [host, *OWN_NAMES]
