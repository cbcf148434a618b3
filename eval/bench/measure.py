"""Put every peer to the same work, in one run: first all indexes, then first answers in turns, then
all questions in turns.

In turns, so that what other programs do on the machine meets all of them alike; of each query's
times over the rounds the fastest counts.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.readers import BUNDLED_APPENDIX, read_documents
from eval.bench.chamber_sample import Sample, write_answers
from eval.bench.jobs import Asked, Built, Job, Piece, Query, fastest
from eval.bench.judging import judge_chamber, judge_gold, queries_of
from eval.bench.peers import Peer
from eval.bench.processes import Bench, PeerError, versions
from eval.intervals import Estimate
from eval.questions import SPLITS, GoldQuestion, read_gold
from index.encoder import BUNDLED_FOLDER

HITS = 5
"""Hits that every peer is asked for on the appendix, as many as the product shows."""
CHAMBER_HITS = 30
"""On the Chamber: several hits may be of one answer, and ten answers are judged."""

Quality = Mapping[str, Mapping[str, Estimate]]
"""`quality[split][measure]`."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One peer on one text: its index, its start-up, its queries' times, and its measures by
    split."""

    peer: Peer
    built: Built
    first_answer_s: float
    asked: Asked
    quality: Quality


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A peer that couldn't take part, and why."""

    peer: Peer
    reason: str


@dataclass(frozen=True, slots=True)
class _Run:
    """A peer whose index is made, and its rounds so far."""

    peer: Peer
    bench: Bench
    job: Job
    built: Built
    first_answers_s: list[float] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)


Outcome = tuple[tuple[Measured, ...], tuple[LeftOut, ...]]


def measure_appendix(peers: Sequence[Peer], folder: Path, rounds: int) -> Outcome:
    """Measure peers on the bundled appendix and all gold questions; `folder` is to work in."""
    (document,) = read_documents(BUNDLED_APPENDIX)
    gold = {split: read_gold(split) for split in SPLITS}
    queries = tuple(query for questions in gold.values() for query in queries_of(questions))
    job = Job("", BUNDLED_APPENDIX, Path(), BUNDLED_FOLDER, queries, HITS)

    def judge(asked: Asked) -> Quality:
        return {
            split: judge_gold(gold[split], hits, document)
            for split, hits in _by_split(gold, asked).items()
        }

    runs, left_out = _run_all(peers, folder, job, rounds)
    return tuple(_measured(run, judge) for run in runs), left_out


def measure_chamber(peers: Sequence[Peer], folder: Path, sample: Sample, rounds: int) -> Outcome:
    """Measure peers on a sample of the Chamber's questions; `folder` is to work in."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "answers.jsonl"
    write_answers(sample, source)
    queries = tuple(Query(title) for title in sample.qrels)
    job = Job("", source, Path(), BUNDLED_FOLDER, queries, CHAMBER_HITS)

    def judge(asked: Asked) -> Quality:
        return {"test": judge_chamber(sample.qrels, asked.hits)}

    runs, left_out = _run_all(peers, folder, job, rounds)
    return tuple(_measured(run, judge) for run in runs), left_out


def _run_all(
    peers: Sequence[Peer], folder: Path, job: Job, rounds: int
) -> tuple[list[_Run], tuple[LeftOut, ...]]:
    """Build every index, then ask in turns; a peer that can't build its own is left out."""
    runs, left_out = [], []
    for peer in peers:
        bench = Bench(folder / peer.name)
        mine = replace(job, peer=peer.name, folder=bench.folder / "index")
        try:
            versions(peer)
            runs.append(_Run(peer, bench, mine, bench.build(mine)))
        except PeerError as error:
            left_out.append(LeftOut(peer, str(error)))
        _tell(f"index of {peer.label}")
    for number in range(1, rounds + 1):
        for run in runs:
            run.first_answers_s.append(run.bench.first_answer_s(run.job))
            run.asked.append(run.bench.ask(run.job))
            _tell(f"round {number} of {rounds}: {run.peer.label}")
    return runs, tuple(left_out)


def _measured(run: _Run, judge: Callable[[Asked], Quality]) -> Measured:
    asked = fastest(run.asked)
    return Measured(run.peer, run.built, min(run.first_answers_s), asked, judge(asked))


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _by_split(
    gold: Mapping[str, Sequence[GoldQuestion]], asked: Asked
) -> dict[str, Sequence[Sequence[Piece]]]:
    """Take the hits of all queries apart again, by the split that each was of."""
    hits: dict[str, Sequence[Sequence[Piece]]] = {}
    start = 0
    for split, questions in gold.items():
        hits[split] = asked.hits[start : start + len(questions)]
        start += len(questions)
    return hits
