"""The tab "Al gevraagd?": paste a draft and see what was asked before."""

from dataclasses import dataclass

import gradio as gr

from chatbot.checks import ChatbotError, check_question
from chatbot.library import Library
from chatbot.tabs.frame import QUIET, Frame, asset, data_of
from chatbot.views.asked import FORM, render_asked
from chatbot.views.conversation import render_notice


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents."""
    events = _Events(frame.library)
    form = gr.HTML(FORM, js_on_load=asset("draft.js"))
    found = gr.HTML(elem_classes="lijst")
    tab.select(events.prepare, None, None, **QUIET)
    form.send(events.find, None, found, **QUIET)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def prepare(self) -> None:
        """Make the ledger ready while the reader types."""
        _ = self.library.findings.asked

    def find(self, event: gr.EventData) -> str:
        """Show what resembles the draft."""
        findings = self.library.findings
        try:
            draft = check_question(str(data_of(event).get("ontwerp", "")))
        except ChatbotError as error:
            return render_notice(str(error))
        return render_asked(findings.index, findings.asked.find(draft))
