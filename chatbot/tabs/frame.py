"""What all tabs share: the source beside them, the browser's memory, and how events behave."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatbot.library import Library
from chatbot.tabs.quick import without_stubs

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # must be set before Gradio is imported
# After each event Gradio sums up the last 10,000 with pandas, for a page that isn't offered here.
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(2**31)
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"

with without_stubs():
    import gradio as gr

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""Of every event: no spinner over what is being read, and nothing offered to other programs."""
LAST: dict[str, Any] = {**QUIET, "trigger_mode": "always_last"}
"""Of every event that may come again before it is done: the last one counts, where Gradio would
leave it out."""
EACH: dict[str, Any] = {**QUIET, "trigger_mode": "multiple"}
"""Of every event that keeps something: none is left out."""
NO_SECRET = "bijlage"
"""What a browser keeps for its visitor is no secret from whoever sits at it."""
PAGE = Path(__file__).parent.parent / "page"


@dataclass(frozen=True, slots=True)
class Frame:
    """The page around the tabs."""

    app: gr.Blocks
    library: Library
    header: gr.HTML
    source: gr.HTML
    basket: gr.HTML
    old_basket: gr.BrowserState
    toast: gr.HTML


def asset(name: str) -> str:
    """Return a file of the page: its style or a script."""
    return (PAGE / name).read_text(encoding="utf-8")


def add_memory(name: str) -> gr.HTML:
    """Add what a browser keeps under a name: its value is the records (`chatbot.kept`), and as an
    output it takes a change."""
    script = asset("memory.js")
    return gr.HTML([], html_template="", js_on_load=script, elem_classes="geheugen", naam=name)


def add_list(
    tab: gr.Tab,
    show: Callable[[object], tuple[str, str]],
    narrow: Callable[[gr.EventData], str],
    waiting: str | None = None,
) -> None:
    """Add a form over a list: both shown when the tab opens, the list again as it is filled in.

    `show` is told what is filled in already (`filled_in`).
    """
    form = gr.HTML(js_on_load=asset("form.js"))
    found = gr.HTML(waiting, elem_classes="lijst")
    tab.select(show, form, [form, found], js=filled_script(tab), **QUIET)
    form.filter(narrow, None, found, **LAST)


def filled_script(tab: gr.Tab) -> str:
    """Return the script that sends along, when a tab opens, what is filled in on its form."""
    return asset("filled.js").replace("TABBLAD", str(tab.elem_id))


def filled_in(sent: object, form: str) -> dict[str, Any]:
    """Return what is filled in on a form, as its script sent it, where the form that the page shows
    is this one; else nothing, for one that changed with the documents is empty."""
    known = sent if isinstance(sent, Mapping) else {}
    fields = known.get("velden")
    if known.get("formulier") != form or not isinstance(fields, Mapping):
        return {}
    return dict(fields)


def data_of(event: gr.EventData) -> dict[str, Any]:
    """Return what a script of the page sent along with an event."""
    return event._data if isinstance(event._data, dict) else {}
