"""Choose answers by party, member, topic and document, without an index or a model.

The names are understood as the search understands them (`index.filters`).
"""

from collections.abc import Iterable, Iterator

from corpus.records import Answer, Document, Passage
from index.facets import make_facets
from index.filters import Filters, allowed_rows


def select_answers(
    documents: Iterable[Document], filters: Filters
) -> tuple[tuple[Document, Answer], ...]:
    """Return each answer that passes the filters with its document, in document order.

    Raises:
        FilterError: If a filter names something that the documents don't hold.
    """
    held = tuple(documents)
    pairs = [(document, answer) for document in held for answer in document.answers]
    facets = make_facets(_wholes(pairs), [answer for _, answer in pairs], held)
    rows = allowed_rows(filters, facets)
    return tuple(pairs) if rows is None else tuple(pairs[row] for row in rows)


def _wholes(pairs: Iterable[tuple[Document, Answer]]) -> Iterator[Passage]:
    """Yield each answer as one passage, for a row of its own in the facets."""
    for _, answer in pairs:
        yield Passage(
            passage_id=answer.answer_id,
            answer_id=answer.answer_id,
            document_id=answer.document_id,
            start=0,
            end=len(answer.text),
            text=answer.text,
            page_start=answer.page_start,
            page_end=answer.page_end,
        )
