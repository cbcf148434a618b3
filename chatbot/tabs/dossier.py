"""The tab "Dossier": what was collected, to be ordered and exported.

The browser keeps it (`chatbot.basket`), for all its windows; every event answers with what changes
in it, after which the page asks to show it. The files to download are made once for what they hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from chatbot.basket import (
    TOO_LARGE,
    add_entry,
    add_words,
    adopt_entries,
    items_of,
    move_entry,
    place_of,
    remove_entry,
)
from chatbot.checks import ChatbotError
from chatbot.dossier.content import Section, make_sections
from chatbot.dossier.items import Basket
from chatbot.dossier.writing import SUFFIXES, write_dossier
from chatbot.files import passing_file
from chatbot.kept import Record, difference, read_records
from chatbot.library import Library
from chatbot.tabs.frame import EACH, LAST, QUIET, Frame, asset, data_of
from chatbot.views.conversation import render_notice
from chatbot.views.dossier import NOTE_FORM, render_dossier, render_kept, render_lost

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
    shows = [frame.basket, notice, shown, *files]
    tab.select(events.show, frame.basket, shows, **QUIET)
    shown.show_basket(events.show, frame.basket, shows, **LAST)
    shown.change_basket(events.change, frame.basket, frame.basket, **LAST)
    note.send(events.add_note, frame.basket, [frame.basket, notice], **EACH)
    frame.source.keep(events.keep, frame.basket, [frame.basket, frame.toast], **EACH)
    frame.basket.full(events.refuse, None, frame.toast, **QUIET)
    both = [frame.basket, frame.old_basket]
    frame.app.load(events.adopt, both, both, **QUIET)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def show(self, kept: object) -> tuple[Any, ...]:
        """Return words for what was kept without, what can't be shown from the documents, the
        dossier as HTML, and the files to download."""
        findings, entries = self.library.findings, read_records(kept)
        complete = add_words(findings, entries)
        items = items_of(findings, complete)
        sections = make_sections(items)
        change = gr.skip() if complete == entries else difference(entries, complete)
        names = [str(entry["id"]) for entry in entries]
        shown = render_dossier(sections, names, [place_of(item) for item in items])
        files = [_offer(items, sections, suffix) for suffix in SUFFIXES]
        return change, render_lost(items), shown, *files

    def change(self, kept: object, event: gr.EventData) -> Any:
        """Move or remove one entry."""
        data, entries = data_of(event), read_records(kept)
        name = str(data.get("stuk", ""))
        if data.get("dossier") == "weg":
            return difference(entries, remove_entry(entries, name))
        step = -1 if data.get("dossier") == "-1" else 1
        return difference(entries, move_entry(entries, name, step))

    def add_note(self, kept: object, event: gr.EventData) -> tuple[Any, str]:
        """Add a note of the reader's own."""
        note = {"nota": str(data_of(event).get("nota", ""))}
        return self._add(read_records(kept), note)

    def keep(self, kept: object, event: gr.EventData) -> tuple[Any, str]:
        """Put what a button names in the dossier, and say so."""
        entries = read_records(kept)
        change, fault = self._add(entries, data_of(event))
        if fault:
            return change, fault
        return change, render_kept(len(entries) + len(change["nieuw"]), bool(change["nieuw"]))

    def refuse(self) -> str:
        """Say that the browser keeps no more."""
        return render_notice(TOO_LARGE)

    def adopt(self, kept: object, old: object) -> tuple[Any, Any]:
        """Take over what an earlier version kept."""
        if not old:
            return gr.skip(), gr.skip()
        entries = read_records(kept)
        adopted = adopt_entries(self.library.findings, old, entries)
        return difference(entries, [*entries, *adopted]), []

    def _add(self, entries: list[Record], fields: dict[str, Any]) -> tuple[Any, str]:
        """Return the change that adds an entry, and what is wrong ("": nothing)."""
        try:
            more = add_entry(self.library.findings, entries, fields)
        except ChatbotError as error:
            return gr.skip(), render_notice(str(error))
        return difference(entries, more), ""


def _offer(basket: Basket, sections: Sequence[Section], suffix: str) -> Any:
    """Return the button's file of a dossier; of an empty one it can't be pressed."""
    if not sections:
        return gr.update(value=None, interactive=False)
    file = passing_file(f"dossier{suffix}", sections, partial(write_dossier, basket))
    return gr.update(value=str(file), interactive=True)
