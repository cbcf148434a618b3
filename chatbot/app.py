"""The chat page: the tabs on the left, the source on the right.

It decides nothing: each tab wires itself (`chatbot.tabs`), what they show is made by
`chatbot.views`; who may reach the page is `chatbot.server`.
"""

from dataclasses import dataclass

from chatbot.tabs.frame import LAST, NO_SECRET, QUIET, Frame, add_memory, asset, data_of

import gradio as gr  # isort: skip - after chatbot.tabs.frame, which settles what Gradio sends out
from fastapi import FastAPI

from chatbot.checks import ChatbotError
from chatbot.crowd import Crowd
from chatbot.library import Library
from chatbot.mcp_tool import NAME, make_tool
from chatbot.places import leaf_number, read_place
from chatbot.tabs import (
    amounts,
    answers,
    ask,
    asked,
    documents,
    dossier,
    evaluation,
    ledger,
    overview,
    promises,
)
from chatbot.theme import theme_settings
from chatbot.views.conversation import render_header, render_notice
from chatbot.views.source import render_no_source, render_source

MAX_SESSIONS = 256  # visitors remembered, some 160 KB each; the browser keeps what they asked
MAX_WAITING = 64  # questions in the queue before a visitor is asked to wait
BASKET = "bijlage-stukken"  # the browser's own name for what it keeps; the scripts' too
OLD_BASKET = "bijlage-dossier"  # under which an earlier version kept links, as one list
FONTS = ["system-ui", "sans-serif"]  # the computer's own: nothing is fetched
TABS = (
    ("vragen", "Vragen stellen", ask.build),
    ("antwoorden", "Antwoorden", answers.build),
    ("deelvragen", "Openstaande deelvragen", ledger.build),
    ("bedragen", "Bedragen en codes", amounts.build),
    ("toezeggingen", "Toezeggingen", promises.build),
    ("overzicht", "Overzicht", overview.build),
    ("gevraagd", "Al gevraagd?", asked.build),
    ("dossier", "Dossier", dossier.build),
    ("evaluatie", "Evaluatie", evaluation.build),
    ("documenten", "Documenten", documents.build),
)


def build_app(library: Library, mcp: Crowd | None = None) -> gr.Blocks:
    """Return the page for the documents of a library; with `mcp`, the programs that ask, a search
    tool for them comes with it."""
    app: gr.Blocks
    with gr.Blocks(title="Vraag het de bijlage", analytics_enabled=False) as app:
        header = gr.HTML(render_header(library.index.documents), js_on_load=asset("tabs.js"))
        source = gr.HTML(
            render_source(library.index, None, has_pdf=library.has_source),
            js_on_load=asset("source.js"),
            render=False,
        )
        events = _Events(library)
        basket = add_memory(BASKET)
        old = gr.BrowserState([], storage_key=OLD_BASKET, secret=NO_SECRET)
        toast = gr.HTML(js_on_load=asset("toast.js"), elem_id="mandje")
        gr.HTML(js_on_load=asset("kept.js"), elem_id="bewaard", naam=BASKET)
        gr.HTML(js_on_load=asset("twice.js"), elem_classes="geheugen")
        frame = Frame(app, library, header, source, basket, old, toast)
        with gr.Row(elem_id="kolommen"):
            with gr.Column(elem_id="links"), gr.Tabs(overflow_behavior="wrap", elem_id="tabs"):
                for key, name, build in TABS:
                    with gr.Tab(name, id=key, elem_id=f"tab-{key}") as tab:
                        build(frame, tab)
            with gr.Column(elem_id="rechts"):
                source.render()  # type: ignore[no-untyped-call]
        source.show(events.show_source, None, source, **LAST)
        app.load(events.show_header, None, header, **QUIET)
        if mcp is not None:  # not queued: Gradio would ask for it over its own, closed, routes
            gr.api(make_tool(library, mcp), api_name=NAME, queue=False)  # type: ignore[attr-defined]
    app.queue(max_size=MAX_WAITING, api_open=False)
    app.state_session_capacity = MAX_SESSIONS
    return app


def mount_page(server: FastAPI, library: Library, mcp: Crowd | None = None) -> frozenset[str]:
    """Put the page for a library at "/" of a server, with all that Gradio can close closed.

    Returns the kinds of components that it is made of ("textbox", "file", ...).
    """
    page = build_app(library, mcp)
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
        mcp_server=mcp is not None,
        theme=gr.themes.Base(font=FONTS, font_mono=["monospace"]).set(**theme_settings()),
        css=asset("page.css"),
        head=asset("head.html"),
    )
    return frozenset(block.get_block_name() for block in page.blocks.values())


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens outside the tabs."""

    library: Library

    def show_source(self, event: gr.EventData) -> str:
        """Return the source with the words that a citation points at, or why there are none."""
        index, data = self.library.index, data_of(event)
        try:
            place = read_place(index, data)
        except ChatbotError as error:
            return render_no_source(render_notice(str(error)))
        return render_source(index, place, leaf_number(data), self.library.has_source)

    def show_header(self) -> str:
        """Return the head of the page, for the documents as they are now."""
        return render_header(self.library.index.documents)
