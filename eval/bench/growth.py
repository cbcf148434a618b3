"""`python -m eval.bench growth --data FOLDER --out FOLDER`: from 32 answers to a million passages.

For each size: an index is built of the Chamber's real answers first and resampled sentences after
that (`eval.bench.growth_data`), opened and asked in a process of its own; one document is added.
Building is measured without the encoder, whose own speed is measured beside it on real passages;
each latency stands beside the least that it could be: encoding the question and one pass over the
vectors. Indexes stay in `--work`, so that a run can be taken up again.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.bench.growth_data import SummingEncoder, pick_sentences, write_sources
from eval.bench.growth_report import write_growth
from eval.bench.processes import ENVIRONMENT
from eval.chamber import ChamberError, read_pairs
from index.encoder import Encoder
from index.storage import build_index

SIZES = (32, 3_474, 100_000, 1_000_000)
REAL = 300
"""Real answers that are encoded as they are, about a thousand passages; sentences of all of them
make up the rest."""
QUESTIONS = 200
TIMED = 256
"""Passages on which the encoder's own speed is measured."""
ADDED = (
    "De minister antwoordt dat de fietsbrug in Zwevegem in 2023 wordt geopend. De kosten lopen op."
)


@dataclass(frozen=True, slots=True)
class Building:
    """How an index came about: seconds in all and of the encoder, and bytes on disk."""

    answers: int
    seconds: float
    encoder_s: float
    embedded: int
    disk_mib: float
    add_s: float


def main(arguments: Sequence[str]) -> int:
    """Measure all sizes, and write numbers and table."""
    options = _parser().parse_args(arguments)
    os.environ.update(ENVIRONMENT)
    try:
        pairs = read_pairs(options.data)
    except ChamberError as error:
        print(f"eval.bench: {error}", file=sys.stderr)
        return 1
    questions = [title for title in pairs.titles if title.strip()][:QUESTIONS]
    answers = list(pairs.answers.values())
    sentences = pick_sentences(answers)
    encoder = SummingEncoder(Encoder.load(), sentences)
    per_text_ms = _encoder_ms(encoder, answers)
    rows = []
    for size in options.sizes:
        folder = options.work / str(size)
        building = _build(folder, encoder, answers, sentences, size)
        asking = _ask(folder / "index", questions)
        rows.append({**asdict(building), **asking, "encoder_ms": per_text_ms})
        print(json.dumps(rows[-1]), flush=True)
    write_growth(rows, options.out)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.bench growth")
    add = parser.add_argument
    add("--data", type=Path, required=True, help="folder with the Chamber's pairs.tsv")
    add("--out", type=Path, required=True, help="folder for the numbers and the table")
    add("--work", type=Path, default=Path(tempfile.gettempdir()) / "bijlage-growth")
    add("--sizes", type=int, nargs="+", default=SIZES, help="answers, one size after another")
    return parser


def _encoder_ms(encoder: SummingEncoder, answers: Sequence[str]) -> float:
    """Return what encoding a real passage costs, with as many threads as a build has."""
    texts = [answer[:800] for answer in answers[-TIMED:]]
    started = time.perf_counter()
    encoder.own.encode_passages(texts)
    return 1000 * (time.perf_counter() - started) / len(texts)


def _build(
    folder: Path,
    encoder: SummingEncoder,
    answers: Sequence[str],
    sentences: Sequence[str],
    size: int,
) -> Building:
    """Build the index of a size, or take up what an earlier run built, and add a document."""
    notes = folder / "building.json"
    if not notes.exists():
        folder.mkdir(parents=True, exist_ok=True)
        sources = write_sources(answers[: min(REAL, size)], sentences, folder, size)
        encoder.seconds = 0.0
        report = build_index(sources, folder / "index", encoder)
        notes.write_text(
            json.dumps([report.seconds, encoder.seconds, report.embedded, report.answers]), "utf-8"
        )
    seconds, encoder_s, embedded, count = json.loads(notes.read_text("utf-8"))
    disk = sum(path.stat().st_size for path in (folder / "index").rglob("*")) / 2**20
    added = folder / f"toegevoegd-{time.time_ns()}.jsonl"
    text = f"{ADDED} Versie {time.time_ns()}."
    added.write_text(json.dumps({"id": "toegevoegd", "text": text}), "utf-8")
    started = time.perf_counter()
    build_index([added], folder / "index", encoder)
    return Building(count, seconds, encoder_s, embedded, disk, time.perf_counter() - started)


def _ask(index: Path, questions: Sequence[str]) -> Mapping[str, Any]:
    """Measure an index in a process of its own."""
    asked = index.parent / "questions.json"
    asked.write_text(json.dumps(questions), "utf-8")
    command = [sys.executable, "-m", "eval.bench.growth_ask", str(index), str(asked)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
