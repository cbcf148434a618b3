"""Build the ledger of amounts: every amount of every question and answer, in document order."""

from collections.abc import Callable, Iterable, Iterator

from chatbot.amounts.budget import closest_code, find_credit
from chatbot.amounts.pages import page_in_block
from chatbot.amounts.records import AmountLine
from chatbot.amounts.wording import find_change, find_rate
from chatbot.amounts.years import YearFinder
from corpus.amounts import find_amounts
from corpus.facts import find_code_spans
from corpus.records import Answer, Asker, Document
from corpus.sentences import split_sentences

_ESR = "ESR"
PageOf = Callable[[int, int], int]


def build_amounts(documents: Iterable[Document]) -> tuple[AmountLine, ...]:
    """Return every amount and count: of each answer first those of its questions, then its own."""
    return tuple(
        line
        for document in documents
        for answer in document.answers
        for line in amounts_of(document, answer)
    )


def amounts_of(document: Document, answer: Answer) -> Iterator[AmountLine]:
    """Yield the amounts of one answer and its questions."""
    for number, block in enumerate(answer.question_blocks):

        def page_of(start: int, end: int, row: int = number) -> int:
            return page_in_block(document, answer.question_blocks[row], start, end)

        yield from _lines(answer, block.text, block.askers, page_of, number)
    yield from _lines(answer, answer.text, answer.askers, answer.page_of, None)


def _lines(
    answer: Answer, text: str, askers: tuple[Asker, ...], page_of: PageOf, block: int | None
) -> Iterator[AmountLine]:
    amounts = find_amounts(text)
    spans = [(amount.start, amount.end) for amount in amounts]
    years = YearFinder(text, spans, answer.topic)
    sentences = split_sentences(text)
    codes = find_code_spans(text)
    esr_codes = [code for code in codes if code[2].startswith(_ESR)]
    articles = [code for code in codes if not code[2].startswith(_ESR)]
    for amount, span in zip(amounts, spans, strict=True):
        sentence = next((s, e) for s, e in sentences if s <= amount.start < e)
        article = closest_code(articles, text, sentence, span)
        yield AmountLine(
            answer_id=answer.answer_id,
            document_id=answer.document_id,
            topic=answer.topic,
            askers=askers,
            page=page_of(*span),
            raw=amount.raw,
            value=amount.value,
            unit=amount.unit,
            value_eur=amount.value_eur,
            change=find_change(text, *span),
            rate=find_rate(text, *span),
            year=years.find(span, amount.is_share),
            credit=find_credit(text, sentence, span),
            article_code=article or _article_over(answer),
            esr_code=closest_code(esr_codes, text, sentence, span),
            sentence=text[slice(*sentence)],
            sentence_start=sentence[0],
            start=amount.start,
            end=amount.end,
            block=block,
        )


def _article_over(answer: Answer) -> str | None:
    """Return the article that questions and answer are about, if they name just one."""
    return answer.article_codes[0] if len(answer.article_codes) == 1 else None
