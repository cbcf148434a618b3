"""Read thousands of broken documents and count what comes of them.

`python tests/fuzz_documents.py 10000` runs by hand; the test runs a few hundred. Good documents of
all four kinds are broken at random places. Each is read or refused, within the time that its
process gets; a reader that ends with an error ends its process, which refuses the file too. Every
line of what was read must have exactly one kind.
"""

import io
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hostile_files
from line_kinds import label_lines
from make_docx import type_docx
from make_pdf import print_pdf

from corpus import worker
from corpus.answers import read_answers
from corpus.readers import BUNDLED_APPENDIX, read_documents
from corpus.reading import Reading, decode_reading
from corpus.records import Document, DocumentError

LONGEST_S = 5.0
"""Processor seconds that a document may take."""
TOKENS = (b"0", b"-1", b"99999999999", b"3 0 R", b"<<", b"[", b"\x00")
APART_EVERY = 250
"""One in so many goes the whole way, through a process of its own."""


def good_documents() -> list[tuple[str, bytes]]:
    """Small documents of each kind, some packed and some not, so that bytes hit all parts."""
    (appendix,) = read_documents(BUNDLED_APPENDIX)
    text = BUNDLED_APPENDIX.read_bytes()[:6000]
    (few,) = read_documents_of(text)
    lines = [f'{{"id": "{a.answer_id}", "text": "{a.text[:80]}"}}' for a in few.answers]
    return [
        ("pdf", hostile_files.good_pdf()),
        ("pdf", print_pdf(appendix.pages[:1])),
        ("pdf", print_pdf(appendix.pages[5:7])),
        ("docx", hostile_files.word_file()),
        ("docx", type_docx(few)),
        ("txt", text),
        ("jsonl", "\n".join(lines).encode()),
    ]


def read_documents_of(text: bytes) -> tuple[Document, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.txt"
        path.write_bytes(text.decode("utf-8", "ignore").encode())
        return read_documents(path)


def break_document(data: bytes, chance: random.Random) -> bytes:
    """Return the document with one to eight things wrong."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(broken) + 1)
        size = chance.choice((1, 1, 1, 4, 40, 400))
        match chance.randrange(7):
            case 0:
                broken[place : place + size] = chance.randbytes(size)
            case 1:
                del broken[place : place + size]
            case 2:
                broken[place:place] = chance.randbytes(size)
            case 3:
                other = chance.randrange(len(broken) + 1)
                broken[place:place] = broken[other : other + size]
            case 4 if broken:
                broken[min(place, len(broken) - 1)] ^= 1 << chance.randrange(8)
            case 5:
                number = chance.choice(
                    (b"0", b"-1", b"99999999999", b"3 0 R", b"<<", b"[", b"\x00")
                )
                broken[place : place + len(number)] = number
            case _:
                if chance.random() < 0.1:
                    del broken[place:]
    return bytes(broken)


def _broken(kind: str, data: bytes, chance: random.Random) -> bytes:
    """A Word file is broken as a whole, which its checksums show, or inside its main part."""
    if kind == "docx" and chance.random() < 0.7:
        return hostile_files.changed_word(lambda xml: break_document(xml, chance), data)
    return break_document(data, chance)


def read_one(kind: str, data: bytes, folder: Path, apart: bool) -> str:
    """Read a document, check it, and return what came of it."""
    if kind in {"pdf", "docx"} and not apart:
        return _read_here(kind, data)
    path = folder / f"stuk.{kind}"
    path.write_bytes(data)
    try:
        documents = read_documents(path)
    except DocumentError as error:
        return "refused" if "\n" not in str(error) else "refused in more than one line"
    for document in documents:
        if kind == "txt":
            check_lines(Reading(document.pages))
    return "read"


def _read_here(kind: str, data: bytes) -> str:
    """What the process of its own would do, without starting one for each document."""
    try:
        with limited():
            output = worker.answer(kind, data)
    except TimeoutError:
        return "stopped for its time"
    except Exception as error:  # ends the process: the file is refused as damaged
        return f"refused after {type(error).__name__}"
    if b'{"fault"' in output[:10]:
        return "refused"
    reading = decode_reading(output)
    check_lines(reading)
    read_answers(reading.pages, "x", reading.hints, reading.link_targets)
    return "read"


def check_lines(reading: Reading) -> None:
    labels = label_lines(reading.pages, reading.hints)
    places = [(p.number, row) for p in reading.pages for row, t in enumerate(p.lines) if t.strip()]
    assert [(label.page, label.row) for label in labels] == places


@contextmanager
def limited() -> Iterator[None]:
    """Stop what takes more processor time than a document gets."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def fuzz(count: int, seed: int) -> tuple[Counter[str], float]:
    """Return what came of `count` broken documents, by kind, and the longest processor time (s)."""
    chance, good = random.Random(seed), good_documents()
    outcomes: Counter[str] = Counter()
    longest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            kind, data = good[number % len(good)]
            broken = _broken(kind, data, chance)
            started = time.process_time()
            apart = number % APART_EVERY == APART_EVERY - 1
            outcomes[f"{kind}: {read_one(kind, broken, Path(folder), apart)}"] += 1
            longest = max(longest, time.process_time() - started)
    return outcomes, longest


def main() -> None:
    """Fuzz as many documents as the first argument says, from the seed in the second (0)."""
    count = int(sys.argv[1])
    outcomes, longest = fuzz(count, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    out = io.StringIO()
    for outcome, number in sorted(outcomes.items()):
        print(f"{number:6} {outcome}", file=out)
    print(f"{outcomes.total():6} documents, longest {longest:.2f} s of processor time", file=out)
    sys.stdout.write(out.getvalue())


if __name__ == "__main__":
    main()
