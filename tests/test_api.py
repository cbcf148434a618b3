"""`/api/ask`: the command line's JSON over HTTP, described, with faults in Dutch."""

import json

import pytest
from fastapi.testclient import TestClient

from chatbot.api import build_api
from chatbot.arguments import DEFAULT_HOST
from chatbot.dialogue import context_of
from chatbot.library import Library
from chatbot.reply import answer_question, reply_to_json
from chatbot.server import build_server
from index.storage import Index

SAVINGS = "Hoeveel personeelsleden moet VDAB besparen tegen 2024?"


@pytest.fixture(scope="module")
def api(appendix_index: Index) -> TestClient:
    return TestClient(build_api(Library(appendix_index)))


def test_it_gives_what_the_command_line_gives(api: TestClient, appendix_index: Index) -> None:
    expected = reply_to_json(answer_question(appendix_index, SAVINGS, k=3))
    assert api.get("/ask", params={"q": SAVINGS, "k": 3}).json() == expected
    assert api.post("/ask", json={"question": SAVINGS, "k": 3}).json() == expected


def test_filters_hold(api: TestClient) -> None:
    found = api.get("/ask", params={"q": "budget", "party": "CD&V"}).json()["hits"]
    assert found
    assert all({"CD&V"} <= {asker["party"] for asker in hit["askers"]} for hit in found)


def test_a_follow_up_is_read_in_its_dialogue(api: TestClient, appendix_index: Index) -> None:
    turns = ["Hoeveel IBO’s werden stopgezet wegens overmacht?", "En hoeveel herstart?"]
    reply = answer_question(appendix_index, turns[1], context=context_of(turns))
    asked = {"question": turns[1], "turns": turns[:1]}
    assert api.post("/ask", json=asked).json() == reply_to_json(reply)


@pytest.mark.parametrize(
    ("params", "fault"),
    [
        ({"q": " "}, "Uw vraag is leeg"),
        ({"q": "x", "party": "Bestaat Niet"}, "staat niet in de geladen documenten"),
        ({"q": "x", "k": 0}, "Deze aanvraag klopt niet"),
        ({}, "Deze aanvraag klopt niet"),
    ],
)
def test_a_fault_is_one_dutch_sentence(params: dict[str, str], fault: str, api: TestClient) -> None:
    answer = api.get("/ask", params=params)
    assert answer.status_code == 422
    assert fault in answer.json()["detail"]


def test_the_description_names_every_field_of_a_hit(api: TestClient) -> None:
    schemas = api.get("/openapi.json").json()["components"]["schemas"]
    hit = api.get("/ask", params={"q": SAVINGS}).json()["hits"][0]
    assert set(schemas["FoundPassage"]["properties"]) == set(hit)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Over welke gebouwen gaat het hier?", "repeated"),
        ("wat vroeg allessia claes", "asked_by"),
        ("wie vroeg naar de dienstencheques", "asked_about"),
    ],
)
def test_what_was_asked_is_given_and_described(
    question: str, field: str, api: TestClient, appendix_index: Index
) -> None:
    given = api.get("/ask", params={"q": question}).json()
    assert given[field]
    assert given == reply_to_json(answer_question(appendix_index, question))
    schemas = api.get("/openapi.json").json()["components"]["schemas"]
    assert set(schemas["Answered"]["properties"]) == set(given)


def test_it_is_served_beside_the_page(appendix_index: Index) -> None:
    client = TestClient(build_server(appendix_index), base_url=f"http://{DEFAULT_HOST}")
    assert not client.get("/api/ask", params={"q": SAVINGS}).json()["abstained"]
    assert "/ask" in json.dumps(client.get("/api/openapi.json").json()["paths"])
    assert client.get("/api/docs").status_code == 404
