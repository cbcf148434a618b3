"""Write the benchmark to a folder: benchmark.md, benchmark.json and the plots."""

import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.bench.findings import findings
from eval.bench.measure import CHAMBER_HITS, HITS, LeftOut, Measured
from eval.bench.plots import draw_all
from eval.bench.processes import versions
from eval.bench.quantiles import quantile
from eval.bench.tables import (
    chamber_table,
    cost_table,
    peer_table,
    quality_table,
)
from eval.report import Json, dump, estimates_to_json
from eval.tables import Table, to_markdown

HEAD = """# Benchmark

Bijlage beside what one would pick instead: the same model, the same text, the same questions, on
one machine in one run of `python -m eval.bench peers` (see `eval/bench`). Every peer worked in
processes of its own, held to one core and one thread.

- **Quality.** Everyone gave {hits} hits for each gold question. A hit is judged by its text alone,
  ours too: it is credited with the answers of which it holds a whole sentence, and it holds the
  evidence or not. In brackets 95 % intervals, bootstrapped by answer (`eval.intervals`). Windows
  and weights were chosen on dev, for us and for the peers; test is for reporting only. Only Bijlage
  quotes, names the page and refuses; that isn't compared here.
- **Index.** Processor seconds from file to saved index, libraries loaded beforehand.
- **First answer.** Seconds by the clock from the start of a process to its first answer, files in
  the system's cache; the fastest of {rounds}. It counts in all that other programs took.
- **p50, p99.** Of whole questions, encoding included, after a warm-up: milliseconds of processor
  time, which other programs on the machine don't count in, and by the clock; of each question the
  faster of {rounds} rounds, taken in turns.
- **Memory.** The peak of the process. **Disk.** The saved index, without the model.

The machine is shared with other programs: read the ratios, not the milliseconds. {machine}."""
CHAMBER = """## The Chamber's written questions

{titles} titles that our model's recipe held back, over {answers} answers; everyone gave {hits}
hits, of which each counts for the answer that it is a piece of. Each peer encoded its own
pieces: they are cut differently, so that vectors can't be shared, and the index time is whole.
All were asked once."""


@dataclass(frozen=True, slots=True)
class Chamber:
    """What was measured on the Chamber, over how many answers."""

    measured: tuple[Measured, ...]
    answers: int


def write_report(
    appendix: Sequence[Measured],
    left_out: Sequence[LeftOut],
    chamber: Chamber | None,
    rounds: int,
    folder: Path,
) -> None:
    """Write everything into a folder, made if absent."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = [f"![{path.stem}]({path.name})" for path in draw_all(appendix, folder)]
    text = to_text(appendix, left_out, chamber, rounds, pictures)
    (folder / "benchmark.md").write_text(text, encoding="utf-8")
    fields = to_json(appendix, left_out, chamber)
    (folder / "benchmark.json").write_text(dump(fields) + "\n", encoding="utf-8")


def to_text(
    appendix: Sequence[Measured],
    left_out: Sequence[LeftOut],
    chamber: Chamber | None,
    rounds: int,
    pictures: Sequence[str],
) -> str:
    """Return the report in Markdown."""
    tables: list[Table] = [quality_table(appendix, split) for split in ("test", "dev")]
    tables.append(cost_table(appendix, "Cost on the appendix"))
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    head = HEAD.format(hits=HITS, rounds=rounds, machine=machine)
    said = "\n".join(f"- {sentence}" for sentence in findings(appendix))
    parts = [head, f"## Where Bijlage stands, test\n\n{said}"] if said else [head]
    parts.extend((*map(to_markdown, tables), *pictures))
    if chamber is not None:
        parts.extend(_chamber_parts(chamber))
    parts.append(to_markdown(peer_table(appendix)))
    parts.extend(f"Left out: {one.peer.label} ({one.reason})." for one in left_out)
    return "\n\n".join(parts) + "\n"


def to_json(
    appendix: Sequence[Measured], left_out: Sequence[LeftOut], chamber: Chamber | None
) -> Json:
    """Return every number."""
    fields: Json = {
        "appendix": [_measured_to_json(one) for one in appendix],
        "left_out": {one.peer.name: one.reason for one in left_out},
    }
    if chamber is not None:
        fields["chamber"] = {
            "answers": chamber.answers,
            "peers": [_measured_to_json(one) for one in chamber.measured],
        }
    return fields


def _chamber_parts(chamber: Chamber) -> list[str]:
    titles = chamber.measured[0].quality["test"]["RR@10"].count
    text = CHAMBER.format(titles=titles, answers=chamber.answers, hits=CHAMBER_HITS)
    tables = chamber_table(chamber.measured), cost_table(chamber.measured, "Cost on the Chamber")
    return [text, *map(to_markdown, tables)]


def _measured_to_json(one: Measured) -> Json:
    times = {"processor_ms": one.asked.processor_ms, "clock_ms": one.asked.clock_ms}
    return {
        "peer": one.peer.name,
        "versions": versions(one.peer),
        "index": asdict(one.built),
        "first_answer_s": one.first_answer_s,
        "peak_mib": one.asked.peak_mib,
        **{
            name: {f"p{percent}": quantile(values, percent) for percent in (50, 90, 99)}
            for name, values in times.items()
        },
        "quality": {split: estimates_to_json(found) for split, found in one.quality.items()},
    }
