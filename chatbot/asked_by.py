"""List what a party or a member asked, where a question asks just that: "Wat vroeg Tom Ongena?".

No passage answers it: questions stand above the answers. One that names a subject too ("Wat vroeg
Tom Ongena over de VOP?") is about that subject, and the search finds its answer.
"""

from collections.abc import Iterable, Iterator

from chatbot.put_questions import PutQuestion, put_questions
from corpus.records import Answer
from index.askers import NamedAskers, find_askers
from index.contents import Index
from index.facets import Names, make_names
from index.filters import Filters, find_names, passes
from index.tokens import RUN, fold, fold_name

_PUTTING = "vraag vragen vraagt vroeg vroegen gevraagd stelt stelde stelden gesteld"
_ANSWERED = "antwoord antwoorden antwoordt antwoordde geantwoord"
_BESIDE = "partij partijen fractie lid leden parlementslid schriftelijke"
PUTTING = frozenset(_PUTTING.split())
ANSWERED = frozenset(_ANSWERED.split())
BESIDE = frozenset(_BESIDE.split())
"""Words of such a question beside the names and those of any question."""


def find_asked_by(
    index: Index, query: str, filters: Filters | None = None
) -> tuple[PutQuestion, ...]:
    """Return the questions of the parties and members whom a query names, in the order of the
    documents, where it asks for nothing else; none for any other query.

    Of two who go by a name, the one of whom the query tells more is meant: of "Tom Ongena van Open
    VLD" not the others of that party. A party or member of the filters counts for a question only
    where it put that very one.

    Raises:
        FilterError: If a filter stands for nothing in the index.
    """
    askers = find_askers(query, index.facets["parties"], index.facets["members"])
    if not askers.names or not _asks_just_that(query, askers):
        return ()
    meant = find_names(filters or Filters(), index.facets)
    put = [one for answer in _answers_to(index, askers) for one in put_questions(answer)]
    named = {asker: askers.names_of(asker) for one in put for asker in one.askers}
    wanted = {asker for asker, own in named.items() if own and not _is_less(own, named.values())}
    return tuple(
        one
        for one in put
        if not wanted.isdisjoint(one.askers) and passes(_names_of(index, one), meant)
    )


def _asks_just_that(query: str, askers: NamedAskers) -> bool:
    words = {fold(run) for run in RUN.findall(query)}
    if words.isdisjoint(PUTTING) or not words.isdisjoint(ANSWERED):
        return False
    return not any(askers.tell_subject(word) for word in words - BESIDE)


def _is_less(own: frozenset[str], others: Iterable[frozenset[str]]) -> bool:
    return any(own < other for other in others)


def _names_of(index: Index, put: PutQuestion) -> Names:
    title = index.document_of(put.answer).title
    return make_names(put.askers, put.answer.topic, put.answer.document_id, title)


def _answers_to(index: Index, askers: NamedAskers) -> Iterator[Answer]:
    """Yield the answers to those who are named, in the order of the index."""
    rows = {
        int(row)
        for kind in ("parties", "members")
        for name, own in index.facets[kind].items()
        if not askers.names.isdisjoint({fold_name(name), *map(fold_name, name.split())})
        for row in own
    }
    passages = (index.passages[row] for row in sorted(rows))
    for key in dict.fromkeys((one.document_id, one.answer_id) for one in passages):
        yield index.answers_by_key[key]
