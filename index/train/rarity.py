"""The command `python -m index.train.rarity`: count in how many texts each Dutch stem is.

For those who make the model: it writes `index/rarity.tsv`, which search reads. The texts are plain
ones and those of the training half, one in four, which is plenty for a count.
"""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from index.rarity import COUNTS
from index.stems import content_stems
from index.train.pairs import DataError, read_entries, read_translated

PLAIN_TEXT = (
    "algoritmekader/text.txt",
    "avg/text.txt",
    "kamer-debatten/text.txt",
    "nl-rechtspraak/text.txt",
    "nl-wetten/text.txt",
    "vlaamse-dienstverlening/text.txt",
    "vlaamse-regering/text.txt",
)
"""Text that no benchmark asks about; the Chamber's answers are added from the training half."""
EACH = 4
"""One in so many texts is counted."""
FEWEST = 3
"""Texts below which a stem is left out: names and misprints, as rare as a word can be."""


def main(argv: Sequence[str] | None = None) -> int:
    """Count, write the file, and return the exit status."""
    parser = ArgumentParser(prog="python -m index.train.rarity", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=COUNTS)
    options = parser.parse_args(argv)
    try:
        texts = islice(_read_texts(options.data), 0, None, EACH)
        options.out.write_text(format_counts(*count_stems(texts)), encoding="utf-8")
    except DataError as error:
        print(f"index.train.rarity: {error}", file=sys.stderr)
        return 1
    return 0


def count_stems(texts: Iterable[str]) -> tuple[int, Counter[str]]:
    """Return the number of texts, and of each stem without a digit in how many it is."""
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += 1
        counts.update({stem for stem in content_stems(text) if stem.isalpha()})
    return total, counts


def format_counts(total: int, counts: Counter[str]) -> str:
    """Return the file's text: the total, then the stems that are not too rare, by name."""
    kept = (f"{stem}\t{n}\n" for stem, n in sorted(counts.items()) if n >= FEWEST)
    return f"{total}\n{''.join(kept)}"


def _read_texts(data: Path) -> Iterator[str]:
    for path in (data / name for name in PLAIN_TEXT):
        if path.exists():
            yield from path.read_text(encoding="utf-8").splitlines()
    for entry in read_entries(data, "train"):
        yield from filter(None, (entry.title, entry.question, entry.answer))
    yield from read_translated(data)


if __name__ == "__main__":
    sys.exit(main())
