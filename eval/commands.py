"""What each measurement of `bijlage eval` does: from its options to what is printed and a status.

What measures is imported when it is asked for; `--help` needs none of it.
"""

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from eval.questions import LABEL_SPLITS, LEDGER_SPLITS, SPLITS

if TYPE_CHECKING:
    from eval.experiment import ModelChoice
    from eval.report import Json
    from eval.tables import Table

Outcome = tuple[str, int]
"""What is to be printed, and the exit status."""


def _gold(options: Namespace) -> Outcome:
    from eval import report
    from eval.experiment import run_gold, run_questions
    from eval.tables import all_tables, to_text

    if options.questions:
        results = run_questions(_models(options), options.questions, options.index)
    else:
        results = run_gold(_models(options), _splits(options, SPLITS))
    if options.out:
        report.write_report(results, options.out)
    if options.json:
        return report.dump(report.to_json(results)), 0
    return "\n\n".join(to_text(table) for table in all_tables(results)), 0


def _chamber(options: Namespace) -> Outcome:
    from eval.chamber import Asking, chamber_table, chamber_to_json, run_chamber

    asking = Asking(options.limit, options.only, options.split, options.whole_question)
    results = run_chamber(options.folder, _models(options), asking)
    return _tell(options, [chamber_table(results)], chamber_to_json(results)), 0


def _compare_models(options: Namespace) -> Outcome:
    from eval.models import model_tables

    tables = model_tables(options.folder, _models(options), options.split or "dev")
    fields = {table.title: [table.header, *table.rows] for table in tables}
    return _tell(options, tables, fields), 0


def _promises(options: Namespace) -> Outcome:
    from eval.promises import promise_table, score_promises

    scores = [score_promises(split) for split in _splits(options, LABEL_SPLITS)]
    fields = {score.split: asdict(score) for score in scores}
    return _tell(options, [promise_table(scores)], fields), 0


def _page(options: Namespace) -> Outcome:
    from eval import report
    from eval.experiment import ModelChoice, run_gold
    from eval.page import PAGE_FILE, page_fields

    choice = ModelChoice()
    fields = page_fields(run_gold([choice], SPLITS), choice.load().whole_fingerprint)
    PAGE_FILE.write_text(report.dump(fields) + "\n", encoding="utf-8")
    return (report.dump(fields) if options.json else f"Geschreven: {PAGE_FILE}"), 0


def _ledger(options: Namespace) -> Outcome:
    from eval.ledger import ledger_table, run_ledger

    scores = run_ledger(_models(options)[0], _splits(options, LEDGER_SPLITS))
    fields = {score.split: asdict(score) for score in scores}
    return _tell(options, [ledger_table(scores)], fields), 0


def _asked(options: Namespace) -> Outcome:
    from eval.asked import asked_table, run_asked

    scores, fitted = run_asked(_models(options)[0], _splits(options, SPLITS))
    fields = {score.split: asdict(score) for score in scores} | {"best on dev": asdict(fitted)}
    told = _tell(options, [asked_table(scores)], fields)
    return told if options.json else f"{told}\n\n{fitted}", 0


def _gate(options: Namespace) -> Outcome:
    from eval import report
    from eval.gate import check_dev, checks_to_json, failures, renew, write_bounds

    checks = check_dev(options.floors)
    if options.renew:
        checks = renew(checks)
        write_bounds(checks, options.floors)
    status = 1 if failures(checks) else 0
    if options.json:
        return report.dump(checks_to_json(checks)), status
    return "\n".join(str(check) for check in checks), status


def _amounts(options: Namespace) -> Outcome:
    from eval.amounts import amount_tables, score_amounts, score_codes
    from eval.questions import document_of

    splits = _splits(options, LABEL_SPLITS)
    scores = [score_amounts(split) for split in splits]
    firsts: dict[Path, str] = {}
    for split in splits:
        firsts.setdefault(document_of(split), split)
    codes = [score_codes(split) for split in firsts.values()]
    fields: Json = {score.split: asdict(score) for score in scores}
    fields["codes"] = {score.document: asdict(score) for score in codes}
    return _tell(options, amount_tables(scores, codes), fields), 0


def _tell(options: Namespace, tables: "Sequence[Table]", fields: "Json") -> str:
    """Write the tables and the fields to the folder that was asked for, if any, and return what is
    to be printed: JSON or the tables."""
    from eval import report
    from eval.tables import to_text

    if options.out:
        report.write_tables(tables, fields, options.out)
    return report.dump(fields) if options.json else "\n\n".join(map(to_text, tables))


COMMANDS: dict[str, Callable[[Namespace], Outcome]] = {
    "gold": _gold,
    "chamber": _chamber,
    "models": _compare_models,
    "gate": _gate,
    "page": _page,
    "promises": _promises,
    "asked": _asked,
    "amounts": _amounts,
    "ledger": _ledger,
}


def _splits(options: Namespace, every: Sequence[str]) -> tuple[str, ...]:
    return (options.split,) if options.split else tuple(every)


def _models(options: Namespace) -> "list[ModelChoice]":
    """Return the models asked for, each with the prefixes in its place; else the bundled one."""
    from eval.experiment import ModelChoice

    chosen = [None if name == "bundled" else name for name in options.model] or [None]
    prefixes = zip_longest(options.query_prefix, options.passage_prefix, fillvalue="")
    padded = [*prefixes, *[("", "")] * len(chosen)]
    return [ModelChoice(name, *pair) for name, pair in zip(chosen, padded, strict=False)]
