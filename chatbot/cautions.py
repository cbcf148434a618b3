"""What a user should know of a document that was added, and might not see: one Dutch sentence each.

Nothing is refused here: pages that can't be read, a text without questions, questions that were
probably read as answers, the same answers under two names, a document that took another one's
place.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from chatbot.reply import page_span
from corpus.doubts import asks_apart, find_doubts
from corpus.enumeration import join_names
from corpus.records import UNKNOWN_PAGE, Document

MAX_COMPARED = 200
"""Documents among which one is looked for that holds the same; a larger index is a collection."""
SAME = 0.8
"""Share of the runs of words in the smaller of two documents from which they are the same."""
RUN_WORDS = 5
FEW_RUNS = 30  # in fewer, two short answers may be alike by chance
MAX_SPANS = 6
"""Pages, or runs of them, that are named one by one."""


def cautions_of(document: Document) -> Iterator[str]:
    """Yield what to know of one document by itself."""
    if document.pages_without_text:
        pages = join_names(_spans(document.pages_without_text))
        yield (
            f"Op {pages} staat geen tekst die gelezen kan worden, wellicht is het een scan: wat "
            "daar staat, wordt niet gevonden; maak het bestand doorzoekbaar met tekstherkenning "
            "(OCR) en voeg het opnieuw toe."
        )
    if document.pages:
        yield from _misread(document)


def cautions_on(
    added: Sequence[Document], among: Sequence[Document], replaced: Collection[str]
) -> Iterator[str]:
    """Yield what to know of documents that were added, each sentence after their names.

    `among` are all documents that there are now, `replaced` the ids of those that took another's
    place.
    """
    for document in added:
        name = _name(document)
        for caution in cautions_of(document):
            yield f"{name}: {caution}"
        if document.document_id in replaced:
            yield (
                f"{name}: Dit komt in de plaats van wat er onder deze naam stond; geef het bestand "
                "een andere naam als u beide wilt houden."
            )
    if len(among) <= MAX_COMPARED:
        yield from map(_same, _find_same(among, added))


def _misread(document: Document) -> Iterator[str]:
    """Yield what to know where questions weren't recognised, or not with their answers."""
    answers = tuple(document.answers)
    if not any(answer.question_blocks for answer in answers):
        yield (
            "Er werd geen enkele vraag in herkend; controleer of dit een bijlage met vragen en "
            "antwoorden is, en verwijder het anders."
        )
    doubts = find_doubts(answers)
    if doubts.count:
        share = (
            f"{doubts.count} van de {len(answers)} antwoorden"
            if len(answers) > 1
            else "het antwoord"
        )
        yield (
            f"Wellicht niet goed gelezen: in {share}{_on(doubts.pages)} lijkt een vraag of de naam "
            "van een vraagsteller te staan. Wat een lid vroeg, kan daar als antwoord van de "
            "minister staan; kijk het bestand zelf na voor u eruit citeert."
        )
    if asks_apart(answers):
        yield (
            "De vragen lijken er samen te staan, los van de antwoorden: wie een antwoord vroeg, "
            "kan ontbreken of verkeerd zijn; kijk het bestand zelf na voor u eruit citeert."
        )


def _on(pages: Sequence[int]) -> str:
    """Return pages in brackets, many of them as one span; "" where none is known."""
    known = [page for page in pages if page != UNKNOWN_PAGE]
    if not known:
        return ""
    spans = _spans(known)
    return f" ({join_names(spans) if len(spans) <= MAX_SPANS else page_span(known[0], known[-1])})"


def _same(pair: tuple[Document, Document]) -> str:
    one, other = map(_name, pair)
    return (
        f"{one}: Deze antwoorden staan ook in {other} en tellen nu dubbel; verwijder een van beide "
        "in het tabblad Documenten van de chat."
    )


def _find_same(
    documents: Sequence[Document], added: Sequence[Document]
) -> Iterator[tuple[Document, Document]]:
    """Yield the pairs of an added document and another that hold the same answers."""
    if not added:
        return
    runs = {one.document_id: _runs(one) for one in documents}
    seen: set[str] = set()
    for document in added:
        seen.add(document.document_id)
        own = runs[document.document_id]
        for other in documents:
            theirs = runs[other.document_id]
            fewest = min(len(own), len(theirs))
            if other.document_id in seen or fewest < FEW_RUNS:
                continue
            if len(own & theirs) >= SAME * fewest:
                yield document, other


def _runs(document: Document) -> set[tuple[str, ...]]:
    """Return every run of a few words in a document's answers."""
    words = " ".join(answer.text for answer in document.answers).casefold().split()
    return set(zip(*(words[start:] for start in range(RUN_WORDS)), strict=False))


def _spans(pages: Sequence[int]) -> list[str]:
    """Return pages in words, those that follow each other as one: "p. 2", "p. 4-6"."""
    runs = groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0])
    spans = [[page for _, page in run] for _, run in runs]
    return [page_span(span[0], span[-1]) for span in spans]


def _name(document: Document) -> str:
    """Return a document's title with its id, by which a file is recognised."""
    title, name = document.title, document.document_id
    return f"“{title}”" if title == name else f"“{title}” ({name})"
