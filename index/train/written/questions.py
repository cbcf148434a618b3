"""Read the written questions, and find the passages that they are about in the data.

The passages themselves aren't kept here: `passages.tsv` says where each stands in the data (folder,
title, number of its first sentence, number of sentences, digest), and `questions.tsv` gives of each
question its passage, its kind, the sentences that answer it, its words and, of a follow-up, the
turns before it. Language models wrote the questions, five or seven for each passage: three or four
that it answers (plain, without its words, in another form) and two or three near ones that it
doesn't (another fact or aspect).

Those in `UNSEEN` are on passages that the model wasn't refined on, for what learns from how it
reads a text that is new to it (`index.train.verifier`).

`sentences.tsv` holds sentences that were written too, one for each of the commonest words of the
data, so that words are met which passages seldom hold: the word, the sentence, two questions that
it answers without that word, and a near one that it doesn't.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.sentences import split_sentences
from index.train.pairs import DataError, Entry

FOLDER = Path(__file__).parent
UNSEEN = FOLDER / "unseen"
PASSAGES, QUESTIONS, SENTENCES = "passages.tsv", "questions.tsv", "sentences.tsv"
MIN_SENTENCE = 13
"""Characters of a sentence that counts; shorter ones are numbers and salutations."""
DIGEST = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the numbers of the sentences of its passage that answer it (none for a near one),
    and the turns of the conversation before it (none in those for training)."""

    text: str
    places: frozenset[int] = frozenset()
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A passage by its title (none: "") and sentences, what it answers, and what it doesn't."""

    title: str
    sentences: tuple[str, ...]
    answered: tuple[Asked, ...]
    unanswered: tuple[Asked, ...]


def read_written(entries: Iterable[Entry], folder: Path = FOLDER) -> tuple[Written, ...]:
    """Return the passages with an answered question, in the order of the file; one that the entries
    don't hold is left out.

    Raises:
        DataError: If a file can't be read, or no passage is found.
    """
    passages = _find_passages(entries, _read(folder / PASSAGES))
    rows: dict[str, list[list[str]]] = defaultdict(list)
    for row in _read(folder / QUESTIONS):
        rows[row[0]].append(row)
    found = [_join(*passages[key], rows[key]) for key in passages]
    written = tuple(one for one in found if one.answered)
    if not written:
        raise DataError(f"the data hold none of the passages that {folder / PASSAGES} names")
    return written


def read_sentences(folder: Path = FOLDER) -> tuple[Written, ...]:
    """Return the sentences that were written for words, each a passage; none without their file.

    Raises:
        DataError: If the file can't be read.
    """
    path = folder / SENTENCES
    rows = _read(path) if path.exists() else ()
    return tuple(
        Written("", (sentence,), tuple(Asked(one, frozenset({0})) for one in asked), (Asked(near),))
        for _, sentence, *asked, near in rows
    )


def name_sentences(sentences: Sequence[str]) -> str:
    """Return the digest by which a passage is known again."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()[:DIGEST]


def sentences_of(answer: str) -> tuple[str, ...]:
    """Return the sentences of an answer that count, white space made plain."""
    text = " ".join(answer.split())
    spans = split_sentences(text)
    return tuple(text[start:end] for start, end in spans if end - start >= MIN_SENTENCE)


def _find_passages(
    entries: Iterable[Entry], rows: Iterable[Sequence[str]]
) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Return title and sentences of each passage by its key."""
    answers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in entries:
        answers[entry.folder, entry.title].append(entry.answer)
    found = {}
    for key, folder, title, first, count, digest in rows:
        for answer in answers[folder, title]:
            sentences = sentences_of(answer)[int(first) : int(first) + int(count)]
            if name_sentences(sentences) == digest:
                found[key] = title, sentences
    return found


def _join(title: str, sentences: tuple[str, ...], rows: Iterable[Sequence[str]]) -> Written:
    answered, unanswered = [], []
    for _, kind, places, text, *before in rows:
        if kind.startswith("mis"):
            unanswered.append(Asked(text, before=(*before,)))
        elif places:
            answered.append(Asked(text, frozenset(map(int, places.split(","))), (*before,)))
    return Written(title, sentences, tuple(answered), tuple(unanswered))


def _read(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path} can't be read: {error}") from error
    yield from csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
