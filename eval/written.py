"""Written questions on passages of other parliaments, for fitting the confidence.

Five on each of 622 passages of ministers' answers: three that it answers (one of them without its
words) and two near ones that it doesn't; seven on each of 480 others: four that it answers (two of
them without its words) and three near ones. Language models wrote them, as they did those on which
the embedding model is refined (`index/train/written`), but on other passages: the model hasn't seen
these (the weights of the ranking were chosen with an eye to 1,200 of them). The texts themselves
aren't kept here; they are found in the folder of public Dutch text from which the model is made.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.questions import GOLD_FOLDER, UNANSWERABLE, GoldQuestion
from index.train.pairs import read_entries
from index.train.written.questions import Written, read_written

FOLDER = GOLD_FOLDER / "written"
TOGETHER = 90
"""Passages that are searched together: about as many as an appendix has."""
SPLIT = "written"


@dataclass(frozen=True, slots=True)
class WrittenGroup:
    """Passages that make one document, and the questions that are put to it."""

    passages: tuple[Written, ...]

    @property
    def questions(self) -> tuple[GoldQuestion, ...]:
        """The questions; those that their own passage doesn't answer count as unanswerable."""
        return tuple(
            question for row, one in enumerate(self.passages) for question in _questions(row, one)
        )

    def write(self, folder: Path) -> Path:
        """Write the passages as a source of answers, and return its path."""
        path = folder / f"{SPLIT}.jsonl"
        lines = (
            {"id": str(row), "topic": one.title, "text": " ".join(one.sentences)}
            for row, one in enumerate(self.passages)
        )
        path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        return path


def read_groups(data: Path) -> tuple[WrittenGroup, ...]:
    """Return all written questions, their passages found in the data.

    Raises:
        DataError: If the data can't be read or hold none of the passages.
    """
    written = read_written(read_entries(data, "train"), FOLDER)
    starts = range(0, len(written), TOGETHER)
    return tuple(WrittenGroup(written[start : start + TOGETHER]) for start in starts)


def _questions(row: int, one: Written) -> Iterator[GoldQuestion]:
    answered = [question.text for question in one.answered]
    for number, text in enumerate([*answered, *one.unanswered]):
        is_answered = number < len(answered)
        yield GoldQuestion(
            query_id=f"{SPLIT}-{row}-{number}",
            split=SPLIT,
            kind="fact" if is_answered else UNANSWERABLE,
            turns=(text,),
            answer_ids=(str(row),) if is_answered else (),
            evidence=(),
            pages=(),
            adversarial=None if is_answered else "near",
        )
