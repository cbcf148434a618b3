"""The tab "Bedragen en codes": the ledger of amounts, to sort, filter and download."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from chatbot.amounts.listing import write_csv
from chatbot.files import passing_folder
from chatbot.library import Library
from chatbot.places import read_number
from chatbot.tabs.frame import LAST, QUIET, Frame, asset, data_of
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
    form.filter(events.filter, None, found, **LAST)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def open(self) -> tuple[str, str, str, str]:
        """Show them all, of the documents as they are now."""
        findings = self.library.findings
        file = passing_folder() / "bedragen.csv"
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
        limit = read_number(fields.get("aantal"))
        shown = STEP if limit is None else limit
        return render_amounts(filter_amounts(lines, fields), len(lines), fields, shown, titles)
