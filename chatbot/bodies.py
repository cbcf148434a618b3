"""How much a request may bring, counted as it arrives; and which files may be uploaded.

A body outside uploads is read here in full, up to the limit, before anything looks at it; so a
length that is missing or wrong changes nothing. An upload must name its length, which the server
then holds it to, and every file in it must have a name that ends as it should.
"""

import asyncio

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatbot.guards import UPLOAD
from chatbot.refusals import RefusedError

MAX_BODY_BYTES = 1024 * 1024
"""A question and the 40 turns before it, of 2,000 characters each, stay below, however they are
escaped as JSON (12 bytes at most); so does all that a browser keeps (`chatbot.kept`), with the
filters."""
MAX_UPLOAD_BYTES = 32 * 1024 * 1024  # an appendix of 1,000 pages as PDF stays below
MAX_UPLOAD_FILES = 10
BODY_TIMEOUT_S = 20.0
UPLOAD_KINDS = (".pdf", ".docx", ".txt", ".jsonl")


class BodyGuard:
    """Refuse bodies that are too large (413), too slow (408) or no file that is taken (415)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"] == UPLOAD:
            await self._pass_upload(scope, receive, send)
        else:
            body = await _read_body(receive)
            await self.app(scope, _replay(body, receive), send)

    async def _pass_upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let an upload through while every file in it may pass."""
        files = _FileNames(_check_upload(Headers(scope=scope)))

        async def counted() -> Message:
            message = await receive()
            files.look_at(message.get("body", b""))
            return {"type": "http.disconnect"} if files.fault else message

        async def silent(message: Message) -> None:
            if not files.fault:
                await send(message)

        try:
            await self.app(scope, counted, silent)
        except ClientDisconnect as error:
            if not files.fault:
                raise RefusedError(400) from error
        if files.fault:
            raise RefusedError(files.fault)


class _FileNames:
    """Reads along with a multipart body (RFC 7578); `fault` is the status to refuse it with."""

    def __init__(self, boundary: bytes) -> None:
        self.fault = 0
        self._count = 0
        self._header = b""
        self._value = b""
        self._parser = MultipartParser(
            boundary,
            {
                "on_header_field": lambda data, start, end: self._add("_header", data[start:end]),
                "on_header_value": lambda data, start, end: self._add("_value", data[start:end]),
                "on_header_end": self._end_header,
            },
        )

    def look_at(self, data: bytes) -> None:
        """Read the next bytes."""
        try:
            self._parser.write(data)
        except FormParserError:
            self.fault = self.fault or 400

    def _add(self, part: str, data: bytes) -> None:
        setattr(self, part, getattr(self, part) + data)

    def _end_header(self) -> None:
        if self._header.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            self._check_name(options.get(b"filename"))
        self._header = self._value = b""

    def _check_name(self, name: bytes | None) -> None:
        if name is None:
            return
        self._count += 1
        if not name.lower().endswith(tuple(kind.encode() for kind in UPLOAD_KINDS)):
            self.fault = self.fault or 415
        if self._count > MAX_UPLOAD_FILES:
            self.fault = self.fault or 413


def _check_upload(headers: Headers) -> bytes:
    """Return the boundary between the parts of an upload whose length may pass."""
    kind, options = parse_options_header(headers.get("content-type", ""))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise RefusedError(415)
    length = headers.get("content-length", "")
    if not length.isascii() or not length.isdigit():
        raise RefusedError(411)
    if int(length) > MAX_UPLOAD_BYTES:
        raise RefusedError(413)
    return options[b"boundary"]


async def _read_body(receive: Receive) -> bytes:
    """Read a whole body, counting."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise RefusedError(400)
                body += message.get("body", b"")
                if len(body) > MAX_BODY_BYTES:
                    raise RefusedError(413)
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError as error:
        raise RefusedError(408) from error


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that first gives the body again."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return first.pop() if first else await receive()

    return replay
