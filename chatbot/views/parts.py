"""Small parts that several tabs show alike: buttons, links to a place, marks of a status."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from chatbot.places import Place, link_to, read_number
from chatbot.reply import page_span
from chatbot.views.html import escape
from corpus.records import Document

NO_TITLES: Mapping[str, str] = MappingProxyType({})
REMOVE_TWICE = "Klik nogmaals om te verwijderen"
"""What a button that removes says (`tweemaal`) when it was clicked once: it asks twice
(page/twice.js)."""
LOADING = (
    '<div role="status" class="laden"><p>Bezig met laden …</p>'
    '<progress aria-label="Bezig met laden"></progress></div>'
)


def render_button(words: str, label: str = "", pressed: bool | None = None, **data: str) -> str:
    """Return a small button; its data say to a script of the page what it does.

    `label` is what a screen reader says, where the words alone would not tell buttons apart.
    """
    state = "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    named = f' aria-label="{escape(label)}"' if label else ""
    fields = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    return f'<button type="button" class="klein"{named}{state}{fields}>{escape(words)}</button>'


def read_limit(fields: Mapping[str, Any], step: int) -> int:
    """Return how many of a list a reader wants to see; at first one step."""
    limit = read_number(fields.get("aantal"))
    return step if limit is None else limit


def render_more(count: int, limit: int, step: int) -> str:
    """Return the button that shows the next of a list of so many; "" where all are shown."""
    left = min(step, count - limit)
    return render_button(f"Toon de volgende {left}", aantal=str(limit + step)) if left > 0 else ""


def render_link(place: Place, words: str) -> str:
    """Return a link that shows a place in the source."""
    return f'<a data-bron href="{escape(link_to(place))}">{escape(words)}</a>'


def titles_of(documents: Sequence[Document]) -> Mapping[str, str]:
    """Return the titles by which documents are told apart, by id; none where there is only one."""
    if len(documents) < 2:
        return {}
    return {document.document_id: document.title for document in documents}


def page_link(place: Place, page: int, titles: Mapping[str, str] = NO_TITLES) -> str:
    """Return a link to a place that names its page, where the source tells it; and its document,
    where that is among the titles."""
    named = (titles.get(place.document_id, ""), page_span(page, page))
    return render_link(place, ", ".join(filter(None, named)) or "bron")


def kept_link(place: Place, **more: str) -> str:
    """Return what a button keeps in the dossier: a place, and what else makes the entry."""
    return link_to(place) + (f"&{urlencode(more)}" if more else "")


def render_status(status: str) -> str:
    """Return the status of a sub-question, with a mark that is more than a colour."""
    return f'<strong class="stand stand-{escape(status)}">{escape(status)}</strong>'
