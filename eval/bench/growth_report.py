"""What growth costs, written down: numbers in JSON, a table in Markdown, a plot."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.plots import DPI, new_figure
from eval.tables import Table, to_markdown

Row = Mapping[str, float]

TEXT = """# Growth

Written by `python -m eval.bench growth` (see `eval/bench/growth.py`). Real answers of the Belgian
Chamber come first, then passages of four real sentences drawn at random, whose vectors are the sums
of their sentences' vectors: encoding a million passages would take this model nine hours, and
tells nothing about the index.

- **Build.** Milliseconds per passage of what isn't the encoder (reading, words, sentences, writing,
  merging, clusters), beside what the encoder takes for one real passage.
- **Open.** Seconds to check every file, open the index and load the model. **Add.** Seconds to add
  a document of one answer to the index.
- **Question.** By the clock, one at a time, ten hits with their quotes (a large index is searched
  by words and by vectors at once, all else goes on in one thread); **of it encoding**. The
  **least** is what it must cost: encoding, and one pass over the vectors at the speed at which
  memory is read (reckoned with a byte a number in clusters, else four). Below 1 clusters spare part
  of the pass.
- **Recall.** Of the ten best by vector, and of the ten hits, against comparing every vector.
- **Own memory** is the process's; **mapped** are parts of files that happen to be in memory, which
  the system takes back when it needs them.
"""
HEADER = (
    "passages",
    "build, per passage (ms)",
    "encoder, per passage (ms)",
    "open (s)",
    "add (s)",
    "question p50 (ms)",
    "p99 (ms)",
    "of it encoding (ms)",
    "p50, times the least",
    "recall@10, vectors",
    "recall@10, hits",
    "own memory (MiB)",
    "mapped (MiB)",
    "disk (MiB)",
)


def write_growth(rows: Sequence[Row], folder: Path) -> None:
    """Write growth.json, growth.md and growth.png into a folder, made if needed."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "growth.json").write_text(json.dumps(list(rows), indent=2), "utf-8")
    table = Table("Sizes", HEADER, tuple(map(_cells, rows)))
    text = f"{TEXT}\n{to_markdown(table)}\n\n![Latency against size](growth.png)\n"
    (folder / "growth.md").write_text(text, "utf-8")
    _draw(rows, folder / "growth.png")


def _cells(row: Row) -> tuple[str, ...]:
    built = 1000 * (row["seconds"] - row["encoder_s"]) / row["passages"]
    least = row["encode_p50_ms"] + row["pass_ms"]
    return (
        f"{row['passages']:,}",
        f"{built:.2f}",
        f"{row['encoder_ms']:.1f}",
        f"{row['opened_s']:.1f}",
        f"{row['add_s']:.1f}",
        f"{row['ask_p50_ms']:.1f}",
        f"{row['ask_p99_ms']:.1f}",
        f"{row['encode_p50_ms']:.1f}",
        f"{row['ask_p50_ms'] / least:.2f}",
        f"{row['recall_dense']:.3f}",
        f"{row['recall_hybrid']:.3f}",
        f"{row['own_mib']:,.0f}",
        f"{row['mapped_mib']:,.0f}",
        f"{row['disk_mib']:,.0f}",
    )


def _draw(rows: Sequence[Row], path: Path) -> None:
    figure, axes = new_figure()
    sizes = [row["passages"] for row in rows]
    axes.plot(sizes, [row["ask_p99_ms"] for row in rows], "o:", label="question, p99")
    axes.plot(sizes, [row["ask_p50_ms"] for row in rows], "o-", label="question, p50")
    axes.plot(sizes, [row["encode_p50_ms"] for row in rows], "s--", label="of it encoding")
    axes.set_xscale("log")
    axes.set_ylim(bottom=0)
    axes.set_xlabel("passages (logarithmic)")
    axes.set_ylabel("milliseconds by the clock")
    axes.legend(fontsize=8)
    figure.savefig(path, dpi=DPI)
