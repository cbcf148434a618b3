"""The index folder when things go wrong half-way: killed, damaged, full, rebuilt under readers.

Each test prints what it counted (`pytest -s`). `make test` takes a part of the moments; all of
them, as the issue of this program's reliability asks: `python -m pytest -m full -s`.
"""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

import pytest

from index.encoder import Encoder
from index.folder import read_folder
from index.generation import write_folder
from index.lock import lock_folder
from index.manifest import IndexFolderError
from index.search import search
from index.storage import build_index, load_index

QUESTION = "Hoeveel fietsen kocht de dienst?"
SECONDS_TO_START = 120


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


def write_source(path: Path, version: int, answers: int = 60) -> Path:
    """Write a document whose every answer names its version."""
    rows = [
        {
            "id": f"a{number}",
            "text": f"In versie {version} kocht de dienst {100 * version + number} fietsen. "
            f"Dat stond in tabel {number} van de begroting van versie {version}.",
            "document": "fietsen",
        }
        for number in range(answers)
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def version_of(folder: Path, encoder: Encoder) -> int:
    """Return the version that answers; fails when hits are of different ones, or there are none."""
    hits = search(load_index(folder, encoder), QUESTION).hits
    versions = {int(hit.passage.text.split()[2]) for hit in hits}
    assert len(versions) == 1, versions
    return versions.pop()


class Rebuilder:
    """Drives `rebuilder.py`: starts a child, waits, kills it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("rebuilder.py"))],
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._read() == "ready"

    def run(self, order: str, moment_s: float) -> bool:
        """Give an order, kill its child after a while, and say whether it was still alive."""
        child = self._start(order)
        time.sleep(moment_s)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        return int(self._read()) == -signal.SIGKILL

    def duration_of(self, order: str) -> float:
        """Give an order, and return how many seconds its child took to carry it out."""
        started = time.perf_counter()
        self._start(order)
        assert self._read() == "0"
        return time.perf_counter() - started

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(20)

    def _start(self, order: str) -> int:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()
        return int(self._read())

    def _read(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@pytest.fixture(scope="module")
def rebuilder() -> Iterator[Rebuilder]:
    if not hasattr(os, "fork"):
        pytest.skip("this system can't fork")
    program = Rebuilder()
    yield program
    program.stop()


def kill_rebuilds(
    times: int, rebuilder: Rebuilder, tmp_path: Path, encoder: Encoder
) -> Counter[str]:
    """Kill a rebuild at `times` random moments; count which version answers after each."""
    folder, sources = tmp_path / "index", [write_source(tmp_path / f"{n}.jsonl", n) for n in (0, 1)]
    build_index(sources[:1], folder, encoder)
    longest_s = max(rebuilder.duration_of(f"build {folder} {sources[0]}") for _ in range(3))
    moments, counts, held = random.Random(6), Counter[str](), 0
    while counts["killed"] < times:
        wanted = 1 - held
        was_alive = rebuilder.run(
            f"build {folder} {sources[wanted]}", moments.uniform(0, longest_s)
        )
        answers = version_of(folder, encoder)
        assert answers in {held, wanted}
        assert was_alive or answers == wanted
        counts["killed"] += was_alive
        counts["finished first"] += not was_alive
        counts["old answers" if answers == held else "new answers"] += was_alive
        held = answers
    assert_whole(folder, encoder, sources[1 - held], 1 - held)
    return counts


def assert_whole(folder: Path, encoder: Encoder, source: Path, version: int) -> None:
    """Check that no lock of a killed process blocks the next build, which leaves no rubbish."""
    build_index([source], folder, encoder)
    assert version_of(folder, encoder) == version
    assert len(list(folder.glob("generation-*"))) == 1


def kill_writers(
    times: int, rebuilder: Rebuilder, tmp_path: Path, encoder: Encoder
) -> Counter[str]:
    """Kill a process that does nothing but write generations; the index must always load."""
    folder, source = tmp_path / "index", write_source(tmp_path / "0.jsonl", 0)
    build_index([source], folder, encoder)
    moments, counts = random.Random(7), Counter[str]()
    for _ in range(times):
        assert rebuilder.run(f"write {folder}", moments.uniform(0.01, 0.15))
        counts["with half a generation"] += len(list(folder.glob("generation-*"))) > 1
        assert version_of(folder, encoder) == 0
        counts["answers"] += 1
    assert_whole(folder, encoder, source, 0)
    return counts


def test_a_killed_rebuild_leaves_the_old_or_the_new_index(
    rebuilder: Rebuilder, tmp_path: Path, encoder: Encoder
) -> None:
    print("rebuild killed:", dict(kill_rebuilds(12, rebuilder, tmp_path, encoder)))


def test_a_killed_writer_leaves_a_whole_index(
    rebuilder: Rebuilder, tmp_path: Path, encoder: Encoder
) -> None:
    print("writer killed:", dict(kill_writers(12, rebuilder, tmp_path, encoder)))


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_a_rebuild_killed_at_100_moments(
    rebuilder: Rebuilder, tmp_path: Path, encoder: Encoder
) -> None:
    counts = kill_rebuilds(100, rebuilder, tmp_path, encoder)
    print("rebuild killed:", dict(counts))
    assert counts["killed"] == counts["old answers"] + counts["new answers"] == 100


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_a_writer_killed_at_100_moments(
    rebuilder: Rebuilder, tmp_path: Path, encoder: Encoder
) -> None:
    counts = kill_writers(100, rebuilder, tmp_path, encoder)
    print("writer killed:", dict(counts))
    assert counts["answers"] == 100


def test_every_file_cut_off_or_flipped_in_50_places_is_refused_by_name(
    index_folder: Path, tmp_path: Path
) -> None:
    folder, places, counts = tmp_path / "index", random.Random(8), Counter[str]()
    shutil.copytree(index_folder, folder)
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix and path.is_file()]
    assert {path.name for path in paths} == {"manifest.json", *read_folder(folder).files}
    for path in paths:
        whole = path.read_bytes()
        for _ in range(50):
            place = places.randrange(len(whole))
            flipped = bytes([whole[place] ^ 1 << places.randrange(8)])
            for damage in (whole[:place], whole[:place] + flipped + whole[place + 1 :]):
                path.write_bytes(damage)
                with pytest.raises(IndexFolderError, match=rf"beschadigd \({path.name}"):
                    read_folder(folder)
                counts[path.name] += 1
        path.write_bytes(whole)
    read_folder(folder)
    print("damaged, all refused by name:", dict(counts))
    assert set(counts.values()) == {100}


@contextmanager
def small_disk(path: Path, size: int) -> Iterator[Path]:
    """Mount a file system in memory of `size` bytes, or skip."""
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)]
    if (
        shutil.which("mount") is None
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("no right to mount a small disk; the limit on file sizes is tested instead")
    try:
        yield path
    finally:
        subprocess.run(["umount", str(path)], check=True)


def test_a_disk_that_is_full_at_any_write_leaves_the_old_index(
    tmp_path: Path, encoder: Encoder
) -> None:
    page, failed = os.sysconf("SC_PAGE_SIZE"), 0
    sources = [write_source(tmp_path / f"{n}.jsonl", n, answers=8) for n in (0, 1)]
    build_index(sources[:1], tmp_path / "index", encoder)
    needed = sum(path.stat().st_size for path in (tmp_path / "index").rglob("*"))
    with small_disk(tmp_path / "disk", 4 * needed + 64 * page) as disk:
        build_index(sources[:1], disk / "index", encoder)
        for free in range(200):  # memory pages
            fill(disk / "filler", leaving=free * page)
            try:
                build_index(sources[1:], disk / "index", encoder)
                break
            except IndexFolderError as error:
                failed += "vrije ruimte" in str(error)
            assert version_of(disk / "index", encoder) == 0
            assert len(list((disk / "index").glob("generation-*"))) == 1
        assert version_of(disk / "index", encoder) == 1
    print(f"disk full at {failed} places, one memory page apart; then the build succeeded")
    assert failed == free > 10


def fill(path: Path, leaving: int) -> None:
    """Fill the disk of `path` but for `leaving` bytes."""
    path.unlink(missing_ok=True)
    state = os.statvfs(path.parent)
    path.write_bytes(b"\0" * max(0, state.f_bavail * state.f_frsize - leaving))


def test_a_file_that_may_not_grow_at_any_write_leaves_the_old_index(
    index_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(index_folder, folder)
    stored = read_folder(folder)
    header = {key: stored.header[key] for key in ("model", "documents", "passages")}
    sizes = {len(data) for data in stored.files.values()}
    limits = sorted({0, 1, 4096, (folder / "manifest.json").stat().st_size - 1}) + sorted(
        part for size in sizes for part in (size // 2, size - 1)
    )
    assert len(limits) > 10
    before = (folder / "manifest.json").read_bytes()
    for limit in limits:
        with file_size_limit(limit), pytest.raises(IndexFolderError, match="vrije ruimte"):
            write_folder(folder, header, {**stored.files, "extra": b"x" * (limit + 1)})
        assert (folder / "manifest.json").read_bytes() == before
        assert read_folder(folder).files == stored.files
        assert len(list(folder.glob("generation-*"))) == 1
        assert not (folder / "manifest.json.new").exists()
    print(f"writes stopped at {len(limits)} sizes, old index whole after each")


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size` bytes: a write then fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


def test_readers_of_a_rebuilt_index_get_every_reply_from_one_generation(
    tmp_path: Path, encoder: Encoder
) -> None:
    folder, rebuilds, done = tmp_path / "index", 6, Event()
    sources = [write_source(tmp_path / f"{n}.jsonl", n) for n in range(rebuilds)]
    build_index(sources[:1], folder, encoder)

    def read() -> list[int]:
        seen = []
        while not done.is_set():
            seen.append(version_of(folder, encoder))
        return seen

    with ThreadPoolExecutor(8) as readers:
        replies = [readers.submit(read) for _ in range(8)]
        for source in sources[1:]:
            build_index([source], folder, encoder)
        done.set()
        seen = [reply.result() for reply in replies]
    assert all(versions == sorted(versions) for versions in seen), "a reader went back in time"
    versions = Counter(version for part in seen for version in part)
    print(f"{versions.total()} replies from {len(versions)} generations, none mixed")
    assert len(versions) > 2


def test_a_lock_left_by_a_dead_process_does_not_block(tmp_path: Path) -> None:
    code = "import os, sys\nfrom pathlib import Path\nfrom index.lock import lock_folder\n"
    code += "with lock_folder(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "index")],
        check=False,
        timeout=SECONDS_TO_START,
    )
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "index" / ".lock").exists()
    with lock_folder(tmp_path / "index"):
        pass
