"""The tab "Dossier": what was collected, to be ordered and exported.

The browser keeps it (`chatbot.basket`); the files to download are made anew at every change.
"""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from chatbot.basket import add_entry, basket_of, move_entry, read_entries, remove_entry
from chatbot.checks import ChatbotError
from chatbot.dossier.content import make_sections
from chatbot.dossier.writing import SUFFIXES, write_dossier
from chatbot.files import passing_folder
from chatbot.library import Library
from chatbot.places import read_number
from chatbot.tabs.frame import LAST, QUIET, Frame, asset, data_of
from chatbot.views.conversation import render_notice
from chatbot.views.dossier import NOTE_FORM, render_dossier, render_entries, render_kept

NAMES = {".docx": "Word (.docx)", ".md": "Markdown (.md)"}


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents, and what the buttons "In dossier" of every tab do."""
    events = _Events(frame.library)
    with gr.Row(elem_id="uitvoer"):
        files = [
            gr.DownloadButton(f"Uitvoeren als {NAMES[suffix]}", elem_classes="download")
            for suffix in SUFFIXES
        ]
    notice = gr.HTML()
    shown = gr.HTML(js_on_load=asset("dossier.js"), elem_classes="lijst")
    note = gr.HTML(NOTE_FORM, js_on_load=asset("draft.js"))
    outputs = [frame.basket, notice, shown, *files]
    tab.select(events.open, frame.basket, outputs, **QUIET)
    shown.change_basket(events.change, frame.basket, outputs, **LAST)
    note.send(events.add_note, frame.basket, outputs, **LAST)
    frame.source.keep(events.keep, frame.basket, [frame.basket, frame.toast], **LAST)
    frame.basket.change(events.mark, frame.basket, frame.kept, **LAST)
    frame.app.load(events.mark, frame.basket, frame.kept, **QUIET)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def open(self, kept: object) -> tuple[Any, ...]:
        """Show the dossier, without what was removed from the documents."""
        return self._show(read_entries(kept))

    def change(self, kept: object, event: gr.EventData) -> tuple[Any, ...]:
        """Move or remove one entry."""
        data, entries = data_of(event), read_entries(kept)
        number = read_number(data.get("rij"))
        row = -1 if number is None else number
        if data.get("dossier") == "weg":
            return self._show(remove_entry(entries, row))
        return self._show(move_entry(entries, row, -1 if data.get("dossier") == "-1" else 1))

    def add_note(self, kept: object, event: gr.EventData) -> tuple[Any, ...]:
        """Add a note of the reader's own."""
        entries = read_entries(kept)
        note = {"nota": str(data_of(event).get("nota", "")).strip() or " "}
        try:
            return self._show(add_entry(self.library.findings, entries, note))
        except ChatbotError as error:
            return gr.skip(), render_notice(str(error)), *[gr.skip()] * (1 + len(SUFFIXES))

    def keep(self, kept: object, event: gr.EventData) -> tuple[Any, str]:
        """Put what a button names in the dossier, and say so."""
        before = read_entries(kept)
        try:
            entries = add_entry(self.library.findings, before, data_of(event))
        except ChatbotError as error:
            return gr.skip(), render_notice(str(error))
        return entries, render_kept(len(entries), is_new=entries != before)

    def mark(self, kept: object) -> str:
        """Tell the buttons of every tab what is in the dossier."""
        return render_entries(read_entries(kept))

    def _show(self, entries: list[dict[str, str]]) -> tuple[Any, ...]:
        """Return what the browser keeps, the dossier as HTML, and the files to download."""
        basket, alive = basket_of(self.library.findings, entries)
        folder = passing_folder()
        files = [folder / f"dossier{suffix}" for suffix in SUFFIXES]
        for file in files:
            write_dossier(basket, file)
        return alive, "", render_dossier(make_sections(basket)), *map(str, files)
