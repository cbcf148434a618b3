"""The tab "Vragen stellen": question box, filters, examples and the conversation.

The conversation lives in `gr.State`, per window; the page holds what may be kept of it (`kept`), so
that it can be answered again where the server has lost it; and the browser keeps that, for all its
windows (`memory`), of which each adds its own turns.
"""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from chatbot.checks import ChatbotError
from chatbot.feedback import feedback_file, opinion_on, save, withdraw
from chatbot.kept import Change, Record, difference, read_records
from chatbot.library import Library
from chatbot.places import Place, leaf_number, place_of_hit, read_number, read_place
from chatbot.tabs.filters import build_filters, offer, tell_chosen
from chatbot.tabs.frame import EACH, LAST, NO_SECRET, QUIET, Frame, add_memory, asset, data_of
from chatbot.turns import (
    MAX_TURNS,
    Turns,
    adopt,
    ask,
    ask_again,
    is_last,
    judge,
    keep,
    known_filters,
    read_link,
    renew,
    restore,
)
from chatbot.views.conversation import (
    render_conversation,
    render_examples,
    render_notice,
    render_thanks,
    render_told,
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
GONE = "De filter telt niet meer mee: {} staat niet meer in deze documenten."
WITHDRAWN = "Uw oordeel is ingetrokken."
RENEWED = "De documenten zijn veranderd; de antwoorden van dit gesprek zijn opnieuw gezocht."
SEND = """(text, ...rest) => {
  dispatchEvent(new CustomEvent("verstuurd", { detail: text }));
  return [text, ...rest];
}"""
ANSWERED = """(said) => {
  dispatchEvent(new CustomEvent("beantwoord", { detail: said }));
}"""
"""What the question box is told (page/question.js), in which a refused question comes back."""
REFUSED = "<div data-geweigerd>{}</div>"


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
        notice = gr.HTML(js_on_load=asset("question.js"), elem_id="melding")
        box, send = _build_question_box()
        told_chosen = gr.HTML(elem_id="gekozen")
        with gr.Row(elem_id="keuzes"):
            fold, parties, topics = build_filters(frame.library.index)
            fresh = gr.Button("Nieuw gesprek", size="sm", visible=False, elem_id="nieuw")
    told = [turns, kept, memory, conversation]
    boxes = [parties, topics]
    outputs = [box, *told, frame.source, notice, examples, fresh, *boxes]
    listen: dict[str, Any] = {"outputs": outputs, **QUIET, **IN_TURN}
    chosen = [parties, topics, turns, kept]
    each: dict[str, Any] = {**listen, **EACH}  # what is asked during a reply comes after it
    asked = gr.on([box.submit, send.click], events.ask, [box, *chosen], js=SEND, **each)
    asked.success(None, notice, js=ANSWERED, **QUIET)
    examples.ask(events.ask_example, chosen, **listen)
    conversation.judge(events.judge, [turns, kept], [*told, notice], **QUIET, **IN_TURN)
    fresh.click(events.forget, [kept], **listen)
    opened = [*outputs, fold, old]
    loaded = frame.app.load(events.open, [memory, old, turns], opened, **QUIET, **IN_TURN)
    loaded.success(None, js=asset("linked.js"), **QUIET)
    frame.app.load(events.offer_examples, None, examples, **QUIET)
    tab.select(events.come_back, chosen, [*told, frame.source, notice, *boxes], **QUIET, **IN_TURN)
    gr.on([parties.change, topics.change], tell_chosen, boxes, told_chosen, **LAST)
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


def _reopen(index: Index, kept: object, asked: Record | None) -> tuple[Turns, str]:
    """Return the conversation that the browser kept, with a question from a link; and a notice.

    A link whose question was asked last is not asked again: the page was only loaded again.
    """
    turns = restore(index, kept)
    if asked is None or is_last(asked, turns):
        return turns, ""
    try:
        return ask_again(index, asked, turns), ""
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


def _tell_gone(names: list[str]) -> str:
    """Return that filters fell away; "" where none did."""
    return render_notice(GONE.format(", ".join(names))) if names else ""


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
        """Return the page after a question: one turn more, or what is wrong. A filter that isn't in
        the documents any more falls away."""
        index = self.library.index
        filters, gone = known_filters(index, parties, topics)
        try:
            before = past or restore(index, kept)
            turns = ask(index, text, filters, before)
        except (ChatbotError, FilterError, ModelError) as error:
            shown = REFUSED.format(render_notice(str(error)))
            return tuple(shown if place == 6 else gr.skip() for place in range(11))
        page = list(self._show(index, turns, difference(keep(before), keep(turns))))
        page[5] = _tell_gone(gone)
        return gr.skip(), *page, *(offer(index, filters) if gone else [gr.skip()] * 2)

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
        change = difference(read_records(kept), [])
        return gr.skip(), *self._show(self.library.index, (), change), gr.skip(), gr.skip()

    def judge(self, past: Turns, kept: object, event: gr.EventData) -> tuple[Any, ...]:
        """Keep a verdict on this computer, or forget it where it was given already; and show it."""
        data, known = data_of(event), read_records(kept)
        index = self.library.index
        turns = past or restore(index, known)
        try:
            row, verdict = _row_of(data.get("beurt"), known, turns), str(data.get("oordeel"))
            judged = judge(turns, row, verdict)
            before = [turn.reply.question for turn in turns[:row]]
            searched = [one.document_id for one in index.documents]
            opinion = opinion_on(turns[row].reply, before, searched, verdict)
            is_given = judged[row].verdict is not None
            (save if is_given else withdraw)(opinion, feedback_file())
        except ChatbotError as error:
            return *[gr.skip()] * 4, render_notice(str(error))
        said = render_thanks() if is_given else render_told(WITHDRAWN)
        return *_told(judged, difference(keep(turns), keep(judged))), said

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
        turns, notice = (past, "") if past else _reopen(index, kept, asked)
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
        is_chosen = filters != Filters()
        boxes = offer(index, filters if is_chosen else None)
        return gr.skip(), *shown, *boxes, gr.update(open=True) if is_chosen else gr.skip(), []

    def come_back(
        self, parties: list[str], topics: list[str], past: Turns, kept: object
    ) -> tuple[Any, ...]:
        """Return what of the tab has changed with the documents: the conversation, the source, what
        is said of it, and the parties and topics to choose from."""
        index = self.library.index
        filters, gone = known_filters(index, parties, topics)
        boxes = offer(index, filters if gone else None)
        before = past or restore(index, kept)
        turns = renew(index, before)
        if turns == past:
            return *[gr.skip()] * 5, _tell_gone(gone) if gone else gr.skip(), *boxes
        left = {turn.name for turn in turns}  # the browser keeps the others, as at an opening
        change = difference(keep(tuple(turn for turn in before if turn.name in left)), keep(turns))
        hits = turns[-1].reply.hits if turns else ()
        source = self._show_source(index, place_of_hit(hits[0]) if hits else None)
        notice = (render_told(RENEWED) if turns != before else "") + _tell_gone(gone)
        return *_told(turns, change), source, notice, *boxes

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
