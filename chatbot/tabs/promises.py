"""The tab "Toezeggingen": promises and deferrals."""

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

from chatbot.library import Library
from chatbot.tabs.frame import Frame, add_list, data_of
from chatbot.views.parts import LOADING, titles_of
from chatbot.views.promises import filter_promises, render_promise_form, render_promises
from chatbot.workbench.promises import PromiseLine


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents."""
    events = _Events(frame.library)
    add_list(tab, events.open, events.filter, LOADING)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def open(self) -> tuple[str, str]:
        """Show them all, of the documents as they are now."""
        lines = self.library.findings.promises
        return render_promise_form(lines), self._render(lines)

    def filter(self, event: gr.EventData) -> str:
        """Show those that fit what is filled in."""
        lines = self.library.findings.promises
        return self._render(filter_promises(lines, data_of(event)))

    def _render(self, found: Sequence[PromiseLine]) -> str:
        findings = self.library.findings
        titles = titles_of(findings.index.documents)
        return render_promises(found, len(findings.promises), titles)
