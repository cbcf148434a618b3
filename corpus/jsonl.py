"""Read answers from JSONL: one object a line, `{"id", "text"}` and what else is known.

Optional: `topic`, `questions` and `askers` (texts or objects), `page_start`, `page_end`,
`document`. The text is taken as it is, but for outer white space and line ends, which are made
alike. Where a line names no page, the page is unknown, and nothing will cite one.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.askers import read_askers
from corpus.cleaning import without_halves
from corpus.facts import find_article_codes, find_esr_codes, find_links
from corpus.records import (
    UNKNOWN_PAGE,
    Answer,
    Asker,
    Document,
    DocumentError,
    PageStart,
    Question,
    QuestionBlock,
)

_LINE_END = re.compile(r"\r\n|\n|\r")  # no others: text may hold U+2028 and its like
_LAST_PAGE = 1_000_000
_REMEDY = 'elke regel moet een JSON-object zijn met minstens "id" en "text"'


def filled_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line of a JSONL text that isn't blank, with its number, counted from 1."""
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if line.strip():
            yield number, line


def read_jsonl(text: str, path: Path, source_hash: str) -> tuple[Document, ...]:
    """Return one document per distinct `document` value (default: the file's name), in order of
    first appearance.

    Raises:
        DocumentError: If a line isn't such an object, an id occurs twice, or no line is filled.
    """
    groups: dict[str, list[Answer]] = {}
    seen: set[str] = set()
    for number, line in filled_lines(text):
        place = f"{path.name}, regel {number}"
        fields = _object(line, place)
        answer = _answer(fields, without_halves(path.stem), place)
        if answer.answer_id in seen:
            raise DocumentError(
                f"{place}: het id {answer.answer_id!r} komt twee keer voor; "
                "geef elk antwoord een eigen id."
            )
        seen.add(answer.answer_id)
        groups.setdefault(answer.document_id, []).append(answer)
    if not groups:
        raise DocumentError(f"{path.name}: het bestand bevat geen antwoorden; {_REMEDY}.")
    return tuple(_document(name, answers, source_hash) for name, answers in groups.items())


def load_json(text: str) -> Any:
    """Read JSON; half a character in it becomes "?".

    Raises:
        ValueError, RecursionError: If it is none.
    """
    return json.loads(without_halves(json.dumps(json.loads(text), ensure_ascii=False)))


def _document(name: str, answers: Sequence[Answer], source_hash: str) -> Document:
    return Document(
        document_id=name,
        title=name,
        committee="",
        year=None,
        source="",
        source_hash=source_hash,
        pages=(),
        answers=tuple(answers),
    )


def _object(line: str, place: str) -> dict[str, Any]:
    try:
        fields = load_json(line)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{place}: dit is geen geldige JSON; {_REMEDY}.") from error
    if not isinstance(fields, dict):
        raise DocumentError(f"{place}: dit is geen JSON-object; {_REMEDY}.")
    return fields


def _answer(fields: dict[str, Any], default_document: str, place: str) -> Answer:
    text = _LINE_END.sub("\n", _text(fields, "text", place)).strip()
    answer_id = _text(fields, "id", place).strip()
    if not text or not answer_id:
        raise DocumentError(f'{place}: "id" en "text" mogen niet leeg zijn; vul ze in.')
    page_start = _page(fields.get("page_start"), UNKNOWN_PAGE, place)
    page_end = _page(fields.get("page_end"), page_start, place)
    if page_end < page_start:
        raise DocumentError(
            f"{place}: page_end ({page_end}) ligt voor page_start ({page_start}); keer ze om."
        )
    blocks, questions = _asked(fields, page_start, place)
    askers = dict.fromkeys(asker for block in blocks for asker in block.askers)
    topic = _text(fields, "topic", place, default="")
    known = "\n".join([topic, *(block.text for block in blocks), text])
    starts = [PageStart(0, page_start)]
    if page_end > page_start:
        starts.append(PageStart(max(len(text) - 1, 1), page_end))
    return Answer(
        answer_id=answer_id,
        document_id=_text(fields, "document", place, default=default_document).strip()
        or default_document,
        topic=" ".join(topic.split()),
        askers=tuple(askers),
        question_blocks=blocks,
        questions=questions,
        text=text,
        page_starts=tuple(starts),
        article_codes=find_article_codes(known),
        esr_codes=find_esr_codes(known),
        links=find_links(text),
        has_page_positions=page_end == page_start,
    )


def _asked(
    fields: dict[str, Any], page: int, place: str
) -> tuple[tuple[QuestionBlock, ...], tuple[Question, ...]]:
    """Return the blocks and the questions; both empty where the line names neither."""
    askers = tuple(_asker(value, place) for value in _list(fields, "askers", place))
    questions = []
    for value in _list(fields, "questions", place):
        own = value if isinstance(value, dict) else {"text": value}
        who = (_asker(own, place),) if own.get("party") or own.get("member") else askers
        words = " ".join(_text(own, "text", place).split())
        if not words:
            raise DocumentError(f"{place}: een vraag is leeg; {_REMEDY}.")
        questions.append(Question(words, _page(own.get("page"), page, place), who))
    if not questions and not askers:
        return (), ()
    everyone = dict.fromkeys((*askers, *(who for q in questions for who in q.askers)))
    text = "\n".join(question.text for question in questions)
    return (QuestionBlock(tuple(everyone), text, page, page),), tuple(questions)


def _asker(value: Any, place: str) -> Asker:
    if isinstance(value, dict):
        member = _text(value, "member", place, default="").strip() or None
        party = _text(value, "party", place, default="" if member else None).strip()
        if party or member:
            return Asker(party, member)
    if isinstance(value, str) and value.strip():
        found = read_askers(value.strip())
        return found[0] if len(found) == 1 else Asker(value.strip())
    raise DocumentError(
        f'{place}: een vraagsteller is een tekst of een object met "party" en "member".'
    )


def _list(fields: dict[str, Any], name: str, place: str) -> list[Any]:
    value = fields.get(name)
    if value is None:
        return []
    if isinstance(value, str | dict):
        return [value]
    if isinstance(value, list):
        return value
    raise DocumentError(f'{place}: "{name}" moet een lijst zijn.')


def _text(fields: dict[str, Any], name: str, place: str, default: str | None = None) -> str:
    value = fields.get(name)
    if value is None and default is not None:
        return default
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise DocumentError(f'{place}: "{name}" ontbreekt of is geen tekst; {_REMEDY}.')
    return value


def _page(value: Any, default: int, place: str) -> int:
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _LAST_PAGE:
        raise DocumentError(
            f"{place}: een paginanummer is een geheel getal van 1 tot {_LAST_PAGE}, niet"
            f" {repr(value)[:40]}."
        )
    return value
