"""The command `bijlage eval`, also `python -m eval`: measure, compare, guard.

Exit status 0; 1 for a fault that the user can mend, or a bound that isn't reached; 2 for wrong
usage. Everything is measured first and printed then, so that `--json` gives JSON and no more.
"""

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence, Set
from contextlib import redirect_stdout
from dataclasses import asdict
from io import TextIOWrapper
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.dutch_argparse import DutchParser, at_least_one
from corpus.enumeration import join_names
from eval.questions import GOLD_SPLITS, LABEL_SPLITS, LEDGER_SPLITS, SPLITS
from index.encoder import ModelError

if TYPE_CHECKING:
    from eval.experiment import ModelChoice
    from eval.report import Json
    from eval.tables import Table

DESCRIPTION = (
    "Meet de zoekfunctie op de goudset van de bijlage (gold, ook zonder argument), op vragen van "
    "de Kamer (chamber MAP), vergelijk modellen op alles (models MAP), toets de zoekfunctie aan de "
    "ondergrens (gate), of meet beloftes en uitstel (promises), deelvragen (ledger) of "
    "bedragen (amounts)."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one measurement, print it and return the exit status."""
    from eval.chamber import ChamberError
    from eval.report import ReportError
    from eval.sts import StsError

    parser = build_parser()
    options = parser.parse_args(argv)
    if fault := _find_fault(parser, options):
        parser.error(fault)
    try:
        with redirect_stdout(sys.stderr):
            text, status = COMMANDS[options.what](options)
    except (ModelError, ChamberError, StsError, ReportError) as error:
        print(f"bijlage: {error}", file=sys.stderr)
        return 1
    _print(text)
    return status


def build_parser() -> DutchParser:
    """Return the parser of `bijlage eval`."""
    parser = DutchParser(prog="bijlage eval", description=DESCRIPTION)
    add = parser.arguments.add_argument
    add(
        "what",
        metavar="WAT",
        nargs="?",
        default="gold",
        choices=tuple(COMMANDS),
        help=", ".join(COMMANDS),
    )
    add("folder", metavar="MAP", nargs="?", type=Path, help=FOLDER_HELP)
    add = parser.options.add_argument
    add("--split", metavar="HELFT", choices=EVERY_SPLIT, help=SPLIT_HELP)
    add("--whole-question", action="store_true", help="vraag de hele vraag, voor chamber")
    add("--limit", metavar="AANTAL", type=at_least_one, help="zoveel titels, voor chamber")
    add(
        "--only",
        metavar="BESTAND",
        type=Path,
        help="enkel deze doc_id's (één per regel), voor chamber: die waarop niet getraind is",
    )
    for name, metavar, what in (
        (
            "--model",
            "NAAM",
            "ander model of map; herhaal om te vergelijken (bundled: het ingebouwde)",
        ),
        ("--query-prefix", "TEKST", "tekst vóór elke vraag, per model in dezelfde volgorde"),
        ("--passage-prefix", "TEKST", "tekst vóór elk fragment, per model in dezelfde volgorde"),
    ):
        add(name, metavar=metavar, action="append", default=[], help=what)
    add("--renew", action="store_true", help="leg de ondergrens opnieuw vast, voor gate")
    add("--out", metavar="MAP", type=Path, help="schrijf JSON, Markdown en grafieken in deze map")
    add("--json", action="store_true", help="schrijf JSON op de standaarduitvoer")
    return parser


def _find_fault(parser: DutchParser, options: Namespace) -> str:
    """Return what is wrong with options that are each right by themselves; "" for nothing."""
    what = options.what
    if (what in ASK_FOLDER) != (options.folder is not None):
        return "chamber en models, en enkel die, vragen een map"
    given = (name for name, value in vars(options).items() if value != parser.get_default(name))
    foreign = [f"--{name.replace('_', '-')}" for name in given if name not in TAKEN[what]]
    if foreign:
        return f"{what} gebruikt {join_names(foreign)} niet"
    if options.split not in (None, *SPLITS_OF.get(what, SPLITS)):
        return f"{what} kent {options.split} niet"
    if what in ONE_MODEL and len(options.model) > 1:
        return f"{what} meet één model; geef --model één keer"
    models = max(1, len(options.model))
    if max(len(options.query_prefix), len(options.passage_prefix)) > models:
        return "er zijn meer voorvoegsels dan modellen; geef er hoogstens één per model"
    return ""


def _gold(options: Namespace) -> tuple[str, int]:
    from eval import report
    from eval.experiment import run_gold
    from eval.tables import all_tables, to_text

    splits = (options.split,) if options.split else SPLITS
    results = run_gold(_models(options), splits)
    if options.out:
        report.write_report(results, options.out)
    if options.json:
        return report.dump(report.to_json(results)), 0
    return "\n\n".join(to_text(table) for table in all_tables(results)), 0


def _chamber(options: Namespace) -> tuple[str, int]:
    from eval.chamber import Asking, chamber_table, chamber_to_json, run_chamber

    asking = Asking(options.limit, options.only, options.split, options.whole_question)
    results = run_chamber(options.folder, _models(options), asking)
    return _tell(options, [chamber_table(results)], chamber_to_json(results)), 0


def _compare_models(options: Namespace) -> tuple[str, int]:
    from eval.models import model_tables

    tables = model_tables(options.folder, _models(options), options.split or "dev")
    fields = {table.title: [table.header, *table.rows] for table in tables}
    return _tell(options, tables, fields), 0


def _promises(options: Namespace) -> tuple[str, int]:
    from eval.promises import promise_table, score_promises

    scores = [score_promises(split) for split in _label_splits(options)]
    fields = {score.split: asdict(score) for score in scores}
    return _tell(options, [promise_table(scores)], fields), 0


def _page(options: Namespace) -> tuple[str, int]:
    from eval import report
    from eval.experiment import ModelChoice, run_gold
    from eval.page import PAGE_FILE, page_fields

    choice = ModelChoice()
    fields = page_fields(run_gold([choice], SPLITS), choice.load().whole_fingerprint)
    PAGE_FILE.write_text(report.dump(fields) + "\n", encoding="utf-8")
    return (report.dump(fields) if options.json else f"Geschreven: {PAGE_FILE}"), 0


def _ledger(options: Namespace) -> tuple[str, int]:
    from eval.ledger import ledger_table, run_ledger

    scores = run_ledger(_models(options)[0], _label_splits(options))
    fields = {score.split: asdict(score) for score in scores}
    return _tell(options, [ledger_table(scores)], fields), 0


def _asked(options: Namespace) -> tuple[str, int]:
    from eval.asked import asked_table, run_asked

    splits = (options.split,) if options.split else SPLITS
    scores, fitted = run_asked(_models(options)[0], splits)
    fields = {score.split: asdict(score) for score in scores} | {"best on dev": asdict(fitted)}
    told = _tell(options, [asked_table(scores)], fields)
    return told if options.json else f"{told}\n\n{fitted}", 0


def _gate(options: Namespace) -> tuple[str, int]:
    from eval import report
    from eval.gate import check_dev, checks_to_json, failures, renew, write_bounds

    checks = check_dev()
    if options.renew:
        checks = renew(checks)
        write_bounds(checks)
    status = 1 if failures(checks) else 0
    if options.json:
        return report.dump(checks_to_json(checks)), status
    return "\n".join(str(check) for check in checks), status


def _amounts(options: Namespace) -> tuple[str, int]:
    from eval.amounts import amount_tables, score_amounts, score_codes
    from eval.questions import document_of

    splits = _label_splits(options)
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


COMMANDS = {
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
ASK_FOLDER = ("chamber", "models")
ONE_MODEL = ("asked", "ledger")
_ANY = {"what", "json"}
_MODELS = {"model", "query_prefix", "passage_prefix"}
TAKEN: Mapping[str, Set[str]] = {
    "gold": {*_ANY, *_MODELS, "split", "out"},
    "chamber": {*_ANY, *_MODELS, "folder", "split", "whole_question", "limit", "only", "out"},
    "models": {*_ANY, *_MODELS, "folder", "split", "out"},
    "gate": {*_ANY, "renew"},
    "page": _ANY,
    "promises": {*_ANY, "split", "out"},
    "asked": {*_ANY, *_MODELS, "split", "out"},
    "amounts": {*_ANY, "split", "out"},
    "ledger": {*_ANY, *_MODELS, "split", "out"},
}
"""The options that each measurement looks at; another is refused, not passed over."""
EVERY_SPLIT = tuple(dict.fromkeys((*GOLD_SPLITS, *LEDGER_SPLITS)))
SPLITS_OF = {
    "gold": GOLD_SPLITS,
    "ledger": LEDGER_SPLITS,
    "amounts": LABEL_SPLITS,
    "promises": LABEL_SPLITS,
}
SPLIT_HELP = (
    "enkel dev of test; of een verzonnen bijlage: second (gold, ledger, amounts, promises), "
    "third (dezelfde), long (gold, ledger) of blocks (ledger)"
)
FOLDER_HELP = "map met pairs.tsv, voor chamber; map met alle trainingsdata, voor models"


def _label_splits(options: Namespace) -> tuple[str, ...]:
    return (options.split,) if options.split else SPLITS_OF[options.what]


def _models(options: Namespace) -> "list[ModelChoice]":
    """Return the models asked for, each with the prefixes in its place; else the bundled one."""
    from eval.experiment import ModelChoice

    chosen = [None if name == "bundled" else name for name in options.model] or [None]
    prefixes = zip_longest(options.query_prefix, options.passage_prefix, fillvalue="")
    padded = [*prefixes, *[("", "")] * len(chosen)]
    return [ModelChoice(name, *pair) for name, pair in zip(chosen, padded, strict=False)]


def _print(text: str) -> None:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    print(text)
