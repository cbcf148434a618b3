"""The tab "Evaluatie": how well the shipped index was measured to work."""

import json
from dataclasses import dataclass

import gradio as gr

from chatbot.library import Library
from chatbot.tabs.frame import QUIET, Frame, asset
from chatbot.views.evaluation import render_evaluation


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents."""
    shown = gr.HTML(elem_classes="lijst")
    tab.select(_Events(frame.library).open, None, shown, **QUIET)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def open(self) -> str:
        """Show the measures, and whether they are those of the opened model."""
        fields = json.loads(asset("evaluation.json"))
        return render_evaluation(fields, self.library.index.encoder.whole_fingerprint)
