"""Replies as HTML for the page; pure functions, testable without Gradio.

Everything that comes from a document or a user goes through `escape`: it is shown as text and
never runs. Order of a reply: quote, citation, question and passage in context, further hits.
"""

from collections.abc import Iterable, Sequence
from html import escape as escape_html

from chatbot.printable import printable
from chatbot.reply import Reply, addressed_to, citation, page_span
from chatbot.terminal import ABSTENTION, MAX_NEAREST
from corpus.records import Document, QuestionBlock
from index.search import Filters, Hit

SHORT_QUESTION_CHARS = 400  # a question up to this length is shown unfolded: about five lines
LOG = '<div class="gesprek" role="log" aria-live="polite" aria-label="Gesprek">{}</div>'


def render_conversation(replies: Sequence[Reply]) -> str:
    """Return the whole conversation, oldest turn first; "" in it before the first question."""
    return LOG.format("".join(render_turn(reply) for reply in replies))


def render_turn(reply: Reply) -> str:
    """Return one question with its reply."""
    body = _render_abstention(reply) if reply.abstained else _render_answer(reply)
    return (
        '<article class="beurt"><h2 class="vraag"><span class="alleen-lezer">Uw vraag: </span>'
        f"{escape(reply.question)}</h2>{_render_filters(reply.filters)}"
        f'<div class="antwoord">{body}</div></article>'
    )


def render_notice(message: str) -> str:
    """Return a fault as a line above the question box."""
    return f'<p class="melding" role="alert">{escape(message)}</p>'


def render_header(documents: Sequence[Document]) -> str:
    """Return the head of the page: what can be asked, of which documents."""
    answers = sum(len(document.answers) for document in documents)
    titles = " · ".join(escape(document.title) for document in documents[:3])
    more = f" · en {len(documents) - 3} andere" if len(documents) > 3 else ""
    noun = "antwoord" if answers == 1 else "antwoorden"
    return (
        '<header class="kop"><h1>Vraag het de bijlage</h1>'
        "<p>Stel uw vraag aan de schriftelijke antwoorden van de minister. U krijgt het"
        " letterlijke citaat, met de bladzijde en de vraagstellers.</p>"
        f'<p class="bestand">{answers} {noun} · {titles}{more}</p></header>'
    )


def escape(text: str) -> str:
    """Return text that is safe inside HTML and attributes, without control and bidi marks."""
    return escape_html(printable(text), quote=True)


def _render_filters(filters: Filters) -> str:
    chosen = ", ".join((*filters.parties, *filters.members, *filters.topics, *filters.documents))
    return f'<p class="filter">Enkel gezocht bij: {escape(chosen)}</p>' if chosen else ""


def _render_answer(reply: Reply) -> str:
    best, *others = reply.hits
    return (
        _render_quote(best)
        + f'<section class="context" aria-label="In context">{_render_context(best)}</section>'
        + _render_others(others)
    )


def _render_abstention(reply: Reply) -> str:
    if not reply.hits:
        return f'<p class="niet">{ABSTENTION}</p>'
    return (
        f'<p class="niet">{ABSTENTION}</p>'
        "<p>Deze passages komen het dichtst in de buurt, maar beantwoorden uw vraag niet.</p>"
        f'<ol class="dichtst">{_render_items(reply.hits[:MAX_NEAREST])}</ol>'
    )


def _render_others(hits: Sequence[Hit]) -> str:
    if not hits:
        return ""
    noun = "passage" if len(hits) == 1 else "passages"
    return (
        f'<details class="verder"><summary>Verder gevonden: {len(hits)} {noun}</summary>'
        f"<ol>{_render_items(hits)}</ol></details>"
    )


def _render_items(hits: Iterable[Hit]) -> str:
    return "".join(
        f"<li>{_render_quote(hit)}<details><summary>Toon in context</summary>"
        f'<div class="context">{_render_context(hit)}</div></details></li>'
        for hit in hits
    )


def _render_quote(hit: Hit) -> str:
    return (
        f'<figure class="citaat"><blockquote>{escape(hit.quote)}</blockquote>'
        f"<figcaption>{escape(citation(hit))}</figcaption></figure>"
    )


def _render_context(hit: Hit) -> str:
    blocks = "".join(_render_question(block) for block in hit.answer.question_blocks)
    none = '<p class="geen">Bij dit antwoord staat geen schriftelijke vraag.</p>'
    pages = hit.passage.page_start, hit.passage.page_end
    return (
        f'{blocks or none}<p class="wie">{_label("Antwoord van de minister", *pages)}</p>'
        f'<p class="passage">{_render_passage(hit)}</p>{_render_whole_answer(hit)}'
    )


def _render_question(block: QuestionBlock) -> str:
    who = addressed_to(block.askers).replace("antwoord aan", "Vraag van", 1)
    is_open = " open" if len(block.text) <= SHORT_QUESTION_CHARS else ""
    return (
        f'<details class="vraagblok"{is_open}>'
        f"<summary>{_label(who, block.page_start, block.page_end)}</summary>"
        f'<p class="passage">{escape(block.text)}</p></details>'
    )


def _render_passage(hit: Hit) -> str:
    text, start, end = hit.passage.text, hit.quote_start, hit.quote_end
    return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"


def _render_whole_answer(hit: Hit) -> str:
    if hit.passage.text == hit.answer.text:
        return ""
    summary = _label("Toon het volledige antwoord", hit.answer.page_start, hit.answer.page_end)
    return (
        f'<details class="volledig"><summary>{summary}</summary>'
        f'<p class="passage">{escape(hit.answer.text)}</p></details>'
    )


def _label(words: str, start: int, end: int) -> str:
    span = page_span(start, end)
    return escape(words) + (f', <span class="blz">{span}</span>' if span else "")
