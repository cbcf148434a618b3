"""Choose lines of the ledger by who asked, by topic, by document and by status.

The names are understood as the search understands them; a party or member counts for a line only
when it put that very sub-question.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from chatbot.ledger.records import LedgerLine, Status
from corpus.records import Answer, Passage
from index.contents import Index
from index.facets import make_facets
from index.filters import Filters, allowed_rows


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
    stand_ins = [_stand_in(index, line, number) for number, line in enumerate(ledger)]
    passages = [_whole(answer) for answer in stand_ins]
    rows = allowed_rows(filters, make_facets(passages, stand_ins, index.documents))
    kept = ledger if rows is None else [ledger[row] for row in rows]
    return tuple(line for line in kept if not statuses or line.status in statuses)


def _stand_in(index: Index, line: LedgerLine, number: int) -> Answer:
    """Return the line's answer as if it were given to the askers of that line alone."""
    answer = index.answers_by_key[line.document_id, line.answer_id]
    return replace(answer, answer_id=str(number), askers=line.askers, question_blocks=())


def _whole(answer: Answer) -> Passage:
    return Passage(answer.answer_id, answer.answer_id, answer.document_id, 0, 0, "", 0, 0)
