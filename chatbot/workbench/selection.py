"""Choose answers by party, member, topic and document, without an index or a model.

The names are understood as the search understands them (`index.filters`).
"""

from collections.abc import Iterable

from corpus.records import Answer, Document
from index.facets import names_of_answer
from index.filters import Filters, select


def select_answers(
    documents: Iterable[Document], filters: Filters
) -> tuple[tuple[Document, Answer], ...]:
    """Return each answer that passes the filters with its document, in document order.

    Raises:
        FilterError: If a filter names something that the documents don't hold.
    """
    pairs = [(document, answer) for document in documents for answer in document.answers]
    return select(filters, pairs, lambda pair: names_of_answer(pair[1], pair[0].title))
