"""Read a file of questions (JSONL) for `bijlage ask --batch`; the whole file is checked first."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chatbot.checks import ChatbotError, check_question
from corpus.jsonl import filled_lines

MAX_NAMED = 5  # ids in one sentence


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """One line: its id as given (text or number), and its turns; the last is to be answered."""

    question_id: Any
    turns: tuple[str, ...]


def read_batch(path: Path) -> tuple[BatchQuestion, ...]:
    """Return the questions in file order; blank lines are skipped.

    Raises:
        ChatbotError: If the file can't be read, holds no question or has a faulty line; the
            message names the line.
    """
    questions = tuple(
        _parse_line(line, f"Regel {number} van {path.name}")
        for number, line in filled_lines(_read_text(path))
    )
    if not questions:
        raise ChatbotError(
            f"{path} bevat geen vragen; zet op elke regel een vraag,"
            ' bijvoorbeeld {"id": "1", "question": "..."}.'
        )
    return questions


def caution_on_ids(questions: Sequence[BatchQuestion]) -> str:
    """Return a Dutch sentence that names the ids which several questions have, "" where none do.

    They are all answered, one object each: whoever reads them in order misses nothing, but whoever
    looks them up by id would.
    """
    counts = Counter(json.dumps(one.question_id, ensure_ascii=False) for one in questions)
    repeated = [name for name, count in counts.items() if count > 1]
    if not repeated:
        return ""
    more = ", ..." if len(repeated) > MAX_NAMED else ""
    return (
        f"Meer dan één vraag heeft het id {', '.join(repeated[:MAX_NAMED])}{more}; elke vraag "
        "krijgt haar antwoord, in de volgorde van het bestand, maar geef ze liever een eigen id."
    )


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ChatbotError(f"Het bestand {path} bestaat niet; controleer de naam.") from error
    except IsADirectoryError as error:
        raise ChatbotError(f"{path} is een map; geef een JSONL-bestand.") from error
    except UnicodeDecodeError as error:
        raise ChatbotError(f"{path} is geen UTF-8; bewaar het bestand als UTF-8.") from error
    except (OSError, ValueError) as error:
        raise ChatbotError(f"{path} kan niet worden gelezen; controleer uw rechten.") from error


def _parse_line(line: str, place: str) -> BatchQuestion:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ChatbotError(f"{place} is geen geldige JSON; verbeter die regel.") from error
    if not isinstance(record, dict) or not isinstance(record.get("id"), str | int):
        raise ChatbotError(f"{place} mist een “id”; geef elke vraag een eigen id.")
    turns = record.get("turns", [record.get("question")])
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise ChatbotError(f"{place} mist “question” (tekst) of “turns” (lijst van teksten).")
    try:
        return BatchQuestion(record["id"], tuple(check_question(turn) for turn in turns))
    except ChatbotError as error:
        raise ChatbotError(f"{place}: {error}") from error
