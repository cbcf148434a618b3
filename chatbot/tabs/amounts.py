"""The tab "Bedragen en codes": the ledger of amounts, to sort, filter and download."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import gradio as gr

from chatbot.amounts.listing import write_csv
from chatbot.library import Library
from chatbot.tabs.frame import QUIET, Frame, asset, data_of
from chatbot.views.amounts import (
    STEP,
    filter_amounts,
    render_amount_form,
    render_amounts,
    render_codes,
    render_conflicts,
)
from chatbot.views.parts import LOADING, titles_of


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents."""
    events = _Events(frame.library)
    extra = gr.HTML(elem_classes="lijst")
    form = gr.HTML(js_on_load=asset("form.js"))
    download = gr.DownloadButton("Alle bedragen downloaden (CSV)", elem_classes="download")
    found = gr.HTML(LOADING, elem_classes="lijst")
    tab.select(events.open, None, [extra, form, found, download], **QUIET)
    form.filter(events.filter, None, found, **QUIET)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def open(self) -> tuple[str, str, str, str]:
        """Show them all, of the documents as they are now."""
        findings = self.library.findings
        file = Path(mkdtemp()) / "bedragen.csv"
        write_csv(findings.amounts, file)
        return (
            render_conflicts(findings.conflicts) + render_codes(findings.codes),
            render_amount_form(findings.amounts),
            self._render({}),
            str(file),
        )

    def filter(self, event: gr.EventData) -> str:
        """Show those that fit what is filled in, sorted as asked."""
        return self._render(data_of(event))

    def _render(self, fields: dict[str, Any]) -> str:
        findings = self.library.findings
        lines, titles = findings.amounts, titles_of(findings.index.documents)
        limit = str(fields.get("aantal", ""))
        shown = int(limit) if limit.isdecimal() else STEP
        return render_amounts(filter_amounts(lines, fields), len(lines), fields, shown, titles)
