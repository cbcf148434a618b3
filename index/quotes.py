"""Choose the sentences of a passage that answer a question."""

import re

import numpy as np

from index.lexical import content_stems
from index.ranking import Reading
from index.storage import Index

NUMBER_WANTED = re.compile(r"\b(?:hoeveel|bedrag|budget|kost|kosten|aantal|percentage)\b", re.I)
NUMBER_BONUS = 0.25
WORD_WEIGHT = 1.0


def choose_quote(index: Index, reading: Reading, row: int) -> tuple[int, int]:
    """Return (start, end) of the quote in the passage's text."""
    text = index.passages[row].text
    spans = index.sentences.spans_of(row)
    if not spans:
        return 0, len(text)
    cosines = index.sentences.cosines(reading.vector, row)
    wanted = {term.stem: term.idf for term in reading.terms}
    highest = sum(wanted.values()) or 1.0
    scores = [
        cosine
        + WORD_WEIGHT
        * sum(wanted.get(stem, 0.0) for stem in set(content_stems(text[s:e])))
        / highest
        + NUMBER_BONUS * bool(NUMBER_WANTED.search(reading.query) and re.search(r"\d", text[s:e]))
        for cosine, (s, e) in zip(cosines, spans, strict=True)
    ]
    return spans[int(np.argmax(scores))]
