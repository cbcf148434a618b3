"""`python -m eval.bench peers --out FOLDER [--data FOLDER]`: measure all peers and write it down.

    python -m venv .venv-bench && .venv-bench/bin/pip install '.[bench]'
    .venv-bench/bin/pip install --no-deps llama-index-retrievers-bm25==0.8.0
    .venv-bench/bin/python -m eval.bench peers --out docs

The second line is apart because that package asks for an older PyStemmer than the product; it
works with the newer one. A peer that isn't installed is left out, and the report says so.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from eval.bench.chamber_sample import draw_sample
from eval.bench.measure import measure_appendix, measure_chamber
from eval.bench.peers import BY_NAME, PEERS
from eval.bench.processes import PeerError
from eval.bench.report import Chamber, write_report
from eval.chamber import ChamberError


def main(arguments: Sequence[str]) -> int:
    """Measure, write the report, and return the exit status."""
    options = build_parser().parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as name:
            _measure(options, Path(name))
    except (PeerError, ChamberError) as error:
        print(f"eval.bench: {error}", file=sys.stderr)
        return 1
    return 0


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench peers")
    add = parser.add_argument
    add("--out", type=Path, required=True, help="folder for the tables, numbers and plots")
    add("--data", type=Path, help="folder with the Chamber's pairs.tsv; left out, it isn't asked")
    add("--answers", type=int, default=1000, help="answers in the sample of the Chamber")
    add("--titles", type=int, default=200, help="titles asked of the Chamber")
    add("--rounds", type=int, default=3, help="how often everything is asked")
    add("--peer", action="append", choices=tuple(BY_NAME), help="only this one; repeat for more")
    return parser


def _measure(options: argparse.Namespace, folder: Path) -> None:
    """Measure and write; the appendix is on paper before the Chamber is begun."""
    peers = [BY_NAME[name] for name in options.peer] if options.peer else list(PEERS)
    data = options.data
    sample = draw_sample(data, options.titles, options.answers) if data else None
    appendix, left_out = measure_appendix(peers, folder / "appendix", options.rounds)
    write_report(appendix, left_out, None, options.rounds, options.out)
    if sample is not None:
        present = [one.peer for one in appendix]
        found, _ = measure_chamber(present, folder / "chamber", sample, rounds=1)
        chamber = Chamber(found, len(sample.answers))
        write_report(appendix, left_out, chamber, options.rounds, options.out)
