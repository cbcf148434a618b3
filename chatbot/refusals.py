"""What a refused request is told: one Dutch sentence for each status, and nothing else.

Every error that leaves the server passes here, Gradio's own too, so that none is English, and none
says anything about the inside. A browser that asks for a page gets a page; a script gets
`{"detail": sentence}`, which Gradio shows on the page.
"""

from html import escape

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

QUEUE_FULL = 503  # Gradio's status, to which its page answers in English
BUSY = 429
API = "/api/"  # chatbot.api words what is wrong with a question
WRONG_QUESTION = 422
SENTENCES = {
    400: "Deze aanvraag is niet begrepen; open de chat op het adres dat 'bijlage chat' noemt.",
    401: "Meld u aan met de naam en het wachtwoord van deze chat.",
    403: "Deze aanvraag komt van een andere website en is geweigerd; open de chat zelf.",
    404: "Deze pagina bestaat niet; ga naar het begin van de chat.",
    408: "De aanvraag bleef te lang uit; probeer het opnieuw.",
    411: "Van dit bestand is de grootte niet bekend; voeg het toe op de chatpagina.",
    413: "Dit is groter dan de chat aanneemt; maak het korter of kies een kleiner bestand.",
    415: "Dit soort bestand wordt niet aangenomen; kies een ander bestand.",
    BUSY: "Even geduld: er wachten veel vragen; stel uw vraag zo dadelijk opnieuw.",
    500: "Er ging iets mis; laad de pagina opnieuw en stel uw vraag nog eens.",
}
PAGE = (
    '<!doctype html><html lang="nl"><meta charset="utf-8"><title>Bijlage</title>'
    '<body><p>{}</p><p><a href="/">Naar het begin van de chat</a></p></body></html>'
)


class RefusedError(Exception):
    """A request that goes no further, with its status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class DutchRefusals:
    """Turn every error, whoever gives it, into its Dutch sentence."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a websocket is none."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        failed = _Failure(says_itself=scope["path"].startswith(API))

        async def watch(message: Message) -> None:
            if not failed.takes(message):
                await send(message)

        try:
            await self.app(scope, receive, watch)
        except RefusedError as refused:
            failed.status = refused.status
        if failed.status:
            response = refusal(failed.status, Headers(scope=scope))
            failed.keep(response)
            await response(scope, receive, send)


class _Failure:
    """The status of an answer that failed, 0 while it hasn't; its body is not passed on.

    `says_itself` is True where a wrong question (422) is answered by a Dutch sentence already.
    """

    def __init__(self, says_itself: bool) -> None:
        self._says_itself = says_itself
        self.status = 0
        self.challenge = ""

    def takes(self, message: Message) -> bool:
        """Say whether a message belongs to a failed answer, and so isn't sent."""
        if message["type"] == "http.response.start" and message["status"] >= 400:
            if self._says_itself and message["status"] == WRONG_QUESTION:
                return False
            self.status = message["status"]
            self.challenge = MutableHeaders(scope=message).get("www-authenticate", "")
        return self.status > 0

    def keep(self, response: Response) -> None:
        """Keep the one header that a browser needs: how to log in."""
        if self.challenge:
            response.headers["www-authenticate"] = self.challenge


def refusal(status: int, headers: Headers) -> Response:
    """Return the answer to a refused request: a page for a browser, JSON for a script."""
    status = BUSY if status == QUEUE_FULL else status
    sentence = SENTENCES.get(status) or SENTENCES[500 if status >= 500 else 400]
    if "text/html" in headers.get("accept", ""):
        return HTMLResponse(PAGE.format(escape(sentence)), status)
    return JSONResponse({"detail": sentence}, status)
