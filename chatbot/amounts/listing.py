"""The ledger of amounts as JSON, as a table for a spreadsheet and as Dutch text for a terminal."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from itertools import groupby
from pathlib import Path

from chatbot.amounts.codes import CodeUse
from chatbot.amounts.conflicts import Conflict
from chatbot.amounts.records import AmountLine
from chatbot.amounts.rounding import in_dutch
from chatbot.files import check_target, write_whole
from chatbot.reply import Json, addressed_to, askers_to_json, page_or_null, page_span
from chatbot.terminal import paragraph
from corpus.enumeration import join_names

NO_AMOUNTS = "Er staan geen bedragen of aantallen in deze antwoorden."
NO_CONFLICTS = "Er zijn geen bedragen gevonden die elkaar tegenspreken."
NO_CODES = "Er staan geen begrotingsartikels of ESR-codes in deze documenten."
TO_CHECK = "Te controleren: lees telkens de zinnen eromheen."
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_COLUMNS = {
    "antwoord": "answer_id",
    "document": "document_id",
    "onderwerp": "topic",
    "plaats": "place",
    "pagina": "page",
    "bedrag": "raw",
    "waarde": "value",
    "eenheid": "unit",
    "waarde in euro": "value_eur",
    "verandering": "change",
    "per": "rate",
    "jaar": "year",
    "krediet": "credit",
    "artikel": "article_code",
    "ESR-code": "esr_code",
    "zin": "sentence",
}


def amount_to_json(line: AmountLine) -> Json:
    """Return one amount as the command line's contract gives it (`bijlage amounts --json`)."""
    return {
        "answer_id": line.answer_id,
        "document_id": line.document_id,
        "topic": line.topic,
        "place": "vraag" if line.is_question else "antwoord",
        "askers": askers_to_json(line.askers),
        "page": page_or_null(line.page),
        "raw": line.raw,
        "value": _number(line.value),
        "unit": line.unit,
        "value_eur": None if line.value_eur is None else _number(line.value_eur),
        "change": line.change,
        "rate": line.rate,
        "year": line.year,
        "credit": line.credit,
        "article_code": line.article_code,
        "esr_code": line.esr_code,
        "sentence": line.sentence,
        "start": line.start,
        "end": line.end,
    }


def conflict_to_json(conflict: Conflict) -> Json:
    """Return one conflict with the amounts that clash (`bijlage amounts --conflicts --json`)."""
    return {
        "kind": conflict.kind,
        "message": conflict.message,
        "amounts": [amount_to_json(line) for line in conflict.lines],
    }


def code_to_json(use: CodeUse) -> Json:
    """Return where one code is named (`bijlage codes --json`)."""
    return {
        "code": use.code,
        "answer_ids": [answer.answer_id for answer in use.answers],
        "askers": askers_to_json(use.parties),
        "questions": [
            {
                "answer_id": answer.answer_id,
                "askers": askers_to_json(block.askers),
                "text": block.text,
                "page": page_or_null(block.page_start),
            }
            for answer, block in use.blocks
        ],
        "amounts": [amount_to_json(line) for line in use.amounts],
    }


def write_csv(lines: Iterable[AmountLine], path: Path) -> None:
    """Write the ledger for a Dutch spreadsheet: semicolons, decimal commas, UTF-8 with its mark.

    Text that a spreadsheet would run as a formula ("+10.459 keuro") gets an apostrophe before it.

    Raises:
        ChatbotError: If the file isn't named .csv or can't be written.
    """
    check_target(path, (".csv",))
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(_COLUMNS)
    for line in lines:
        fields = amount_to_json(line)
        writer.writerow([_cell(fields[name]) for name in _COLUMNS.values()])
    write_whole(path, file.getvalue().encode("utf-8-sig", errors="replace"))


def amount_lines(lines: Sequence[AmountLine]) -> Iterator[str]:
    """Yield the ledger for a terminal: under each answer its amounts, each with page and words."""
    if not lines:
        yield NO_AMOUNTS
    for _, group in groupby(lines, key=lambda line: (line.document_id, line.answer_id)):
        inside = tuple(group)
        heading = (inside[0].topic, inside[0].answer_id)
        yield paragraph(" · ".join(part for part in heading if part))
        for line in inside:
            yield paragraph(_described(line), indent="  ")
            yield paragraph(f"“{line.sentence}”", indent="      ")
        yield ""


def conflict_lines(conflicts: Sequence[Conflict]) -> Iterator[str]:
    """Yield the conflicts for a terminal, each with the answers that it concerns."""
    for conflict in conflicts:
        answers = join_names(dict.fromkeys(line.answer_id for line in conflict.lines))
        yield paragraph(f"{conflict.kind} · {answers}")
        yield paragraph(conflict.message, indent="  ") + "\n"
    yield TO_CHECK if conflicts else NO_CONFLICTS


def code_lines(uses: Sequence[CodeUse], wanted: str | None) -> Iterator[str]:
    """Yield the codes for a terminal; of what was asked for also the questions and amounts."""
    if not uses:
        unknown = f"Geen enkele vraag of antwoord noemt de code “{wanted}”."
        yield NO_CODES if wanted is None else unknown
    for use in uses:
        answers = ", ".join(answer.answer_id for answer in use.answers)
        yield paragraph(f"{use.code} · {answers} · {addressed_to(use.parties)}")
        if wanted:
            yield from _code_details(use)


def _code_details(use: CodeUse) -> Iterator[str]:
    for _, block in use.blocks:
        page = page_span(block.page_start, block.page_end)
        yield paragraph(f"Vraag{f' ({page})' if page else ''}: {block.text}", indent="  ")
    for answer in use.answers:
        page = page_span(answer.page_start, answer.page_end)
        yield paragraph(f"Antwoord{f' ({page})' if page else ''}: {answer.text}", indent="  ")
    for line in use.amounts:
        yield paragraph(f"Bedrag: {_described(line)}", indent="  ")
    yield ""


def _described(line: AmountLine) -> str:
    """Return "22,4 miljoen euro · 22.400.000 euro · 2021 · p. 1 (vraag)"."""
    parts = (
        line.raw,
        "" if line.raw.endswith(line.unit or "\n") and line.unit != "keuro" else _worth(line),
        str(line.year or ""),
        line.credit or "",
        line.article_code or "",
        line.esr_code or "",
        page_span(line.page, line.page),
    )
    place = "vraag" if line.is_question else "antwoord"
    return " · ".join(part for part in parts if part) + f" ({place})"


def _worth(line: AmountLine) -> str:
    """Return what an amount comes to, in euro or in the unit that stands elsewhere."""
    if line.value_eur is not None:
        return f"{in_dutch(line.value_eur)} euro"
    return f"{in_dutch(line.value)} {line.unit}".strip()


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _cell(value: object) -> str:
    """Return a cell's text: numbers with a decimal comma, text that can't run as a formula."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return format(Decimal(str(value)), "f").replace(".", ",")
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
