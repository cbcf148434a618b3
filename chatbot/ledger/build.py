"""Build the ledger of an index: every sub-question of every document, with its status."""

from collections.abc import Iterator

from chatbot.ledger.asked import read_sub_questions
from chatbot.ledger.follow_up import draft_follow_up
from chatbot.ledger.judgement import Judged, judge
from chatbot.ledger.records import Evidence, LedgerLine
from chatbot.ledger.signs import Match, Sentences, Span, match_answer
from corpus.records import Answer
from index.contents import Index


def build_ledger(index: Index) -> tuple[LedgerLine, ...]:
    """Return a line for every sub-question, in document order; empty where nothing was asked."""
    lines: list[LedgerLine] = []
    for answer, sentences, matches in read_matches(index):
        for number, match in enumerate(matches):
            lines.append(_line(index, answer, match, judge(matches, number, sentences), sentences))
    return tuple(lines)


def read_matches(index: Index) -> Iterator[tuple[Answer, Sentences, tuple[Match, ...]]]:
    """Yield each answer that has sub-questions, its sentences, and how these fit them."""
    for answer in index.answers:
        asked = read_sub_questions(answer)
        if asked:
            yield answer, *match_answer(index, answer, asked)


def _line(
    index: Index, answer: Answer, match: Match, judged: Judged, sentences: Sentences
) -> LedgerLine:
    status, place, missing = judged
    question = match.asked.question
    follow_up = None
    if status != "beantwoord":
        title = index.document_of(answer).title
        follow_up = draft_follow_up(title, answer, match.asked, status, match.form_wanted)
    return LedgerLine(
        answer_id=answer.answer_id,
        document_id=answer.document_id,
        topic=answer.topic,
        askers=question.askers,
        text=match.asked.text,
        block=match.asked.block,
        start=match.asked.start,
        page=question.page,
        status=status,
        evidence=None if place is None else _evidence(answer, sentences.spans[place]),
        missing=missing,
        follow_up=follow_up,
    )


def _evidence(answer: Answer, span: Span) -> Evidence:
    """Return the slice with its page; 0 where the source gives only a range of pages."""
    return Evidence(answer.text[slice(*span)], answer.page_of(*span), *span)
