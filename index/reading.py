"""Read a question: what its model makes of it, what its words stand for, and whom it names.

A question has a background: the turns before it, and the statements that open it. Its vector and
words count too, but for less than what is asked now; what form of answer is wanted, and which
tokens the passages must hold, is told by the question itself.
"""

from dataclasses import dataclass, replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import split_sentences
from index.answer_type import asks_something
from index.askers import NamedAskers, find_askers, find_subject
from index.contents import Index
from index.encoder import Question
from index.question_form import as_question, without_capitals
from index.stopwords import ASKING_WORDS, STOP_WORDS
from index.token_codes import Codes
from index.tokens import tokenise
from index.truecase import restore_names
from index.vocabulary import Term

CONTEXT_SHARE = 0.5
"""What a word said earlier in the conversation counts beside one that is asked now."""

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Thread:
    """The answer that a follow-up's earlier turns were answered with, by document and id, and how
    sure the search was of it, in [0, 1]."""

    answer: tuple[str, str]
    confidence: float


NO_THREAD = Thread(("", ""), 0.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as search reads it: its unit vector with its context, float32 (dimension,), its
    words, and what the model makes of what is asked now.

    `query` says what form of answer is asked for; a follow-up that doesn't is read with what was
    asked before. Of a question that names `askers` only the tokens of its subject are `asked`.
    """

    query: str
    vector: Scores
    terms: tuple[Term, ...]
    asked: Question
    askers: NamedAskers
    before: "Reading | None" = None
    thread: Thread = NO_THREAD

    @property
    def tokens(self) -> Codes:
        """The codes of the tokens of what is asked now, int8 (tokens, TOKEN_DIMENSION)."""
        return self.asked.codes

    @property
    def weights(self) -> Scores:
        """The share of each word in what the question says, by its rarity; sums to 1."""
        rarity = np.array([term.rarity for term in self.terms], np.float32)
        return rarity / max(float(rarity.sum()), 1e-9)

    @property
    def is_follow_up(self) -> bool:
        """Whether it is read in the light of what was said before."""
        return self.before is not None

    @property
    def most_power(self) -> float:
        """The highest power to which a lexical score may be raised (see `index.ranking`)."""
        return 1.0 if self.is_follow_up else max(len(self.terms), 1) / 2


def read_question(index: Index, query: str, context: str = "") -> Reading:
    """Encode a question and look its words up; those of its context count for less.

    What is told before the question itself belongs to its context.
    """
    background, query = split_background(restore_names(without_capitals(query)))
    context = f"{restore_names(context)} {background}".strip()
    alone = _read_alone(index, query)
    if not context:
        return alone
    before = _read_alone(index, context)
    said = {term.stem for term in alone.terms}
    earlier = [term for term in before.terms if term.stem not in said]
    vector = alone.vector + np.float32(CONTEXT_SHARE) * before.vector
    vector = np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)
    terms = (*alone.terms, *(replace(term, share=CONTEXT_SHARE) for term in earlier))
    reading = replace(alone, vector=vector, terms=terms, before=before)
    if asks_something(query):
        return reading
    query = f"{context} {query}"
    askers = _find_askers(index, query)
    return replace(reading, query=query, asked=_keep_subject(alone.asked, askers), askers=askers)


def _read_alone(index: Index, query: str) -> Reading:
    """Return how a question is read that nothing was said before."""
    asked = index.encoder.encode_question(as_question(index.lexical.vocabulary.mend(query)))
    askers = _find_askers(index, query)
    terms = index.lexical.read_query(query)
    return Reading(query, asked.vector, terms, _keep_subject(asked, askers), askers)


def _find_askers(index: Index, query: str) -> NamedAskers:
    return find_askers(query, index.facets["parties"], index.facets["members"])


def _keep_subject(asked: Question, askers: NamedAskers) -> Question:
    """Return a question with only the tokens that tell its subject, where it names askers and the
    model tells the words of its tokens."""
    if not askers.names or len(asked.words) != len(asked.codes):
        return asked
    kept = find_subject(asked.words, askers)
    return replace(asked, codes=asked.codes[kept], words=(*compress(asked.words, kept),))


def split_background(query: str) -> tuple[str, str]:
    """Return the statements that open a query, and the question (or all of it) after them.

    A question that only says that something is asked ("Welke uitleg kregen ze?") stands for what
    was told, so that is all of it.
    """
    spans = split_sentences(query)
    asking = [place for place, (start, end) in enumerate(spans) if "?" in query[start:end]]
    if not asking or not spans[asking[0]][0]:
        return "", query
    start = spans[asking[0]][0]
    asked = set(tokenise(query[start:])) - STOP_WORDS
    if asked and asked <= ASKING_WORDS:
        return "", query
    return query[:start].strip(), query[start:]
