"""The benchmark on pairs of a title and an answer, on a small folder of the same form."""

import re
from pathlib import Path

import pytest

from eval.chamber import Asking, ChamberError, chamber_table, read_pairs, run_chamber
from eval.experiment import ModelChoice
from index.train.split import half_of

HEADER = "doc_id\ttitle\tquestion\tanswer\n"
ROWS = (
    "1\tTreinvertraging\tWaarom?\tDe treinen reden te laat door een seinstoring in Leuven.\n"
    '2\tVaccins\tHoeveel?\tEr werden 100 "vaccins" besteld voor de griep.\n'
    "3\tTreinvertraging\tEn nu?\tDe vertraging van de trein is opgelost.\n"
    "4\tWolven\tWaar?\tIn Limburg leven twee roedels wolven.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pairs.tsv").write_text(HEADER + ROWS, encoding="utf-8")
    return tmp_path


def test_answers_under_the_same_title_are_all_right(folder: Path) -> None:
    pairs = read_pairs(folder)
    assert pairs.titles["Treinvertraging"] == ("1", "3")
    assert pairs.answers["2"] == 'Er werden 100 "vaccins" besteld voor de griep.'


def test_every_method_is_measured_and_compared_with_bm25(folder: Path) -> None:
    results = run_chamber(folder, [ModelChoice()])
    found = {result.method: result.estimates for result in results}
    assert list(found) == ["bm25", "lexical", "dense", "fused"]
    # Plain BM25 finds "vaccins" and "wolven" first and "treinvertraging" nowhere: 2 of 3 titles.
    assert found["bm25"]["RR@10"].value == pytest.approx(2 / 3)
    assert found["bm25"]["R@1"].value == pytest.approx(2 / 3)
    # With the compound split all three; of the two right answers one is first: (1 + 1 + .5) / 3.
    assert found["fused"]["RR@10"].value == 1.0
    assert found["fused"]["R@1"].value == pytest.approx(2.5 / 3)
    table = chamber_table(results)
    assert table.rows[0][-1] == "–"
    assert table.rows[-1][0] == "fused (bundled)"
    assert table.rows[-1][-1] == "+0.333"


def test_only_titles_that_training_never_saw_can_be_asked(folder: Path) -> None:
    only = folder / "unseen.txt"
    only.write_text("4\n1\n", encoding="utf-8")  # 1 shares its title with 3, which was seen
    results = run_chamber(folder, [ModelChoice()], Asking(only=only))
    assert {result.estimates["RR@10"].count for result in results} == {1}


def test_fewer_titles_can_be_asked(folder: Path) -> None:
    results = run_chamber(folder, [ModelChoice()], Asking(limit=2))
    assert {result.estimates["RR@10"].count for result in results} == {2}


def test_a_folder_without_pairs_is_named(tmp_path: Path) -> None:
    with pytest.raises(ChamberError, match=re.escape("geef de map die pairs.tsv (UTF-8) bevat")):
        read_pairs(tmp_path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("doc_id\ttitle\n1\tx\n", encoding="utf-8")
    with pytest.raises(ChamberError, match=re.escape("mist de kolom(men) answer")):
        read_pairs(tmp_path)


def test_a_list_of_unknown_answers_is_refused(folder: Path) -> None:
    only = folder / "unseen.txt"
    only.write_text("77\n", encoding="utf-8")
    with pytest.raises(ChamberError, match=r"noemt geen enkele vraag uit pairs\.tsv"):
        run_chamber(folder, [ModelChoice()], Asking(only=only))


def test_a_list_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(ChamberError, match="geef een bestand met één doc_id per regel"):
        run_chamber(folder, [ModelChoice()], Asking(only=folder / "none.txt"))


def test_only_the_half_that_our_recipe_holds_back_can_be_asked(folder: Path) -> None:
    halves = {title: half_of(title) for title in read_pairs(folder).titles}
    for half in set(halves.values()):
        results = run_chamber(folder, [ModelChoice()], Asking(half=half))
        count = list(halves.values()).count(half)
        assert {result.estimates["RR@10"].count for result in results} == {count}


def test_a_half_without_questions_is_refused(folder: Path) -> None:
    (folder / "pairs.tsv").write_text(HEADER + ROWS.splitlines()[3], encoding="utf-8")
    (missing, *_) = {"dev", "test"} - {half_of("Wolven")}
    with pytest.raises(ChamberError, match=f"geen vragen voor {missing}; laat --split weg"):
        run_chamber(folder, [ModelChoice()], Asking(half=missing))


def test_the_whole_question_can_be_asked_in_place_of_the_title(folder: Path) -> None:
    rows = "8\tNummer acht\tHoe zit het met de wolven?\tTwee roedels wolven.\n9\tNegen\t\tVissen.\n"
    (folder / "pairs.tsv").write_text(HEADER + rows, encoding="utf-8")
    by_title, by_question = (
        {r.method: r.estimates["R@1"].value for r in run_chamber(folder, [ModelChoice()], asking)}
        for asking in (Asking(), Asking(whole_question=True))
    )
    assert by_title["bm25"] == 0.0
    assert by_question["bm25"] == 0.5  # the other has no question: its title is asked


def test_whole_questions_of_the_same_words_are_all_asked_and_share_their_answers(
    folder: Path,
) -> None:
    same = "Hoe zit het met de wolven?"
    rows = (
        f"8\tAcht\t{same}\tTwee roedels wolven.\n"
        f"9\tNegen\t{same}\tEr zijn wolven in Limburg.\n"
        "10\tTien\tEn de vissen?\tEen vis zwemt.\n"
    )
    (folder / "pairs.tsv").write_text(HEADER + rows, encoding="utf-8")
    results = run_chamber(folder, [ModelChoice()], Asking(whole_question=True))
    bm25 = next(result.estimates for result in results if result.method == "bm25")
    assert bm25["RR@10"].count == 3
    # Of the two answers on wolves, both right for both questions, one is first: (.5 + .5 + 1) / 3.
    assert bm25["RR@10"].value == 1.0
    assert bm25["R@1"].value == pytest.approx(2 / 3)
    assert bm25["R@10"].value == 1.0
