"""The tab "Bedragen en codes": the ledger of amounts, to sort, filter and download."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from chatbot.amounts.listing import write_csv
from chatbot.files import passing_file
from chatbot.findings import Findings
from chatbot.library import Library
from chatbot.tabs.frame import LAST, QUIET, Frame, asset, data_of, filled_in, filled_script
from chatbot.views.amounts import (
    STEP,
    filter_amounts,
    render_amount_form,
    render_amounts,
    render_codes,
    render_conflicts,
)
from chatbot.views.parts import LOADING, read_limit, titles_of


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents."""
    events = _Events(frame.library)
    extra = gr.HTML(elem_classes="lijst")
    form = gr.HTML(js_on_load=asset("form.js"))
    download = gr.DownloadButton("Alle bedragen downloaden (CSV)", elem_classes="download")
    found = gr.HTML(LOADING, elem_classes="lijst")
    shows = [extra, form, found, download]
    tab.select(events.open, form, shows, js=filled_script(tab), **QUIET)
    form.filter(events.filter, None, found, **LAST)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def open(self, known: object) -> tuple[Any, ...]:
        """Show those that fit what is filled in, of the documents as they are now."""
        findings = self.library.findings
        form = render_amount_form(findings.amounts)
        return (
            render_conflicts(findings.conflicts) + render_codes(findings.codes),
            form,
            _render(findings, filled_in(known, form)),
            _offer(findings),
        )

    def filter(self, event: gr.EventData) -> str:
        """Show those that fit what is filled in, sorted as asked."""
        return _render(self.library.findings, data_of(event))


def _offer(findings: Findings) -> Any:
    """Return the button's file with all amounts; without any it can't be pressed."""
    lines = findings.amounts
    if not lines:
        return gr.update(value=None, interactive=False)
    file = passing_file("bedragen.csv", lines, partial(write_csv, lines))
    return gr.update(value=str(file), interactive=True)


def _render(findings: Findings, fields: dict[str, Any]) -> str:
    lines, titles = findings.amounts, titles_of(findings.index.documents)
    found, limit = filter_amounts(lines, fields), read_limit(fields, STEP)
    return render_amounts(found, len(lines), fields, limit, titles)
