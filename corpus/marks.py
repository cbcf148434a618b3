"""The marks that end a clause or enclose a quotation, as the rules for layout see them.

Each rule adds to `CLAUSE_ENDS` what else may end its kind of line: a comma where a heading or page
header is told from running text, closing quotes and brackets where a paragraph may end in them.
Sentences are another matter (`corpus.sentences`): a colon or semicolon ends none.
"""

import re

CLAUSE_ENDS = ".?!:;"
QUOTE_PAIRS = {"“": "”", "„": "”", "«": "»", '"': '"'}
"""By the mark that opens a quotation the one that closes it."""
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE = re.compile(r"\s*(?:\(?(?P<number>\d{1,2})[).]?|\*{1,3}|[†‡])\s*(?=[^\W\d_])")


def note_number(line: str) -> int | None:
    """Return the number with which a line starts as a note does, 0 for another mark ("*"), None
    for none."""
    match = _NOTE.match(line.translate(_RAISED))
    return int(match["number"] or 0) if match else None
