"""What all tabs share: the source beside them, the browser's memory, and how events behave."""

import os
from collections.abc import Callable
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
    basket: gr.BrowserState
    toast: gr.HTML
    kept: gr.HTML


def asset(name: str) -> str:
    """Return a file of the page: its style or a script."""
    return (PAGE / name).read_text(encoding="utf-8")


def add_list(
    tab: gr.Tab,
    show: Callable[[], tuple[str, str]],
    narrow: Callable[[gr.EventData], str],
    waiting: str | None = None,
) -> None:
    """Add a form over a list: both shown when the tab opens, the list again as it is filled in."""
    form = gr.HTML(js_on_load=asset("form.js"))
    found = gr.HTML(waiting, elem_classes="lijst")
    tab.select(show, None, [form, found], **QUIET)
    form.filter(narrow, None, found, **LAST)


def data_of(event: gr.EventData) -> dict[str, Any]:
    """Return what a script of the page sent along with an event."""
    return event._data if isinstance(event._data, dict) else {}
