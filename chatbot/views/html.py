"""Text to safe HTML: escaping, paragraphs, and the mark on exactly the cited words."""

import re
from html import escape as escape_html

from chatbot.printable import printable
from corpus.list_items import LIST_MARKER

_LIST_ITEM = re.compile(LIST_MARKER)


def escape(text: str) -> str:
    """Return text that is safe inside HTML and attributes, without control and bidi marks."""
    return escape_html(printable(text), quote=True)


def paragraphs(text: str, marked: tuple[int, int] = (0, 0)) -> str:
    """Return running text as paragraphs, one a line, with the characters of a span marked.

    A span that lies partly outside the text marks what lies inside.
    """
    parts = []
    for line in re.finditer(r"[^\n]+", text):
        start = min(max(marked[0] - line.start(), 0), len(line[0]))
        end = min(max(marked[1] - line.start(), start), len(line[0]))
        kind = ' class="punt"' if _LIST_ITEM.match(line[0]) else ""
        parts.append(f"<p{kind}>{_mark(line[0], start, end)}</p>")
    return "".join(parts)


def _mark(line: str, start: int, end: int) -> str:
    if start == end:
        return escape(line)
    before, inside, after = line[:start], line[start:end], line[end:]
    return f"{escape(before)}<mark>{escape(inside)}</mark>{escape(after)}"
