"""Who may ask the server what: the page's own routes, from the page itself, by who may log in.

Gradio answers some forty routes, for any website that asks; here only those that the page uses
remain, and only for the page. Sources: OWASP cheat sheets on CSRF and on HTTP headers.
"""

import base64
import binascii
import hmac
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from chatbot.credentials import Credentials
from chatbot.refusals import RefusedError

UPLOAD = "/gradio_api/upload"
READ = (
    r"/|/theme\.css|/manifest\.json|/favicon\.ico|/(?:assets|static)/[\w.-]+(?:/[\w.-]+)*"
    r"|/gradio_api/(?:app_id|heartbeat/\w+|queue/data)|/api/(?:ask|page-image|openapi\.json)"
)
"""With `app_id`, by which a page that lost the server sees that it is back."""
WRITE = r"/gradio_api/(?:queue/join|cancel|reset)|/api/ask"
TAKING = frozenset({"file", "uploadbutton"})  # components of Gradio that need uploads
READ_TAKING = r"/gradio_api/upload_progress"
OFFERING = frozenset({"file", "downloadbutton"})  # and those that need downloads
READ_OFFERING = r"/gradio_api/file=/[^/].*"
MCP = "mcp"  # and the search tool, which is no component
WRITE_MCP = r"/gradio_api/mcp/"
FOREIGN = {"cross-site", "same-site"}  # Sec-Fetch-Site; another port is "same-site"
PROXY_HEADERS = ("x-forwarded-", "forwarded", "x-gradio-", "x-original-", "x-rewrite-")


class RouteGuard:
    """Refuse (404) every route that the page doesn't use; `components` are what it is made of,
    and MCP where the search tool is served."""

    def __init__(self, app: ASGIApp, components: frozenset[str]) -> None:
        self.app = app
        takes, offers = components & TAKING, components & OFFERING
        read = [READ, *([READ_TAKING] if takes else []), *([READ_OFFERING] if offers else [])]
        write = [WRITE, *([UPLOAD] if takes else [])]
        write += [WRITE_MCP] if MCP in components else []
        self.used = {"GET": "|".join(read), "HEAD": "|".join(read), "POST": "|".join(write)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and not self._is_used(scope["method"], scope["path"]):
            raise RefusedError(404)
        await self.app(scope, receive, send)

    def _is_used(self, method: str, path: str) -> bool:
        used = self.used.get(method, "")
        return ".." not in path.split("/") and re.fullmatch(used, path) is not None


class OriginGuard:
    """Refuse (403) what another website makes a browser ask; no origin is ever let in.

    A browser names the asking page in Origin (on every POST) and Sec-Fetch-Site (on everything).
    Only following a link to the page itself is open to other sites. Headers by which a proxy
    speaks for someone else are dropped: no proxy stands in front of this server.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, without proxy headers, or refuse it."""
        if scope["type"] == "http":
            if _is_foreign(Headers(scope=scope), scope):
                raise RefusedError(403)
            own = [pair for pair in scope["headers"] if not _is_from_proxy(pair[0])]
            scope = {**scope, "headers": own}
        await self.app(scope, receive, send)


class LoginGuard:
    """Refuse (401) who doesn't give the name and password (HTTP Basic, RFC 7617)."""

    def __init__(self, app: ASGIApp, credentials: Credentials) -> None:
        self.app = app
        self.credentials = credentials

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with the browser's own login window."""
        if scope["type"] == "http" and not self._is_known(Headers(scope=scope)):
            challenge = (b"www-authenticate", b'Basic realm="Bijlage", charset="UTF-8"')
            await send({"type": "http.response.start", "status": 401, "headers": [challenge]})
            await send({"type": "http.response.body"})
            return
        await self.app(scope, receive, send)

    def _is_known(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        try:
            pair = base64.b64decode(given, validate=True)
        except (binascii.Error, ValueError):
            return False
        expected = f"{self.credentials.name}:{self.credentials.password}".encode()
        return scheme.lower() == "basic" and hmac.compare_digest(pair, expected)


def _is_foreign(headers: Headers, scope: Scope) -> bool:
    origin = headers.get("origin")
    if origin is not None and _host_of(origin) != headers.get("host"):
        return True
    follows_link = (
        scope["method"] == "GET"
        and scope["path"] == "/"
        and headers.get("sec-fetch-mode") == "navigate"
    )
    return headers.get("sec-fetch-site") in FOREIGN and not follows_link


def _host_of(origin: str) -> str:
    """Return the host that an origin names, "" where it is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _is_from_proxy(name: bytes) -> bool:
    return name.decode("latin-1").startswith(PROXY_HEADERS)
