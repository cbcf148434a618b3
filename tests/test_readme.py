"""The README says what the program does: its commands are run, its answer is compared."""

import re
import shlex
from pathlib import Path

import pytest

from chatbot import cli
from chatbot.arguments import build_parser, find_plugins

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCES = re.findall(r"^```(\w*)\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)

Capture = pytest.CaptureFixture[str]


def commands_of(program: str) -> list[list[str]]:
    """Return the arguments of every shell command in the README that starts with `program`."""
    shell = "\n".join(text for kind, text in FENCES if kind == "sh").replace("\\\n", " ")
    lines = [shlex.split(line, comments=True) for line in shell.splitlines()]
    return [line[1:] for line in lines if line[:1] == [program]]


def test_the_question_that_is_shown_gets_the_answer_that_is_shown(
    index_folder: Path, capsys: Capture
) -> None:
    place = next(i for i, (_, text) in enumerate(FENCES) if text.startswith("bijlage ask"))
    command = shlex.split(FENCES[place][1])[1:]
    assert cli.main([*command, "--index", str(index_folder)]) == 0
    assert capsys.readouterr().out == FENCES[place + 1][1]


@pytest.mark.parametrize("command", commands_of("bijlage"), ids=" ".join)
def test_every_bijlage_command_is_right_usage(command: list[str]) -> None:
    parser = build_parser(find_plugins())
    assert parser.parse_args(command).command == command[0]


def test_every_make_command_is_a_target() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = {command[0] for command in commands_of("make")}
    assert {"chat", "test"} <= asked <= targets


def test_the_table_lists_every_command_and_no_other(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    listed = set(re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE))
    assert set(re.findall(r"^\| `bijlage (\w+)", README, re.MULTILINE)) == listed


def test_every_option_of_ask_stands_in_the_readme(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        cli.main(["ask", "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert options <= set(re.findall(r"--[a-z-]+", README))
