"""Choose lines of the ledger by who asked, by topic, by document and by status.

The names are understood as the search understands them; a party or member counts for a line only
when it put that very sub-question.
"""

from collections.abc import Collection, Sequence

from chatbot.ledger.records import LedgerLine, Status
from index.contents import Index
from index.facets import Names, make_names
from index.filters import Filters, select


def select_lines(
    index: Index,
    ledger: Sequence[LedgerLine],
    filters: Filters,
    statuses: Collection[Status] = (),
) -> tuple[LedgerLine, ...]:
    """Return the lines that pass the filters and have one of the statuses (none: any), in order.

    Raises:
        FilterError: If a filter names something for which no line stands.
    """

    def names_of(line: LedgerLine) -> Names:
        title = index.documents_by_id[line.document_id].title
        return make_names(line.askers, line.topic, line.document_id, title)

    kept = select(filters, ledger, names_of)
    return tuple(line for line in kept if not statuses or line.status in statuses)
