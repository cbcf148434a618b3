"""Promises and deferrals: what the minister announced, put off, or said not to know."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chatbot.places import place_of_words
from chatbot.reply import addressed_to
from chatbot.views.forms import render_form, render_search, render_select
from chatbot.views.html import escape
from chatbot.views.parts import NO_TITLES, kept_link, page_link, render_button
from chatbot.workbench.promises import NONE_FOUND, TO_CHECK, PromiseLine
from index.tokens import fold


def render_promise_form(lines: Sequence[PromiseLine]) -> str:
    """Return the fields to filter with."""
    topics = (line.answer.topic for line in lines if line.answer.topic)
    return render_form(
        "Toezeggingen filteren",
        render_select("soort", "Soort", (str(line.promise.kind) for line in lines), "Alle"),
        render_select("onderwerp", "Onderwerp", topics, "Alle onderwerpen"),
        render_search("woorden", "Woorden in de zin"),
    )


def filter_promises(
    lines: Iterable[PromiseLine], fields: Mapping[str, Any]
) -> tuple[PromiseLine, ...]:
    """Return the lines that fit what is filled in, in document order."""
    kind, topic = str(fields.get("soort", "")), str(fields.get("onderwerp", ""))
    words = fold(str(fields.get("woorden", ""))).split()
    return tuple(
        line
        for line in lines
        if kind in {"", str(line.promise.kind)}
        and topic in {"", line.answer.topic}
        and all(word in fold(line.promise.quote) for word in words)
    )


def render_promises(
    found: Sequence[PromiseLine], total: int, titles: Mapping[str, str] = NO_TITLES
) -> str:
    """Return the lines that fit, and how many of all they are; `titles` are those of the documents,
    where there are more than one."""
    count = f'<p class="aantal" role="status">{len(found)} van {total} zinnen</p>'
    if not found:
        return f'{count}<p class="leeg">{NONE_FOUND if not total else "Geen; kies ruimer."}</p>'
    items = "".join(f"<li>{_render_line(line, titles)}</li>" for line in found)
    return f'{count}<p class="uitleg">{TO_CHECK}</p><ol class="deelvragen">{items}</ol>'


def _render_line(line: PromiseLine, titles: Mapping[str, str]) -> str:
    promise, answer = line.promise, line.answer
    place = place_of_words(answer, promise.start, promise.quote)
    about = ", ".join(part for part in (answer.topic, addressed_to(answer.askers)) if part)
    return (
        f'<p class="deelvraag"><strong class="stand">{escape(line.heading)}</strong>'
        f" “{escape(promise.quote)}”</p>"
        f'<p class="uitleg">{escape(about)}, {page_link(place, promise.page, titles)}</p>'
        f'<div class="acties">{render_button("In dossier", bewaar=kept_link(place))}'
        f"{render_button('Citaat kopiëren', kopieer=f'“{promise.quote}” — {line.citation}')}</div>"
    )
