"""How wide a line is printed, in about average letters: letters of most fonts differ in width.

Some documents break their lines by width, others (typed, or printed from plain text) by the number
of characters, whatever the font; `are_set_by_width` finds out which.

The widths stand between those of Helvetica and Times (Adobe's metrics of the 14 standard fonts),
mostly nearer to the wider of the two, in steps of 50: only how lines compare with each other
counts, and fonts for running text differ from them by a few per cent.
"""

from collections.abc import Sequence
from statistics import mean, pstdev

_WIDTHS = {
    200: "'",
    250: "ijl",
    300: "t .,;:/’ï|",
    350: "frI-()!•‘[]",
    400: '"“”*„',
    450: "sJ",
    500: "czç",
    600: "FL+=<>",
    650: "PSTZ",
    700: "BEÉÈË",
    750: "wACDHKNRUVXY&",
    800: "GOQ",
    850: "mæœ",
    900: "M%@—…",
    1000: "W",
}
_OTHER = 550
"""Most lower case letters, digits and what isn't listed."""
_AVERAGE = 458
"""Width by which an extent is told in letters: that of the average character of the bundled
appendix in Helvetica."""
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


def printed_extent(text: str) -> float:
    """Return the printed width of a text in average letters; 0 for an empty one."""
    return sum(_WIDTH_OF.get(letter, _OTHER) for letter in text) / _AVERAGE


def printed_points(text: str, size: float) -> float:
    """Return the printed width of a text in a font of that size (both in points)."""
    return printed_extent(text) * _AVERAGE * size / 1000


def are_set_by_width(full_lines: Sequence[tuple[str, float]]) -> bool:
    """Tell whether lines were broken by their printed width rather than by their characters.

    `full_lines` are the texts and letter sizes of lines that were surely broken because they were
    full; the measure by which they are more alike is the one that broke them.
    """
    if len(full_lines) < 2:
        return True
    by_width = [size * printed_extent(text) for text, size in full_lines]
    by_count = [len(text) for text, _ in full_lines]
    return pstdev(by_width) / mean(by_width) <= pstdev(by_count) / mean(by_count)
