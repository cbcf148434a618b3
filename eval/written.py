"""Written questions on passages of other parliaments, for fitting the confidence and the ranking.

Five on each of 622 passages of ministers' answers: three that it answers (one of them without its
words) and two near ones that it doesn't; seven on each of 480 others: four that it answers (two of
them without its words) and three near ones. Each stands as an answer by itself. Seven more on each
of 149 passages that make 30 whole answers (`WHOLE`): what one passage answers no other of its
answer does, and no passage of it answers the near ones; and 300 short dialogues on those answers,
of which the last turn is the question: half of them are answered.

Language models wrote them, as they did those on which the embedding model is refined
(`index/train/written`), but on other passages: the model hasn't seen these. The texts themselves
aren't kept here; they are found in the folder of public Dutch text from which the model is made.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from eval.experiment import open_index
from eval.questions import GOLD_FOLDER, UNANSWERABLE, GoldQuestion
from index.encoder import Encoder
from index.storage import Index
from index.train.pairs import Entry, read_entries
from index.train.written.questions import Written, read_written

FOLDER = GOLD_FOLDER / "written"
WHOLE = FOLDER / "whole"
TOGETHER = 90
"""Passages that are searched together: about as many as an appendix has."""
SPLIT = "written"


@dataclass(frozen=True, slots=True)
class WrittenGroup:
    """Answers, each of one or more passages, that make one document, and the questions that are
    put to it."""

    answers: tuple[tuple[Written, ...], ...]

    @property
    def questions(self) -> tuple[GoldQuestion, ...]:
        """The questions; those that their own answer doesn't answer count as unanswerable."""
        return tuple(
            question
            for row, passages in enumerate(self.answers)
            for question in _questions(row, passages)
        )

    def write(self, folder: Path) -> Path:
        """Write the answers as a source, a paragraph for each passage, and return its path."""
        path = folder / f"{SPLIT}.jsonl"
        lines = (
            {"id": str(row), "topic": passages[0].title, "text": "\n".join(map(_text, passages))}
            for row, passages in enumerate(self.answers)
        )
        path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        return path

    def open(self) -> Index:
        """Build and open an index of the answers."""
        with tempfile.TemporaryDirectory() as made:
            return open_index(self.write(Path(made)), Encoder.load())


def read_groups(data: Path) -> tuple[WrittenGroup, ...]:
    """Return all written questions, their passages found in the data; the last group is that of
    whole answers.

    Raises:
        DataError: If the data can't be read or hold none of the passages.
    """
    entries = read_entries(data, "train")
    alone = [(one,) for one in read_written(entries, FOLDER)]
    starts = range(0, len(alone), TOGETHER)
    groups = (WrittenGroup((*alone[start : start + TOGETHER],)) for start in starts)
    return (*groups, _read_whole(entries))


def _read_whole(entries: Sequence[Entry]) -> WrittenGroup:
    passages = read_written(entries, WHOLE)
    return WrittenGroup(tuple((*some,) for _, some in groupby(passages, lambda one: one.title)))


def _questions(row: int, passages: Sequence[Written]) -> Iterator[GoldQuestion]:
    answered = [(one, question) for one in passages for question in one.answered]
    near = [(one, question) for one in passages for question in one.unanswered]
    for number, (one, question) in enumerate([*answered, *near]):
        turns = (*question.before, question.text)
        evidence = tuple(one.sentences[place] for place in sorted(question.places))
        yield GoldQuestion(
            query_id=f"{SPLIT}-{row}-{number}",
            split=SPLIT,
            kind=_kind(turns, evidence),
            turns=turns,
            answer_ids=(str(row),) if evidence else (),
            evidence=evidence,
            pages=(),
            adversarial=None if evidence else "near",
        )


def _kind(turns: Sequence[str], evidence: Sequence[str]) -> str:
    if not evidence:
        return UNANSWERABLE
    return "dialogue" if len(turns) > 1 else "fact"


def _text(one: Written) -> str:
    return " ".join(one.sentences)
