"""The promises and deferrals of documents, each with its source, for screen and JSON."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chatbot.reply import Json, askers_to_json, citation_text, page_of_slice
from chatbot.terminal import paragraph
from corpus.promises import Promise, find_promises
from corpus.records import Answer, Document

NONE_FOUND = "Er werd geen belofte of uitstel gevonden."
TO_CHECK = "Te controleren: dit is een voorstel op grond van de woordkeuze."
LABELS = {
    "belofte": "aangekondigd",
    "uitstel": "uitgesteld of nog in onderzoek",
    "onbekend": "volgens het antwoord niet gekend",
}


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise with the answer and the document that it stands in."""

    promise: Promise
    answer: Answer
    document: Document

    @property
    def heading(self) -> str:
        """What kind it is, when it falls due, and what that kind means."""
        when = f" · {self.promise.due}" if self.promise.due else ""
        return f"{self.promise.kind}{when} ({LABELS[self.promise.kind]})"

    @property
    def citation(self) -> str:
        """The source of the sentence, as people write it."""
        return citation_text(self.document, self.answer, self.promise.start, self.promise.end)


def list_promises(
    answers: Iterable[tuple[Document, Answer]], kinds: Iterable[str] = ()
) -> tuple[PromiseLine, ...]:
    """Return every promise of the answers, in document order; `kinds` empty means all kinds."""
    wanted = set(kinds)
    return tuple(
        PromiseLine(promise, answer, document)
        for document, answer in answers
        for promise in find_promises(answer, document.year)
        if not wanted or promise.kind in wanted
    )


def promise_to_json(line: PromiseLine) -> Json:
    """Return one line of `bijlage promises --json`."""
    promise = line.promise
    return {
        "answer_id": promise.answer_id,
        "document_id": line.document.document_id,
        "topic": line.answer.topic,
        "askers": askers_to_json(line.answer.askers),
        "kind": str(promise.kind),
        "quote": promise.quote,
        "page": page_of_slice(line.answer, promise.start, promise.end),
        "due": promise.due,
        "citation": line.citation,
    }


def promise_lines(lines: Iterable[PromiseLine]) -> Iterator[str]:
    """Yield the promises for a terminal: what kind, when, the quote, the source."""
    found = False
    for line in lines:
        found = True
        yield line.heading
        yield paragraph(f"“{line.promise.quote}”", indent="  ")
        yield paragraph(f"— {line.citation}", indent="  ") + "\n"
    yield TO_CHECK if found else NONE_FOUND
