"""The gold set is true to the source: every label is checked against the real parser's answers."""

import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.readers import read_documents
from corpus.records import Answer
from corpus.sentences import split_sentences
from eval.questions import (
    CHOOSING,
    GOLD_SPLITS,
    KINDS,
    SPLITS,
    THIRD,
    UNANSWERABLE,
    GoldQuestion,
    document_of,
    of_kind,
    read_gold,
)

FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        aan als andere bij daar dan dat deze die dit doen door een eerste elk elke en ergens
        extra geen gaan gaat geeft gebeurt haar heeft hen het hoe hoeveel hun iemand ieder
        iedere iets ik in is kan komt krijgen krijgt kunnen maar meer men met mij mijn minder
        moet naar niet nog of om onze onder ook op opvallend over soort soorten te tot twee uit
        van vanuit veel voor waar waarom wanneer wat welk welke wel werd werden wie worden wordt
        zal zelf zich zijn zo zodat zonder zou zullen zulke
        """,
    )
)


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    documents = [read_documents(document_of(split))[0] for split in CHOOSING]
    return {answer.answer_id: answer for document in documents for answer in document.answers}


def every_question() -> tuple[GoldQuestion, ...]:
    return tuple(question for split in GOLD_SPLITS for question in read_gold(split))


def test_every_evidence_span_stands_once_in_one_of_the_answers_and_on_its_page(
    answers: dict[str, Answer],
) -> None:
    wrong = []
    for question in every_question():
        for span, page in zip(question.evidence, question.pages, strict=True):
            holders = [answers[i] for i in question.answer_ids if span in answers[i].text]
            places = [(a.text.count(span), a.page_at(a.text.find(span))) for a in holders]
            if places != [(1, page)]:
                wrong.append((question.query_id, span, page, places))
    assert wrong == []


def test_every_named_answer_holds_evidence(answers: dict[str, Answer]) -> None:
    bare = [
        (question.query_id, answer_id)
        for question in every_question()
        for answer_id in question.answer_ids
        if not any(span in answers[answer_id].text for span in question.evidence)
    ]
    assert bare == []


def test_no_evidence_runs_over_the_end_of_a_sentence(answers: dict[str, Answer]) -> None:
    """So a quote, which is of whole sentences, that shares a word with it holds it whole."""
    crossing = []
    for question in every_question():
        for span in question.evidence:
            holder = next(answers[i] for i in question.answer_ids if span in answers[i].text)
            start = holder.text.index(span)
            whole = split_sentences(holder.text)
            if not any(low <= start and start + len(span) <= high for low, high in whole):
                crossing.append((question.query_id, span))
    assert crossing == []


def test_query_ids_and_questions_are_unique() -> None:
    questions = every_question()
    assert len({question.query_id for question in questions}) == len(questions)
    assert len({question.turns for question in questions}) == len(questions)


def test_no_answer_stands_in_two_splits_and_all_answers_are_asked_for(
    answers: dict[str, Answer],
) -> None:
    asked = {
        split: {answer_id for question in read_gold(split) for answer_id in question.answer_ids}
        for split in GOLD_SPLITS
    }
    assert sum(map(len, asked.values())) == len(answers)
    assert set.union(*asked.values()) == set(answers)


@pytest.mark.parametrize("split", GOLD_SPLITS)
def test_a_third_to_a_half_is_unanswerable_and_most_of_those_are_adversarial(split: str) -> None:
    questions = read_gold(split)
    unanswerable = of_kind(questions, UNANSWERABLE)
    assert len(questions) >= (80 if split == THIRD else 120)
    assert 0.33 <= len(unanswerable) / len(questions) <= 0.50
    assert sum(question.is_adversarial for question in unanswerable) / len(unanswerable) >= 0.75


@pytest.mark.parametrize("split", SPLITS)
def test_every_kind_is_asked_in_both_splits(split: str) -> None:
    counts = Counter(question.kind for question in read_gold(split))
    assert set(counts) == set(KINDS)
    assert min(counts.values()) >= 5


def test_only_dialogues_and_unanswerable_questions_have_turns() -> None:
    turned = {question.kind for question in every_question() if len(question.turns) > 1}
    assert turned == {"dialogue", UNANSWERABLE}
    assert all(len(question.turns) > 1 for question in of_kind(every_question(), "dialogue"))


def test_a_paraphrase_shares_no_content_word_with_its_evidence() -> None:
    shared = []
    for question in of_kind(every_question(), "paraphrase"):
        asked = content_words(question.turns[-1])
        told = content_words(" ".join(question.evidence))
        if asked & told:
            shared.append((question.query_id, asked & told))
    assert shared == []


def test_a_list_question_names_more_than_one_item() -> None:
    assert all(len(question.evidence) >= 3 for question in of_kind(every_question(), "list"))


GOOD = (
    '{"id":"x","split":"dev","kind":"fact","question":"q","answerable":true,'
    '"answer_ids":["a"],"evidence":["e"],"pages":[1],"adversarial":null}'
)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"fact"', '"riddle"', "x: unknown kind 'riddle'"),
        ('"pages":[1]', '"pages":[]', "x: 1 evidence spans but 0 pages"),
        (
            '"answer_ids":["a"]',
            '"answer_ids":[]',
            "x: answerable, answer_ids and evidence disagree",
        ),
        ('"fact"', '"unanswerable"', "x: answerable, kind and adversarial disagree"),
        (":null", ':"odd"', "x: unknown adversarial kind 'odd'"),
        ('"dev"', '"test"', "x: of 'test', but stands in dev"),
        ('"q"', '" "', "x: something that should be a text isn't, or is blank"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    (tmp_path / "dev.jsonl").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(message)):
        read_gold("dev", tmp_path)


def test_a_line_separator_inside_a_question_is_part_of_it(tmp_path: Path) -> None:
    asked = GOOD.replace('"q"', '"een\u2028twee\x85drie"')
    (tmp_path / "dev.jsonl").write_text(f"{asked}\n\n{asked}\n", encoding="utf-8")
    found = read_gold("dev", tmp_path)
    assert [question.turns for question in found] == [("een\u2028twee\x85drie",)] * 2


def test_an_unknown_split_is_refused() -> None:
    with pytest.raises(
        ValueError, match="split must be one of dev, test, second, long, third, got 'train'"
    ):
        read_gold("train")


def content_words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.lower())) - FUNCTION_WORDS
