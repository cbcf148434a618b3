"""Draw the Dutch texts that the teacher is asked about: short and long, formal and everyday.

Of documents only the half that is given. No text of a benchmark is among the others.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.sentences import split_sentences
from index.train.pairs import Entry, read_translated

MAX_CHARS = 6000
"""Of a question or an answer that is split into sentences."""
SENTENCE_CHARS = range(16, 400)
STRETCH = (2, 3, 4)
"""Sentences that make a longer text, as a passage is."""
STRETCH_CHARS = range(121, 701)
"""Characters of such a text; a longer one is cut."""
TRANSLATED_CHARS = range(9, 300)
LAW_CHARS = range(41, 500)
EVERYDAY_CHARS = range(11, 10_000)
LOWERED = 0.12
"""Share of the texts that is put in lower case, as queries often are."""

TITLES = 5000
"""Texts of each kind that are drawn, or all where there are fewer."""
QUESTIONS = 9000
SENTENCES = 14_000
STRETCHES = 8000
TRANSLATIONS = 10_000
LAWS = 1500
EVERYDAY = 3000

Generator = np.random.Generator


def draw_texts(data: Path, entries: Sequence[Entry], rng: Generator) -> tuple[str, ...]:
    """Return some fifty thousand texts, each once, in a drawn order: any part is a fair sample.

    Raises:
        DataError: If the parallel sentences are missing.
    """
    parts = [_sentences(text) for e in entries for text in (e.question, e.answer)]
    sentences = [sentence for part in parts for sentence in part]
    kinds = (
        ([entry.title for entry in entries], TITLES),
        ([sentence for sentence in sentences if sentence.endswith("?")], QUESTIONS),
        (sentences, SENTENCES),
        ([text for part in parts for text in _stretches(part, rng)], STRETCHES),
        ([t for t in read_translated(data) if len(t) in TRANSLATED_CHARS], TRANSLATIONS),
        (_lines(data / "nl-wetten" / "text.txt", LAW_CHARS), LAWS),
        (_lines(data / "tatoeba" / "text.txt", EVERYDAY_CHARS), EVERYDAY),
    )
    texts = dict.fromkeys(text for kind, most in kinds for text in _draw(kind, most, rng))
    typed = (text.lower() if rng.random() < LOWERED else text for text in texts if text)
    lowered = list(dict.fromkeys(typed))
    return tuple(_draw(lowered, len(lowered), rng))


def _sentences(text: str) -> list[str]:
    line = " ".join(text.split())[:MAX_CHARS]
    found = [line[start:end] for start, end in split_sentences(line)]
    return [sentence for sentence in found if len(sentence) in SENTENCE_CHARS]


def _stretches(sentences: list[str], rng: Generator) -> Iterator[str]:
    """Yield all sentences of a text, some at a time."""
    start = 0
    while start < len(sentences):
        end = start + int(rng.choice(STRETCH))
        text = " ".join(sentences[start:end])[: STRETCH_CHARS.stop - 1]
        if len(text) in STRETCH_CHARS:
            yield text
        start = end


def _lines(path: Path, chars: range) -> list[str]:
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if len(line) in chars]


def _draw(texts: list[str], most: int, rng: Generator) -> list[str]:
    """Return no more than `most` of the texts, in a drawn order."""
    return [texts[row] for row in rng.permutation(len(texts))[:most].tolist()]
