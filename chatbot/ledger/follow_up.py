"""Draft a follow-up question in parliamentary Dutch: it cites the earlier question and its page,
says what the answer lacks, and asks for it. A template; the sub-question is quoted to the letter,
and where its own words don't tell what it is about, the sentence before it too.
"""

import re
from collections.abc import Sequence

from chatbot.ledger.asked import SubQuestion, lead_in
from chatbot.ledger.records import Status
from chatbot.ledger.wording import Form
from chatbot.reply import page_span
from corpus.enumeration import join_names
from corpus.records import Answer, Asker

_REQUESTS = {
    Form.NUMBER: "Kan de minister de gevraagde cijfers alsnog bezorgen?",
    Form.DATE: "Kan de minister alsnog meedelen wanneer dit gebeurt of gebeurd is?",
    Form.REASON: "Kan de minister de redenen alsnog toelichten?",
    Form.WHO: "Kan de minister alsnog meedelen om wie het gaat?",
    Form.WHERE: "Kan de minister alsnog meedelen om welke plaats het gaat?",
    Form.HOW: "Kan de minister alsnog toelichten op welke manier dit gebeurt?",
    Form.LIST: "Kan de minister dit alsnog meedelen?",
    Form.YES_NO: "Kan de minister hierover alsnog uitsluitsel geven?",
    Form.OTHER: "Kan de minister hierop alsnog antwoorden?",
}
_OVERVIEW = "Kan de minister alsnog een volledig overzicht geven?"
_ASKS_OVERVIEW = re.compile(r"\b(?:overzicht|opsomming|lijst)\b", re.IGNORECASE)
_TOLD = (Form.NUMBER, Form.DATE, Form.REASON)
"""Forms of which it can be said that they are missing from an answer."""


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
    request = _OVERVIEW if _ASKS_OVERVIEW.search(asked.text) else _REQUESTS[form]
    return (
        f"{_opening(question.askers, answer.topic)}: “{asked.text}” ({source}){_lead(asked)}."
        f" {reply} {_extent(status, form)}. {request}"
    )


def _lead(asked: SubQuestion) -> str:
    before = lead_in(asked)
    return f", in aansluiting op: “{before}”" if before else ""


def _extent(status: Status, form: Form) -> str:
    if status == "open":
        return "gaat daar niet op in"
    lack = f": {form.value} ontbreekt" if form in _TOLD else ""
    return f"gaat daar slechts gedeeltelijk op in{lack}"


def _opening(askers: Sequence[Asker], topic: str) -> str:
    """Return "Eerder stelde Axel Ronse (N-VA) de minister de volgende vraag over “VDAB”"; the verb
    agrees."""
    names = list(dict.fromkeys(map(_name, askers)))
    about = f" over “{topic}”" if topic else ""
    if not names:
        return f"Eerder werd de minister de volgende vraag{about} gesteld"
    put = "stelden" if len(names) > 1 else "stelde"
    return f"Eerder {put} {join_names(names)} de minister de volgende vraag{about}"


def _name(asker: Asker) -> str:
    if not asker.member:
        return f"de fractie {asker.party}"
    return f"{asker.member} ({asker.party})" if asker.party else asker.member
