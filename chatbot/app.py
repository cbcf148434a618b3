"""The chat page: the tabs on the left, the source on the right.

It decides nothing: each tab wires itself (`chatbot.tabs`), what they show is made by
`chatbot.views`; who may reach the page is `chatbot.server`.
"""

from dataclasses import dataclass
from typing import Any

from chatbot.tabs.frame import QUIET, Frame, asset, data_of

import gradio as gr  # isort: skip - after chatbot.tabs.frame, which settles what Gradio sends out
from fastapi import FastAPI

from chatbot.checks import ChatbotError
from chatbot.library import Library
from chatbot.places import leaf_number, read_place
from chatbot.tabs import ask
from chatbot.theme import theme_settings
from chatbot.views.conversation import render_header
from chatbot.views.source import render_source
from index.storage import Index

MAX_WAITING = 64  # questions in the queue before a visitor is asked to wait
FONTS = ["system-ui", "sans-serif"]  # the computer's own: nothing is fetched
TABS = ((("Vragen stellen", "vragen"), ask.build),)


def build_app(library: Library) -> gr.Blocks:
    """Return the page for the documents of a library."""
    app: gr.Blocks
    with gr.Blocks(title="Vraag het de bijlage", analytics_enabled=False) as app:
        header = gr.HTML(render_header(library.index.documents))
        source = gr.HTML(
            render_source(library.index, None), js_on_load=asset("source.js"), render=False
        )
        events = _Events(library)
        frame = Frame(app, library, source)
        with gr.Row(elem_id="kolommen"):
            with gr.Column(elem_id="links"), gr.Tabs(elem_id="tabs"):
                for (name, key), build in TABS:
                    with gr.Tab(name, id=key, elem_id=f"tab-{key}"):
                        build(frame)
            with gr.Column(elem_id="rechts"):
                source.render()  # type: ignore[no-untyped-call]
        source.show(events.show_source, None, source, **QUIET)
        app.load(events.show_header, None, header, **QUIET)
    app.queue(max_size=MAX_WAITING, api_open=False)
    return app


def mount_page(server: FastAPI, content: Library | Index) -> frozenset[str]:
    """Put the page at "/" of a server, with all that Gradio can close closed.

    An index by itself is a library whose documents are fixed.

    Returns the kinds of components that it is made of ("textbox", "file", ...).
    """
    page = build_app(content if isinstance(content, Library) else Library(content))
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
        css=asset("page.css"),
        head=asset("head.html"),
    )
    return frozenset(block.get_block_name() for block in page.blocks.values())


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens outside the tabs."""

    library: Library

    def show_source(self, event: gr.EventData) -> Any:
        """Return the source with the words that a citation points at."""
        data = data_of(event)
        try:
            place = read_place(self.library.index, data)
        except ChatbotError:
            return gr.skip()
        return render_source(self.library.index, place, leaf_number(data))

    def show_header(self) -> str:
        """Return the head of the page, for the documents as they are now."""
        return render_header(self.library.index.documents)
