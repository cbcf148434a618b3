"""Which measurements and options `bijlage eval` has; only parsing, nothing heavy is imported."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from chatbot.dutch_argparse import DutchParser, at_least_one, filled_path
from eval.commands import COMMANDS
from eval.questions import FLOORS, GOLD_SPLITS, LABEL_SPLITS, LEDGER_SPLITS, SPLITS

DEFAULT = "gold"
ONE_MODEL = ("asked", "ledger")
DESCRIPTION = (
    "Meet hoe goed Bijlage vindt, citeert en weigert. Zonder opdracht: gold, de goudset van de"
    " meegeleverde bijlage."
)


def build_parser() -> DutchParser:
    """Return the parser of `bijlage eval`."""
    parser = DutchParser(prog="bijlage eval", description=DESCRIPTION)
    commands = parser.add_subparsers(
        title="metingen", metavar="METING", dest="what", required=True, parser_class=DutchParser
    )
    gold = _command(commands, "gold", "meet de zoekfunctie op de goudset, of op eigen vragen")
    _add_models(gold)
    _add_split(gold, GOLD_SPLITS)
    _add_questions(gold)
    _add_out(gold)
    _add_chamber(_command(commands, "chamber", "meet op schriftelijke vragen van de Kamer"))
    models = _command(commands, "models", "vergelijk modellen op alles, met de trainingsdata")
    _add_folder(models, "map met alle trainingsdata")
    _add_models(models)
    _add_split(models, SPLITS)
    _add_out(models)
    gate = _command(commands, "gate", "toets de zoekfunctie aan de ondergrens")
    add = gate.options.add_argument
    add("--renew", action="store_true", help="leg de ondergrens opnieuw vast")
    add("--floors", metavar="BESTAND", type=filled_path, default=FLOORS, help="de ondergrens")
    _command(commands, "page", "vernieuw de cijfers op het tabblad Evaluatie")
    for name, what, splits in (
        ("promises", "meet beloftes en uitstel", LABEL_SPLITS),
        ("asked", "meet 'al gevraagd?'", SPLITS),
        ("amounts", "meet bedragen en codes", LABEL_SPLITS),
        ("ledger", "meet deelvragen en hun status", LEDGER_SPLITS),
    ):
        command = _command(commands, name, what)
        if name in ONE_MODEL:
            _add_models(command)
        _add_split(command, splits)
        _add_out(command)
    return parser


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the measurement and its options.

    Raises:
        SystemExit: With status 2 after one Dutch sentence, or 0 after the help.
    """
    parser = build_parser()
    options = parser.parse_args(_lead_with_command(arguments))
    if fault := _find_fault(options):
        parser.error(f"{options.what} {fault}")
    return options


def _find_fault(options: argparse.Namespace) -> str:
    """Return what is wrong with options that are each right by themselves; "" for nothing."""
    models = getattr(options, "model", [])
    if options.what in ONE_MODEL and len(models) > 1:
        return "meet één model; geef --model één keer"
    prefixes = (getattr(options, name, []) for name in ("query_prefix", "passage_prefix"))
    if max(map(len, prefixes)) > max(1, len(models)):
        return "kreeg meer voorvoegsels dan modellen; geef er hoogstens één per model"
    if options.what == "gold" and options.questions and options.split:
        return "meet --questions of --split, één van beide"
    if options.what == "gold" and options.index and not options.questions:
        return "gebruikt --index enkel met --questions"
    return ""


def _lead_with_command(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the measurement in front, the default where none is named: what
    stood before `eval` is handed over first."""
    for place, word in enumerate(arguments):
        before = arguments[place - 1] if place else ""
        is_value = before.startswith("-") and before != "--json"
        if word in COMMANDS and not is_value:
            return [word, *arguments[:place], *arguments[place + 1 :]]
    if arguments and (not arguments[0].startswith("-") or arguments[0] in ("-h", "--help")):
        return [*arguments]
    return [DEFAULT, *arguments]


def _command(
    commands: "argparse._SubParsersAction[DutchParser]", name: str, summary: str
) -> DutchParser:
    description = f"{summary[0].upper()}{summary[1:]}."
    parser = commands.add_parser(name, help=summary, description=description)
    parser.options.add_argument(
        "--json", action="store_true", help="schrijf JSON (UTF-8) op de standaarduitvoer"
    )
    return parser


def _add_folder(parser: DutchParser, what: str) -> None:
    parser.arguments.add_argument("folder", metavar="MAP", type=filled_path, help=what)


def _add_split(parser: DutchParser, splits: Sequence[str]) -> None:
    invented = ", ".join(split for split in splits if split not in SPLITS)
    text = "enkel dev of test" + (f"; of van een verzonnen bijlage: {invented}" if invented else "")
    parser.options.add_argument("--split", metavar="HELFT", choices=splits, help=text)


def _add_out(parser: DutchParser) -> None:
    parser.options.add_argument(
        "--out", metavar="MAP", type=Path, help="schrijf JSON, Markdown en grafieken in deze map"
    )


def _add_models(parser: DutchParser) -> None:
    for name, metavar, what in (
        ("--model", "NAAM", "ander model of map; herhaal om te vergelijken (bundled: ingebouwd)"),
        ("--query-prefix", "TEKST", "tekst vóór elke vraag, per model in dezelfde volgorde"),
        ("--passage-prefix", "TEKST", "tekst vóór elk fragment, per model in dezelfde volgorde"),
    ):
        parser.options.add_argument(name, metavar=metavar, action="append", default=[], help=what)


def _add_questions(parser: DutchParser) -> None:
    add = parser.options.add_argument
    add(
        "--questions",
        metavar="BESTAND",
        type=filled_path,
        help="eigen vragen (JSONL), zoals 'bijlage feedback' ze schrijft",
    )
    add(
        "--index",
        metavar="MAP",
        type=filled_path,
        help="index waarop --questions slaat (zonder: de meegeleverde bijlage)",
    )


def _add_chamber(parser: DutchParser) -> None:
    _add_folder(parser, "map met pairs.tsv")
    _add_models(parser)
    _add_split(parser, SPLITS)
    add = parser.options.add_argument
    add("--whole-question", action="store_true", help="stel de hele vraag in plaats van de titel")
    add("--limit", metavar="AANTAL", type=at_least_one, help="vraag zoveel titels")
    add(
        "--only",
        metavar="BESTAND",
        type=filled_path,
        help="enkel deze doc_id's (één per regel): die waarop niet getraind is",
    )
    _add_out(parser)
