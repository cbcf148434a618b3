"""Write a dossier as Markdown with footnotes (`[^1]`), every word of the text escaped.

A backslash before ASCII punctuation makes it literal (CommonMark 0.31, section 2.4), so nothing in
a document or a note can become a heading, a link, HTML or a footnote.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from chatbot.dossier.content import EMPTY, INTRODUCTION, TITLE, Section
from chatbot.dossier.paragraphs import Paragraph, Style

_ACTIVE = re.compile(
    r"[\\`*\[<$~]"
    r"|(?<!\w)_|_(?!\w)"  # inside a word it marks up nothing
    r"|&(?=#?\w+;)"  # what would be read as an entity
)
_AT_START = re.compile(r"([-+=#>]|\d{1,9}(?=[.)]))")


def to_markdown(sections: Sequence[Section]) -> str:
    """Return the dossier; the notes are numbered in the order of the text and stand at the end."""
    notes: list[str] = []
    body = list(_body(sections, notes))
    listed = [f"[^{number}]: {escape(note)}." for number, note in enumerate(notes, start=1)]
    return "\n\n".join([f"# {TITLE}", INTRODUCTION, *body, *listed]) + "\n"


def escape(text: str) -> str:
    """Return a line of text that Markdown shows as it is within a line."""
    return _ACTIVE.sub(lambda match: f"\\{match[0]}", text)


def escape_line(text: str) -> str:
    """Return a line of text that Markdown shows as it is where it begins a line."""
    escaped = escape(text)
    start = _AT_START.match(escaped)
    if start is None:
        return escaped
    mark = start[1]
    return f"{mark}\\{escaped[len(mark) :]}" if mark.isdigit() else f"\\{escaped}"


def _body(sections: Sequence[Section], notes: list[str]) -> Iterator[str]:
    """Yield blocks; each source is added to the notes where it is first needed."""
    if not sections:
        yield EMPTY
    for section in sections:
        yield f"## {escape(section.heading)}"
        for style, group in groupby(section.paragraphs, key=lambda paragraph: paragraph.style):
            texts = [_with_reference(paragraph, notes) for paragraph in group]
            if style is Style.QUOTE:
                yield "\n>\n".join(f"> {text}" for text in texts)
            else:
                yield from (f"**{text}**" if style is Style.LABEL else text for text in texts)


def _with_reference(paragraph: Paragraph, notes: list[str]) -> str:
    text = (escape if paragraph.style is Style.LABEL else escape_line)(paragraph.text)
    if not paragraph.source:
        return text
    notes.append(paragraph.source)
    return f"{text}[^{len(notes)}]"
