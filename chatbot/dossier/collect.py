"""Fill a basket from what a command names: answers by id, quotes, open sub-questions, notes."""

from collections.abc import Iterable, Sequence

from chatbot.checks import ChatbotError
from chatbot.dossier.items import AnswerItem, Basket, FollowUpItem, make_quote
from chatbot.ledger.records import LedgerLine
from corpus.records import Answer, Document

Found = tuple[Document, Answer]


def find_answers(documents: Iterable[Document], answer_ids: Iterable[str]) -> tuple[Found, ...]:
    """Return the answers with these ids, each once, in the order of the ids; every one where
    several documents have the same id.

    Raises:
        ChatbotError: If an id is unknown.
    """
    known: dict[str, list[Found]] = {}
    for document in documents:
        for answer in document.answers:
            known.setdefault(answer.answer_id, []).append((document, answer))
    found: list[Found] = []
    for answer_id in dict.fromkeys(answer_ids):
        if answer_id not in known:
            raise ChatbotError(
                f"Het antwoord '{answer_id}' staat niet in de index; "
                "'bijlage answers --json' toont alle antwoorden met hun answer_id."
            )
        found.extend(known[answer_id])
    return tuple(found)


def collect(
    found: Iterable[Found], ledger: Sequence[LedgerLine], quotes: Iterable[tuple[Found, str]]
) -> Basket:
    """Return the basket of answers, each followed by its lines of the ledger that aren't answered
    fully, and of quotes.

    Raises:
        ChatbotError: If a quote isn't word for word in its answer.
    """
    items: list[AnswerItem | FollowUpItem] = []
    for document, answer in found:
        items.append(AnswerItem(document, answer))
        items.extend(
            FollowUpItem(document, answer, line)
            for line in ledger
            if (line.document_id, line.answer_id) == (answer.document_id, answer.answer_id)
            and line.follow_up is not None
        )
    return (*items, *(make_quote(*where, quote) for where, quote in quotes))
