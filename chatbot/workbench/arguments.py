"""The arguments of the workbench's commands; only parsing, nothing heavy is imported."""

from chatbot.dutch_argparse import DutchParser, at_least_one, filled_path

KINDS = ("belofte", "uitstel", "onbekend")


def add_promises(parser: DutchParser) -> None:
    """Add the filters of `bijlage promises`; those on party, member and topic are shared."""
    add = parser.options.add_argument
    add(
        "--kind",
        metavar="SOORT",
        action="append",
        default=[],
        choices=KINDS,
        help="enkel belofte, uitstel of onbekend (herhaalbaar)",
    )
    add(
        "--document",
        metavar="DOCUMENT",
        action="append",
        default=[],
        help="enkel dit document (herhaalbaar)",
    )


def add_overview(parser: DutchParser) -> None:
    """Add where `bijlage overview` draws its charts."""
    parser.options.add_argument(
        "--svg",
        metavar="BESTAND",
        type=filled_path,
        help="teken ook de grafieken in dit bestand (.svg)",
    )


def add_asked(parser: DutchParser) -> None:
    """Add the draft and the number of `bijlage asked`."""
    parser.arguments.add_argument(
        "draft", metavar="TEKST", help="uw ontwerp: een of meer vragen aan de minister"
    )
    parser.options.add_argument(
        "--k",
        metavar="AANTAL",
        type=at_least_one,
        default=5,
        help="hoogstens zoveel deelvragen per vraag (5)",
    )


def add_export(parser: DutchParser) -> None:
    """Add what goes into the dossier of `bijlage export`, and where it goes."""
    add = parser.options.add_argument
    add("--answers", metavar="ID", nargs="+", default=[], help="de antwoorden, op hun answer_id")
    add(
        "--questions",
        action="store_true",
        help="ook hun deelvragen die open of deels beantwoord zijn, met een vervolgvraag",
    )
    add(
        "--quote",
        metavar=("ID", "CITAAT"),
        nargs=2,
        action="append",
        default=[],
        help="een letterlijk citaat uit een antwoord (herhaalbaar)",
    )
    add("--note", metavar="TEKST", action="append", default=[], help="een eigen nota (herhaalbaar)")
    add("--out", metavar="BESTAND", type=filled_path, required=True, help="bestand (.docx of .md)")


def add_cite(parser: DutchParser) -> None:
    """Add which answer, and which words in it, `bijlage cite` names the source of."""
    parser.arguments.add_argument("answer_id", metavar="ID", help="het answer_id van het antwoord")
    parser.options.add_argument("--quote", metavar="CITAAT", help="letterlijke woorden eruit")
