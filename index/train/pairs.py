"""Read what the model learns from: sentences, and questions with their answers.

Folders and columns as in the data's own README: tab-separated, UTF-8, no quoting. A folder that
isn't there is left out, so that the recipe also runs on a part of the data; none at all is an
error. Of the documents only those of one half are given (see `split.py`).
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.train.split import Half, half_of, plain_key

WITH_HEADER = {
    "kamer-schriftelijke-vragen/pairs.tsv": "title",
    "kamer-debatten/qa.tsv": "source",
}
"""Questions and answers under a header, and the column that says which document they are of:
a written question goes by its title, since the same one is often put to several ministers."""
WITHOUT_HEADER = ("vlaamse-regering/pairs.tsv", "vlaamse-dienstverlening/pairs.tsv")
"""Headings with a description; successive rounds of one decision share their heading."""
PARALLEL = "en-nl/pairs.tsv"
"""Lines of a source, an English sentence and a Dutch one."""


class DataError(Exception):
    """Data that can't be used; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: its title, what is asked (empty: nothing more), and its answer."""

    folder: str
    key: str
    title: str
    question: str
    answer: str


def read_translated(data: Path) -> tuple[str, ...]:
    """Return the Dutch of the parallel sentences, each once.

    Raises:
        DataError: If the file is missing or a line doesn't hold three fields.
    """
    rows = _read_rows(data / PARALLEL, 3)
    return tuple(dict.fromkeys(dutch for _, english, dutch in rows if english and dutch))


def read_entries(data: Path, half: Half) -> tuple[Entry, ...]:
    """Return the documents of one half; of those to train on, none that repeats a held-out one.

    Raises:
        DataError: If no folder is there, a column is missing, or nothing is left.
    """
    entries = tuple(_read_all(data))
    chosen = [entry for entry in entries if half_of(entry.key) == half]
    if half == "train":
        chosen = list(_without_leaks(chosen, entries))
    if not chosen:
        raise DataError(f"{data} holds no questions and answers for {half}")
    return tuple(chosen)


def _read_all(data: Path) -> Iterator[Entry]:
    for name, key in WITH_HEADER.items():
        if (data / name).exists():
            for row in _read_columns(data / name, {key, "title", "question", "answer"}):
                folder = name.partition("/")[0]
                yield Entry(folder, row[key], row["title"], row["question"], row["answer"])
    for name in WITHOUT_HEADER:
        if (data / name).exists():
            for heading, text in _read_rows(data / name, 2):
                yield Entry(name.partition("/")[0], heading, heading, "", text)


def _without_leaks(chosen: Iterable[Entry], entries: Iterable[Entry]) -> Iterator[Entry]:
    """Leave out what has the same title, question or answer as a document that is held out."""
    held_out = {
        plain_key(text)
        for entry in entries
        if half_of(entry.key) != "train"
        for text in (entry.title, entry.question, entry.answer)
    } - {""}
    for entry in chosen:
        texts = (entry.title, entry.question, entry.answer)
        if held_out.isdisjoint(plain_key(text) for text in texts):
            yield entry


def _read_rows(path: Path, count: int) -> Iterator[list[str]]:
    for number, line in enumerate(_read_text(path).split("\n"), start=1):
        fields = line.split("\t")
        if line and len(fields) != count:
            raise DataError(f"{path}:{number}: {len(fields)} fields, not {count}")
        if line:
            yield [field.strip() for field in fields]


def _read_columns(path: Path, columns: set[str]) -> Iterator[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    lines = _read_text(path).split("\n")
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if missing := columns.difference(reader.fieldnames or ()):
        raise DataError(f"{path} lacks the columns {', '.join(sorted(missing))}")
    for row in reader:
        yield {column: (row[column] or "").strip() for column in columns}


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path} can't be read: {error}") from error
