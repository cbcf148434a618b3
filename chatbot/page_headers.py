"""Headers that tell a browser what this page may do: itself and nothing else.

The content security policy is as tight as Gradio 6 allows. Scripts run only from this server, or
inline with a nonce that every answer draws anew, so text that became markup would still not run;
our own script in the head, which Gradio adds later, by its hash.
`unsafe-eval` stays, because Gradio makes the page's own small scripts (`js_on_load`) into functions
from text. `unsafe-inline` stays for styles, which Gradio's components write on their elements.
"""

import base64
import hashlib
import re
import secrets
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEAD = Path(__file__).parent / "page" / "head.html"
POLICY = (
    "default-src 'none'",
    "script-src 'self' 'nonce-{nonce}' {own} 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",  # Gradio's page has <base href="./">
    "form-action 'none'",
    "frame-ancestors 'none'",
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "display-capture=(), browsing-topics=()",
    "cache-control": "no-store",
}
FILES = ("/assets/", "/static/")  # the same for everyone, kept by the browser
SCRIPT = re.compile(rb"<script\b")


class PageHeaders:
    """Add the headers to every answer, and the nonce to the scripts of the page itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.own = " ".join(_hash_scripts(HEAD.read_text(encoding="utf-8")))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(18)
        is_page = scope["path"] == "/"
        page = _Page(nonce)

        async def dress(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _set_headers(headers, scope["path"])
                policy = "; ".join(POLICY).format(nonce=nonce, own=self.own)
                headers["content-security-policy"] = policy
            for ready in page.pass_on(message) if is_page else (message,):
                await send(ready)

        await self.app(_without_compression(scope) if is_page else scope, receive, dress)


class _Page:
    """Holds the page back until it is whole, to put the nonce into it."""

    def __init__(self, nonce: str) -> None:
        self._mark = f'<script nonce="{nonce}"'.encode()
        self._start: Message = {}
        self._body = b""

    def pass_on(self, message: Message) -> tuple[Message, ...]:
        """Return the messages that can be sent now."""
        if message["type"] == "http.response.start":
            self._start = message
            return ()
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return ()
        # Text of documents and users stands in the page escaped (as JSON without "<", or as
        # HTML), so every script tag in it is Gradio's or ours.
        body = SCRIPT.sub(self._mark, self._body)
        headers = MutableHeaders(scope=self._start)
        if headers.get("content-length") not in {None, "0"}:
            headers["content-length"] = str(len(body))
        return self._start, {**message, "body": body}


def dress_fault(headers: MutableHeaders, path: str) -> None:
    """Set the headers of an answer that the server's outermost part gives, outside `PageHeaders`,
    when something broke inside; no script runs in it."""
    _set_headers(headers, path)
    rules = (rule for rule in POLICY if not rule.startswith("script-src"))
    headers["content-security-policy"] = "; ".join(rules)


def _hash_scripts(head: str) -> list[str]:
    """Return the source of each inline script, as the policy names it (CSP 3, section 2.3.1)."""
    scripts = re.findall(r"<script>(.*?)</script>", head, re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def _set_headers(headers: MutableHeaders, path: str) -> None:
    for name, value in HEADERS.items():
        if name != "cache-control" or not path.startswith(FILES):
            headers[name] = value


def _without_compression(scope: Scope) -> Scope:
    """Return a request that asks for plain bytes, into which a nonce can be written."""
    kept = [pair for pair in Headers(scope=scope).raw if pair[0] != b"accept-encoding"]
    return {**scope, "headers": kept}
