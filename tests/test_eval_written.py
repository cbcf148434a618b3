"""The written questions for fitting the confidence: apart from those that the model learnt from."""

from pathlib import Path

from corpus.readers import read_documents
from eval.written import FOLDER, WrittenGroup
from index.train.written.questions import FOLDER as LEARNT
from index.train.written.questions import Asked, Written

GROUP = WrittenGroup(
    (
        Written("Bos", ("Er kwam bos bij.", "Dat kostte geld."), (), ("Wie betaalde het bos?",)),
        Written(
            "Opvang",
            ("Er kwamen 400 plaatsen bij.",),
            (Asked("Hoeveel plaatsen kwamen er bij?", frozenset({0})),),
            ("Hoeveel plaatsen verdwenen er?",),
        ),
    )
)


def rows_of(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def test_no_passage_is_one_that_the_model_learnt_from() -> None:
    own, learnt = (rows_of(folder / "passages.tsv") for folder in (FOLDER, LEARNT))
    assert len(own) > 600
    for place in ([0], [5]):  # key, digest of the sentences
        assert {tuple(row[p] for p in place) for row in own}.isdisjoint(
            tuple(row[p] for p in place) for row in learnt
        )


def test_each_question_is_about_a_passage_and_says_where_it_is_answered() -> None:
    counts = {row[0]: int(row[4]) for row in rows_of(FOLDER / "passages.tsv")}
    for key, kind, places, text in rows_of(FOLDER / "questions.tsv"):
        assert text.strip()
        assert kind.startswith("mis") != bool(places)
        assert all(0 <= int(place) < counts[key] for place in places.split(",") if place)


def test_a_group_is_a_document_with_its_questions(tmp_path: Path) -> None:
    (document,) = read_documents(GROUP.write(tmp_path))
    assert [answer.topic for answer in document.answers] == ["Bos", "Opvang"]
    assert document.answers[0].text == "Er kwam bos bij. Dat kostte geld."
    wanted = [question.answer_ids for question in GROUP.questions]
    ids = [answer.answer_id for answer in document.answers]
    assert wanted == [(), (ids[1],), ()]
    assert [question.is_answerable for question in GROUP.questions] == [False, True, False]
    assert not any(question.is_adversarial for question in GROUP.questions)
