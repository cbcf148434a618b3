"""From pages to answers: the records of an appendix, in document order."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from corpus.apart import pair_by_number
from corpus.block_parts import Block, Turn
from corpus.blocks import Outline, outline
from corpus.facts import find_article_codes, find_esr_codes, find_links
from corpus.headings import goes_on_with_heading, heading_text, heads_columns, is_title
from corpus.joining import RunningText, Spelling, join_paragraphs, learn_spelling
from corpus.lines import NO_HINTS, Layout, Line, LineBreakdown, normalise_target, read_lines
from corpus.paragraphs import split_paragraphs
from corpus.questions import find_questions
from corpus.reading import Hints
from corpus.records import Answer, Asker, Page, PageStart, Question, QuestionBlock

_TOPIC_SEPARATOR = " – "


def read_answers(
    pages: Sequence[Page],
    document_id: str,
    hints: Hints = NO_HINTS,
    link_targets: Sequence[str] = (),
) -> tuple[str, tuple[Answer, ...]]:
    """Return the title that the document gives itself (may be empty) and its answers.

    An answer's id is the document's with a number of at least two digits. A block without a
    heading of its own stands under the topic before it. `hints` and `link_targets` are what the
    source tells besides its text.
    """
    breakdown = read_lines(pages, hints)
    plan = outline(breakdown.text)
    targets = tuple(dict.fromkeys((*breakdown.link_targets, *link_targets)))
    spelling = learn_spelling((line.text for line in breakdown.text), targets)
    reader = _BlockReader(document_id, plan, spelling, targets)
    answers: list[Answer] = []
    topic = ""
    for number, block in enumerate(pair_by_number(plan.blocks), start=1):
        topic = _topic(block.headings, plan.width) or topic
        answers.append(reader.read(block, number, topic))
    return _title(plan.title or _running_title(breakdown)), tuple(answers)


def _topic(headings: Sequence[Line], width: float) -> str:
    """Return the headings of a block in one line, without those of the columns of a table."""
    told = [line for line in headings if not heads_columns(line.text)]
    topic = ""
    for line, above in zip(told, [None, *told], strict=False):
        goes_on = above is not None and goes_on_with_heading(above, line, width)
        topic += (" " if goes_on else _TOPIC_SEPARATOR if above else "") + heading_text(line.text)
    return topic


class _BlockReader:
    """Turns blocks of one document into answers: its id, line width, spelling and link targets."""

    def __init__(
        self, document_id: str, plan: Outline, spelling: Spelling, targets: tuple[str, ...]
    ) -> None:
        self._document_id = document_id
        self._width = plan.width
        self._spelling = spelling
        self._targets = {normalise_target(target): target for target in targets}

    def read(self, block: Block, number: int, topic: str) -> Answer:
        turns = [(turn, self._join(turn.groups)) for turn in block.turns]
        answer = self._join(block.answer)
        question_blocks = tuple(_question_block(turn, text) for turn, text in turns)
        texts = [topic, *(question.text for question in question_blocks), answer.text]
        return Answer(
            answer_id=f"{self._document_id}-{number:02d}",
            document_id=self._document_id,
            topic=topic,
            askers=_unique(turn.askers for turn in block.turns),
            question_blocks=question_blocks,
            questions=tuple(
                chain.from_iterable(_questions(turn.askers, text) for turn, text in turns)
            ),
            text=answer.text,
            page_starts=answer.page_starts or (PageStart(0, _last_page(block)),),
            article_codes=_each_once(find_article_codes(text) for text in texts),
            esr_codes=_each_once(find_esr_codes(text) for text in texts),
            links=self._links(answer.text),
        )

    def _join(self, groups: tuple[tuple[Line, ...], ...]) -> RunningText:
        return join_paragraphs(
            split_paragraphs(groups, self._width, self._spelling), self._spelling
        )

    def _links(self, text: str) -> tuple[str, ...]:
        """Addresses in the text, and link targets that it names without their scheme."""
        found = list(find_links(text))
        named = {normalise_target(url) for url in found}
        folded = text.casefold()
        for bare, target in self._targets.items():
            if bare not in named and _is_named(bare, folded):
                found.append(target)
        return tuple(found)


def _is_named(bare: str, folded: str) -> bool:
    """Tell whether a text names an address in full, not as a part of another one or of a mail
    address."""
    return re.search(rf"(?<![\w@.-]){re.escape(bare)}(?![\w-]|[./?&=#]\w)", folded) is not None


def _question_block(turn: Turn, text: RunningText) -> QuestionBlock:
    pages = [start.page for start in text.page_starts] or [turn.asker_lines[0].page]
    return QuestionBlock(turn.askers, text.text, min(pages), max(pages))


def _questions(askers: tuple[Asker, ...], running: RunningText) -> Iterable[Question]:
    for start, end in find_questions(running.text):
        page = max((s for s in running.page_starts if s.offset <= start), key=lambda s: s.offset)
        yield Question(running.text[start:end], page.page, askers)


def _last_page(block: Block) -> int:
    """Page of the last line of a block that holds no answer."""
    lines = [*block.headings]
    for turn in block.turns:
        lines.extend([*turn.asker_lines, *chain.from_iterable(turn.groups)])
    return (*lines, *block.labels)[-1].page


def _running_title(breakdown: LineBreakdown) -> tuple[Line, ...]:
    """The lines over the first page that name the document, where each page repeats them."""
    lines = [line for line, kind in breakdown.layout if kind is Layout.RUNNING_TITLE]
    return tuple(line for line in lines if line.page == lines[0].page and is_title(line.text))


def _title(title: Sequence[Line]) -> str:
    lines = [" ".join(line.text.split()) for line in title]
    if len(lines) > 1 and lines[0].lower().startswith("bijlage"):
        return f"{lines[0].split(':')[0]} {lines[1]}"
    return " ".join(lines)


def _unique(groups: Iterable[tuple[Asker, ...]]) -> tuple[Asker, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(groups)))


def _each_once(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(groups)))
