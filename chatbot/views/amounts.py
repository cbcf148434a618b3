"""The ledger of amounts as a table to sort and filter; amounts that clash; codes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from chatbot.amounts.codes import CodeUse
from chatbot.amounts.conflicts import Conflict
from chatbot.amounts.listing import NO_AMOUNTS, NO_CODES, NO_CONFLICTS
from chatbot.amounts.records import AmountLine
from chatbot.amounts.rounding import in_dutch
from chatbot.places import Place, place_of_answer, place_of_words
from chatbot.reply import addressed_to
from chatbot.views.forms import render_form, render_search, render_select
from chatbot.views.html import escape
from chatbot.views.parts import (
    NO_TITLES,
    kept_link,
    page_link,
    render_button,
    render_link,
    render_more,
)
from index.tokens import fold

STEP = 300
"""Rows shown at once; the download holds them all."""
COLUMNS: Mapping[str, tuple[str, Callable[[AmountLine], Any]]] = {
    "plaats": ("Plaats", lambda line: 0),
    "waarde": ("Waarde", lambda line: line.value if line.value_eur is None else line.value_eur),
    "eenheid": ("Eenheid", lambda line: (line.unit.casefold(), line.rate or "")),
    "euro": ("In euro", lambda line: -1 if line.value_eur is None else line.value_eur),
    "jaar": ("Jaar", lambda line: line.year or 0),
    "krediet": ("Krediet", lambda line: line.credit or ""),
    "code": ("Artikel of ESR", lambda line: (line.article_code or "", line.esr_code or "")),
}
"""Columns by the name that a script sends: heading, and what to sort by."""
NUMBERS = {"waarde", "euro"}
APART: Mapping[str, Callable[[AmountLine], Any]] = {
    "waarde": lambda line: (
        line.value_eur is None,
        line.value_eur is None and line.unit.casefold(),
    ),
    "euro": lambda line: line.value_eur is None,
}
"""What isn't compared with one another: money comes first, in euro, then each other unit."""


def render_amount_form(lines: Sequence[AmountLine]) -> str:
    """Return the fields to filter with."""
    codes = (code for line in lines for code in (line.article_code, line.esr_code) if code)
    return render_form(
        "Bedragen filteren",
        render_select("eenheid", "Eenheid", (line.unit for line in lines if line.unit), "Alle"),
        render_select("jaar", "Jaar", (str(line.year) for line in lines if line.year), "Alle"),
        render_select("code", "Artikel of ESR-code", codes, "Alle"),
        render_search("woorden", "Woorden in de zin of het onderwerp"),
    )


def filter_amounts(
    lines: Iterable[AmountLine], fields: Mapping[str, Any]
) -> tuple[AmountLine, ...]:
    """Return the amounts that fit what is filled in, sorted as asked; else in document order."""
    unit, year, code = (str(fields.get(name, "")) for name in ("eenheid", "jaar", "code"))
    words = fold(str(fields.get("woorden", ""))).split()
    found = [
        line
        for line in lines
        if unit in {"", line.unit}
        and year in {"", str(line.year)}
        and code in {"", line.article_code, line.esr_code}
        and all(word in fold(f"{line.topic}\n{line.sentence}") for word in words)
    ]
    name = str(fields.get("sorteer", ""))
    if name in COLUMNS:
        found.sort(key=COLUMNS[name][1], reverse=fields.get("richting") == "descending")
    if name in APART:
        found.sort(key=APART[name])
    return tuple(found)


def render_amounts(
    found: Sequence[AmountLine],
    total: int,
    fields: Mapping[str, Any],
    limit: int = STEP,
    titles: Mapping[str, str] = NO_TITLES,
) -> str:
    """Return the amounts that fit as a table, and how many of all they are; `titles` are those of
    the documents, where there are more than one."""
    count = f'<p class="aantal" role="status">{len(found)} van {total} bedragen en aantallen</p>'
    if not found:
        return f'{count}<p class="leeg">{NO_AMOUNTS if not total else "Geen; kies ruimer."}</p>'
    rows = "".join(_render_row(line, titles) for line in found[:limit])
    more = render_more(len(found), limit, STEP)
    return (
        f'{count}<div class="tabelkader" tabindex="0" role="region" aria-label="Bedragen"><table'
        f' class="bedragen stapel"><thead><tr>{_render_head(fields)}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{more}"
    )


def render_conflicts(conflicts: Sequence[Conflict]) -> str:
    """Return the amounts that clash, folded."""
    if not conflicts:
        return f'<p class="uitleg">{NO_CONFLICTS}</p>'
    items = "".join(
        f"<li><p>{escape(one.message)}</p><p>{', '.join(map(_link, one.lines))}</p></li>"
        for one in conflicts
    )
    return (
        f"<details class='tegenspraak'><summary>Mogelijk tegenstrijdig: {len(conflicts)}"
        f" (te controleren)</summary><ol>{items}</ol></details>"
    )


def render_codes(codes: Sequence[CodeUse]) -> str:
    """Return every code with the answers, parties and amounts that name it, folded."""
    if not codes:
        return f'<p class="uitleg">{NO_CODES}</p>'
    rows = "".join(_render_code(use) for use in codes)
    return (
        f"<details class='codes'><summary>Begrotingsartikels en ESR-codes: {len(codes)}</summary>"
        '<div class="tabelkader" tabindex="0" role="region" aria-label="Codes"><table><thead><tr>'
        '<th scope="col">Code</th><th scope="col">Genoemd in</th><th scope="col">Gevraagd door</th>'
        f'<th scope="col">Bedragen</th></tr></thead><tbody>{rows}</tbody></table></div></details>'
    )


def _render_head(fields: Mapping[str, Any]) -> str:
    sorted_by, direction = fields.get("sorteer"), fields.get("richting", "ascending")
    cells = []
    for name, (words, _) in COLUMNS.items():
        state = f' aria-sort="{escape(str(direction))}"' if name == sorted_by else ""
        cells.append(
            f'<th scope="col"{state}><button type="button" data-sorteer="{name}">{words}'
            "</button></th>"
        )
    return "".join(cells) + '<th scope="col">Zin</th>'


def _render_row(line: AmountLine, titles: Mapping[str, str]) -> str:
    euro = "" if line.value_eur is None else in_dutch(line.value_eur)
    code = " ".join(part for part in (line.article_code, line.esr_code) if part)
    where = "vraag" if line.block is not None else "antwoord"
    place = f'{page_link(_place(line), line.page, titles)} <span class="uitleg">{where}</span>'
    change = f'<span class="uitleg">{line.change}</span> ' if line.change else ""
    unit = " ".join(part for part in (line.unit, line.rate) if part)
    shown = (
        place,
        change + in_dutch(line.value),
        escape(unit),
        euro,
        str(line.year or ""),
        line.credit or "",
        escape(code),
    )
    cells = "".join(
        f'<td{" class=getal" if name in NUMBERS else ""} data-kop="{words}">{cell}</td>'
        for (name, (words, _)), cell in zip(COLUMNS.items(), shown, strict=True)
    )
    sentence = f"{escape(line.sentence)}{_render_keep(line)}"
    return f'<tr>{cells}<td class="zin" data-kop="Zin">{sentence}</td></tr>'


def _render_keep(line: AmountLine) -> str:
    """Return the button that keeps a sentence of an answer; "" for one of a question."""
    if line.is_question:
        return ""
    place = place_of_words(line, line.sentence_start, line.sentence)
    return f" {render_button('In dossier', bewaar=kept_link(place))}"


def _render_code(use: CodeUse) -> str:
    answers = ", ".join(
        render_link(place_of_answer(answer), answer.topic or answer.answer_id)
        for answer in use.answers
    )
    who = addressed_to(use.parties).removeprefix("antwoord aan ") if use.parties else "–"
    amounts = ", ".join(map(_link, use.amounts)) or "–"
    return (
        f'<tr><th scope="row">{escape(use.code)}</th><td>{answers}</td><td>{escape(who)}</td>'
        f"<td>{amounts}</td></tr>"
    )


def _link(line: AmountLine) -> str:
    return render_link(_place(line), line.raw)


def _place(line: AmountLine) -> Place:
    return place_of_words(line, line.start, line.raw, line.block)
