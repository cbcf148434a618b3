"""What the commands of the workbench do: every function yields the lines that go to stdout.

Modules that load a model or documents are imported where a command needs them.
"""

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from chatbot.checks import ChatbotError, check_question
from chatbot.command_parts import as_json, filters_of
from chatbot.files import check_target, write_whole

if TYPE_CHECKING:
    from chatbot.ledger.records import LedgerLine


def run_promises(options: Namespace) -> Iterator[str]:
    """Show what was announced, put off or said not to be known."""
    from chatbot.opening import open_documents
    from chatbot.workbench.promises import list_promises, promise_lines, promise_to_json
    from chatbot.workbench.selection import select_answers

    answers = select_answers(open_documents(options), filters_of(options))
    found = list_promises(answers, options.kind)
    if options.json:
        yield as_json([promise_to_json(line) for line in found])
    else:
        yield from promise_lines(found)


def run_overview(options: Namespace) -> Iterator[str]:
    """Show how much was asked and answered, per party, member and topic."""
    from chatbot.ledger.build import build_ledger
    from chatbot.opening import open_index
    from chatbot.workbench.overview import build_overview, overview_to_json
    from chatbot.workbench.overview_svg import charts_svg
    from chatbot.workbench.overview_text import overview_lines

    if options.svg:
        check_target(options.svg, (".svg",))
    index = open_index(options)
    overview = build_overview(index.documents, build_ledger(index))
    if options.svg:
        write_whole(options.svg, charts_svg(overview).encode("utf-8"))
    if options.json:
        yield as_json(overview_to_json(overview))
    else:
        yield from overview_lines(overview)


def run_asked(options: Namespace) -> Iterator[str]:
    """Show which sub-questions are like the questions of a draft."""
    draft = check_question(options.draft)
    from chatbot.ledger.build import build_ledger
    from chatbot.opening import open_index
    from chatbot.workbench.asked import find_asked
    from chatbot.workbench.asked_text import EMPTY, asked_lines, asked_to_json

    index = open_index(options)
    ledger = build_ledger(index)
    found = find_asked(index, ledger, draft, options.k)
    if options.json:
        yield as_json(asked_to_json(index, found))
    elif not ledger:
        yield EMPTY
    else:
        yield from asked_lines(index, found)


def run_export(options: Namespace) -> Iterator[str]:
    """Write a dossier of answers, quotes, open sub-questions and notes."""
    from chatbot.dossier.collect import collect, find_answers
    from chatbot.dossier.items import make_note
    from chatbot.dossier.writing import SUFFIXES, write_dossier
    from chatbot.opening import open_documents

    if not (options.answers or options.quote or options.note):
        raise ChatbotError("Er is niets om te bewaren; geef --answers, --quote of --note.")
    check_target(options.out, SUFFIXES)
    notes = tuple(make_note(text) for text in options.note)
    documents = open_documents(options)
    found = find_answers(documents, options.answers)
    quotes = [
        (where, quote)
        for answer_id, quote in options.quote
        for where in find_answers(documents, [answer_id])
    ]
    ledger = _ledger(options) if options.questions else ()
    basket = (*collect(found, ledger, quotes), *notes)
    write_dossier(basket, options.out)
    if options.json:
        yield as_json({"file": str(options.out), "items": len(basket)})
    else:
        count = "1 onderdeel" if len(basket) == 1 else f"{len(basket)} onderdelen"
        yield f"Het dossier met {count} staat in {options.out}."


def run_cite(options: Namespace) -> Iterator[str]:
    """Show the source of an answer or of a quote in it, ready to copy."""
    from chatbot.dossier.collect import find_answers
    from chatbot.dossier.items import make_quote
    from chatbot.opening import open_documents
    from chatbot.reply import citation_text, page_of_slice

    for document, answer in find_answers(open_documents(options), [options.answer_id]):
        quote = answer.text if options.quote is None else options.quote
        place = make_quote(document, answer, quote)
        source = citation_text(document, answer, place.start, place.end)
        page = page_of_slice(answer, place.start, place.end)
        fields = {"answer_id": answer.answer_id, "quote": quote, "page": page, "citation": source}
        quoted = source if options.quote is None else f"“{quote}” ({source})"
        yield as_json(fields) if options.json else quoted


def _ledger(options: Namespace) -> "tuple[LedgerLine, ...]":
    from chatbot.ledger.build import build_ledger
    from chatbot.opening import open_index

    return build_ledger(open_index(options))
