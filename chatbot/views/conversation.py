"""The conversation as HTML: each question with its reply, quote first.

Everything that comes from a document or a user is escaped. Order of a reply: how sure it is, quote,
citation, what can be done with it, question and passage in context, further hits.
"""

from collections.abc import Iterable, Sequence

from chatbot.certainty import Certainty, certainty_of
from chatbot.places import Place, link_to, place_of_hit
from chatbot.reply import Reply, citation, page_span
from chatbot.running_on import rest_of_list, runs_on
from chatbot.terminal import (
    FOLLOWS,
    MAX_NEAREST,
    abstention_of,
    asked_lines,
    repeated_note,
    said_to,
)
from chatbot.turns import RIGHT, WRONG, Turn, link_to_question
from chatbot.views.html import escape, paragraphs
from chatbot.views.parts import render_button
from chatbot.views.source import asked_by
from corpus.records import Document, QuestionBlock
from index.search import Hit

LOG = '<div class="gesprek" role="log" aria-live="polite" aria-label="Gesprek">{}</div>'
VERDICTS = {RIGHT: "Juist", WRONG: "Onjuist"}


def render_conversation(turns: Sequence[Turn]) -> str:
    """Return the whole conversation, oldest turn first; "" in it before the first question."""
    return LOG.format("".join(render_turn(turn, row) for row, turn in enumerate(turns)))


def render_turn(turn: Turn, row: int = 0) -> str:
    """Return one question with its reply; `row` is its place in the conversation."""
    reply = turn.reply
    body = _render_abstention(turn, row) if reply.abstained else _render_answer(turn, row)
    return (
        '<article class="beurt"><h2 class="vraag"><span class="alleen-lezer">Uw vraag: </span>'
        f"{escape(reply.question)}</h2>{_render_reading(reply)}"
        f'<div class="antwoord">{body}</div></article>'
    )


def render_notice(message: str) -> str:
    """Return a fault as a line above the question box."""
    return f'<p class="melding" role="alert">{escape(message)}</p>'


def render_told(message: str) -> str:
    """Return what a reader should know as a line above the question box."""
    return f'<p class="bericht" role="status">{escape(message)}</p>'


def render_thanks() -> str:
    """Return what is said after a verdict."""
    return render_told("Uw oordeel is bewaard, enkel op de computer waar Bijlage draait.")


def render_examples(questions: Sequence[str]) -> str:
    """Return the example questions as buttons; "" where there are none."""
    if not questions:
        return ""
    buttons = "".join(
        f'<li><button type="button" data-vraag="{escape(text)}">{escape(text)}</button></li>'
        for text in questions
    )
    return f'<p class="tussenkop">Bijvoorbeeld, uit het document zelf:</p><ul>{buttons}</ul>'


def render_header(documents: Sequence[Document]) -> str:
    """Return the head of the page: what can be asked, of which documents."""
    answers = sum(len(document.answers) for document in documents)
    titles = " · ".join(escape(document.title) for document in documents[:3])
    more = f" · en {len(documents) - 3} andere" if len(documents) > 3 else ""
    noun = "antwoord" if answers == 1 else "antwoorden"
    return (
        '<header class="kop"><h1>Vraag het de bijlage</h1>'
        f'<p class="bestand">{answers} {noun} · {titles}{more}</p></header>'
    )


def _render_reading(reply: Reply) -> str:
    """Return how the question was read: as a follow-up, within filters; "" where neither holds."""
    filters = reply.filters
    chosen = ", ".join((*filters.parties, *filters.members, *filters.topics, *filters.documents))
    within = f"Enkel gezocht bij: {chosen}" if chosen else ""
    told = f"{FOLLOWS if reply.context else ''} {within}".strip()
    return f'<p class="lezing">{escape(told)}</p>' if told else ""


def _render_answer(turn: Turn, row: int) -> str:
    best, *others = turn.reply.hits
    return (
        _render_certainty(certainty_of(turn.reply))
        + _render_quote(best)
        + _render_repeated(turn.reply)
        + _render_actions(turn, row)
        + _render_context(best)
        + _render_others(others)
    )


def _render_abstention(turn: Turn, row: int) -> str:
    if turn.reply.is_small_talk:
        said, remedy = said_to(turn.reply)
        return f'<p class="niet">{escape(said)}</p><p>{escape(remedy)}</p>'
    if told := asked_lines(turn.reply):
        head, *lines = told
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        return f"<p>{escape(head)}</p>{f'<ul>{items}</ul>' if items else ''}"
    hits, certainty = turn.reply.hits, certainty_of(turn.reply)
    abstention, nearest = abstention_of(turn.reply)
    if not hits:
        return f'<p class="niet">{escape(abstention)}</p>'
    return (
        f'<p class="niet">{escape(abstention)}</p>{_render_repeated(turn.reply)}'
        f'<p>{escape(nearest)} <span class="uitleg">{escape(certainty.meaning)}</span></p>'
        f"{_render_actions(turn, row)}"
        f'<ol class="dichtst">{_render_items(hits[:MAX_NEAREST])}</ol>'
    )


def _render_repeated(reply: Reply) -> str:
    """Return who put the question already, where its answer lacks something; "" elsewhere."""
    note = repeated_note(reply)
    return f'<p class="gesteld">{escape(note)}</p>' if note else ""


def _render_certainty(certainty: Certainty) -> str:
    return (
        f'<p class="zekerheid"><strong>{escape(certainty.words)}</strong>'
        f' <span class="uitleg">{escape(certainty.meaning)}</span></p>'
    )


def _render_actions(turn: Turn, row: int) -> str:
    """Return what a reader can do with a reply: keep, copy, share, judge."""
    keep = ""
    if not turn.reply.abstained:
        best = turn.reply.hits[0]
        copied = f"“{best.quote}” — {citation(best)}"
        keep = render_button("In dossier", bewaar=link_to(place_of_hit(best))) + render_button(
            "Citaat kopiëren", kopieer=copied
        )
    share = render_button("Link kopiëren", link=link_to_question(turn.reply))
    verdicts = "".join(
        render_button(words, oordeel=verdict, beurt=str(row), pressed=turn.verdict == verdict)
        for verdict, words in VERDICTS.items()
    )
    return (
        f'<div class="acties">{keep}{share}<span role="group" aria-label="Uw oordeel">'
        f"{verdicts}</span></div>"
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
    return "".join(f"<li>{_render_quote(hit)}{_render_keep(hit)}</li>" for hit in hits)


def _render_keep(hit: Hit) -> str:
    button = render_button("In dossier", bewaar=link_to(place_of_hit(hit)))
    return f'<div class="acties">{button}</div>'


def _render_quote(hit: Hit) -> str:
    return (
        f'<figure class="citaat"><blockquote>{escape(hit.quote)}</blockquote>{_render_rest(hit)}'
        f"<figcaption>{_render_link(place_of_hit(hit), citation(hit))}</figcaption></figure>"
    )


def _render_rest(hit: Hit) -> str:
    """Return where the list of a quote goes on; "" where it doesn't."""
    rest = rest_of_list(hit)
    return f"<p>{_render_link(rest, runs_on(hit, rest))}</p>" if rest else ""


def _render_link(place: Place, words: str) -> str:
    return f'<a data-bron href="{escape(link_to(place))}">{escape(words)}</a>'


def _render_context(hit: Hit) -> str:
    """Return question and passage, folded: the source beside it shows them on their page."""
    blocks = "".join(_render_question(block) for block in hit.answer.question_blocks)
    none = '<p class="geen">Bij dit antwoord staat geen schriftelijke vraag.</p>'
    pages = hit.passage.page_start, hit.passage.page_end
    text = paragraphs(hit.passage.text, (hit.quote_start, hit.quote_end))
    return (
        '<details class="context"><summary>Toon vraag en passage</summary>'
        f'{blocks or none}<p class="wie">{_label("Antwoord van de minister", *pages)}</p>'
        f'<div class="passage">{text}</div></details>'
    )


def _render_question(block: QuestionBlock) -> str:
    who = _label(asked_by(block.askers), block.page_start, block.page_end)
    return f'<p class="wie">{who}</p><div class="passage">{paragraphs(block.text)}</div>'


def _label(words: str, start: int, end: int) -> str:
    span = page_span(start, end)
    return escape(words) + (f', <span class="blz">{span}</span>' if span else "")
