"""The command `python -m index.train.casing`: find the words that Dutch text writes with a capital.

For those who make the model: it writes `index/names.txt`, which search reads. The texts are those
of the parliaments and the Flemish government. A word right after a mark doesn't count: there any
word may have a capital.
"""

import re
import sys
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from index.train.pairs import DataError
from index.truecase import NAMES, WORD

TEXTS = (
    "kamer-debatten/text.txt",
    "kamer-schriftelijke-vragen/text.txt",
    "vlaamse-dienstverlening/text.txt",
    "vlaamse-regering/text.txt",
)
FEWEST = 4
"""Times that a name is seen; what is seen less may be a misprint."""
SHARE = 0.9
"""Share of these in which it has a capital: "groen" is a party, and a colour as often."""
MAX_CHARS = 30
_TOKEN = re.compile(rf"{WORD.pattern}|\S")

Casings = Mapping[str, Counter[str]]


def main(argv: Sequence[str] | None = None) -> int:
    """Count, write the file, and return the exit status."""
    parser = ArgumentParser(prog="python -m index.train.casing", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=NAMES)
    options = parser.parse_args(argv)
    try:
        names = find_names(count_casings(_read_lines(options.data)))
    except DataError as error:
        print(f"index.train.casing: {error}", file=sys.stderr)
        return 1
    options.out.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    return 0


def count_casings(lines: Iterable[str]) -> Casings:
    """Return of each word, in lower case, how often it is written how inside a sentence."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        before = "."
        for token in _TOKEN.findall(line):
            if token[0].isalpha() and before[0].isalnum() and len(token) <= MAX_CHARS:
                counts[token.lower()][token] += 1
            before = token
    return counts


def find_names(counts: Casings) -> list[str]:
    """Return the words that mostly have a capital, as they are mostly written, in order."""
    found = []
    for word, casings in counts.items():
        total = casings.total()
        ((usual, _),) = casings.most_common(1)
        if total >= FEWEST and usual != word and total - casings[word] >= SHARE * total:
            found.append(usual)
    return sorted(found)


def _read_lines(data: Path) -> Iterator[str]:
    paths = [data / name for name in TEXTS if (data / name).exists()]
    if not paths:
        raise DataError(f"none of {', '.join(TEXTS)} in {data}")
    for path in paths:
        yield from path.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    sys.exit(main())
