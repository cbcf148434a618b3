"""The search over HTTP, beside the page: `/api/ask`, described by `/api/openapi.json`.

It gives the same JSON as `bijlage ask --json`; `/api/page-image` draws a page of a PDF. Faults are
one Dutch sentence, as `{"detail"}`.
"""

from typing import Annotated, Any

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from chatbot.checks import MAX_HITS, MAX_QUESTION_CHARS, ChatbotError, check_question
from chatbot.crowd import Crowd, TooBusyError
from chatbot.library import Library
from chatbot.page_pictures import PagePictures
from chatbot.places import read_place
from chatbot.reply import answer_last_turn, reply_to_json
from chatbot.turns import MAX_TURNS
from index.search import FilterError, Filters

WRONG_USAGE = (
    "Deze aanvraag klopt niet; /api/openapi.json zegt wat erin hoort (voor een vraag: hoogstens"
    f" {MAX_QUESTION_CHARS} tekens, en een k van 1 tot {MAX_HITS})."
)
Names = list[str]


class Source(BaseModel):
    """Who asked: a party, and a member unless it was put in writing."""

    party: str
    member: str | None


class FoundPassage(BaseModel):
    """One passage, with the quote that answers; `quote` is an exact slice of `text`."""

    rank: int
    score: float
    passage_id: str
    answer_id: str
    document_id: str
    topic: str
    page_start: int | None
    page_end: int | None
    askers: list[Source]
    text: str
    quote: str
    quote_page: int | None
    citation: str


class RepeatedQuestion(BaseModel):
    """A sub-question that was put already, what became of it (a suggestion: "beantwoord", "deels"
    or "open"), and what its answer lacks."""

    text: str
    askers: list[Source]
    page: int | None
    status: str
    missing: str


class PutQuestion(BaseModel):
    """What was asked, with the sentence before it where it leans on that ("" elsewhere)."""

    text: str
    before: str
    askers: list[Source]
    page: int | None
    answer_id: str
    document_id: str
    topic: str


class AskedAbout(BaseModel):
    """What was asked about a subject, most like it first; where nothing was, the questions of the
    answer that is about it, or else the nearest."""

    subject: str
    found: list[PutQuestion]
    answered: list[PutQuestion]
    nearest: list[PutQuestion]


class Answered(BaseModel):
    """The reply; hits are given also when it abstains, but are only the nearest then.

    `repeated` is the sub-question that is asked again, `asked_by` what those asked of whom the
    question wants to know that ("Wat vroeg Tom Ongena?"), `asked_about` who asked about a subject
    ("Wie vroeg naar de kiosken?"): in the last two cases the reply is there, and it abstains.
    """

    query: str
    abstained: bool
    confidence: float = Field(ge=0, le=1)
    hits: list[FoundPassage]
    repeated: RepeatedQuestion | None
    asked_by: list[PutQuestion]
    asked_about: AskedAbout | None


class Asked(BaseModel):
    """A question; `turns` are the questions before it, oldest first."""

    question: str = Field(max_length=MAX_QUESTION_CHARS)
    turns: list[str] = Field(default=[], max_length=MAX_TURNS)
    k: int = Field(default=5, ge=1, le=MAX_HITS)
    party: Names = []
    member: Names = []
    topic: Names = []


class ShownPage(BaseModel):
    """A page of a document; the rest is of a link, whose words are marked."""

    document: str
    page: int
    answer: str = ""
    van: str = ""
    tot: str = ""
    vraag: str = ""
    som: str = ""


def build_api(library: Library, crowd: Crowd | None = None) -> FastAPI:
    """Return the application to be mounted at "/api"; `crowd` is who else asks."""
    asking = crowd or Crowd()
    api = FastAPI(
        title="Bijlage",
        description="Vragen aan de schriftelijke antwoorden van een minister.",
        docs_url=None,
        redoc_url=None,
    )
    api.add_exception_handler(RequestValidationError, _refuse_usage)
    api.add_exception_handler(ChatbotError, _refuse)
    api.add_exception_handler(FilterError, _refuse)
    api.add_exception_handler(TooBusyError, _ask_patience)

    @api.get("/ask", response_model=Answered, summary="Stel een vraag")
    def ask_by_link(
        q: Annotated[str, Query(max_length=MAX_QUESTION_CHARS)],
        k: Annotated[int, Query(ge=1, le=MAX_HITS)] = 5,
        party: Annotated[Names, Query()] = [],  # noqa: B006 - FastAPI copies a default
        member: Annotated[Names, Query()] = [],  # noqa: B006
        topic: Annotated[Names, Query()] = [],  # noqa: B006
    ) -> Any:
        asked = Asked(question=q, k=k, party=party, member=member, topic=topic)
        return _answer(library, asking, asked)

    @api.post("/ask", response_model=Answered, summary="Stel een vraag, ook in een gesprek")
    def ask(asked: Asked) -> Any:
        return _answer(library, asking, asked)

    _add_pictures(api, library)
    return api


def _add_pictures(api: FastAPI, library: Library) -> None:
    pictures = PagePictures(library)

    @api.get(
        "/page-image",
        summary="Een bladzijde van een PDF, met de woorden van een link gemarkeerd (WebP)",
        response_class=Response,
        responses={200: {"content": {"image/webp": {}}}},
    )
    def page_image(shown: Annotated[ShownPage, Query()]) -> Response:
        index = library.index
        place = read_place(index, shown.model_dump()) if shown.answer else None
        picture = pictures.picture(index, shown.document, shown.page, place)
        return Response(picture, media_type="image/webp")


def _answer(library: Library, crowd: Crowd, asked: Asked) -> dict[str, Any]:
    question = check_question(asked.question)
    turns = [check_question(turn) for turn in asked.turns]
    filters = Filters(tuple(asked.party), tuple(asked.member), tuple(asked.topic))
    with crowd.admit():
        reply = answer_last_turn(library.index, [*turns, question], asked.k, filters)
    return reply_to_json(reply)


async def _refuse(_: Request, fault: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(fault)}, status_code=422)


async def _ask_patience(_: Request, fault: Exception) -> JSONResponse:
    return JSONResponse({"detail": str(fault)}, status_code=429)


async def _refuse_usage(_: Request, __: Exception) -> JSONResponse:
    return JSONResponse({"detail": WRONG_USAGE}, status_code=422)
