"""Recognise list items by the marker that they start with."""

import re

LIST_MARKER = r"(?:[-•–*+▪◦‣]|o|\d{1,2}[.)]|[a-z]\))\s+"
"""How a list item starts. A dash needs white space after it: "-opmaak" ends a compound."""

_LIST_ITEM = re.compile(rf"{LIST_MARKER}\S")


def is_list_item(text: str) -> bool:
    """Tell whether a line starts a list item."""
    return _LIST_ITEM.match(text) is not None
