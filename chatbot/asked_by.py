"""List what a party or a member asked, where a question asks just that: "Wat vroeg Tom Ongena?".

No passage answers it: questions stand above the answers. One that names a subject too ("Wat vroeg
Tom Ongena over de VOP?") is about that subject, and the search finds its answer.
"""

from collections.abc import Iterator

from corpus.records import Answer, Question
from index.askers import NamedAskers, find_askers
from index.contents import Index
from index.stopwords import ASKING_WORDS, STOP_WORDS
from index.tokens import RUN, fold, fold_name

_PUTTING = "vraag vragen vraagt vroeg vroegen gevraagd stelt stelde stelden gesteld"
_ANSWERED = "antwoord antwoorden antwoordt antwoordde geantwoord"
_BESIDE = "partij partijen fractie lid leden parlementslid schriftelijke"
PUTTING = frozenset(_PUTTING.split())
ANSWERED = frozenset(_ANSWERED.split())
AROUND = STOP_WORDS.union(ASKING_WORDS, _BESIDE.split())
"""Words of such a question beside the names."""


def find_asked_by(index: Index, query: str) -> tuple[Question, ...]:
    """Return the questions of the parties and members whom a query names, in the order of the
    documents, where it asks for nothing else; none for any other query."""
    askers = find_askers(query, index.facets["parties"], index.facets["members"])
    if not askers.names or not _asks_just_that(query, askers):
        return ()
    return tuple(
        question
        for answer in _answers_to(index, askers)
        for question in answer.questions
        if not askers.miss(question.askers)
    )


def _asks_just_that(query: str, askers: NamedAskers) -> bool:
    words = {fold(run) for run in RUN.findall(query)}
    others = {word for word in words - AROUND if fold_name(word) not in askers.words}
    return not words.isdisjoint(PUTTING) and not others and words.isdisjoint(ANSWERED)


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
