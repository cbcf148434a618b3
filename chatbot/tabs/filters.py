"""The filters of a question: check boxes for parties and topics, which change with the documents.

They are check boxes because screen readers can't work Gradio's dropdowns.
"""

from abc import ABCMeta
from typing import Any

import gradio as gr
from gradio.component_meta import ComponentMeta

from chatbot.views.html import escape
from index.search import Filters
from index.storage import Index

MOST_TOPICS = 200
"""Topics that are offered as check boxes."""


class _WithoutStub(ComponentMeta):
    """Makes a class of components; Gradio's own would write type stubs of it beside this file."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        """Make it as any class."""
        return ABCMeta.__new__(cls, name, bases, attrs)


class Boxes(gr.CheckboxGroup, metaclass=_WithoutStub):
    """Check boxes of which what isn't offered any more may be chosen still: Gradio's own refuse
    every question then, in English."""

    is_template = True  # for a browser they are Gradio's own

    def preprocess(self, payload: Any) -> list[str | int | float]:
        """Return the names that a browser sent."""
        return [str(name) for name in payload or ()]


def build_filters(index: Index) -> tuple[gr.Accordion, Boxes, Boxes]:
    """Add the check boxes, folded; return the fold, the parties and the topics."""
    parties, topics = _choices(index)
    with gr.Accordion("Partij en onderwerp kiezen", open=False, elem_id="filters") as fold:
        return (
            fold,
            Boxes(parties, label="Antwoorden aan", elem_id="partijen"),
            Boxes(topics, label="Onderwerp", elem_id="onderwerpen"),
        )


def offer(index: Index, chosen: Filters | None = None) -> tuple[Any, Any]:
    """Return the parties and topics to choose from, with these chosen; by default what is chosen
    stays."""
    names = _choices(index)
    if chosen is None:
        parties, topics = (gr.update(choices=offered) for offered in names)
        return parties, topics
    own = (chosen.parties, chosen.topics)
    parties, topics = (
        gr.update(choices=offered, value=[name for name in values if name in offered])
        for offered, values in zip(names, own, strict=True)
    )
    return parties, topics


def tell_chosen(parties: list[str], topics: list[str]) -> str:
    """Return what is chosen, which the fold may hide; "" where nothing is."""
    names = ", ".join((*parties, *topics))
    return f'<p class="tussenkop">Filter: {escape(names)}</p>' if names else ""


def _choices(index: Index) -> tuple[list[str], list[str]]:
    """Return the parties by name and the topics in document order; no topics where there are too
    many to choose from."""
    topics = list(index.facets["topics"])
    parties = sorted(index.facets["parties"], key=str.casefold)
    return parties, topics if len(topics) <= MOST_TOPICS else []
