"""Which commands and options `bijlage` has; only parsing, nothing heavy is imported."""

import argparse
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points

from chatbot.dutch_argparse import DutchParser, at_least_one, filled, filled_path, port_number
from chatbot.workbench.arguments import (
    add_asked,
    add_cite,
    add_export,
    add_overview,
    add_promises,
)

COMMANDS_GROUP = "bijlage.commands"  # other packages register a command here: NAME = module:main
DEFAULT_PORT = 7860  # Gradio's own
DEFAULT_HOST = "127.0.0.1"  # this computer only

FILTERS = (
    ("--party", "PARTIJ", "aan deze partij"),
    ("--member", "LID", "aan dit lid"),
    ("--topic", "ONDERWERP", "over dit onderwerp"),
)
DESCRIPTION = (
    "Stel vragen aan de schriftelijke antwoorden van een minister: met letterlijke citaten en"
    " bronvermelding, zonder internet."
)


def build_parser(plugins: Sequence[EntryPoint] = ()) -> DutchParser:
    """Return the parser; `plugins` are commands of other packages, parsed by themselves."""
    parser = DutchParser(prog="bijlage", description=DESCRIPTION)
    _add_shared(parser, top=True)
    commands = parser.add_subparsers(
        title="opdrachten",
        metavar="OPDRACHT",
        dest="command",
        required=True,
        parser_class=DutchParser,
    )
    _add_index(_command(commands, "index", "maak een index of vul hem aan"))
    _command(commands, "answers", "toon alle antwoorden van de documenten in de index")
    _add_ask(_command(commands, "ask", "stel een vraag, of een bestand vol vragen"))
    _add_amounts(_command(commands, "amounts", "toon alle bedragen en aantallen, of wat er botst"))
    _add_codes(_command(commands, "codes", "toon waar begrotingsartikels en ESR-codes staan"))
    _add_questions(_command(commands, "questions", "toon elke deelvraag en of ze beantwoord is"))
    promises = _command(commands, "promises", "toon beloftes, uitstel en wat niet gekend is")
    add_promises(promises)
    _add_filters(promises)
    add_overview(_command(commands, "overview", "tel alle vragen per partij, lid en onderwerp"))
    add_asked(_command(commands, "asked", "zoek of een ontwerpvraag al gesteld werd"))
    add_export(_command(commands, "export", "bewaar een dossier als Word of Markdown"))
    add_cite(_command(commands, "cite", "toon de bronvermelding van een antwoord of citaat"))
    _add_chat(_command(commands, "chat", "open de chatpagina op deze computer"))
    _add_feedback(_command(commands, "feedback", "bewaar uw oordelen als nieuwe toetsvragen"))
    for plugin in plugins:
        commands.add_parser(plugin.name, help=f"zie bijlage {plugin.name} --help", add_help=False)
    return parser


def parse_arguments(arguments: Sequence[str], plugins: Sequence[EntryPoint]) -> argparse.Namespace:
    """Return the command and its options; `rest` holds what a plugin is to parse itself.

    Raises:
        SystemExit: With status 2 after one Dutch sentence, or 0 after the help.
    """
    parser = build_parser(plugins)
    options, rest = parser.parse_known_args(arguments)
    options.rest = rest
    if options.command in {plugin.name for plugin in plugins}:
        return options
    if rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if getattr(options, "store", None) and options.index:
        parser.error("geef --index of --store, één van beide")
    if options.command == "amounts" and options.conflicts and options.csv:
        parser.error("geef --conflicts of --csv, één van beide")
    if options.command == "ask" and (options.question is None) == (options.batch is None):
        parser.error("geef bij ask een VRAAG of --batch BESTAND, één van beide")
    return options


def find_plugins() -> tuple[EntryPoint, ...]:
    """Return the commands that installed packages add, by name; none is imported yet."""
    return tuple(sorted(entry_points(group=COMMANDS_GROUP), key=lambda plugin: plugin.name))


def _command(
    commands: "argparse._SubParsersAction[DutchParser]", name: str, summary: str
) -> DutchParser:
    parser = commands.add_parser(
        name, help=summary, description=f"{summary[0].upper()}{summary[1:]}."
    )
    _add_shared(parser, top=False)
    return parser


def _add_shared(parser: DutchParser, top: bool) -> None:
    """Add the options that stand before or after the command; the last one counts."""
    absent = None if top else argparse.SUPPRESS
    add = parser.options.add_argument
    add("--index", metavar="MAP", type=filled_path, default=absent, help="map van de index")
    add(
        "--model",
        metavar="NAAM",
        type=filled,
        default=absent,
        help="ander sentence-transformers-model of map",
    )
    add("--query-prefix", metavar="TEKST", default=absent, help="tekst vóór elke vraag (model)")
    add("--passage-prefix", metavar="TEKST", default=absent, help="tekst vóór elk fragment (model)")
    add(
        "--json",
        action="store_true",
        default=False if top else argparse.SUPPRESS,
        help="schrijf JSON (UTF-8) op de standaarduitvoer",
    )


def _add_index(parser: DutchParser) -> None:
    _add_store(parser)
    parser.arguments.add_argument(
        "sources",
        metavar="BRON",
        nargs="+",
        type=filled_path,
        help="bestand (.txt, .pdf, .docx of .jsonl)",
    )


def _add_ask(parser: DutchParser) -> None:
    parser.arguments.add_argument("question", metavar="VRAAG", nargs="?", help="uw vraag")
    add = parser.options.add_argument
    add("--batch", metavar="BESTAND", type=filled_path, help="JSONL met een vraag per regel")
    add("--k", metavar="AANTAL", type=at_least_one, default=5, help="aantal fragmenten (5)")
    _add_store(parser)
    _add_filters(parser)


def _add_store(parser: DutchParser) -> None:
    parser.options.add_argument(
        "--store",
        metavar="ADRES",
        type=filled,
        help="index op een Milvus-server in plaats van een map: milvus://host:poort/verzameling",
    )


def _add_amounts(parser: DutchParser) -> None:
    add = parser.options.add_argument
    add("--conflicts", action="store_true", help="enkel bedragen die elkaar tegenspreken")
    add("--csv", metavar="BESTAND", type=filled_path, help="bewaar ze voor een rekenblad (.csv)")
    _add_filters(parser)


def _add_codes(parser: DutchParser) -> None:
    parser.arguments.add_argument(
        "code", metavar="CODE", nargs="?", help="artikel of ESR-code (zonder: alle codes)"
    )


def _add_questions(parser: DutchParser) -> None:
    parser.options.add_argument(
        "--status",
        choices=("beantwoord", "deels", "open"),
        action="append",
        default=[],
        help="enkel beantwoord, deels of open (herhaalbaar)",
    )
    _add_filters(parser)


def _add_filters(parser: DutchParser) -> None:
    for name, metavar, kind in FILTERS:
        help_text = f"enkel antwoorden {kind} (herhaalbaar)"
        parser.options.add_argument(
            name, metavar=metavar, action="append", default=[], help=help_text
        )


def _add_chat(parser: DutchParser) -> None:
    add = parser.options.add_argument
    add("--port", metavar="POORT", type=port_number, default=DEFAULT_PORT, help="poort (7860)")
    add("--host", metavar="ADRES", default=DEFAULT_HOST, help="adres om op te openen (127.0.0.1)")
    add(
        "--auth",
        metavar="BESTAND",
        type=filled_path,
        help="bestand met één regel 'naam:wachtwoord'",
    )
    add("--mcp", action="store_true", help="bied zoeken ook aan als MCP-hulpmiddel (pakket mcp)")


def _add_feedback(parser: DutchParser) -> None:
    parser.options.add_argument(
        "--out",
        metavar="BESTAND",
        type=filled_path,
        required=True,
        help="JSONL-bestand om te schrijven",
    )
