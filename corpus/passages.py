"""Cut answers into passages: the exact slices that are embedded, retrieved and quoted.

langchain-text-splitters does the cutting: between paragraphs first (never between a list and the
sentence that introduces it, as long as they fit), then between list items, then sentences, then
words. It only sees one answer at a time, so no passage runs across two.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.list_items import LIST_MARKER
from corpus.records import Answer, Passage
from corpus.sentences import ABBREVIATIONS

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

MAX_CHARS = 900
"""Longest passage, in characters: a few paragraphs, or a list with its introduction."""

_SHORT_FORMS = (*ABBREVIATIONS.split("|"), r"\w\.\w", "[A-ZÀ-Þ]")
_NO_END = "".join(rf"(?<!\b{form}\.)" for form in _SHORT_FORMS)
"""No point of an abbreviation or initial stands before."""
_SEPARATORS = (
    rf"\n(?!{LIST_MARKER})",
    r"\n",
    rf"(?<=[.?!]){_NO_END}\s+(?=[\"“‘'(]*[A-ZÀ-Þ0-9])",
    r"\s+",
    "",
)


def split_answer(answer: Answer, max_chars: int = MAX_CHARS) -> tuple[Passage, ...]:
    """Return the passages of an answer, in order, each `answer.text[start:end]` to the letter.

    They don't overlap and leave out nothing but white space between them. An answer without text
    has none.

    Raises:
        ValueError: If `max_chars` is below 1.
    """
    if max_chars < 1:
        raise ValueError(f"max_chars must be at least 1, got {max_chars}")
    chunks = _splitter(max_chars).create_documents([answer.text]) if answer.text else []
    passages = []
    for number, chunk in enumerate(chunks, start=1):
        start = int(chunk.metadata["start_index"])
        end = start + len(chunk.page_content)
        first, last = answer.pages_of(start, end)
        passages.append(
            Passage(
                passage_id=name_passage(answer.answer_id, number),
                answer_id=answer.answer_id,
                document_id=answer.document_id,
                start=start,
                end=end,
                text=answer.text[start:end],
                page_start=first,
                page_end=last,
            )
        )
    return tuple(passages)


def name_passage(answer_id: str, number: int) -> str:
    """Return the id of the passage with this number (from 1) in its answer."""
    return f"{answer_id}:{number:02d}"


@lru_cache(maxsize=4)
def _splitter(max_chars: int) -> "RecursiveCharacterTextSplitter":
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        chunk_size=max_chars,
        chunk_overlap=0,
        separators=list(_SEPARATORS),
        is_separator_regex=True,
        keep_separator=True,
        add_start_index=True,
        strip_whitespace=True,
    )
