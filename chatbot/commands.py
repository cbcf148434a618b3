"""What each command does: every function yields the lines that go to stdout.

Modules that load a model or the page are imported where a command needs them, so that the
others start at once.
"""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, nullcontext
from itertools import chain
from typing import TYPE_CHECKING

from chatbot.checks import check_question
from chatbot.command_parts import as_json, filters_of
from chatbot.notices import caution
from chatbot.workbench.commands import (
    run_asked,
    run_cite,
    run_export,
    run_overview,
    run_promises,
)

if TYPE_CHECKING:
    from chatbot.credentials import Credentials
    from chatbot.waiting import Door

PAGE_NEXT = "De documenten staan klaar; de pagina wordt geopend."


def run_index(options: Namespace) -> Iterator[str]:
    """Build or extend an index from the sources."""
    from chatbot.opening import build

    report = build(options)
    if options.json:
        yield as_json(
            {
                "documents": report.documents,
                "answers": report.answers,
                "passages": report.passages,
                "seconds": round(report.seconds, 3),
            }
        )
        return
    counts = (
        counted(report.documents, "document", "documenten"),
        counted(report.answers, "antwoord", "antwoorden"),
        counted(report.passages, "passage", "passages"),
    )
    yield "De index telt nu {}, {} en {} ({:.1f} s).".format(*counts, report.seconds)


def run_answers(options: Namespace) -> Iterator[str]:
    """Show all answers, in document order."""
    from chatbot.opening import open_documents
    from chatbot.reply import answer_to_json
    from chatbot.terminal import answer_lines

    answers = [answer for document in open_documents(options) for answer in document.answers]
    if options.json:
        yield as_json([answer_to_json(answer) for answer in answers])
        return
    yield from chain.from_iterable(answer_lines(answer) for answer in answers)


def run_ask(options: Namespace) -> Iterator[str]:
    """Answer one question, or each question of a batch file."""
    return _ask_batch(options) if options.batch else _ask_one(options)


def run_chat(options: Namespace) -> Iterator[str]:
    """Serve the chat page until interrupted."""
    from chatbot.credentials import check_host, read_credentials
    from chatbot.mcp_tool import check_package
    from chatbot.waiting import open_door

    if options.mcp:
        check_package()
    credentials = read_credentials(options.auth)
    check_host(options.host, credentials)
    with open_door(options.host, options.port) as door:
        _serve_behind(door, options, credentials)
    yield from ()


def run_feedback(options: Namespace) -> Iterator[str]:
    """Write what readers thought of replies as gold questions."""
    from chatbot.feedback import export, feedback_file

    gold, unlabelled, apart = export(feedback_file(), options.out)
    if options.json:
        yield as_json({"gold": gold, "unlabelled": unlabelled})
        return
    if not gold and not unlabelled:
        yield "Er is nog geen oordeel bewaard; geef het op de chatpagina met Juist of Onjuist."
        return
    if gold:
        yield f"{counted(gold, 'vraag', 'vragen')} met het oordeel Juist: zie {options.out}."
    if unlabelled:
        left = counted(unlabelled, "vraag", "vragen")
        yield f"{left} om na te kijken (Onjuist, of gesteld met een filter): zie {apart}."


def run_amounts(options: Namespace) -> Iterator[str]:
    """Show every amount, or which of them clash."""
    from chatbot.amounts.commands import run_amounts as run

    return run(options)


def run_codes(options: Namespace) -> Iterator[str]:
    """Show where codes are named."""
    from chatbot.amounts.commands import run_codes as run

    return run(options)


def run_questions(options: Namespace) -> Iterator[str]:
    """Show the ledger of sub-questions."""
    from chatbot.ledger.build import build_ledger
    from chatbot.ledger.output import ledger_lines, line_to_json
    from chatbot.ledger.selection import select_lines
    from chatbot.opening import open_index

    index = open_index(options)
    ledger = select_lines(index, build_ledger(index), filters_of(options), options.status)
    if options.json:
        yield as_json([line_to_json(line) for line in ledger])
    else:
        yield from ledger_lines(ledger)


COMMANDS: Mapping[str, Callable[[Namespace], Iterator[str]]] = {
    "index": run_index,
    "answers": run_answers,
    "ask": run_ask,
    "amounts": run_amounts,
    "codes": run_codes,
    "questions": run_questions,
    "promises": run_promises,
    "overview": run_overview,
    "asked": run_asked,
    "export": run_export,
    "cite": run_cite,
    "chat": run_chat,
    "feedback": run_feedback,
}


def counted(count: int, one: str, many: str) -> str:
    """Return a number with its noun: "1 document", "2 documenten"."""
    return f"{count} {one if count == 1 else many}"


def _serve_behind(door: "Door", options: Namespace, credentials: "Credentials | None") -> None:
    """Open the index and the page while whoever looks sees that this is going on; then serve."""
    door.say(f"De chat wordt geopend; {door.address} toont hoe ver het is.")
    from chatbot.mcp_tool import PACKAGE
    from chatbot.tabs.quick import without_collection, without_package

    with ExitStack() as starting:
        starting.enter_context(without_collection())
        from chatbot.opening import open_index, own_index_folder

        index = open_index(options, tell=door.say, progress=door.count)
        index.encoder.prepare()
        door.show(PAGE_NEXT)
        with nullcontext() if options.mcp else without_package(PACKAGE):
            from chatbot.server import serve
        from chatbot.library import Library

        def opened() -> None:
            """Say so, past what keeps a library's prints off stdout."""
            starting.close()
            words = f"De chat staat open op {door.address} (stoppen: Ctrl+C)."
            print(words, file=sys.__stdout__, flush=True)

        library = Library(index, own_index_folder(options))
        serve(library, door, options.host, credentials, mcp=options.mcp, opened=opened)


def _ask_one(options: Namespace) -> Iterator[str]:
    question = check_question(options.question)
    from chatbot.opening import open_searchable
    from chatbot.reply import answer_question, reply_to_json
    from chatbot.terminal import reply_lines

    index = open_searchable(options)
    reply = answer_question(index, question, options.k, filters_of(options))
    if options.json:
        yield as_json(reply_to_json(reply))
    else:
        yield from reply_lines(reply)


def _ask_batch(options: Namespace) -> Iterator[str]:
    from chatbot.batch import caution_on_ids, read_batch

    batch = read_batch(options.batch)
    if repeated := caution_on_ids(batch):
        caution(repeated)
    from chatbot.opening import open_searchable
    from chatbot.reply import answer_last_turn, reply_to_json
    from chatbot.terminal import reply_lines

    index = open_searchable(options)
    filters = filters_of(options)
    for item in batch:
        reply = answer_last_turn(index, item.turns, options.k, filters)
        if options.json:
            yield as_json({"id": item.question_id, **reply_to_json(reply)})
        else:
            yield f"[{item.question_id}] {reply.question}"
            yield from reply_lines(reply)
            yield ""
