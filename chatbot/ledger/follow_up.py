"""Draft a follow-up question in parliamentary Dutch: it cites the earlier question and its page,
says what the answer lacks, and asks for it. A template; the sub-question is quoted to the letter.
"""

from collections.abc import Sequence

from chatbot.ledger.asked import SubQuestion
from chatbot.ledger.records import Status
from chatbot.ledger.wording import Form
from chatbot.reply import page_span
from corpus.records import Answer, Asker

_REQUESTS = {
    Form.NUMBER: "Kan de minister de gevraagde cijfers alsnog bezorgen?",
    Form.DATE: "Kan de minister alsnog meedelen wanneer dit gebeurt of gebeurd is?",
    Form.REASON: "Kan de minister de redenen alsnog toelichten?",
    Form.WHO: "Kan de minister alsnog meedelen om wie het gaat?",
    Form.WHERE: "Kan de minister alsnog meedelen om welke plaats het gaat?",
    Form.HOW: "Kan de minister alsnog toelichten op welke manier dit gebeurt?",
    Form.LIST: "Kan de minister alsnog een volledig overzicht geven?",
    Form.YES_NO: "Kan de minister hierover alsnog uitsluitsel geven?",
    Form.OTHER: "Kan de minister hierop alsnog antwoorden?",
}


def draft_follow_up(
    title: str, answer: Answer, asked: SubQuestion, status: Status, form: Form
) -> str:
    """Return the draft, one paragraph, for a sub-question that is "open" or answered "deels".

    `title` is the document's, `form` the kind of answer that was wanted.
    """
    question = asked.question
    source = ", ".join(filter(None, (title, page_span(question.page, question.page))))
    pages = page_span(answer.page_start, answer.page_end)
    reply = f"Het schriftelijke antwoord{f' ({pages})' if pages else ''}"
    extent = "niet" if status == "open" else "slechts gedeeltelijk"
    return (
        f"{_asked_by(question.askers)} de volgende vraag aan de minister: “{asked.text}”"
        f" ({source}). {reply} gaat daar {extent} op in. {_REQUESTS[form]}"
    )


def _asked_by(askers: Sequence[Asker]) -> str:
    """Return "Eerder stelde N-VA (Axel Ronse)", in the plural for several askers."""
    names = list(dict.fromkeys(map(_name, askers)))
    if not names:
        return "Eerder ging"
    *first, last = names
    verb = "stelden" if first else "stelde"
    return f"Eerder {verb} " + (f"{', '.join(first)} en {last}" if first else last)


def _name(asker: Asker) -> str:
    return f"{asker.member} ({asker.party})" if asker.member else f"de fractie {asker.party}"
