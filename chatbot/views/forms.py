"""Forms of the page: plain fields with labels, which every browser and screen reader can work.

A script of the page sends what is filled in as one event; nothing is sent elsewhere.
"""

from collections import Counter
from collections.abc import Iterable

from chatbot.views.html import escape


def render_form(name: str, *fields: str) -> str:
    """Return a form with a label for screen readers."""
    return (
        f'<form class="formulier" role="search" aria-label="{escape(name)}">'
        f"{''.join(fields)}</form>"
    )


def render_select(name: str, label: str, values: Iterable[str], everything: str) -> str:
    """Return a field to choose one value, each with how often it occurs; by default all of them.

    Values are sorted by name, and left out where there are none.
    """
    counts = Counter(values)
    if not counts:
        return ""
    options = "".join(
        f'<option value="{escape(value)}">{escape(value)} ({counts[value]})</option>'
        for value in sorted(counts, key=str.casefold)
    )
    return (
        f'<label>{escape(label)}<select name="{name}">'
        f'<option value="">{escape(everything)}</option>'
        f"{options}</select></label>"
    )


def render_search(name: str, label: str, hint: str = "") -> str:
    """Return a field for words to look for."""
    return (
        f'<label class="breed">{escape(label)}<input type="search" name="{name}"'
        f' placeholder="{escape(hint)}" autocomplete="off"></label>'
    )
