"""Recognise list items by the marker that they start with."""

import re

from corpus.marks import CLAUSE_ENDS

LIST_MARKER = r"(?:[-•–*+▪◦‣]|o|\d{1,2}[.)]|[a-z]\))\s+"
"""How a list item starts. A dash needs white space after it: "-opmaak" ends a compound."""

END_MARK = re.compile(rf"[{CLAUSE_ENDS},…]$")
"""What a heading or a catchword doesn't end with."""
MOST_CATCHWORDS = 12
"""Words of the longest item that is handed in as a catchword, its marker with it."""

_LIST_ITEM = re.compile(rf"{LIST_MARKER}\S")


def is_list_item(text: str) -> bool:
    """Tell whether a line starts a list item."""
    return _LIST_ITEM.match(text) is not None


def is_catchword(item: str) -> bool:
    """Tell whether an item, its marker with it, is a few words without an end mark."""
    return len(item.split()) <= MOST_CATCHWORDS and not END_MARK.search(item)
