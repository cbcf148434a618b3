"""Cut groups of lines into paragraphs and list items, before they are joined.

A paragraph ends at a gap, before a list item, and where a line was broken off on purpose: its
sentence is over and the next line's first word would still have fitted.
"""

from collections.abc import Iterable

from corpus.headings import SURELY_SHORT, is_broken_off, is_heading_shaped, is_table_row
from corpus.joining import Spelling, continues_url
from corpus.lines import Gap, Line, is_url_line
from corpus.list_items import is_list_item

_END_MARKS = (".", "?", "!", ":", "…")
_CLOSING = "”\"'’)» "


def split_paragraphs(
    groups: Iterable[tuple[Line, ...]], width: float, spelling: Spelling
) -> tuple[tuple[Line, ...], ...]:
    """Return the paragraphs of consecutive groups, in order; no line is left out.

    `width` is the number of characters to which the document's answers are set.
    """
    paragraphs: list[list[Line]] = []
    for group in groups:
        for line in group:
            if paragraphs and not _starts_paragraph(paragraphs[-1], line, width, spelling):
                paragraphs[-1].append(line)
            else:
                paragraphs.append([line])
    return tuple(tuple(paragraph) for paragraph in paragraphs)


def _starts_paragraph(paragraph: list[Line], line: Line, width: float, spelling: Spelling) -> bool:
    previous = paragraph[-1]
    if line.starts_paragraph is not None:
        return line.starts_paragraph
    if continues_url(previous.text, line.text, spelling):
        return False
    is_row = is_table_row(line.text) and (
        is_table_row(previous.text) or _heads_columns(previous, width)
    )
    if line.gap is Gap.WIDE or is_list_item(line.text) or is_row:
        return True
    is_short = is_broken_off(previous, line, round(SURELY_SHORT * width))
    if is_short or _is_announced_address(previous, line):
        return True
    if len(paragraph) == 1 and is_heading_shaped(previous, line, width):
        return previous.gap is not Gap.TIGHT or not is_list_item(previous.text)
    ends = previous.text.rstrip(_CLOSING).endswith(_END_MARKS)
    ends = ends or _ends_with_address(paragraph, spelling)
    return ends and is_broken_off(previous, line, _own_width(paragraph, width))


def _heads_columns(line: Line, width: float) -> bool:
    """Tell whether a line over a table's row can say what stands in its columns."""
    return " " in line.text and is_heading_shaped(line, None, width)


def _is_announced_address(previous: Line, line: Line) -> bool:
    """Tell whether an address at the top of a page follows a colon."""
    return line.gap is Gap.PAGE and previous.text.endswith(":") and is_url_line(line.text)


def _ends_with_address(paragraph: list[Line], spelling: Spelling) -> bool:
    last = paragraph[-1].text
    if is_url_line(last):
        return True
    is_rest = len(paragraph) > 1 and continues_url(paragraph[-2].text, last, spelling)
    return is_rest and " " not in last


def _own_width(paragraph: list[Line], width: float) -> float:
    """A list item is set narrower: its own longest line tells how wide, from three lines on."""
    if len(paragraph) < 3:
        return width if not is_list_item(paragraph[0].text) else round(0.85 * width)
    return min(width, max(line.extent for line in paragraph))
