"""The page without a browser: what it listens to, what it keeps, what it offers."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import gradio as gr
import pytest
from fastapi.testclient import TestClient

from chatbot.api import build_api
from chatbot.app import _Events, build_app
from chatbot.examples import example_questions, fits, question_text
from chatbot.findings import Findings
from chatbot.library import Library
from chatbot.page_pictures import NO_PICTURE
from chatbot.places import (
    NO_SUCH_PLACE,
    OTHER_WORDS,
    link_to,
    place_of_answer,
    place_of_words,
)
from chatbot.reply import answer_question
from chatbot.tabs import amounts, dossier, ledger, promises
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


def shown_for(library: Library, fields: dict[str, str]) -> str:
    return _Events(library).show_source(gr.EventData(None, fields))


def test_a_citation_of_a_document_that_was_replaced_says_so(appendix_index: Index) -> None:
    answer = appendix_index.answers[21]
    link = dict(parse_qsl(link_to(place_of_words(answer, 0, answer.text[:20])).lstrip("?")))
    library = Library(appendix_index)
    assert f"<mark>{answer.text[:20]}</mark>" in shown_for(library, link)
    replaced = shown_for(library, {**link, "som": "0"})
    assert f'<p class="melding" role="alert">{OTHER_WORDS}</p>' in replaced
    assert "Terug</button>" in replaced
    assert NO_SUCH_PLACE in shown_for(library, {**link, "document": "weg"})


class Replaced(Library):
    """A library of which all documents are replaced by others after each look at it."""

    def __init__(self, *indexes: Index) -> None:
        super().__init__(indexes[0])
        self.later = list(map(Findings, indexes))

    @property
    def index(self) -> Index:
        """The index as it stands, which from then on is another."""
        return self.findings.index

    @property
    def findings(self) -> Findings:
        """The findings of the index as it stands, which from then on is another."""
        self.later.append(self.later.pop(0))
        return self.later[-1]


def test_documents_that_are_replaced_during_a_request_do_not_mix(
    appendix_index: Index, second: Index
) -> None:
    answer = appendix_index.answers[21]
    fields = dict(parse_qsl(link_to(place_of_answer(answer)).lstrip("?")))
    nothing = gr.EventData(None, {})

    def look() -> Library:
        return Replaced(appendix_index, second)

    fixed = Library(appendix_index)
    assert shown_for(look(), fields) == shown_for(fixed, fields)
    assert ledger._Events(look()).open(None) == ledger._Events(fixed).open(None)
    assert ledger._Events(look()).filter(nothing) == ledger._Events(fixed).filter(nothing)
    assert promises._Events(look()).open(None) == promises._Events(fixed).open(None)
    assert amounts._Events(look()).open(None)[:3] == amounts._Events(fixed).open(None)[:3]
    picture = TestClient(build_api(look())).get("/page-image", params={**fields, "page": 1})
    assert picture.json() == {"detail": NO_PICTURE}


def test_looking_again_makes_no_new_files(
    appendix_index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    library = Library(appendix_index)
    note = {"id": "a", "plaats": 1, "nota": "Navragen."}

    def files() -> list[str]:
        return sorted(path.name for path in tmp_path.rglob("*") if path.is_file())

    looks = dossier._Events(library)
    *_, word, markdown = looks.show([])
    assert (word["value"], markdown["value"], files()) == (None, None, [])
    first = looks.show([note])[-2:]
    assert first == looks.show([{**note, "id": "b"}])[-2:]
    assert first != looks.show([{**note, "nota": "Anders."}])[-2:]
    assert files() == sorted(2 * ["dossier.docx", "dossier.md"])
    for _ in range(2):
        amounts._Events(library).open(None)
    assert files().count("bedragen.csv") == 1


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
