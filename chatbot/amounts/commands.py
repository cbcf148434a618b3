"""What `bijlage amounts` and `bijlage codes` do: every function yields the lines for stdout."""

from argparse import Namespace
from collections.abc import Iterator, Sequence

from chatbot.amounts.codes import find_codes, list_codes
from chatbot.amounts.conflicts import find_conflicts
from chatbot.amounts.ledger import build_amounts
from chatbot.amounts.listing import (
    amount_lines,
    amount_to_json,
    code_lines,
    code_to_json,
    conflict_lines,
    conflict_to_json,
    write_csv,
)
from chatbot.amounts.records import AmountLine
from chatbot.command_parts import as_json, filters_of
from chatbot.opening import open_documents
from chatbot.workbench.selection import select_answers
from corpus.records import Document


def run_amounts(options: Namespace) -> Iterator[str]:
    """Show the amounts of the answers that pass the filters, or write them to a file, or show
    which of them clash."""
    documents = open_documents(options)
    lines = _filtered(documents, build_amounts(documents), options)
    if options.conflicts:
        conflicts = find_conflicts(documents, lines)
        if options.json:
            yield as_json([conflict_to_json(conflict) for conflict in conflicts])
        else:
            yield from conflict_lines(conflicts)
        return
    if options.csv:
        write_csv(lines, options.csv)
    if options.json:
        yield as_json([amount_to_json(line) for line in lines])
    elif options.csv:
        yield f"{len(lines)} bedragen en aantallen staan nu in {options.csv}."
    else:
        yield from amount_lines(lines)


def run_codes(options: Namespace) -> Iterator[str]:
    """Show every code, or all that names one code."""
    documents = open_documents(options)
    uses = list_codes(documents, build_amounts(documents))
    if options.code is not None:
        uses = find_codes(options.code, uses)
    if options.json:
        yield as_json([code_to_json(use) for use in uses])
    else:
        yield from code_lines(uses, options.code)


def _filtered(
    documents: Sequence[Document], lines: tuple[AmountLine, ...], options: Namespace
) -> tuple[AmountLine, ...]:
    chosen = {
        (document.document_id, answer.answer_id)
        for document, answer in select_answers(documents, filters_of(options))
    }
    return tuple(line for line in lines if (line.document_id, line.answer_id) in chosen)
