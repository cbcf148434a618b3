"""`python -m eval.page_turns`: is the page given that the evidence stands on, wherever pages turn?

Few quotes of the gold questions run over a page turn, too few to choose by. Here a page is made to
turn at up to `TURNS` places, evenly spread, in each right quote for the questions to choose by
(follow-ups left out). Printed is the share of the turns at which the page of `index.quote_page` is
one that evidence starts on, and that by taking the first page; of quotes of one sentence and of
longer ones.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from corpus.list_items import LIST_MARKER
from corpus.records import Answer, PageStart, Passage
from eval.evidence import find_places
from eval.experiment import open_split
from eval.questions import CHOOSING, GoldQuestion, read_gold
from index.quote_page import find_quote_page
from index.quotes import Quote
from index.reading import Reading, read_question
from index.reranking import rank_with_quotes
from index.storage import Index

TURNS = 9
MARKER = re.compile(LIST_MARKER)
"""What an item opens with, which stays on its page."""
FIRST, LATER = 1, 2
"""The pages before and after a turn."""


@dataclass(frozen=True, slots=True)
class RightQuote:
    """A quote that holds evidence, and where in its answer evidence starts."""

    reading: Reading
    answer: Answer
    passage: Passage
    quote: Quote
    evidence: tuple[int, ...]

    @property
    def is_one_sentence(self) -> bool:
        """Whether the sentence that answers best is all of it."""
        return self.quote.core == (self.quote.start, self.quote.end)


def main() -> None:
    """Measure and print."""
    rows = [row for split in CHOOSING for row in _judge_split(split)]
    for name, of_kind in (("one sentence", True), ("longer", False)):
        own = [found for is_one, *found in rows if is_one is of_kind]
        shipped, first = np.mean(own, axis=0)
        print(f"{name}: {len(own)} turns, page right {shipped:.3f}, by the first page {first:.3f}")


def _judge_split(split: str) -> Iterator[tuple[bool, bool, bool]]:
    """Yield for each turn whether the quote is one sentence, and whether our page and the first are
    right."""
    index = open_split(split)
    for question in read_gold(split):
        right = _find_right_quote(index, question)
        if right is None:
            continue
        for turn in _turns(right):
            pages = (PageStart(0, FIRST), PageStart(turn, LATER))
            answer = replace(right.answer, page_starts=pages)
            wanted = {answer.page_at(place) for place in right.evidence}
            page = find_quote_page(index, right.reading, answer, right.passage, right.quote)
            yield right.is_one_sentence, page in wanted, FIRST in wanted


def _find_right_quote(index: Index, question: GoldQuestion) -> RightQuote | None:
    """Return the first quote for a question that stands alone, if it holds evidence whole."""
    if not question.is_answerable or len(question.turns) > 1:
        return None
    reading = read_question(index, question.turns[0])
    ranking, (quote, *_) = rank_with_quotes(index, reading, 1, None)
    passage = index.passages[int(ranking.rows[0])]
    answer = index.answer_of(passage)
    first, last = passage.start + quote.start, passage.start + quote.end
    places = find_places(question.evidence, answer.text)
    inside = tuple(start for start, end in places if first <= start and end <= last)
    if answer.answer_id not in question.answer_ids or not inside:
        return None
    return RightQuote(reading, answer, passage, quote, inside)


def _turns(right: RightQuote) -> list[int]:
    """Return where the page turns: before a word, or before a list's item with its bullet."""
    text, offset = right.answer.text, right.passage.start
    starts = re.compile(r"(?<=\s)\S").finditer(
        text, offset + right.quote.start + 1, offset + right.quote.end
    )
    words = [match.start() for match in starts if not _opens_item(text, match.start())]
    wanted = np.linspace(0, len(words) - 1, TURNS).astype(int) if words else ()
    return [words[place] for place in dict.fromkeys(wanted)]


def _opens_item(text: str, place: int) -> bool:
    """Say whether only a marker stands before a place on its line."""
    return bool(MARKER.fullmatch(text, text.rfind("\n", 0, place) + 1, place))


if __name__ == "__main__":
    main()
