"""Documents and answers to JSON and back, losslessly: one line for each."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from corpus.records import (
    Answer,
    Asker,
    Document,
    Page,
    PageStart,
    Question,
    QuestionBlock,
)

Json = Mapping[str, Any]


def encode_document(document: Document) -> bytes:
    """Return a document without its answers as a line of JSON."""
    return _to_line({**asdict(document), "answers": len(document.answers)})


def decode_document(line: bytes, answers: Sequence[Answer]) -> Document:
    """Read what `encode_document` wrote, and give the document its answers.

    Raises:
        ValueError: If it isn't JSON.
        KeyError, TypeError: If it lacks a field.
    """
    fields = json.loads(line)
    pages = tuple(Page(page["number"], tuple(page["lines"])) for page in fields["pages"])
    pictures = tuple(fields.get("pages_without_text", ()))  # an older index doesn't name them
    return Document(
        **{**fields, "pages": pages, "answers": answers, "pages_without_text": pictures}
    )


def encode_answer(answer: Answer) -> bytes:
    """Return an answer as a line of JSON."""
    return _to_line(asdict(answer))


def decode_answer(line: bytes) -> Answer:
    """Read what `encode_answer` wrote.

    Raises:
        ValueError: If it isn't JSON.
        KeyError, TypeError: If it lacks a field.
    """
    fields = json.loads(line)
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


def _to_line(fields: Json) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def _read_askers(askers: Iterable[Json]) -> tuple[Asker, ...]:
    return tuple(Asker(**asker) for asker in askers)
