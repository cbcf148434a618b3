"""What speaks for it that an answer addresses a sub-question: signs per sentence and in all.

Words are weighed by their rarity, as the search does; words that only say what kind of answer is
wanted, and words that point back to the sentence before, say nothing of the subject. Meaning is
the cosine of the sub-question with a sentence against its cosines with sentences all over the
index (in standard deviations). All sub-questions of an answer are read together: a sentence that
answers another one better says little for this one. The search is asked too, how sure it is that
this answer answers the sub-question.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from chatbot.ledger.asked import SubQuestion
from chatbot.ledger.kinship import are_kin
from chatbot.ledger.wording import (
    Form,
    brings,
    counted_stem,
    expected_form,
    idle_stems,
    is_of_asked_year,
    sought_stem,
)
from corpus.asking import only_asks
from corpus.records import Answer
from index.answer_type import counts
from index.arrays import Rows
from index.confidence import estimate_confidence
from index.contents import Index
from index.quotes import POINTS_BACK, inherit
from index.reading import Reading, read_question
from index.reranking import rank_with_quotes
from index.stems import content_stems
from index.vocabulary import Term

Span = tuple[int, int]
Floats = NDArray[np.float32]

CONTEXT_WEIGHT = 0.3
COSINE_WEIGHT = 0.1
FORM_WEIGHT = 0.3
"""What the words of the context, a standard deviation of the cosine and the form that is wanted
count beside the sub-question's own words (1) for it that it is addressed."""
FIT_CONTEXT_WEIGHT = 0.5
FIT_FORM_WEIGHT = 0.5
FIT_TOKEN_WEIGHT = 3.0
"""What the context's words, the form and the mean cosine of the sub-question's tokens with the
nearest ones of a sentence count when the sentence that answers is chosen."""
MOST_SURE = 6.0
"""Log-odds beyond which a confidence makes no difference."""
SENTENCE_BEFORE = 0.7
"""What a word counts that the sentence before holds: a paragraph names its subject first."""
ORDER_WEIGHT = 0.2
"""What it costs to stand elsewhere in the answer than the sub-question among the others: a
minister mostly follows the order of the questions."""
RIVAL_WEIGHT = 0.5
"""What it costs that a sentence fits another sub-question better, times by how much."""
KIN_WORDS = 0.8
"""What a word counts that is only of one family with that of the sub-question."""
SOUGHT_WORD = 0.15
"""Share of the noun after "welke" when the answer holds it: it is named without an instance."""
NO_EVIDENCE = -10.0
"""Score and fit of a sentence that only says that something is asked: far below all others."""
MOST_ROOM = 20
"""Sentences per sub-question from which more make no difference."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of an answer: their spans in its text, and their rows in the index's table."""

    text: str
    spans: tuple[Span, ...]
    rows: Rows

    def quote(self, place: int) -> str:
        """Return the words of one sentence."""
        start, end = self.spans[place]
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class Match:
    """A sub-question against every sentence of its answer, float32 (sentences,) each.

    `own` and `context` are the shares of its words, and of those of its context, that a sentence
    holds; `is_bare` tells that it has no words of its own, `seeks_only` that its one word is the
    noun after "welke"; `meaning` is in standard deviations;
    `form` tells where the form that is wanted is brought. `score` sums them, for whether this is
    addressed at all; `fit` too, for which sentence does it: the one before often names the subject,
    so its words count too, the form counts for more, and the tokens are compared. `confidence` is
    that of the search that the answer answers it, in [0, 1].
    """

    asked: SubQuestion
    form_wanted: Form
    own: Floats
    context: Floats
    is_bare: bool
    seeks_only: bool
    meaning: Floats
    form: NDArray[np.bool_]
    score: Floats
    fit: Floats
    confidence: float


def read_sentences(index: Index, answer: Answer, passages: Sequence[int]) -> Sentences:
    """Return the sentences of the passages (rows) of an answer; links alone are left out."""
    rows, _ = index.sentences.rows_of(np.array(passages, np.int64))
    spans = [
        (index.passages[row].start + start, index.passages[row].start + end)
        for row in passages
        for start, end in index.sentences.spans_of(row)
    ]
    kept = [place for place, span in enumerate(spans) if not _is_link(answer.text[slice(*span)])]
    return Sentences(answer.text, tuple(spans[place] for place in kept), rows[kept])


def match_answer(
    index: Index, answer: Answer, asked: Sequence[SubQuestion]
) -> tuple[Sentences, tuple[Match, ...]]:
    """Return the sentences of an answer, and the match of each of its sub-questions with them."""
    passages = index.rows_of((answer.document_id, answer.answer_id))
    sentences = read_sentences(index, answer, passages)
    return sentences, match_all(index, asked, sentences, passages)


def match_all(
    index: Index, asked: Sequence[SubQuestion], sentences: Sentences, passages: Sequence[int]
) -> tuple[Match, ...]:
    """Return the match of each sub-question with the sentences of the passages (rows)."""
    rows = np.array(passages, np.int64)
    return tuple(
        _match(index, question, sentences, rows, (number + 0.5) / len(asked))
        for number, question in enumerate(asked)
    )


def _ask(index: Index, reading: Reading, passages: Rows) -> float:
    """Return the confidence of the search among some passages that the first one answers. What
    stands before a sub-question isn't what a turn of a conversation leans on: it stands alone."""
    reading = replace(reading, before=None)
    ranking, quotes = rank_with_quotes(index, reading, 1, passages)
    return estimate_confidence(index, reading, ranking, quotes[0]) if quotes else 0.0


def best_sentence(matches: Sequence[Match], number: int) -> int:
    """Return the place of the sentence that fits sub-question `number` best."""
    fits = [match.fit for match in matches]
    return _best_place(fits[number], _best_of_others(fits, number))


def _best_place(own: Floats, others: Floats) -> int:
    """Return where a sub-question scores best; a sentence on which another one scores better counts
    for less."""
    return int(np.argmax(own - RIVAL_WEIGHT * np.maximum(others - own, 0)))


def _best_of_others(scores: Sequence[Floats], number: int) -> Floats:
    """Return the best score of each sentence with another sub-question, float32 (sentences,); not
    below 0."""
    others = [score for place, score in enumerate(scores) if place != number]
    return np.asarray(np.max([np.zeros_like(scores[number]), *others], axis=0), np.float32)


def read_signs(matches: Sequence[Match], number: int, sentences: Sentences) -> dict[str, float]:
    """Return the signs for sub-question `number` by the names of `judgement.WEIGHTS`, most about
    -1 to 2; there is at least one sentence."""
    match = matches[number]
    others = _best_of_others([other.score for other in matches], number)
    lead = float((match.score - others).max())
    return {
        "fit": float(match.fit.max()),
        "number": float(match.form_wanted is Form.NUMBER),
        "margin": float(np.clip(lead, -0.5, 0.5)) if len(matches) > 1 else 0.0,
        "room": float(np.log(min(len(sentences.spans) / len(matches), MOST_ROOM))),
        "sure": _log_odds(match.confidence) / MOST_SURE,
    }


def _log_odds(chance: float) -> float:
    kept = min(max(chance, 1e-9), 1 - 1e-9)
    return float(np.clip(np.log(kept / (1 - kept)), -MOST_SURE, MOST_SURE))


def lacks_form(match: Match, sentences: Sentences) -> bool:
    """Say whether no sentence on the subject has the number or date that is asked for, or the
    things that are to be counted aren't counted."""
    question = match.asked.text
    if match.form_wanted is Form.NUMBER:
        counted = counted_stem(question)
        of_year = [
            quote
            for quote in map(sentences.quote, range(len(sentences.spans)))
            if is_of_asked_year(quote, question)
        ]
        if counted and any(counted in content_stems(quote) for quote in of_year):
            return not any(
                counts(quote, lambda word: counted in content_stems(word)) for quote in of_year
            )
    if match.form_wanted in (Form.NUMBER, Form.DATE):
        near = (match.own + match.context) > 0
        return not (match.form & near).any()
    return False


def _match(
    index: Index, asked: SubQuestion, sentences: Sentences, passages: Rows, place: float
) -> Match:
    reading = read_question(index, asked.text, asked.context)
    idle = idle_stems(asked.text)
    own = [term for term in index.lexical.read_query(asked.text) if term.stem not in idle]
    said = {term.stem for term in own}
    before = [term for term in index.lexical.read_query(asked.context) if term.stem not in said]
    form = expected_form(asked.text)
    held, held_context = _held(index, own, sentences), _held(index, before, sentences)
    weights, context_weights = _weigh(own, asked, sentences.text), _shares(before)
    shares, context = weights @ held, context_weights @ held_context
    meaning = _standardise(index, reading.asked.vector, sentences.rows)
    tokens = index.sentences.similarities(reading.tokens, sentences.rows)
    brought = np.array(
        [brings(form, sentences.quote(p), asked.text) for p in range(len(sentences.spans))],
        np.bool_,
    )
    near, near_context = weights @ _with_before(held), context_weights @ _with_before(held_context)
    count = len(sentences.spans)
    distance = np.abs((np.arange(count, dtype=np.float32) + 0.5) / max(count, 1) - place)
    either = COSINE_WEIGHT * meaning - ORDER_WEIGHT * distance
    score = either + shares + CONTEXT_WEIGHT * context + FORM_WEIGHT * brought
    fit = either + near + FIT_CONTEXT_WEIGHT * near_context + FIT_FORM_WEIGHT * brought
    fit = fit + FIT_TOKEN_WEIGHT * tokens.sum(axis=0) / max(len(tokens), 1)
    only_asking = [only_asks(sentences.quote(p)) for p in range(count)]
    return Match(
        asked=asked,
        form_wanted=form,
        own=shares,
        context=context,
        is_bare=not own,
        seeks_only=said == {sought_stem(asked.text)},
        meaning=meaning,
        form=brought,
        score=np.where(only_asking, NO_EVIDENCE, score).astype(np.float32),
        fit=np.where(only_asking, NO_EVIDENCE, fit).astype(np.float32),
        confidence=_ask(index, reading, passages),
    )


def _weigh(terms: Sequence[Term], asked: SubQuestion, text: str) -> Floats:
    """Return the share of each word. The noun after "welke" is what is sought: that the answer
    holds it says little, only that it doesn't."""
    sought = sought_stem(asked.text)
    rarity = np.array([term.rarity for term in terms], np.float32)
    shares = rarity / max(float(rarity.sum()), 1e-9)
    if sought in content_stems(text):
        others = np.array([term.stem != sought for term in terms], np.bool_)
        told = float(shares[others].sum())
        scale = (1 - SOUGHT_WORD) / told if told else 0.0
        shares = np.where(others, shares * scale, SOUGHT_WORD * shares / max(1 - told, 1e-9))
    return np.asarray(shares, np.float32)


def _shares(terms: Sequence[Term]) -> Floats:
    rarity = np.array([term.rarity for term in terms], np.float32)
    return np.asarray(rarity / max(float(rarity.sum()), 1e-9), np.float32)


def _held(index: Index, terms: Sequence[Term], sentences: Sentences) -> Floats:
    """Return how well each sentence holds each word, float32 (terms, sentences); one that points
    back holds those of the sentence before it too, at a discount."""
    held = index.sentences.presence(terms, sentences.rows)
    for place in range(len(sentences.spans)):
        stems = set(content_stems(sentences.quote(place)))
        for number, term in enumerate(terms):
            if any(are_kin(term.stem, stem) for stem in stems):
                held[number, place] = max(held[number, place], KIN_WORDS)
    return inherit(held, [bool(POINTS_BACK.match(sentences.text, *s)) for s in sentences.spans])


def _with_before(held: Floats) -> Floats:
    """Add to what each sentence holds, (terms, sentences), what the one before holds, at a
    discount."""
    before = np.concatenate([np.zeros_like(held[:, :1]), held[:, :-1]], axis=1)
    return np.maximum(held, np.float32(SENTENCE_BEFORE) * before)


def _standardise(index: Index, vector: Floats, rows: Rows) -> Floats:
    usual = index.usual.sentences @ vector
    cosines = index.sentences.cosines(vector, rows)
    return np.asarray((cosines - usual.mean()) / max(float(usual.std()), 1e-6), np.float32)


def _is_link(sentence: str) -> bool:
    return sentence.startswith(("http://", "https://", "www."))
