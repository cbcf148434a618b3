"""The overview: what was asked per party, member and topic, as tables with bars."""

from collections.abc import Sequence

from chatbot.places import place_of_answer
from chatbot.reply import page_span
from chatbot.views.html import escape
from chatbot.views.ledger import NOTE
from chatbot.views.parts import render_link
from chatbot.workbench.overview import Overview, Tally
from chatbot.workbench.overview_text import JOINT
from corpus.records import Answer

HEAD = ("Vragen", "Deelvragen", "Beantwoord", "Deels", "Open")


def render_overview(overview: Overview) -> str:
    """Return the totals, a table for parties, members and topics, and what stands by itself."""
    total = overview.total
    return (
        f'<p class="aantal">{total.questions} vragen met {total.sub_questions} deelvragen:'
        f" {total.answered} beantwoord, {total.partial} deels, {total.open} open.</p>{NOTE}"
        '<p class="legende"><span class="stuk-vol"></span> beantwoord'
        ' <span class="stuk-half"></span> deels <span class="stuk-leeg"></span> open</p>'
        f'<p class="uitleg">{JOINT}</p>'
        f"{_render_tallies('Per partij', overview.parties)}"
        f"{_render_tallies('Per lid', overview.members)}"
        f"{_render_tallies('Per onderwerp', overview.topics)}"
        f"{_render_answers('Antwoorden zonder vraag', overview.unasked)}"
        f"{_render_answers('Vragen zonder antwoord', overview.unanswered)}"
    )


def _render_tallies(title: str, tallies: Sequence[Tally]) -> str:
    if not tallies:
        return f"<h2>{title}</h2><p class='leeg'>Geen.</p>"
    most = max(tally.sub_questions for tally in tallies)
    head = "".join(f'<th scope="col" class="getal">{words}</th>' for words in HEAD)
    rows = "".join(_render_row(tally, most) for tally in tallies)
    return (
        f'<h2>{title}</h2><div class="tabelkader" tabindex="0" role="region" aria-label="{title}">'
        '<table class="stapel"><thead><tr>'
        f'<th scope="col">Naam</th>{head}</tr></thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def _render_row(tally: Tally, most: int) -> str:
    counts = (
        tally.questions,
        tally.sub_questions,
        tally.answered,
        tally.partial,
        tally.open,
    )
    cells = "".join(
        f'<td class="getal" data-kop="{words}">{count}</td>'
        for words, count in zip(HEAD, counts, strict=True)
    )
    parts = (("vol", tally.answered), ("half", tally.partial), ("leeg", tally.open))
    bars = "".join(
        f'<span class="stuk-{kind}" style="width:{count / max(most, 1) * 100:.1f}%"></span>'
        for kind, count in parts
        if count
    )
    return (
        f'<tr><th scope="row">{escape(tally.name)}<span class="staaf" aria-hidden="true">{bars}'
        f"</span></th>{cells}</tr>"
    )


def _render_answers(title: str, answers: Sequence[Answer]) -> str:
    if not answers:
        return f"<h2>{title}</h2><p class='leeg'>Geen.</p>"
    items = "".join(
        f"<li>{render_link(place_of_answer(answer), answer.topic or answer.answer_id)}"
        f" {page_span(answer.page_start, answer.page_end)}</li>"
        for answer in answers
    )
    return f"<h2>{title} ({len(answers)})</h2><ul>{items}</ul>"
