"""The command as users run it, on the real gold set, model and appendix."""

import json
import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest

from chatbot import cli
from eval import gate
from eval.arguments import parse_arguments
from eval.cli import PACKAGES, main
from eval.commands import COMMANDS
from eval.intervals import Estimate
from eval.questions import FLOORS, read_gold

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "new"
    assert main(["--split", "dev", "--out", str(folder), "--json"]) == 0
    return folder


def test_a_report_holds_numbers_tables_and_pictures(report: Path) -> None:
    assert {path.name for path in report.iterdir()} == {
        "report.json",
        "report.md",
        "recall-dev.png",
        "risk-coverage-dev.png",
        "reliability-dev.png",
    }
    for path in report.glob("*.png"):
        assert path.read_bytes().startswith(b"\x89PNG")
    text = (report / "report.md").read_text(encoding="utf-8")
    assert "![recall-dev](recall-dev.png)" in text
    assert "| MRR@10 |" in text


def test_the_numbers_are_complete_and_agree_with_one_another(report: Path) -> None:
    methods = json.loads((report / "report.json").read_text(encoding="utf-8"))["splits"]["dev"]
    assert [name.split()[0] for name in methods] == ["bm25", "lexical", "dense", "fused", "naive"]
    groups = methods["fused (bundled)"]["groups"]
    everything = groups["all"]
    asked = len(read_gold("dev"))
    kinds = {name: found for name, found in groups.items() if ":" not in name}
    rows = [found["Success@1"] for name, found in kinds.items() if "Success@1" in found][1:]
    # The mean over all questions is the mean of the kinds, weighted by their size.
    total = sum(row["value"] * row["count"] for row in rows)
    assert total / sum(row["count"] for row in rows) == pytest.approx(
        everything["Success@1"]["value"]
    )
    assert everything["error rate"]["count"] + everything["hallucination rate"]["count"] == asked
    assert everything["AUROC"]["low"] <= everything["AUROC"]["value"] <= everything["AUROC"]["high"]
    assert sum(found["count"] for found in methods["fused (bundled)"]["reliability"]) == asked


def test_search_is_better_than_the_naive_peer(report: Path) -> None:
    methods = json.loads((report / "report.json").read_text(encoding="utf-8"))["splits"]["dev"]
    fused, naive = (
        methods[f"{name} (bundled)"]["groups"]["all"]["evidence@1"] for name in ("fused", "naive")
    )
    assert fused["low"] > naive["high"]


@pytest.mark.parametrize(
    ("floor", "status", "verdict"), [(0, 0, "in orde"), (2, 1, "NIET GEHAALD")]
)
def test_the_gate_measures_what_has_a_floor_and_says_whether_it_holds(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    floor: float,
    status: int,
    verdict: str,
) -> None:
    """On the shortest of the documents; `.ci/run` measures all of them."""
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"min": {"third all/Success@1": floor}, "max": {}}))
    assert main(["gate", "--floors", str(floors)]) == status
    out = capsys.readouterr().out
    assert out.startswith("third all/Success@1")
    assert out.rstrip().endswith(verdict)


def test_before_a_change_lands_the_gate_is_measured() -> None:
    assert ".venv/bin/python -m eval gate\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert parse_arguments(["gate"]).floors == FLOORS


def test_a_value_under_its_floor_or_over_its_ceiling_fails() -> None:
    summary = {"all": {"R@1": Estimate(0.8, 0.7, 0.9, 10), "error rate": Estimate(0.1, 0, 0.2, 10)}}
    bounds = {"min": {"all/R@1": 0.81}, "max": {"all/error rate": 0.1}}
    under, reached = gate.compare(summary, bounds)
    assert not under.holds
    assert str(under).endswith("0.800 >= 0.810  NIET GEHAALD")
    assert reached.holds
    assert gate.failures((under, reached)) == 1


def test_new_bounds_stand_a_margin_from_what_was_measured(tmp_path: Path) -> None:
    checks = (gate.Check("all/R@1", 0.9, 0.1, True), gate.Check("all/error rate", 0.99, 0.1, False))
    floors = tmp_path / "floors.json"
    gate.write_bounds(gate.renew(checks), floors)
    written = json.loads(floors.read_text(encoding="utf-8"))
    assert written == {"min": {"all/R@1": 0.88}, "max": {"all/error rate": 1.0}}


def test_a_floor_under_an_unknown_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="no such measure: 'all/R@2'"):
        gate.compare({"all": {}}, {"min": {"all/R@2": 0.5}, "max": {}})


def test_the_bounds_have_two_sides() -> None:
    bounds = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert set(bounds) == {"min", "max"}
    assert bounds["min"]


def test_two_models_are_compared_in_one_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pairs.tsv").write_text(
        "doc_id\ttitle\tanswer\n1\twolven\tTwee roedels wolven.\n2\tvis\tEen vis zwemt.\n",
        encoding="utf-8",
    )
    model = Path(__file__).parent.parent / "index" / "model"
    arguments = ["chamber", str(tmp_path), "--model", "bundled", "--model", str(model), "--json"]
    assert main(arguments) == 0
    names = json.loads(capsys.readouterr().out)
    assert list(names)[3::4] == ["fused (bundled)", "fused (model)"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chamber"], "er ontbreekt: MAP"),
        (["gold", "map"], "onbekend: map"),
        (["goud"], "kent 'goud' niet; kies uit"),
        (["--split", "train"], "--split kent 'train' niet"),
        (["chamber", "map", "--limit", "0"], "geef een geheel getal van 1 tot 999999"),
        (["--limit", "5"], "onbekend: --limit 5"),
        (["gate", "--split", "test", "--model", "x"], "onbekend: --split test --model x"),
        (["--model", "x", "gate"], "onbekend: --model x"),
        (["promises", "--query-prefix", "vraag: "], "onbekend: --query-prefix vraag: "),
        (["page", "--out", "map"], "onbekend: --out map"),
        (["asked", "--renew"], "onbekend: --renew"),
        (["chamber", "map", "--split", "second"], "--split kent 'second' niet"),
        (["--questions", "x", "--split", "dev"], "--questions of --split, één van beide"),
        (["--index", "x"], "gebruikt --index enkel met --questions"),
        (["ledger", "--model", "a", "--model", "b"], "ledger meet één model"),
        (["--query-prefix", "a", "--query-prefix", "b"], "meer voorvoegsels dan modellen"),
    ],
)
def test_wrong_usage_is_one_dutch_sentence(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1


def test_what_stands_before_eval_counts_and_the_gold_set_is_the_default() -> None:
    assert parse_arguments([]).what == "gold"
    assert parse_arguments(["--json", "gate"]).json
    assert parse_arguments(["--split", "dev", "--out", "models"]).what == "gold"
    chamber = parse_arguments(["--model", "gate", "--json", "chamber", "gold"])
    assert (chamber.what, str(chamber.folder), chamber.model) == ("chamber", "gold", ["gate"])
    before = parse_arguments(["--index", "map", "gold", "--questions", "x"])
    assert str(before.index) == "map"


def test_help_tells_every_measurement(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    listed = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)
    assert set(listed) == set(COMMANDS)


@pytest.mark.parametrize("file", ["README.md", "CHANGELOG.md", ".ci/run", "Makefile"])
def test_every_command_line_that_is_written_down_is_right_usage(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    for line in re.findall(r"(?:python -m|bijlage) eval ([a-z][^`\n;]*)", text):
        parse_arguments(shlex.split(line))


def test_what_is_not_installed_is_named_with_the_remedy(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    monkeypatch.setitem(sys.modules, "scipy", None)
    assert cli.main(["eval", "gate"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "bijlage: Voor 'bijlage eval' is nog nodig: ir-measures en scipy; installeer met"
        " '.venv/bin/pip install -e .[eval]'.\n"
    )


def test_the_extra_installs_what_is_needed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert [re.split("[<>=]", one)[0] for one in extras["eval"]] == [*PACKAGES.values()]
    assert set(extras["eval"]) <= set(extras["dev"])


RIGHT = {
    "id": "feedback-001",
    "split": "dev",
    "kind": "fact",
    "question": "Hoeveel personeelsleden moet VDAB besparen tegen 2024?",
    "answerable": True,
    "answer_ids": ["bbt-wse-2021-22"],
    "evidence": ["419 personeelsleden"],
    "pages": [16],
    "adversarial": None,
    "documents": ["bbt-wse-2021"],
}


def write_questions(folder: Path, *questions: object) -> Path:
    path = folder / "oordelen.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in questions), encoding="utf-8")
    return path


@pytest.mark.parametrize("named", [True, False])
def test_questions_of_feedback_are_measured_on_the_bundled_or_a_named_index(
    tmp_path: Path, index_folder: Path, capsys: pytest.CaptureFixture[str], named: bool
) -> None:
    path = write_questions(tmp_path, RIGHT)
    index = ["--index", str(index_folder)] if named else []
    assert cli.main([*index, "eval", "gold", "--questions", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["splits"]["oordelen"]["fused (bundled)"]
    measures = found["groups"]["all"]
    assert (measures["Success@1"]["value"], measures["Success@1"]["count"]) == (1.0, 1)
    assert measures["quote on page of evidence"]["value"] == 1.0


def test_refusals_alone_are_measured_and_drawn_too(
    tmp_path: Path, index_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    none = {"answerable": False, "answer_ids": [], "evidence": [], "pages": []}
    absent = {**RIGHT, **none, "kind": "unanswerable", "adversarial": "near"}
    path = write_questions(tmp_path, {**absent, "question": "Wie is de koning van Spanje?"})
    arguments = ["--questions", str(path), "--index", str(index_folder)]
    assert main([*arguments, "--out", str(tmp_path / "uit")]) == 0
    assert re.search(r"hallucination rate +– +– +– +0\.000", capsys.readouterr().out)
    assert not (tmp_path / "uit" / "recall-oordelen.png").exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({**RIGHT, "kind": "riddle"}, "regel 1 is geen toetsvraag"),
        ({"turns": ["Hoe?"], "rejected": {}}, "regel 1 is geen toetsvraag"),
        ({**RIGHT, "question": " "}, "regel 1 is geen toetsvraag"),
        ({**RIGHT, "answer_ids": [["x"]]}, "regel 1 is geen toetsvraag"),
        ([1], "regel 1 is geen toetsvraag"),
        ({**RIGHT, "answer_ids": ["elders-01"]}, "van vraag feedback-001 staat niet in de"),
        ({**RIGHT, "evidence": ["420 personeelsleden"]}, "van vraag feedback-001 staat niet in de"),
    ],
)
def test_questions_that_cannot_be_judged_are_refused_in_one_dutch_sentence(
    line: object,
    message: str,
    tmp_path: Path,
    index_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = write_questions(tmp_path, line)
    assert main(["--questions", str(path), "--index", str(index_folder)]) == 1
    out, err = capsys.readouterr()
    assert message in err
    assert (out, err.count("\n")) == ("", 1)


def test_questions_with_one_id_and_files_without_questions_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--questions", str(write_questions(tmp_path, RIGHT, RIGHT))]) == 1
    assert "regel 2 is geen toetsvraag met een eigen id" in capsys.readouterr().err
    assert main(["--questions", str(write_questions(tmp_path))]) == 1
    assert "bevat geen vragen" in capsys.readouterr().err
    assert main(["--questions", str(tmp_path / "geen.jsonl")]) == 1
    assert "kan niet worden gelezen" in capsys.readouterr().err
    assert main(["--questions", str(tmp_path / "oordelen.jsonl"), "--index", "/geen"]) == 1


@pytest.mark.parametrize("what", [["chamber", "/geen/map"], ["--model", "/"]])
def test_a_fault_is_one_dutch_line(what: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(what) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("bijlage: ")
    assert err.count("\n") == 1


def test_a_folder_that_cannot_be_written_to_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "pairs.tsv").write_text("doc_id\ttitle\tanswer\n1\tvis\tEen vis.\n")
    assert main(["chamber", str(tmp_path), "--out", str(tmp_path / "file" / "x")]) == 1
    assert "geef met --out een andere map" in capsys.readouterr().err
