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
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from corpus.records import Answer, PageStart
from eval.experiment import open_index
from eval.questions import CHOOSING, GoldQuestion, document_of, read_gold
from index.encoder import Encoder
from index.quote_page import find_quote_page
from index.ranking import Reading, read_question
from index.reranking import rank_with_quotes
from index.storage import Index

TURNS = 9
BULLET = re.compile(r"(?:[-•*o]|\d+[.)])\s")
"""What an item opens with, which stays on its page."""
FIRST, LATER = 1, 2
"""The pages before and after a turn."""


@dataclass(frozen=True, slots=True)
class RightQuote:
    """A quote that holds evidence: the slice of the answer, and where evidence starts in it."""

    reading: Reading
    answer: Answer
    start: int
    end: int
    core: tuple[int, int]
    evidence: tuple[int, ...]

    @property
    def is_one_sentence(self) -> bool:
        """Whether the sentence that answers best is all of it."""
        return self.core == (self.start, self.end)


def main() -> None:
    """Measure and print."""
    encoder = Encoder.load()
    rows = [row for split in CHOOSING for row in _judge_split(split, encoder)]
    for name, of_kind in (("one sentence", True), ("longer", False)):
        own = [found for is_one, *found in rows if is_one is of_kind]
        shipped, first = np.mean(own, axis=0)
        print(f"{name}: {len(own)} turns, page right {shipped:.3f}, by the first page {first:.3f}")


def _judge_split(split: str, encoder: Encoder) -> Iterator[tuple[bool, bool, bool]]:
    """Yield for each turn whether the quote is one sentence, and whether our page and the first are
    right."""
    with TemporaryDirectory() as folder:
        index = open_index([document_of(split)], Path(folder), encoder)
        for question in read_gold(split):
            quote = _find_right_quote(index, question)
            if quote is None:
                continue
            for turn in _turns(quote):
                pages = (PageStart(0, FIRST), PageStart(turn, LATER))
                answer = replace(quote.answer, page_starts=pages)
                wanted = {answer.page_at(place) for place in quote.evidence}
                page = find_quote_page(index, quote.reading, answer, *quote.core)
                yield quote.is_one_sentence, page in wanted, FIRST in wanted


def _find_right_quote(index: Index, question: GoldQuestion) -> RightQuote | None:
    """Return the first quote for a question that stands alone, if it holds evidence whole."""
    if not question.is_answerable or len(question.turns) > 1:
        return None
    reading = read_question(index, question.turns[0])
    ranking, (quote, *_) = rank_with_quotes(index, reading, 1, None)
    passage = index.passages[int(ranking.rows[0])]
    answer = index.answer_of(passage)
    start, end = passage.start + quote.start, passage.start + quote.end
    core_start, core_end = (passage.start + place for place in quote.core)
    places = [(answer.text.find(span), len(span)) for span in question.evidence]
    inside = [at for at, length in places if start <= at and at + length <= end]
    if answer.answer_id not in question.answer_ids or not inside:
        return None
    return RightQuote(reading, answer, start, end, (core_start, core_end), tuple(inside))


def _turns(quote: RightQuote) -> list[int]:
    """Return where the page turns: before a word, or before a list's item with its bullet."""
    text = quote.answer.text
    words = [
        match.start()
        for match in re.finditer(r"(?<=\s)\S", text[: quote.end])
        if match.start() > quote.start and not _opens_item(text, match.start())
    ]
    wanted = np.linspace(0, len(words) - 1, TURNS).astype(int) if words else ()
    return [words[place] for place in dict.fromkeys(wanted)]


def _opens_item(text: str, place: int) -> bool:
    """Say whether only a bullet stands before a place on its line."""
    return bool(BULLET.fullmatch(text, text.rfind("\n", 0, place) + 1, place))


if __name__ == "__main__":
    main()
