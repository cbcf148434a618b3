"""A sample of the Chamber's questions over a stated number of answers, for every peer alike.

Only titles are asked that our model's recipe held back; each has all its answers in the sample,
which is filled up with other answers. Drawn with a fixed seed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.chamber import Pairs, read_pairs
from eval.intervals import SEED
from index.train.split import half_of


@dataclass(frozen=True, slots=True)
class Sample:
    """Answers by id, and of each title that is asked the ids of its answers."""

    answers: Mapping[str, str]
    qrels: Mapping[str, tuple[str, ...]]


def draw_sample(folder: Path, titles: int, answers: int) -> Sample:
    """Draw a sample from a folder with pairs.tsv: so many titles, over so many answers.

    Fewer where the folder holds fewer; more answers where the titles have more.

    Raises:
        ChamberError: If the folder doesn't hold the questions.
    """
    pairs = read_pairs(folder)
    rng = np.random.default_rng(SEED)
    held_back = [title for title in pairs.titles if half_of(title) == "test"]
    chosen = [held_back[row] for row in sorted(rng.permutation(len(held_back))[:titles])]
    qrels = {title: pairs.titles[title] for title in chosen}
    return Sample(_fill(pairs, qrels, answers, rng), qrels)


def write_answers(sample: Sample, path: Path) -> None:
    """Write the answers as JSONL, one a line."""
    lines = (
        json.dumps({"id": answer_id, "text": text}, ensure_ascii=False)
        for answer_id, text in sample.answers.items()
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _fill(
    pairs: Pairs, qrels: Mapping[str, tuple[str, ...]], count: int, rng: np.random.Generator
) -> dict[str, str]:
    """Return the answers of the titles and others up to `count`, in the order of the folder."""
    needed = {answer_id for ids in qrels.values() for answer_id in ids}
    others = [answer_id for answer_id in pairs.answers if answer_id not in needed]
    rows = rng.permutation(len(others))[: max(count - len(needed), 0)]
    kept = needed | {others[row] for row in rows}
    return {answer_id: text for answer_id, text in pairs.answers.items() if answer_id in kept}
