"""The written questions for fitting the confidence: apart from those that the model learnt from."""

from itertools import chain
from pathlib import Path

import pytest

from corpus.readers import read_documents
from eval.written import FOLDER, WHOLE, WrittenGroup
from index.train.written.questions import FOLDER as LEARNT
from index.train.written.questions import Asked, Written

GROUP = WrittenGroup(
    (
        (
            Written(
                "Bos", ("Er kwam bos bij.", "Dat kostte geld."), (), (Asked("Wie betaalde het?"),)
            ),
            Written("Bos", ("Er komt meer bos.",), (Asked("Komt er bos?", frozenset({0})),), ()),
        ),
        (
            Written(
                "Opvang",
                ("Er kwamen 400 plaatsen bij.",),
                (Asked("Hoeveel plaatsen kwamen er bij?", frozenset({0})),),
                (Asked("Hoeveel plaatsen verdwenen er?"),),
            ),
        ),
    )
)


def rows_of(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def test_no_passage_is_one_that_the_model_learnt_from() -> None:
    learnt, *others = (rows_of(folder / "passages.tsv") for folder in (LEARNT, FOLDER, WHOLE))
    own = list(chain(*others))
    assert len(own) > 600
    for place in ([0], [5]):  # key, digest of the sentences
        assert {tuple(row[p] for p in place) for row in own}.isdisjoint(
            tuple(row[p] for p in place) for row in learnt
        )


@pytest.mark.parametrize("folder", [FOLDER, WHOLE])
def test_each_question_is_about_a_passage_and_says_where_it_is_answered(folder: Path) -> None:
    counts = {row[0]: int(row[4]) for row in rows_of(folder / "passages.tsv")}
    for key, kind, places, text, *before in rows_of(folder / "questions.tsv"):
        assert all(turn.strip() for turn in (text, *before))
        assert bool(before) == kind.endswith("dialoog")
        assert kind.startswith("mis") != bool(places)
        assert all(0 <= int(place) < counts[key] for place in places.split(",") if place)


def test_a_group_is_a_document_with_its_questions(tmp_path: Path) -> None:
    (document,) = read_documents(GROUP.write(tmp_path))
    assert [answer.topic for answer in document.answers] == ["Bos", "Opvang"]
    assert document.answers[0].text == "Er kwam bos bij. Dat kostte geld.\nEr komt meer bos."
    bos, opvang = (answer.answer_id for answer in document.answers)
    wanted = [(question.answer_ids, question.evidence) for question in GROUP.questions]
    assert wanted == [
        ((bos,), ("Er komt meer bos.",)),
        ((), ()),
        ((opvang,), ("Er kwamen 400 plaatsen bij.",)),
        ((), ()),
    ]
    assert [question.is_answerable for question in GROUP.questions] == [True, False, True, False]
    assert not any(question.is_adversarial for question in GROUP.questions)
