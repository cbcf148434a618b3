"""The tab "Vragen stellen": question box, filters, examples and the conversation.

The conversation lives in `gr.State`, per window; the page holds what may be kept of it (`kept`), so
that it can be answered again where the server has lost it; and the browser keeps that, for all its
windows (`memory`), of which each adds its own turns.
"""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from chatbot.checks import ChatbotError
from chatbot.feedback import feedback_file, opinion_on, save
from chatbot.kept import Change, Record, difference, read_records
from chatbot.library import Library
from chatbot.places import Place, leaf_number, place_of_hit, read_number, read_place
from chatbot.tabs.frame import NO_SECRET, QUIET, Frame, add_memory, asset, data_of
from chatbot.turns import MAX_TURNS, Turns, adopt, ask, judge, keep, read_link, restore
from chatbot.views.conversation import (
    render_conversation,
    render_examples,
    render_notice,
    render_thanks,
)
from chatbot.views.source import render_source
from index.encoder import ModelError
from index.search import FilterError, Filters
from index.storage import Index

MEMORY = "bijlage-beurten"  # the browser's own name for what it keeps
OLD_MEMORY = "bijlage-gesprek"  # under which an earlier version kept them, as one list
IN_TURN: dict[str, Any] = {"concurrency_id": "gesprek", "concurrency_limit": 1}
"""Of every event that changes a conversation: they run one by one, the page's opening first."""
UNKNOWN = "De filter uit de link telt niet mee: {} staat niet in deze documenten."
MOST_TOPICS = 200
"""Topics that are offered as check boxes."""


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents; opened again, it shows whether documents were added or removed."""
    events = _Events(frame.library)
    turns = gr.State(())
    kept = gr.HTML([], html_template="", js_on_load=None, elem_classes="geheugen")
    memory = add_memory(MEMORY)
    old = gr.BrowserState([], storage_key=OLD_MEMORY, secret=NO_SECRET)
    conversation = gr.HTML(render_conversation(()), js_on_load=asset("conversation.js"))
    examples = gr.HTML(js_on_load=asset("examples.js"), elem_id="voorbeelden")
    with gr.Column(elem_id="invoer"):
        notice = gr.HTML(elem_id="melding")
        box, send = _build_question_box()
        with gr.Row(elem_id="keuzes"):
            parties, topics = _build_filters(frame.library.index)
            fresh = gr.Button("Nieuw gesprek", size="sm", visible=False, elem_id="nieuw")
    told = [turns, kept, memory, conversation]
    outputs = [box, *told, frame.source, notice, examples, fresh]
    listen: dict[str, Any] = {"outputs": outputs, **QUIET, **IN_TURN}
    chosen = [parties, topics, turns, kept]
    gr.on([box.submit, send.click], events.ask, [box, *chosen], **listen)
    examples.ask(events.ask_example, chosen, **listen)
    conversation.judge(events.judge, [turns, kept], [*told, notice], **QUIET, **IN_TURN)
    fresh.click(events.forget, [kept], **listen)
    opened = [*outputs, parties, topics, old]
    frame.app.load(events.open, [memory, old, turns], opened, **QUIET, **IN_TURN)
    frame.app.load(events.offer_examples, None, examples, **QUIET)
    tab.select(events.offer_filters, None, [parties, topics], **QUIET)
    tab.select(events.offer_examples, None, examples, **QUIET)


def _build_question_box() -> tuple[gr.Textbox, gr.Button]:
    with gr.Row(elem_id="regel"):
        box = gr.Textbox(
            label="Uw vraag",
            placeholder="Vraag of trefwoord",
            max_lines=6,
            autofocus=True,
            elem_id="vraag",
        )
        return box, gr.Button("Vraag", variant="primary", elem_id="verstuur")


def _build_filters(index: Index) -> tuple[gr.CheckboxGroup, gr.CheckboxGroup]:
    """Add the filters: check boxes, because screen readers can't work Gradio's dropdowns."""
    parties, topics = _choices(index)
    with gr.Accordion("Partij en onderwerp kiezen", open=False, elem_id="filters"):
        return (
            gr.CheckboxGroup(parties, label="Antwoorden aan", elem_id="partijen"),
            gr.CheckboxGroup(topics, label="Onderwerp", elem_id="onderwerpen"),
        )


def _choices(index: Index) -> tuple[list[str], list[str]]:
    """Return the parties by name and the topics in document order; no topics where there are too
    many to choose from."""
    topics = list(index.facets["topics"])
    parties = sorted(index.facets["parties"], key=str.casefold)
    return parties, topics if len(topics) <= MOST_TOPICS else []


def _offer(index: Index, chosen: Filters) -> tuple[Any, Any]:
    """Return the choices, with those of a link chosen; without one what is chosen stays."""
    offered = zip(_choices(index), (chosen.parties, chosen.topics), strict=True)
    parties, topics = (
        gr.update(choices=names, value=[name for name in own if name in names])
        if own
        else gr.update(choices=names)
        for names, own in offered
    )
    return parties, topics


def _reopen(index: Index, kept: object, asked: str, filters: Filters) -> tuple[Turns, str]:
    """Return the conversation that the browser kept, with a question from a link; and a notice.

    A link whose question was asked last is not asked again: the page was only loaded again.
    """
    turns = restore(index, kept)
    last = turns[-1].reply if turns else None
    if not asked or (last and (last.question, last.filters) == (asked, filters)):
        return turns, ""
    try:
        return ask(index, asked, filters, turns), ""
    except ChatbotError as error:
        return turns, render_notice(str(error))


def _after_opening(kept: list[Record], shown: list[Record]) -> list[Record]:
    """Return what the browser is to keep: the turns that are shown, and those that can't be asked
    of these documents; not those that are too old to be shown."""
    newest = {one["id"]: one for one in [*kept[-MAX_TURNS:], *shown]}
    return list(newest.values())


def _row_of(beurt: object, shown: list[Record], turns: Turns) -> int:
    """Return where a turn that is shown stands in the conversation; -1 where it is no more."""
    row = read_number(beurt)
    name = shown[row]["id"] if row is not None and row < len(shown) else None
    return next((row for row, turn in enumerate(turns) if turn.name == name), -1)


def _told(turns: Turns, change: Change) -> tuple[Any, ...]:
    """Return a conversation: in the server, the page and the browser, and as HTML."""
    return turns, keep(turns), change, render_conversation(turns)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def ask(
        self, text: str, parties: list[str], topics: list[str], past: Turns, kept: object
    ) -> tuple[Any, ...]:
        """Return the page after a question: an empty box and one turn more, or what is wrong."""
        filters = Filters(parties=tuple(parties), topics=tuple(topics))
        index = self.library.index
        try:
            before = past or restore(index, kept)
            turns = ask(index, text, filters, before)
        except (ChatbotError, FilterError, ModelError) as error:
            shown = render_notice(str(error))
            return tuple(shown if place == 6 else gr.skip() for place in range(9))
        return "", *self._show(index, turns, difference(keep(before), keep(turns)))

    def ask_example(
        self,
        parties: list[str],
        topics: list[str],
        past: Turns,
        kept: object,
        event: gr.EventData,
    ) -> tuple[Any, ...]:
        """Ask the example that was clicked."""
        return self.ask(str(data_of(event).get("vraag", "")), parties, topics, past, kept)

    def forget(self, kept: object) -> tuple[Any, ...]:
        """Start anew; what other windows asked since stays in the browser."""
        return "", *self._show(self.library.index, (), difference(read_records(kept), []))

    def judge(self, past: Turns, kept: object, event: gr.EventData) -> tuple[Any, ...]:
        """Keep a verdict on this computer, and show it."""
        data, known = data_of(event), read_records(kept)
        index = self.library.index
        turns = past or restore(index, known)
        try:
            row, verdict = _row_of(data.get("beurt"), known, turns), str(data.get("oordeel"))
            judged = judge(turns, row, verdict)
            before = [turn.reply.question for turn in turns[:row]]
            searched = [one.document_id for one in index.documents]
            save(opinion_on(turns[row].reply, before, searched, verdict), feedback_file())
        except ChatbotError as error:
            return *[gr.skip()] * 4, render_notice(str(error))
        return *_told(judged, difference(keep(turns), keep(judged))), render_thanks()

    def open(
        self, memory: object, old: object, past: Turns, request: gr.Request
    ) -> tuple[Any, ...]:
        """Return the page as it is opened: the conversation of before, and what the link asks; what
        was asked in this window already stays."""
        index = self.library.index
        link = dict(request.query_params)
        asked, filters, unknown = read_link(index, request.query_params.multi_items())
        known = read_records(memory)
        kept = [*known, *adopt(old, known)]
        turns, notice = (past, "") if past else _reopen(index, kept, asked, filters)
        if unknown:
            notice += render_notice(UNKNOWN.format(", ".join(unknown)))
        change = difference(known, _after_opening(kept, keep(turns)))
        if past or not turns:
            shown = [gr.skip(), gr.skip(), change, *[gr.skip()] * 5]
        else:
            shown = list(self._show(index, turns, change))
        if link.get("answer") and not past:
            try:
                place = read_place(index, link)
                shown[4] = self._show_source(index, place, leaf_number(link))
            except ChatbotError as error:
                notice = render_notice(str(error))
        shown[5] = notice
        return gr.skip(), *shown, *_offer(index, filters), []

    def offer_filters(self) -> tuple[Any, Any]:
        """Return the parties and topics to choose from, for the documents as they are now."""
        return _offer(self.library.index, Filters())

    def offer_examples(self) -> str:
        """Return the example questions, for the documents as they are now."""
        return render_examples(self.library.findings.examples)

    def _show(self, index: Index, turns: Turns, change: Change) -> tuple[Any, ...]:
        """Return the conversation, what changes in what is kept, the source, and what shows beside
        it."""
        hits = turns[-1].reply.hits if turns else ()
        return (
            *_told(turns, change),
            self._show_source(index, place_of_hit(hits[0]) if hits else None),
            "",
            gr.update(visible=not turns),
            gr.update(visible=bool(turns)),
        )

    def _show_source(self, index: Index, place: Place | None, leaf: int | None = None) -> str:
        return render_source(index, place, leaf, self.library.has_source)
