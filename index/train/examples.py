"""Make questions and their answers out of documents: what the model learns to bring together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.sentences import split_sentences
from index.train.pairs import Entry
from index.train.split import plain_key

MAX_ASKED = 4
"""Single questions that are taken from one entry, so that long lists don't outweigh others."""
MIN_ASKED = 25
"""Characters of a question that stands alone; shorter ones ("Waarom niet?") ask about nothing."""
MIN_PASSAGE = 40
"""Characters of an answer that says something."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text that asks, one that answers, and the group in which no other answer is wrong."""

    query: str
    passage: str
    group: str


def make_examples(entries: Iterable[Entry]) -> tuple[Example, ...]:
    """Return the examples of all entries, in order.

    Of each: title and answer, single questions and answer, all questions and answer, title and
    questions; so the model meets keywords, a question as a user would put it, and long text.
    """
    return tuple(example for entry in entries for example in _examples_of(entry))


def asked_sentences(text: str) -> tuple[str, ...]:
    """Return the sentences that end in a question mark and say something, spread over a text."""
    sentences = [text[start:end] for start, end in split_sentences(text)]
    asked = [s for s in sentences if s.endswith("?") and len(s) >= MIN_ASKED]
    step = max(1, -(-len(asked) // MAX_ASKED))
    return tuple(asked[::step])


def _examples_of(entry: Entry) -> Iterator[Example]:
    group = plain_key(entry.title)
    asked = asked_sentences(entry.question) if entry.question else ()
    if len(entry.answer) >= MIN_PASSAGE:
        for query in (entry.title, *asked, entry.question):
            if query:
                yield Example(query, entry.answer, group)
    if len(entry.question) >= MIN_PASSAGE:
        yield Example(entry.title, entry.question, group)


def groups_of(examples: Sequence[Example]) -> tuple[int, ...]:
    """Return a number per example, the same for examples of which the answers may be swapped:
    under one title, or with one text as their answer."""
    keys = [(f"group {e.group}", f"text {plain_key(e.passage)}") for e in examples]
    numbers = {key: number for number, pair in enumerate(keys) for key in pair}
    while True:  # until no two keys of an example have different numbers: a few times
        lowest = dict(numbers)
        for pair in keys:
            lowest |= dict.fromkeys(pair, min(lowest[key] for key in pair))
        if lowest == numbers:
            return tuple(numbers[group] for group, _ in keys)
        numbers = lowest
