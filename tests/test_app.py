"""The page without a browser: what it listens to, what it keeps, what it offers."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chatbot.app import build_app
from chatbot.examples import example_questions, fits, question_text
from chatbot.library import Library
from chatbot.reply import answer_question
from index.storage import Index


@pytest.fixture(scope="module")
def config(appendix_index: Index) -> dict[str, Any]:
    """What the page is made of, as Gradio sends it to the browser."""
    return dict(build_app(Library(appendix_index)).get_config_file())


def test_gradio_measures_nothing(config: dict[str, Any]) -> None:
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert config["analytics_enabled"] is False


def test_the_api_offers_no_endpoint(config: dict[str, Any]) -> None:
    assert {one["api_visibility"] for one in config["dependencies"]} == {"private"}


def test_filters_are_check_boxes_and_never_dropdowns(config: dict[str, Any]) -> None:
    kinds = [component["type"] for component in config["components"]]
    assert kinds.count("checkboxgroup") == 2
    assert "dropdown" not in kinds


def test_filters_offer_the_parties_and_topics_of_the_documents(config: dict[str, Any]) -> None:
    groups = [c["props"] for c in config["components"] if c["type"] == "checkboxgroup"]
    parties, topics = ([value for _, value in group["choices"]] for group in groups)
    assert parties == ["CD&V", "N-VA", "Open VLD", "SP.A", "Vlaams Belang"]
    assert "Dienstencheques" in topics
    assert "" not in topics


def test_examples_come_from_the_document_and_bring_their_own_answer(appendix_index: Index) -> None:
    examples = example_questions(appendix_index)
    owners = {question_text(q): a for a in appendix_index.answers for q in a.questions}
    assert 3 <= len(examples) <= 4
    for example in examples:
        reply = answer_question(appendix_index, example)
        assert not reply.abstained
        assert reply.hits[0].answer == owners[example]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoeveel keer werd de tijdelijke VOP ingezet in 2020?", True),
        ("Wordt hiermee de bredere inzet van IBO bedoeld?", False),
        ("En hoeveel keer werd de tijdelijke VOP ingezet?", False),
        ("Welke uitgaven worden er straks minder gedaan?", False),
        ("Kan de minister de motivering achter de daling verder toelichten.", False),
    ],
)
def test_an_example_stands_on_its_own(text: str, expected: bool) -> None:
    assert fits(text) is expected


def test_visitors_at_the_same_time_get_the_reply_to_their_own_question(
    appendix_index: Index,
) -> None:
    questions = [
        question.text for answer in appendix_index.answers for question in answer.questions
    ]
    alone = [answer_question(appendix_index, question) for question in questions]
    with ThreadPoolExecutor(8) as visitors:
        together = list(visitors.map(lambda q: answer_question(appendix_index, q), questions))
    assert together == alone
