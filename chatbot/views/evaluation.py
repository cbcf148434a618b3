"""The measures of the shipped index, from the file that `python -m eval page` wrote.

Plots are SVG made here; each stands beside its numbers, in a table that everyone can read.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from chatbot.views.html import escape
from chatbot.views.numbers import dutch

Json = Mapping[str, Any]

SPLITS = {"test": "Toetsvragen", "dev": "Ontwikkelvragen"}
METHODS = {
    "fused": "Bijlage",
    "bm25": "Trefwoorden (BM25)",
    "naive": "Gewone vectorzoeker",
}
"""The methods that are measured for the page, and what a reader calls them."""
MEASURES = {
    "Success@1": "Juiste antwoord op de eerste plaats",
    "Success@5": "Juiste antwoord bij de eerste vijf",
    "evidence@1": "Bewijs in de eerste passage",
    "evidence@5": "Bewijs in de eerste vijf passages",
    "quote on page of evidence": "Citaat op een bladzijde met het bewijs",
    "quote contains": "Het bewijs zelf in het citaat",
    "error rate": "Ten onrechte geweigerd (lager is beter)",
    "hallucination rate": "Ten onrechte beantwoord (lager is beter)",
}
INTRODUCTION = (
    "<p>Gemeten op vragen over de meegeleverde bijlage, geschreven door ze te lezen. Op de"
    " ontwikkelvragen is de zoekfunctie afgesteld; op de toetsvragen enkel gemeten, op één"
    " regel voor de bladzijde na. Tussen haakjes"
    " staat het interval waarin de waarde met 95 % zekerheid ligt.</p>"
)
OTHER_MODEL = (
    '<p class="melding">Deze metingen zijn van een ander taalmodel dan dat van de geopende'
    " index.</p>"
)
LONGEST_BAR = 5
"""Width of a bar of 100 %, in rem: the same in every column, so that they can be compared."""
SIZE = 260
"""Width and height of a plot, in units of its own."""


def render_evaluation(fields: Json, fingerprint: str) -> str:
    """Return measures and plots; `fingerprint` is that of the model in use."""
    parts = [INTRODUCTION if fields["fingerprint"] == fingerprint else INTRODUCTION + OTHER_MODEL]
    for split, name in SPLITS.items():
        if split in fields["splits"]:
            parts.append(_render_split(name, fields["splits"][split]))
    return f'<div class="evaluatie">{"".join(parts)}</div>'


def _render_split(name: str, split: Json) -> str:
    count = f"{split['questions']} vragen, waarvan {split['unanswerable']} zonder antwoord"
    return (
        f"<h2>{escape(name)}: {count} in de bijlage</h2>"
        f"{_render_table(name, split['methods'])}{_render_reliability(name, split['reliability'])}"
    )


def _render_table(name: str, methods: Json) -> str:
    shown = [method for method in METHODS if method in methods]
    head = "".join(f'<th scope="col" class="getal">{METHODS[method]}</th>' for method in shown)
    rows = "".join(
        f'<tr><th scope="row">{words}</th>'
        + "".join(_render_cell(METHODS[method], methods[method].get(measure)) for method in shown)
        + "</tr>"
        for measure, words in MEASURES.items()
        if any(measure in methods[method] for method in shown)
    )
    return (
        '<div class="tabelkader" tabindex="0" role="region"'
        f' aria-label="Metingen, {escape(name)}"><table class="stapel">'
        f'<thead><tr><th scope="col">Maat</th>{head}</tr></thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def _render_cell(method: str, estimate: Sequence[float] | None) -> str:
    cell = f'<td class="getal" data-kop="{method}">'
    if estimate is None:
        return f"{cell}–</td>"
    value, low, high = (f"{dutch(number * 100, 0)}" for number in estimate)
    bar = f'<span class="balk" style="width:{estimate[0] * LONGEST_BAR:.2f}rem"></span>'
    return f'{cell}{value} % <span class="uitleg">({low}–{high})</span>{bar}</td>'


def _render_reliability(name: str, bins: Sequence[Json]) -> str:
    """Return how often the search is right at each degree of certainty, as plot and table."""
    if not bins:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{_percent(one["low"])} tot {_percent(one["high"])}</th>'
        f'<td class="getal">{one["count"]}</td>'
        f'<td class="getal">{_percent(one["accuracy"])}</td></tr>'
        for one in bins
    )
    return (
        "<h3>Klopt de zekerheid?</h3><p>Op de stippellijn is de zekerheid precies zo groot als het"
        ' aandeel juiste antwoorden.</p><div class="plot-en-tabel">'
        f"{_render_plot(bins)}"
        '<div class="tabelkader" tabindex="0" role="region"'
        f' aria-label="Zekerheid en juistheid, {escape(name)}">'
        '<table><thead><tr><th scope="col">Berekende kans</th>'
        '<th scope="col" class="getal">Vragen</th>'
        f'<th scope="col" class="getal">Juist</th></tr></thead><tbody>{rows}</tbody>'
        "</table></div></div>"
    )


def _render_plot(bins: Sequence[Json]) -> str:
    places = [(one["confidence"] * SIZE, SIZE - one["accuracy"] * SIZE) for one in bins]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5"/>' for x, y in places)
    return (
        f'<svg class="plot" viewBox="-34 -10 {SIZE + 50} {SIZE + 50}" role="img"'
        ' aria-label="Aandeel juiste antwoorden per berekende kans; de tabel geeft de getallen">'
        f'<rect width="{SIZE}" height="{SIZE}"/><line x1="0" y1="{SIZE}" x2="{SIZE}" y2="0"/>'
        f'<polyline points="{line}"/>{dots}'
        f'<text x="{SIZE / 2}" y="{SIZE + 30}" text-anchor="middle">berekende kans</text>'
        f'<text x="-14" y="{SIZE / 2}" text-anchor="middle"'
        f' transform="rotate(-90 -14 {SIZE / 2})">aandeel juist</text></svg>'
    )


def _percent(share: float) -> str:
    return f"{dutch(share * 100, 0)} %"
