"""From a search result to a cited reply: the citation as people write it, and the JSON contract.

A reply holds records only; the terminal and the page each render it their own way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chatbot.asked_by import find_asked_by
from chatbot.dialogue import contexts_of, name_years
from chatbot.ledger.repeated import Repeated, find_repeated
from chatbot.put_questions import PutQuestion
from chatbot.small_talk import is_small_talk
from chatbot.who_asked import SEARCHED, AskedAbout, find_asked_about, subject_of
from corpus.cleaning import without_halves
from corpus.enumeration import join_names
from corpus.records import UNKNOWN_PAGE, Answer, Asker, Document
from index.remote.store import RemoteStore
from index.search import Filters, Hit, SearchResult, search
from index.storage import Index

Json = dict[str, Any]

LEFT_OPEN = 0.3
"""The most confidence in an answer to a sub-question that the ledger calls open. Of those so called
of which the search was sure, 4 of 13 are addressed by the labels for choosing in the appendices; in
the invented blocks, whose answers say it in quite other words, 34 of 55. So the reader is told to
look."""
UNREAD = "tekst zonder herkende vraag"
"""What is cited from a document in which no question was recognised: whose words, nobody knows."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to one question: the question as asked, what the search found, where was
    searched, the earlier turns in whose light it was read ("": none), and the sub-question of the
    first hit's answer that it repeats, if any; what those asked of whom it wants to know just
    that, or what was asked about the subject of which it wants to know who asked."""

    question: str
    result: SearchResult
    filters: Filters
    context: str = ""
    repeated: Repeated | None = None
    asked_by: tuple[PutQuestion, ...] = ()
    asked_about: AskedAbout | None = None

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits, best first; when the reply abstains they are only the nearest."""
        return tuple(self.result.hits)

    @property
    def abstained(self) -> bool:
        """True when the documents don't hold the answer."""
        return self.result.abstained

    @property
    def is_small_talk(self) -> bool:
        """True when nothing was asked of the documents."""
        return is_small_talk(self.question)


def answer_question(
    index: Index | RemoteStore,
    question: str,
    k: int = 5,
    filters: Filters | None = None,
    context: str = "",
) -> Reply:
    """Search and return the reply, with at most `k` hits (k >= 1).

    `context` is what a follow-up leans on (`chatbot.dialogue.context_of`). Lone surrogates, which
    no model reads, are searched as "?". Small talk isn't answered, nor a question that a member put
    already and that was left open, nor one for what somebody asked or who asked something; a
    remote store doesn't tell that.
    """
    chosen = filters or Filters()
    text, before = without_halves(question), without_halves(context)
    asked = text, k, chosen, before
    result = index.search(*asked) if isinstance(index, RemoteStore) else search(index, *asked)
    if is_small_talk(question):
        return Reply(question, replace(result, confidence=0.0, abstained=True), chosen)
    if isinstance(index, RemoteStore):
        return Reply(question, result, chosen, context)
    if by_them := find_asked_by(index, text, chosen):
        return Reply(question, _unsure(result), chosen, context, asked_by=by_them)
    if subject := subject_of(text, before):
        told, about = _find_who_asked(index, text, subject, k, chosen)
        return Reply(question, told, chosen, context, asked_about=about)
    hits = result.hits
    repeated = find_repeated(index, text, hits[0].answer) if hits else None
    if repeated and repeated.status == "open":
        result = _unsure(result)
    return Reply(question, result, chosen, context, repeated)


def _find_who_asked(
    index: Index, question: str, subject: str, k: int, filters: Filters
) -> tuple[SearchResult, AskedAbout]:
    """Return what a search for a subject found, as no answer to who asked, and what was asked."""
    result = search(index, subject, max(k, SEARCHED), filters)
    about = find_asked_about(index, question, subject, result)
    return replace(_unsure(result), query=question, hits=result.hits[:k]), about


def _unsure(result: SearchResult) -> SearchResult:
    """Return what was found as no answer to what was asked."""
    return replace(result, confidence=min(result.confidence, LEFT_OPEN), abstained=True)


def answer_last_turn(
    index: Index | RemoteStore,
    turns: Sequence[str],
    k: int = 5,
    filters: Filters | None = None,
) -> Reply:
    """Return the reply to the last of `turns` (oldest first, at least one), read in the light of
    the others where it leans on them; small talk between is passed over, and of two readings the
    surer counts.
    """
    named = name_years((*(turn for turn in turns[:-1] if not is_small_talk(turn)), turns[-1]))
    replies = [
        answer_question(index, named[-1], k, filters, context) for context in contexts_of(named)
    ]
    surest = max(replies, key=lambda reply: reply.result.confidence)
    return replace(surest, question=turns[-1])


def citation(hit: Hit) -> str:
    """Return the source of a hit's quote."""
    return citation_text(hit.document, hit.answer, *_place(hit))


def citation_text(document: Document, answer: Answer, start: int, end: int) -> str:
    """Return the source of `answer.text[start:end]`: "TITLE, p. 16, antwoord aan SP.A, VDAB". Text
    of a document in which no question was recognised isn't called an answer."""
    parts = [
        document.title,
        page_span(*answer.pages_of(start, end)),
        addressed_to(answer.askers) if _tells_questions(document) else UNREAD,
        answer.topic,
    ]
    return ", ".join(part for part in parts if part)


def _tells_questions(document: Document) -> bool:
    """Tell whether what isn't a question may be called an answer: not in a document with pages in
    which no question was recognised, for there a member's words stand among the others. A store
    elsewhere gives a document without its answers, which tells nothing."""
    if not document.pages or not document.answers:
        return True
    return any(answer.question_blocks for answer in document.answers)


def page_of_slice(answer: Answer, start: int, end: int) -> int | None:
    """Return the page on which `answer.text[start:end]` starts; None where the source doesn't tell
    it, or only gives a range."""
    return page_or_null(answer.page_of(start, end))


def page_span(start: int, end: int) -> str:
    """Return "p. 16", "p. 4-5", or "" where the source has no pages (0)."""
    if start == UNKNOWN_PAGE:
        return ""
    return f"p. {start}-{end}" if end > start else f"p. {start}"


def addressed_to(askers: Iterable[Asker]) -> str:
    """Return to whom the minister answers: "antwoord aan N-VA (Axel Ronse) en SP.A"."""
    names = dict.fromkeys(map(str, askers))
    return f"antwoord aan {join_names(names)}" if names else "antwoord zonder schriftelijke vraag"


def reply_to_json(reply: Reply) -> Json:
    """Return the reply as the command line's contract gives it (`bijlage ask --json`)."""
    return {
        "query": reply.question,
        "abstained": bool(reply.abstained),
        "confidence": round(float(reply.result.confidence), 4),
        "hits": [_hit_to_json(hit) for hit in reply.hits],
        "repeated": reply.repeated and _repeated_to_json(reply.repeated),
        "asked_by": [_put_to_json(put) for put in reply.asked_by],
        "asked_about": reply.asked_about and _about_to_json(reply.asked_about),
    }


def answer_to_json(answer: Answer) -> Json:
    """Return one answer as the command line's contract gives it (`bijlage answers --json`)."""
    return {
        "answer_id": answer.answer_id,
        "document_id": answer.document_id,
        "topic": answer.topic,
        "page_start": page_or_null(answer.page_start),
        "page_end": page_or_null(answer.page_end),
        "askers": askers_to_json(answer.askers),
        "questions": [
            {
                "text": question.text,
                "party": (question.askers[0].party or None) if question.askers else None,
                "member": question.askers[0].member if question.askers else None,
                "page": page_or_null(question.page),
                "askers": askers_to_json(question.askers),
            }
            for question in answer.questions
        ],
        "question_blocks": [
            {
                "askers": askers_to_json(block.askers),
                "text": block.text,
                "page_start": page_or_null(block.page_start),
                "page_end": page_or_null(block.page_end),
            }
            for block in answer.question_blocks
        ],
        "article_codes": list(answer.article_codes),
        "esr_codes": list(answer.esr_codes),
        "links": list(answer.links),
        "text": answer.text,
    }


def page_or_null(page: int) -> int | None:
    """Return null for a page that the source doesn't tell: no program may cite it."""
    return page if page != UNKNOWN_PAGE else None


def askers_to_json(askers: Iterable[Asker]) -> list[Json]:
    """Return the askers as `[{"party", "member"}]`; `member` is null for a written question of a
    party, `party` where the source doesn't tell a member's."""
    return [{"party": asker.party or None, "member": asker.member} for asker in askers]


def _repeated_to_json(repeated: Repeated) -> Json:
    question = repeated.asked.question
    return {
        "text": repeated.asked.text,
        "askers": askers_to_json(question.askers),
        "page": page_or_null(question.page),
        "status": repeated.status,
        "missing": repeated.missing,
    }


def _about_to_json(about: AskedAbout) -> Json:
    return {
        "subject": about.subject,
        "found": [_put_to_json(put) for put in about.found],
        "answered": [_put_to_json(put) for put in about.answered],
        "nearest": [_put_to_json(put) for put in about.nearest],
    }


def _put_to_json(put: PutQuestion) -> Json:
    return {
        "text": put.text,
        "before": put.before,
        "askers": askers_to_json(put.askers),
        "page": page_or_null(put.question.page),
        "answer_id": put.answer.answer_id,
        "document_id": put.answer.document_id,
        "topic": put.answer.topic,
    }


def _place(hit: Hit) -> tuple[int, int]:
    """Return where the quote stands in its answer."""
    start = hit.passage.start
    return start + hit.quote_start, start + hit.quote_end


def _tells_page(hit: Hit) -> bool:
    return hit.answer.page_of(*_place(hit)) != UNKNOWN_PAGE


def _hit_to_json(hit: Hit) -> Json:
    return {
        "rank": hit.rank,
        "score": round(float(hit.score), 6),
        "passage_id": hit.passage.passage_id,
        "answer_id": hit.answer.answer_id,
        "document_id": hit.document.document_id,
        "topic": hit.answer.topic,
        "page_start": page_or_null(hit.passage.page_start),
        "page_end": page_or_null(hit.passage.page_end),
        "askers": askers_to_json(hit.answer.askers),
        "text": hit.passage.text,
        "quote": hit.quote,
        "quote_page": page_or_null(hit.quote_page) if _tells_page(hit) else None,
        "citation": citation(hit),
    }
