"""The naive peer: the raw text cut in windows of 1,000 characters with 200 overlap.

What every tutorial builds: no pages, no answers, no questions, no words, only the vectors of the
same model. To judge it, each window is credited with every answer of which it holds a whole
sentence, the one it holds most of first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records import Answer, Document
from corpus.sentences import split_sentences
from eval.evidence import squeeze
from eval.runs import Found

WINDOW = 1000  # characters
OVERLAP = 200  # characters


@dataclass(frozen=True, slots=True)
class _Sentence:
    answer_id: str
    text: str


def cut_windows(text: str, window: int = WINDOW, overlap: int = OVERLAP) -> tuple[str, ...]:
    """Return windows of `window` characters, each starting `overlap` before the last one's end."""
    starts = range(0, max(len(text) - overlap, 1), window - overlap)
    return tuple(text[start : start + window] for start in starts)


def naive_chunks(document: Document) -> tuple[Found, ...]:
    """Return the windows of a document's raw text, each with its answers."""
    raw = "\n".join(line for page in document.pages for line in page.lines)
    return credit_chunks(cut_windows(raw), document)


def credit_chunks(chunks: Sequence[str], document: Document) -> tuple[Found, ...]:
    """Return pieces of a document's raw text, cut by whatever rule, each with its answers."""
    sentences = [found for answer in document.answers for found in _sentences(answer)]
    return tuple(Found(_holders(chunk, sentences), chunk) for chunk in chunks)


def _sentences(answer: Answer) -> list[_Sentence]:
    spans = split_sentences(answer.text)
    return [_Sentence(answer.answer_id, squeeze(answer.text[s:e])) for s, e in spans]


def _holders(chunk: str, sentences: Sequence[_Sentence]) -> tuple[str, ...]:
    """Return the answers with a whole sentence in a chunk, most characters first."""
    squeezed = squeeze(chunk)
    held: dict[str, int] = {}
    for sentence in sentences:
        if sentence.text in squeezed:
            held[sentence.answer_id] = held.get(sentence.answer_id, 0) + len(sentence.text)
    return tuple(sorted(held, key=lambda answer_id: (-held[answer_id], answer_id)))
