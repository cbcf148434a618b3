"""What acronyms stand for is learnt from the documents themselves."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.acronyms import expands, find_acronyms
from corpus.readers import read_documents
from corpus.records import Document
from index.context import fold_acronyms, join_acronyms, learn_acronyms, lexical_context


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BIS (Brede Inclusieve School)", {"BIS": "Brede Inclusieve School"}),
        ("de Brede Inclusieve School (BIS) groeit", {"BIS": "Brede Inclusieve School"}),
        ("boetes voor SLA’s (Service-Level Agreement)", {"SLA": "Service-Level Agreement"}),
        ("de Grensinfopunten (GIP)", {"GIP": "Grensinfopunten"}),
        ("N-VA (Axel Ronse)", {}),
        ("de VDAB (zie hieronder)", {}),
        ("het parlement (ABC)", {}),
    ],
)
def test_an_explanation_in_brackets_is_learnt(text: str, found: dict[str, str]) -> None:
    assert find_acronyms(text) == found


def test_letters_must_come_in_order_from_the_first_on() -> None:
    assert expands("VOP", "Vlaamse Ondersteuningspremie")
    assert not expands("VOP", "Ondersteuningspremie van Vlaanderen")


def test_the_appendix_explains_its_own_acronyms(appendix: Document) -> None:
    acronyms = learn_acronyms(appendix.answers)
    assert acronyms["IBO"] == "Individuele beroepsopleiding"
    assert acronyms["VOP"] == "Vlaamse Ondersteuningspremie"
    assert acronyms["IVT"] == "Inkomensvervangende Tegemoetkoming"


def test_an_answer_that_only_uses_the_acronym_is_found_by_its_meaning(appendix: Document) -> None:
    answer = appendix.answers[23]  # on the costs and receipts of IBO, never spelled out there
    assert "beroepsopleiding" not in answer.text
    context = lexical_context(appendix, answer, fold_acronyms(learn_acronyms(appendix.answers)))
    assert "Individuele beroepsopleiding" in context


def test_an_acronym_means_what_its_own_document_explains(
    tmp_path: Path, appendix: Document
) -> None:
    """The appendix explains IVT as something else, and comes first."""
    source = tmp_path / "verdrag.jsonl"
    texts = "Het Internationaal Verdrag Telecom (IVT) geldt.", "Het IVT loopt. De VOP ook."
    answers = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    source.write_text("\n".join(map(json.dumps, answers)), encoding="utf-8")
    (document,) = read_documents(source)
    own = learn_acronyms(document.answers)
    known = join_acronyms([learn_acronyms(appendix.answers), own])
    assert known["IVT"] == "Inkomensvervangende Tegemoetkoming"
    explains, uses = (
        lexical_context(document, answer, fold_acronyms(own), fold_acronyms(known)).split("\n")[-1]
        for answer in document.answers
    )
    assert explains == ""
    assert uses == "Internationaal Verdrag Telecom Vlaamse Ondersteuningspremie"


def test_an_acronym_with_a_sign_in_it_is_found_where_it_stands(appendix: Document) -> None:
    answer = replace(appendix.answers[0], text="De middelen voor R&D stijgen.")
    known = fold_acronyms({"R&D": "research and development"})
    assert "research and development" in lexical_context(appendix, answer, known)
    spelled = replace(answer, text="De middelen voor research and development stijgen.")
    assert "R&D" in lexical_context(appendix, spelled, known).split("\n")[-1]
