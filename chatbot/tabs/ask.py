"""The tab "Vragen stellen": question box, filters, examples and the conversation.

The conversation lives in `gr.State`, per visitor; the browser keeps its questions.
"""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from chatbot.checks import ChatbotError
from chatbot.feedback import feedback_file, opinion_on, save
from chatbot.library import Library
from chatbot.places import Place, leaf_number, place_of_hit, read_place
from chatbot.tabs.frame import NO_SECRET, QUIET, Frame, asset, data_of
from chatbot.turns import Turns, ask, judge, keep, read_link, restore
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

STORAGE_KEY = "bijlage-gesprek"  # the browser's own name for what it keeps
IN_TURN: dict[str, Any] = {"concurrency_id": "gesprek", "concurrency_limit": 1}
"""Of every event that changes a conversation: they run one by one, the page's opening first."""
UNKNOWN = "De filter uit de link telt niet mee: {} staat niet in deze documenten."
MOST_TOPICS = 200
"""Topics that are offered as check boxes."""


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents; opened again, it shows whether documents were added or removed."""
    events = _Events(frame.library)
    turns = gr.State(())
    kept = gr.BrowserState([], storage_key=STORAGE_KEY, secret=NO_SECRET)
    conversation = gr.HTML(render_conversation(()), js_on_load=asset("conversation.js"))
    examples = gr.HTML(js_on_load=asset("examples.js"), elem_id="voorbeelden")
    with gr.Column(elem_id="invoer"):
        notice = gr.HTML(elem_id="melding")
        box, send = _build_question_box()
        with gr.Row(elem_id="keuzes"):
            parties, topics = _build_filters(frame.library.index)
            fresh = gr.Button("Nieuw gesprek", size="sm", visible=False, elem_id="nieuw")
    outputs = [box, turns, kept, conversation, frame.source, notice, examples, fresh]
    listen: dict[str, Any] = {"outputs": outputs, **QUIET, **IN_TURN}
    chosen = [parties, topics, turns]
    gr.on([box.submit, send.click], events.ask, [box, *chosen], **listen)
    examples.ask(events.ask_example, chosen, **listen)
    conversation.judge(events.judge, [turns], [turns, kept, conversation, notice], **QUIET)
    fresh.click(events.forget, None, **listen)
    frame.app.load(events.open, [kept], [*outputs, parties, topics], **QUIET, **IN_TURN)
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


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def ask(self, text: str, parties: list[str], topics: list[str], past: Turns) -> tuple[Any, ...]:
        """Return the page after a question: an empty box and one turn more, or what is wrong."""
        filters = Filters(parties=tuple(parties), topics=tuple(topics))
        index = self.library.index
        try:
            turns = ask(index, text, filters, past)
        except (ChatbotError, FilterError, ModelError) as error:
            shown = render_notice(str(error))
            return tuple(shown if place == 5 else gr.skip() for place in range(8))
        return "", *self._show(index, turns)

    def ask_example(
        self, parties: list[str], topics: list[str], past: Turns, event: gr.EventData
    ) -> tuple[Any, ...]:
        """Ask the example that was clicked."""
        return self.ask(str(data_of(event).get("vraag", "")), parties, topics, past)

    def forget(self) -> tuple[Any, ...]:
        """Start anew."""
        return "", *self._show(self.library.index, ())

    def judge(self, turns: Turns, event: gr.EventData) -> tuple[Any, ...]:
        """Keep a verdict on this computer, and show it."""
        data = data_of(event)
        try:
            row, verdict = int(str(data.get("beurt", -1))), str(data.get("oordeel"))
            judged = judge(turns, row, verdict)
            before = [turn.reply.question for turn in turns[:row]]
            searched = [one.document_id for one in self.library.index.documents]
            save(opinion_on(turns[row].reply, before, searched, verdict), feedback_file())
        except (ChatbotError, ValueError) as error:
            return gr.skip(), gr.skip(), gr.skip(), render_notice(str(error))
        return judged, keep(judged), render_conversation(judged), render_thanks()

    def open(self, kept: object, request: gr.Request) -> tuple[Any, ...]:
        """Return the page as it is opened: the conversation of before, and what the link asks."""
        index = self.library.index
        link = dict(request.query_params)
        asked, filters, unknown = read_link(index, request.query_params.multi_items())
        turns, notice = _reopen(index, kept, asked, filters)
        if unknown:
            notice += render_notice(UNKNOWN.format(", ".join(unknown)))
        shown = list(self._show(index, turns)) if turns else [gr.skip()] * 7
        if link.get("answer"):
            try:
                place = read_place(index, link)
                shown[3] = self._show_source(index, place, leaf_number(link))
            except ChatbotError as error:
                notice = render_notice(str(error))
        shown[4] = notice
        return gr.skip(), *shown, *self._offer(filters)

    def offer_filters(self) -> tuple[Any, Any]:
        """Return the parties and topics to choose from, for the documents as they are now."""
        return self._offer(Filters())

    def _offer(self, chosen: Filters) -> tuple[Any, Any]:
        """Return the choices, with those of a link chosen; without one what is chosen stays."""
        offered = zip(_choices(self.library.index), (chosen.parties, chosen.topics), strict=True)
        parties, topics = (
            gr.update(choices=names, value=[name for name in own if name in names])
            if own
            else gr.update(choices=names)
            for names, own in offered
        )
        return parties, topics

    def offer_examples(self) -> str:
        """Return the example questions, for the documents as they are now."""
        return render_examples(self.library.findings.examples)

    def _show(self, index: Index, turns: Turns) -> tuple[Any, ...]:
        """Return the conversation, what the browser keeps, the source, and what shows beside it."""
        hits = turns[-1].reply.hits if turns else ()
        return (
            turns,
            keep(turns),
            render_conversation(turns),
            self._show_source(index, place_of_hit(hits[0]) if hits else None),
            "",
            gr.update(visible=not turns),
            gr.update(visible=bool(turns)),
        )

    def _show_source(self, index: Index, place: Place | None, leaf: int | None = None) -> str:
        return render_source(index, place, leaf, self.library.has_source)
