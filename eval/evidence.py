"""Whether the hits hold the evidence, and whether the quote is the right one, on the right page.

A passage holds the evidence of a question when one of its spans stands in it whole; white space
doesn't count, so that raw text with its line breaks is judged alike. `evidence@k` is 1 when one
of the first k passages does (a success, not a share of k: one passage usually holds it all).
"""

from collections.abc import Sequence

from eval.questions import GoldQuestion
from eval.runs import Found, Quote, Ranking


def holds_evidence(question: GoldQuestion, found: Found) -> bool:
    """Return whether a hit's text holds one of the evidence spans, white space apart."""
    text = squeeze(found.text)
    return any(squeeze(span) in text for span in question.evidence)


def hit_at(question: GoldQuestion, ranking: Ranking, k: int) -> float:
    """Return 1.0 if one of the first `k` hits is of a right answer, else 0.0.

    Stricter than Success@k, which counts answers: several hits may be of one answer.
    """
    answers = {i for found in ranking.found[:k] for i in found.answer_ids}
    return float(not answers.isdisjoint(question.answer_ids))


def evidence_at(question: GoldQuestion, ranking: Ranking, k: int) -> float:
    """Return 1.0 if one of the first `k` hits holds the evidence, else 0.0."""
    return float(any(holds_evidence(question, found) for found in ranking.found[:k]))


def is_on_page(question: GoldQuestion, ranking: Ranking) -> float:
    """Return 1.0 if the first quote is of a right answer and on a page of the evidence.

    Whatever it quotes there: of the 346 such quotes on test 53 hold none of the evidence
    (`quote_contains` tells that).
    """
    quote = first_quote(ranking)
    if quote is None:
        return 0.0
    return float(quote.answer_id in question.answer_ids and quote.page in question.pages)


def quote_contains(question: GoldQuestion, ranking: Ranking) -> float:
    """Return 1.0 if the first quote holds one evidence span whole; of a list, the first items.

    A span never runs over the end of a sentence and a quote is of whole sentences, so one that
    shares a word with a span holds it whole.
    """
    return float(_covered(question, ranking) > 0)


def quote_covers(question: GoldQuestion, ranking: Ranking) -> float:
    """Return the share of the evidence spans that the first quote holds whole: of a list, the
    items that are shown."""
    return _covered(question, ranking) / len(question.evidence)


def first_quote(ranking: Ranking) -> Quote | None:
    """Return the quote of the first hit, if there is one."""
    return ranking.found[0].quote if ranking.found else None


def _covered(question: GoldQuestion, ranking: Ranking) -> int:
    quote = first_quote(ranking)
    text = squeeze(quote.text) if quote else ""
    return sum(squeeze(span) in text for span in question.evidence)


def find_places(spans: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Return start and end of each span that stands in a text."""
    starts = [(text.find(span), len(span)) for span in spans]
    return [(start, start + length) for start, length in starts if start >= 0]


def squeeze(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())
