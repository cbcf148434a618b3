"""Type an appendix as a Word file for the tests, with python-docx: its answers as the text of the
bundled appendix gives them, with the page turns that Word would note, if asked.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import docx
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from corpus.blocks import outline
from corpus.lines import read_lines
from corpus.records import Answer, Document


@dataclass(frozen=True)
class Typing:
    """How the file is typed. `turns` is what stands at a page turn: "rendered", "page" or ""."""

    bold_questions: bool = True
    large_headings: bool = False
    empty_paragraphs: bool = True
    turns: str = "rendered"


def type_docx(appendix: Document, typing: Typing | None = None) -> bytes:
    """Return the Word file."""
    typing = typing or Typing()
    plan = outline(read_lines(appendix.pages).text)
    word = docx.Document()
    for line in plan.title:
        word.add_paragraph(line.text)
    page = 1
    for block, answer in zip(plan.blocks, appendix.answers, strict=True):
        page = _type_answer(word, [line.text for line in block.headings], answer, page, typing)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _type_answer(word: Word, topic: list[str], answer: Answer, page: int, typing: Typing) -> int:
    """Type a block from its topic to its answer, and return the page on which it ends."""
    first = answer.question_blocks[0].page_start if answer.question_blocks else answer.page_start
    _empty(word, typing)
    page = _turn(word, page, first, typing)
    for line in topic:
        word.add_paragraph().add_run(line).font.size = Pt(14) if typing.large_headings else None
    for block in answer.question_blocks:
        _empty(word, typing)
        page = _turn(word, page, block.page_start, typing)
        for asker in block.askers:
            word.add_paragraph(str(asker))
        for text in block.text.split("\n"):
            word.add_paragraph().add_run(text).bold = typing.bold_questions or None
    _empty(word, typing)
    for text, pages in _paragraphs(answer):
        paragraph = word.add_paragraph()
        for part, number in zip(text, pages, strict=True):
            run = paragraph.add_run()
            while page < number:
                _break(run._r, typing)
                page += 1
            run.add_text(part)
    return page


def _paragraphs(answer: Answer) -> Iterator[tuple[list[str], list[int]]]:
    """The paragraphs of an answer, cut where a page turns, with the page of each part."""
    start = 0
    for text in answer.text.split("\n"):
        end = start + len(text)
        turns = [s.offset for s in answer.page_starts if start < s.offset < end]
        edges = [start, *turns, end]
        parts = [answer.text[a:b] for a, b in pairwise(edges)]
        yield parts, [answer.page_at(edge) for edge in edges[:-1]]
        start = end + 1


def _turn(word: Word, page: int, number: int, typing: Typing) -> int:
    while page < number:
        _break(word.add_paragraph().add_run()._r, typing)
        page += 1
    return page


def _break(run: object, typing: Typing) -> None:
    if typing.turns == "rendered":
        run.append(OxmlElement("w:lastRenderedPageBreak"))  # type: ignore[attr-defined]
    elif typing.turns == "page":
        mark = OxmlElement("w:br")
        mark.set(qn("w:type"), "page")
        run.append(mark)  # type: ignore[attr-defined]


def _empty(word: Word, typing: Typing) -> None:
    if typing.empty_paragraphs:
        word.add_paragraph()
