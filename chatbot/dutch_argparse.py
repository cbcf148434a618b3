"""An argument parser that speaks Dutch: help, usage and faults.

`argparse` words its messages in English and has no setting for another language; a fault is
reworded here from its English form, one pattern each (Python 3.11 to 3.14). Exit status 2.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import Any, NoReturn

WORDINGS = (
    (r"the following arguments are required: (.+)", r"er ontbreekt: \1"),
    (r"unrecognized arguments: (.+)", r"onbekend: \1"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 kan \2 betekenen"),
    (r"argument (.+): expected at least one argument", r"\1 verwacht minstens één waarde"),
    (r"argument (.+): expected one argument", r"\1 verwacht een waarde"),
    (
        r"argument (.+): ignored explicit argument (.+)",
        r"\1 verwacht geen waarde, kreeg \2",
    ),
    (r"argument (.+): not allowed with argument (.+)", r"\1 en \2 gaan niet samen"),
    (
        r"argument (.+): invalid choice: (.+?) \(choose from (.+?)\)",
        r"\1 kent \2 niet; kies uit \3",
    ),
    (r"argument (.+?): (.+)", r"\1: \2"),
)


class DutchFormatter(argparse.HelpFormatter):
    """Help with a Dutch heading above the usage."""

    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        """Add the usage under its Dutch heading."""
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)


class DutchParser(argparse.ArgumentParser):
    """A parser whose help and faults are Dutch; options are never abbreviated."""

    def __init__(self, **settings: Any) -> None:
        settings = {"formatter_class": DutchFormatter, "add_help": True, **settings}
        wants_help = settings.pop("add_help")
        super().__init__(**settings, add_help=False, allow_abbrev=False)
        self.arguments = self.add_argument_group("argumenten")
        self.options = self.add_argument_group("opties")
        if wants_help:
            self.options.add_argument("-h", "--help", action="help", help="toon deze hulp")

    def error(self, message: str) -> NoReturn:
        """Print one Dutch sentence on stderr and exit with status 2."""
        print(f"{self.prog}: {in_dutch(message)} (hulp: {self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)


def in_dutch(message: str) -> str:
    """Return a fault of argparse in Dutch; one that is unknown stays as it is."""
    for pattern, wording in WORDINGS:
        if match := re.fullmatch(pattern, message, flags=re.DOTALL):
            return match.expand(wording)
    return message


def filled(text: str) -> str:
    """Return a value that isn't blank; for `type=` of an argument. An empty one, as a script gives
    whose variable is unset, would else count as the default or as the folder that one is in."""
    if not text.strip():
        raise argparse.ArgumentTypeError("geef een waarde die niet leeg is")
    return text


def filled_path(text: str) -> Path:
    """Return a path whose name isn't blank; for `type=` of an argument."""
    return Path(filled(text))


def at_least_one(text: str) -> int:
    """Return a whole number from 1 on; for `type=` of an argument."""
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) < 1:
        raise argparse.ArgumentTypeError(f"geef een geheel getal van 1 tot 999999, niet “{text}”")
    return int(text)


def port_number(text: str) -> int:
    """Return a port between 1 and 65535; for `type=` of an argument."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"geef een poort van 1 tot 65535, niet “{text}”")
    return int(text)
