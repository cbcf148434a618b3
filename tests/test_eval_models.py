"""Models side by side, and the agreement of their cosines with people."""

import re
from pathlib import Path

import numpy as np
import pytest

from eval.cli import main
from eval.sts import StsError, read_scored_pairs, spearman

SENTENCES = (
    "De hond slaapt.,De hond ligt te slapen.,5.0\n"
    '"Regen, wind en kou.",Het regent en waait.,3.5\n'
    "Een man eet brood.,De trein vertrekt.,0.0\n"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "stsb-nl").mkdir()
    (tmp_path / "stsb-nl" / "dev.csv").write_text(SENTENCES, encoding="utf-8")
    rows = [f"{n}\tVraag {n}\tHoe gaat het met nummer {n}?\tHet gaat {n} goed." for n in range(60)]
    (tmp_path / "kamer-schriftelijke-vragen").mkdir()
    (tmp_path / "kamer-schriftelijke-vragen" / "pairs.tsv").write_text(
        "\n".join(("doc_id\ttitle\tquestion\tanswer", *rows)), encoding="utf-8"
    )
    return tmp_path


def test_equal_values_share_their_mean_rank() -> None:
    # Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: covariance 4.5 over sqrt(4.5 x 5) = .9487.
    assert spearman(np.array([1.0, 7, 7, 9]), np.array([0.1, 0.2, 0.3, 0.4])) == pytest.approx(
        0.9487, abs=1e-4
    )
    assert spearman(np.array([1.0, 2, 3]), np.array([9.0, 4, 2])) == pytest.approx(-1.0)
    assert np.isnan(spearman(np.array([1.0, 1]), np.array([1.0, 2])))


def test_a_comma_inside_quotes_is_part_of_the_sentence(data: Path) -> None:
    pair = read_scored_pairs(data / "stsb-nl" / "dev.csv")[1]
    assert (pair.first, pair.score) == ("Regen, wind en kou.", 3.5)


@pytest.mark.parametrize("text", ["een,twee\n", "een,twee,veel\n"])
def test_a_line_of_another_form_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    with pytest.raises(StsError, match="geef een bestand met zin,zin,score per regel"):
        read_scored_pairs(tmp_path / "x.csv")


def test_one_pair_is_too_few(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("een,twee,3\n", encoding="utf-8")
    with pytest.raises(StsError, match=re.escape("minder dan twee zinsparen")):
        read_scored_pairs(tmp_path / "x.csv")


def test_one_command_compares_two_models_on_everything(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = Path(__file__).parent.parent / "index" / "model"
    assert main(["models", str(data), "--model", "bundled", "--model", str(model)]) == 0
    out = capsys.readouterr().out
    for title in (
        "Gelijkenis van zinnen: 3 paren",
        "met de titel",
        "met de hele vraag",
        "Goudset",
        "Snelheid",
    ):
        assert title in out
    bundled, other = re.findall(r"^(?:bundled|model) +([\d.-]+)$", out, re.MULTILINE)
    assert bundled == other
    assert "fused (model)" in out


def test_sentences_that_are_not_there_are_one_dutch_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("bijlage: ")
