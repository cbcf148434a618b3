"""The marks that end a clause or enclose a quotation, as the rules for layout see them.

Each rule adds to `CLAUSE_ENDS` what else may end its kind of line: a comma where a heading or page
header is told from running text, closing quotes and brackets where a paragraph may end in them.
Sentences are another matter (`corpus.sentences`): a colon or semicolon ends none.
"""

CLAUSE_ENDS = ".?!:;"
QUOTE_PAIRS = {"“": "”", "„": "”", "«": "»", '"': '"'}
"""By the mark that opens a quotation the one that closes it."""
