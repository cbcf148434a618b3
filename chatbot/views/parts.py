"""Small parts that several tabs show alike: buttons, links to a place, marks of a status."""

from urllib.parse import urlencode

from chatbot.places import Place, link_to
from chatbot.reply import page_span
from chatbot.views.html import escape

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


def render_link(place: Place, words: str) -> str:
    """Return a link that shows a place in the source."""
    return f'<a data-bron href="{escape(link_to(place))}">{escape(words)}</a>'


def page_link(place: Place, page: int) -> str:
    """Return a link to a place that names its page, where the source tells it."""
    return render_link(place, page_span(page, page) or "bron")


def kept_link(place: Place, **more: str) -> str:
    """Return what a button keeps in the dossier: a place, and what else makes the entry."""
    return link_to(place) + (f"&{urlencode(more)}" if more else "")


def render_status(status: str) -> str:
    """Return the status of a sub-question, with a mark that is more than a colour."""
    return f'<strong class="stand stand-{escape(status)}">{escape(status)}</strong>'
