"""The command as users run it, on the real gold set, model and appendix."""

import json
from pathlib import Path

import pytest

from eval import gate
from eval.cli import main
from eval.intervals import Estimate
from eval.questions import read_gold


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


def test_the_dev_measures_stay_above_their_floor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate"]) == 0, capsys.readouterr().out
    assert "in orde" in capsys.readouterr().out


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
    bounds = json.loads(gate.FLOORS.read_text(encoding="utf-8"))
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
        (["chamber"], "chamber en models, en enkel die, vragen een map"),
        (["gold", "map"], "chamber en models, en enkel die, vragen een map"),
        (["--split", "train"], "--split kent 'train' niet"),
        (["--limit", "0"], "geef een geheel getal van 1 tot 999999"),
        (["--limit", "5"], "gold gebruikt --limit niet"),
        (["gate", "--split", "test", "--model", "x"], "gate gebruikt --split en --model niet"),
        (["promises", "--query-prefix", "vraag: "], "promises gebruikt --query-prefix niet"),
        (["page", "--out", "map"], "page gebruikt --out niet"),
        (["asked", "--renew"], "asked gebruikt --renew niet"),
        (["chamber", "map", "--split", "second"], "chamber kent second niet"),
        (["ledger", "--model", "a", "--model", "b"], "ledger meet één model"),
        (["--query-prefix", "a", "--query-prefix", "b"], "meer voorvoegsels dan modellen"),
    ],
)
def test_wrong_usage_is_one_dutch_sentence(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert message in capsys.readouterr().err


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
