"""The tab "Openstaande deelvragen": the ledger of sub-questions."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from chatbot.findings import Findings
from chatbot.library import Library
from chatbot.tabs.frame import Frame, add_list, data_of, filled_in
from chatbot.views.ledger import filter_ledger, render_ledger, render_ledger_form
from chatbot.views.parts import LOADING


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents."""
    events = _Events(frame.library)
    add_list(tab, events.open, events.filter, LOADING)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def open(self, known: object) -> tuple[str, str]:
        """Show what isn't answered in full, in the documents as they are now."""
        findings = self.library.findings
        form = render_ledger_form(findings.ledger)
        return form, _render(findings, filled_in(known, form))

    def filter(self, event: gr.EventData) -> str:
        """Show the sub-questions that fit what is filled in."""
        return _render(self.library.findings, data_of(event))


def _render(findings: Findings, fields: dict[str, Any]) -> str:
    found = filter_ledger(findings.ledger, fields)
    return render_ledger(findings.index, found, len(findings.ledger))
