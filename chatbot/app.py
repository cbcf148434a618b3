"""The chat page: wires question box, filters and conversation; the only module with Gradio.

It decides nothing: searching is `chatbot.reply`, wording and escaping `chatbot.render`; who may
reach it is `chatbot.server`. The conversation lives in `gr.State`, per visitor.
"""

import os
from functools import partial
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # must be set before Gradio is imported

import gradio as gr
from fastapi import FastAPI

from chatbot.checks import ChatbotError, check_question
from chatbot.dialogue import context_of
from chatbot.examples import example_questions
from chatbot.render import render_conversation, render_header, render_notice
from chatbot.reply import Reply, answer_question
from chatbot.theme import theme_settings
from index.search import FilterError, Filters
from index.storage import Index

MAX_TURNS = 40  # older turns leave the page; a conversation stays some 500 KB
MAX_WAITING = 64  # questions in the queue before a visitor is asked to wait
FONTS = ["system-ui", "sans-serif"]  # the computer's own: nothing is fetched
QUIET = {"show_progress": "hidden", "api_visibility": "private"}  # of every event
EXAMPLES_HEADING = '<p class="tussenkop">Bijvoorbeeld, uit het document zelf:</p>'
PAGE = Path(__file__).parent / "page"

Replies = tuple[Reply, ...]


def build_app(index: Index) -> gr.Blocks:
    """Return the page for one index."""
    app: gr.Blocks
    with gr.Blocks(title="Vraag het de bijlage", analytics_enabled=False) as app:
        replies = gr.State(())
        gr.HTML(render_header(index.documents))
        conversation = gr.HTML(render_conversation(()), js_on_load=_asset("scroll.js"))
        texts = example_questions(index)
        with gr.Column(elem_id="voorbeelden") as examples:
            gr.HTML(EXAMPLES_HEADING, visible=bool(texts))
            buttons = [gr.Button(text, size="sm") for text in texts]
        with gr.Column(elem_id="invoer"):
            notice = gr.HTML(visible=False)
            box, send = _build_question_box()
            with gr.Row(elem_id="keuzes"):
                parties, topics = _build_filters(index)
                fresh = gr.Button("Nieuw gesprek", size="sm", visible=False, elem_id="nieuw")
        outputs = [box, replies, conversation, notice, examples, fresh]
        listen: dict[str, Any] = {"outputs": outputs, **QUIET}
        ask = partial(_ask, index)
        gr.on([box.submit, send.click], ask, [box, parties, topics, replies], **listen)
        for button in buttons:
            button.click(ask, [button, parties, topics, replies], **listen)
        fresh.click(lambda: ("", *_page_state(())), None, **listen)
    app.queue(max_size=MAX_WAITING, api_open=False)
    return app


def mount_page(server: FastAPI, index: Index) -> frozenset[str]:
    """Put the page for one index at "/" of a server, with all that Gradio can close closed.

    Returns the kinds of components that it is made of ("textbox", "file", ...).
    """
    page = build_app(index)
    gr.mount_gradio_app(
        server,
        page,
        path="/",
        footer_links=[],
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Base(font=FONTS, font_mono=["monospace"]).set(**theme_settings()),
        css=_asset("page.css"),
        head=_asset("head.html"),
    )
    return frozenset(block.get_block_name() for block in page.blocks.values())


def _build_question_box() -> tuple[gr.Textbox, gr.Button]:
    with gr.Row(elem_id="regel"):
        box = gr.Textbox(
            label="Uw vraag", placeholder="Vraag of trefwoord", autofocus=True, elem_id="vraag"
        )
        return box, gr.Button("Vraag", variant="primary", elem_id="verstuur")


def _build_filters(index: Index) -> tuple[gr.CheckboxGroup, gr.CheckboxGroup]:
    """Add the filters: check boxes, because screen readers can't work Gradio's dropdowns."""
    answers = [answer for document in index.documents for answer in document.answers]
    askers = [asker for answer in answers for asker in answer.askers]
    parties = sorted({asker.party for asker in askers}, key=str.casefold)
    topics = list(dict.fromkeys(answer.topic for answer in answers if answer.topic))
    has_choice = bool(parties or topics)
    with gr.Accordion(
        "Partij en onderwerp kiezen", open=False, visible=has_choice, elem_id="filters"
    ):
        return (
            gr.CheckboxGroup(
                parties, label="Antwoorden aan", visible=bool(parties), elem_id="partijen"
            ),
            gr.CheckboxGroup(
                topics, label="Onderwerp", visible=bool(topics), elem_id="onderwerpen"
            ),
        )


def _ask(
    index: Index, text: str, parties: list[str], topics: list[str], past: Replies
) -> tuple[Any, ...]:
    """Return the page after a question: an empty box and one turn more, or what is wrong."""
    try:
        question = check_question(text)
        context = context_of([*(reply.question for reply in past), question])
        filters = Filters(parties=tuple(parties), topics=tuple(topics))
        reply = answer_question(index, question, filters=filters, context=context)
    except (ChatbotError, FilterError) as error:
        shown = gr.update(value=render_notice(str(error)), visible=True)
        return gr.skip(), gr.skip(), gr.skip(), shown, gr.skip(), gr.skip()
    return "", *_page_state((*past, reply)[-MAX_TURNS:])


def _page_state(replies: Replies) -> tuple[Any, ...]:
    """Return the conversation, its HTML, and what shows beside it."""
    return (
        replies,
        render_conversation(replies),
        gr.update(visible=False),
        gr.update(visible=not replies),
        gr.update(visible=bool(replies)),
    )


def _asset(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")
