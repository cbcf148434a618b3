"""The tab "Overzicht": counts per party, member and topic."""

from dataclasses import dataclass

import gradio as gr

from chatbot.library import Library
from chatbot.tabs.frame import QUIET, Frame
from chatbot.views.overview import render_overview
from chatbot.views.parts import LOADING


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents."""
    shown = gr.HTML(LOADING, elem_classes="lijst")
    tab.select(_Events(frame.library).open, None, shown, **QUIET)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def open(self) -> str:
        """Show the counts of the documents as they are now."""
        return render_overview(self.library.findings.overview)
