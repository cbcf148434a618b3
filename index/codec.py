"""Documents and passages to JSON and back, losslessly; passages are kept as spans."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from corpus.records import (
    Answer,
    Asker,
    Document,
    Page,
    PageStart,
    Passage,
    Question,
    QuestionBlock,
)

Json = Mapping[str, Any]


def encode_documents(documents: Iterable[Document], passages: Iterable[Passage]) -> bytes:
    """Return documents, with everything in them, and the spans of their passages as JSON."""
    spans = [
        {name: value for name, value in asdict(passage).items() if name != "text"}
        for passage in passages
    ]
    content = {"documents": [asdict(document) for document in documents], "passages": spans}
    return json.dumps(content, ensure_ascii=False).encode()


def decode_documents(data: bytes) -> tuple[tuple[Document, ...], tuple[Passage, ...]]:
    """Read what `encode_documents` wrote.

    Raises:
        ValueError: If it isn't JSON.
        KeyError, TypeError: If it lacks a field.
    """
    content = json.loads(data)
    documents = tuple(_read_document(fields) for fields in content["documents"])
    texts = {(a.document_id, a.answer_id): a.text for d in documents for a in d.answers}
    return documents, tuple(_read_passage(fields, texts) for fields in content["passages"])


def _read_document(fields: Json) -> Document:
    pages = tuple(Page(page["number"], tuple(page["lines"])) for page in fields["pages"])
    answers = tuple(_read_answer(answer) for answer in fields["answers"])
    return Document(**{**fields, "pages": pages, "answers": answers})


def _read_answer(fields: Json) -> Answer:
    return Answer(
        **{
            **fields,
            "askers": _read_askers(fields["askers"]),
            "question_blocks": tuple(
                QuestionBlock(**{**block, "askers": _read_askers(block["askers"])})
                for block in fields["question_blocks"]
            ),
            "questions": tuple(
                Question(**{**question, "askers": _read_askers(question["askers"])})
                for question in fields["questions"]
            ),
            "page_starts": tuple(PageStart(**start) for start in fields["page_starts"]),
            "article_codes": tuple(fields["article_codes"]),
            "esr_codes": tuple(fields["esr_codes"]),
            "links": tuple(fields["links"]),
        }
    )


def _read_askers(askers: Iterable[Json]) -> tuple[Asker, ...]:
    return tuple(Asker(**asker) for asker in askers)


def _read_passage(fields: Json, texts: Mapping[tuple[str, str], str]) -> Passage:
    text = texts[fields["document_id"], fields["answer_id"]]
    return Passage(**fields, text=text[fields["start"] : fields["end"]])
