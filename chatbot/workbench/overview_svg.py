"""The overview as a chart in plain SVG: a stacked bar a name, each with its numbers in words.

No library draws it; every name is escaped, and colours are told apart by their place and by the
numbers beside the bar as well.
"""

from collections.abc import Sequence
from html import escape

from chatbot.printable import printable
from chatbot.workbench.overview import Overview, Tally

ROW_PX = 26
BAR_PX = 16
NAME_PX = 340
CHART_PX = 320
NUMBERS_PX = 230
WIDTH_PX = NAME_PX + CHART_PX + NUMBERS_PX
LONGEST_NAME = 36  # characters that fit in NAME_PX at 13 px, even in capitals
COLOURS = ("#1b6e53", "#d8972b", "#b3402f")  # answered, partly, open
NO_BARS = '<p class="empty">Er zijn nog geen vragen om te tonen.</p>'


def overview_svg(title: str, tallies: Sequence[Tally]) -> str:
    """Return a chart as an `<svg>` element, rows in the order given; a Dutch sentence for none."""
    if not tallies:
        return NO_BARS
    height = ROW_PX * len(tallies)
    return _svg(title, height, _rows(0, tallies))


def charts_svg(overview: Overview) -> str:
    """Return the charts of parties, members and topics under one another, with headings."""
    charts = (
        ("Per partij", overview.parties),
        ("Per lid", overview.members),
        ("Per onderwerp", overview.topics),
    )
    drawn, top = "", 0
    for title, tallies in charts:
        drawn += f'<text x="8" y="{top + 18}" font-weight="bold">{title}</text>'
        drawn += _rows(top + ROW_PX, tallies)
        top += ROW_PX * (len(tallies) + 2)
    return _svg("Overzicht van de deelvragen", top, drawn)


def _svg(title: str, height: int, drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH_PX} {height}" '
        f'width="{WIDTH_PX}" height="{height}" font-family="sans-serif" font-size="13">'
        f"<title>{escape(printable(title))}</title>{drawn}</svg>"
    )


def _rows(top: int, tallies: Sequence[Tally]) -> str:
    longest = max((1, *(tally.sub_questions for tally in tallies)))
    return "".join(
        _row(top + place * ROW_PX, tally, longest) for place, tally in enumerate(tallies)
    )


def _row(top: int, tally: Tally, longest: int) -> str:
    text = top + ROW_PX / 2 + 4
    name = printable(tally.name)
    cut = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    return (
        f"<g><title>{escape(name)}: {_in_words(tally)}</title>"
        f'<text x="{NAME_PX - 8}" y="{text}" text-anchor="end" fill="currentColor">{escape(cut)}'
        f"</text>{_bars(top, tally, longest)}"
        f'<text x="{NAME_PX + CHART_PX + 8}" y="{text}" fill="currentColor">{_in_words(tally)}'
        "</text></g>"
    )


def _bars(top: int, tally: Tally, longest: int) -> str:
    left = float(NAME_PX)
    bars = []
    for count, colour in zip((tally.answered, tally.partial, tally.open), COLOURS, strict=True):
        width = CHART_PX * count / longest
        y = top + (ROW_PX - BAR_PX) / 2
        if count:
            bars.append(
                f'<rect x="{left:.1f}" y="{y}" width="{width:.1f}" height="{BAR_PX}" '
                f'fill="{colour}"/>'
            )
        left += width
    return "".join(bars)


def _in_words(tally: Tally) -> str:
    return f"{tally.answered} beantwoord, {tally.partial} deels, {tally.open} open"
