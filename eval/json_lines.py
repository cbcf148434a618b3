"""Read the files of gold questions and labels: one JSON object a line."""

import json
from pathlib import Path
from typing import Any

from corpus.jsonl import filled_lines


def read_json_lines(path: Path) -> list[dict[str, Any]]:
    """Return the object on each line of a UTF-8 file, in order; blank lines are passed over.

    Raises:
        ValueError: If a line isn't JSON.
    """
    text = path.read_text(encoding="utf-8")
    return [json.loads(line) for _, line in filled_lines(text)]
