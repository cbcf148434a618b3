"""The tab "Toezeggingen": promises and deferrals."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from chatbot.findings import Findings
from chatbot.library import Library
from chatbot.tabs.frame import Frame, add_list, data_of, filled_in
from chatbot.views.parts import LOADING, titles_of
from chatbot.views.promises import filter_promises, render_promise_form, render_promises


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents."""
    events = _Events(frame.library)
    add_list(tab, events.open, events.filter, LOADING)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def open(self, known: object) -> tuple[str, str]:
        """Show them all, of the documents as they are now."""
        findings = self.library.findings
        form = render_promise_form(findings.promises)
        return form, _render(findings, filled_in(known, form))

    def filter(self, event: gr.EventData) -> str:
        """Show those that fit what is filled in."""
        return _render(self.library.findings, data_of(event))


def _render(findings: Findings, fields: dict[str, Any]) -> str:
    found = filter_promises(findings.promises, fields)
    titles = titles_of(findings.index.documents)
    return render_promises(found, len(findings.promises), titles)
