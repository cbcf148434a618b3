"""What the runner and a peer's process tell each other: a job, and what came of it, as JSON.

Only the standard library: what is imported here counts in every peer's memory and start-up.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """One text to be searched, whole: a document, or a written answer."""

    document_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One hit: a piece of the text that a document was cut into."""

    document_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question, and what was said before it in a dialogue ("" for nothing)."""

    text: str
    context: str = ""

    @property
    def joined(self) -> str:
        """Both in one, for a peer that knows no dialogue."""
        return f"{self.context} {self.text}".strip()


Ask = Callable[[Query, int], list[Piece]]
"""From a query and how many hits are wanted to hits, best first."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a peer is to index, with which model, where to keep it, and what to ask for."""

    peer: str
    source: Path
    folder: Path
    model: Path
    queries: tuple[Query, ...]
    k: int


@dataclass(frozen=True, slots=True)
class Built:
    """An index that was made: the pieces in it; seconds by the clock and of processor time, the
    libraries loaded beforehand; the peak of the process's memory and the files, in MiB."""

    pieces: int
    clock_s: float
    processor_s: float
    peak_mib: float
    disk_mib: float


@dataclass(frozen=True, slots=True)
class Asked:
    """The hits of every query, and what each query took: milliseconds by the clock and of
    processor time; the peak of the process's memory in MiB."""

    hits: tuple[tuple[Piece, ...], ...]
    clock_ms: tuple[float, ...]
    processor_ms: tuple[float, ...]
    peak_mib: float


def read_texts(source: Path) -> list[Text]:
    """Read a text file as one text, or a JSONL file (`id`, `text`) as one text a line."""
    raw = source.read_text(encoding="utf-8")
    if source.suffix != ".jsonl":
        return [Text(source.stem, raw)]
    lines = [json.loads(line) for line in raw.split("\n") if line.strip()]
    return [Text(line["id"], line["text"]) for line in lines]


def write_json(record: Job | Built | Asked, path: Path) -> None:
    """Write a record as JSON."""
    path.write_text(json.dumps(asdict(record), default=str, ensure_ascii=False), encoding="utf-8")


def read_job(path: Path) -> Job:
    """Read what `write_json` wrote of a job."""
    fields = _read(path)
    folders = {name: Path(fields[name]) for name in ("source", "folder", "model")}
    queries = tuple(Query(**query) for query in fields["queries"])
    return Job(peer=fields["peer"], k=fields["k"], queries=queries, **folders)


def read_built(path: Path) -> Built:
    """Read what `write_json` wrote of a built index."""
    return Built(**_read(path))


def read_asked(path: Path) -> Asked:
    """Read what `write_json` wrote of the hits."""
    fields = _read(path)
    return Asked(
        hits=tuple(tuple(Piece(**piece) for piece in pieces) for pieces in fields["hits"]),
        clock_ms=tuple(fields["clock_ms"]),
        processor_ms=tuple(fields["processor_ms"]),
        peak_mib=fields["peak_mib"],
    )


def fastest(rounds: Sequence[Asked]) -> Asked:
    """Return the hits of the first round with each query's fastest time over all rounds (at least
    one): what another program on the machine took is then least in it."""
    return Asked(
        hits=rounds[0].hits,
        clock_ms=tuple(map(min, zip(*(asked.clock_ms for asked in rounds), strict=True))),
        processor_ms=tuple(map(min, zip(*(asked.processor_ms for asked in rounds), strict=True))),
        peak_mib=max(asked.peak_mib for asked in rounds),
    )


def _read(path: Path) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return fields
