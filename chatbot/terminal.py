"""Replies and answers as plain Dutch text for a terminal: quote first, then its source."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple

from chatbot.certainty import ABSENT, DOUBTFUL, Certainty, certainty_of
from chatbot.printable import printable
from chatbot.put_questions import PutQuestion
from chatbot.reply import Reply, addressed_to, citation, page_span
from chatbot.running_on import rest_of_list, runs_on
from chatbot.small_talk import asks_summary
from chatbot.spoken_to import speaks_to_program
from corpus.enumeration import join_names
from corpus.records import Answer
from index.search import Hit

ABSTENTIONS: Mapping[Certainty, tuple[str, str]] = {
    ABSENT: (
        "Dit staat niet in de bijlage.",
        "Deze passages komen het dichtst in de buurt, maar beantwoorden uw vraag niet.",
    ),
    DOUBTFUL: (
        "Dit staat misschien niet in de bijlage: geen passage beantwoordt uw vraag met voldoende"
        " zekerheid.",
        "Deze passages komen het dichtst in de buurt. Lees na of zij uw vraag beantwoorden.",
    ),
}
"""What is said when the search abstains, and what of the nearest passages."""
NO_QUESTION = (
    "Dit is geen vraag over de bijlage.",
    "Stel een vraag, of typ een trefwoord, een naam, een bedrag of een begrotingscode.",
)
"""What is said to a greeting, and what can be asked."""
NO_SUMMARY = (
    "Bijlage vat niets samen: het citeert de antwoorden woord voor woord.",
    "Stel een vraag, of open het tabblad Overzicht (op de opdrachtregel: bijlage overview): daar"
    " staat wat er gevraagd werd en wat nog openstaat.",
)
"""What is said to who asks for a summary, and what there is instead."""
ONLY_QUOTES = (
    "Bijlage schrijft, vertaalt of rekent niet en heeft geen mening: het zoekt in de antwoorden en"
    " citeert ze woord voor woord.",
    NO_QUESTION[1],
)
"""What is said to who bids the program do something, or asks something of itself."""
FOLLOWS = "Gelezen als vervolg op uw vorige vraag."
MAX_NEAREST = 3  # passages shown when the reply abstains
MAX_ASKED = 30  # questions shown to who asks what somebody asked
WIDTH = 88  # characters a line: the longest that reads well


def abstention_of(reply: Reply) -> tuple[str, str]:
    """Return what is said of a reply that abstains, and of the nearest passages; of one that was
    sought among chosen answers only, that it is about those."""
    said, nearest = ABSTENTIONS[certainty_of(reply)]
    chosen = [name for names in astuple(reply.filters) for name in names]
    if not chosen:
        return said, nearest
    within = f"de antwoorden waarin gezocht is ({', '.join(chosen)})"
    said = said.replace("de bijlage", within, 1)
    return f"{said} Neem de filter weg om overal te zoeken.", nearest


def said_to(reply: Reply) -> tuple[str, str]:
    """Return what is said to small talk, and what can be asked."""
    if asks_summary(reply.question):
        return NO_SUMMARY
    return ONLY_QUOTES if speaks_to_program(reply.question) else NO_QUESTION


def repeated_note(reply: Reply) -> str:
    """Return who put the question already and what its answer lacks; "" where nobody did, or the
    answer lacks nothing."""
    repeated = reply.repeated
    if repeated is None or repeated.status == "beantwoord":
        return ""
    question = repeated.asked.question
    names = [*map(str, question.askers)] or ["Iemand"]
    who = f"{join_names(names)} {'stelden' if len(names) > 1 else 'stelde'}"
    page = page_span(question.page, question.page)
    became = "is ze open" if repeated.status == "open" else "kreeg ze maar deels een antwoord"
    return (
        f"{who} deze vraag al{f' ({page})' if page else ''}. Volgens de deelvragen {became}:"
        f" {repeated.missing[:1].lower()}{repeated.missing[1:]} Dat is een suggestie: lees het"
        " antwoord na."
    )


def asked_lines(reply: Reply) -> list[str]:
    """Return a heading, and what was asked by those, or about that, of which the question wants to
    know it, each with who put it and its page; none for any other question."""
    about = reply.asked_about
    if about is None:
        return _listed(reply.asked_by, _put(reply.asked_by)) if reply.asked_by else []
    if about.found:
        return _listed(about.found, f"Over “{about.subject}”: {_put(about.found).lower()}")
    none = f"Over “{about.subject}” is in deze documenten geen vraag gevonden."
    if about.source and not about.answered:
        return [f"{none} Dit gaat er wel over: {citation(about.source)}."]
    if about.answered:
        return _listed(about.answered, f"{none} Het antwoord dat erover gaat, kwam er op:")
    return _listed(about.nearest, f"{none} Het dichtst in de buurt:") if about.nearest else [none]


def _put(every: Sequence[PutQuestion]) -> str:
    if len(every) == 1:
        return "Deze vraag werd gesteld:"
    return f"Deze {len(every)} vragen werden gesteld:"


def _listed(every: Sequence[PutQuestion], head: str) -> list[str]:
    lines = [f"“{put.text}” — {_put_by(put)}" for put in every[:MAX_ASKED]]
    left = len(every) - len(lines)
    more = [f"En nog {left}; alle vragen staan bij de deelvragen."] if left else []
    return [head, *lines, *more]


def _put_by(put: PutQuestion) -> str:
    """Return who put a question, where and about what; and the sentence that it leans on."""
    page = page_span(put.question.page, put.question.page)
    topic = f"over “{put.answer.topic}”" if put.answer.topic else ""
    told = ", ".join(filter(None, (join_names(map(str, put.askers)), page, topic)))
    return f"{told}, in aansluiting op: “{put.before}”" if put.before else told


def reply_lines(reply: Reply) -> Iterator[str]:
    """Yield the reply: the quote that answers, then the next ones; or that there is none."""
    if reply.context:
        yield paragraph(FOLLOWS)
    if reply.is_small_talk:
        yield from map(paragraph, said_to(reply))
        return
    if told := asked_lines(reply):
        yield from map(paragraph, told)
        return
    if reply.abstained:
        abstention, nearest = abstention_of(reply)
        yield paragraph(abstention)
        yield from _noted(reply)
        if reply.hits:
            yield "\n" + paragraph(f"{nearest} {certainty_of(reply).meaning}")
        for hit in reply.hits[:MAX_NEAREST]:
            yield from _numbered(hit)
        return
    best, *others = reply.hits
    yield paragraph(f"“{best.quote}”")
    yield from _rest(best)
    yield paragraph(f"— {citation(best)}")
    certainty = certainty_of(reply)
    yield paragraph(f"{certainty.words}. {certainty.meaning}")
    yield from _noted(reply)
    if others:
        yield "\nVerder gevonden:"
    for hit in others:
        yield from _numbered(hit)


def answer_lines(answer: Answer) -> Iterator[str]:
    """Yield one answer: its topic, page and askers, its questions, its text."""
    pages = page_span(answer.page_start, answer.page_end)
    heading = (answer.topic, pages, addressed_to(answer.askers))
    yield paragraph(" · ".join(part for part in heading if part))
    for question in answer.questions:
        yield paragraph(f"Vraag: {question.text}", indent="  ")
    yield paragraph(answer.text, indent="    ") + "\n"


def _noted(reply: Reply) -> Iterator[str]:
    if note := repeated_note(reply):
        yield paragraph(note)


def _rest(hit: Hit, indent: str = "") -> Iterator[str]:
    if rest := rest_of_list(hit):
        yield paragraph(f"{runs_on(hit, rest)}.", indent=indent)


def _numbered(hit: Hit) -> Iterator[str]:
    yield paragraph(f"{hit.rank}. “{hit.quote}”", indent="  ")
    yield from _rest(hit, indent="     ")
    yield paragraph(f"— {citation(hit)}", indent="     ")


def paragraph(text: str, indent: str = "") -> str:
    """Return text folded to the width of a terminal, each of its lines indented."""
    wrapper = textwrap.TextWrapper(
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(wrapper.fill(line) for line in printable(text).split("\n"))
