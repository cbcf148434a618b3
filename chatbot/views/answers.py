"""All answers of the documents, filtered by party, member, topic and words; never a top-k."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chatbot.places import link_to, place_of_answer
from chatbot.reply import addressed_to, page_span
from chatbot.views.forms import render_form, render_search, render_select
from chatbot.views.html import escape, paragraphs
from chatbot.views.parts import read_limit, render_button, render_more
from chatbot.views.source import asked_by
from corpus.records import Answer, Asker
from index.tokens import fold

STEP = 100
"""Answers shown at once; more on request, because a page of thousands would be slow."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader wants to see; empty means everything."""

    party: str = ""
    member: str = ""
    topic: str = ""
    words: str = ""
    limit: int = STEP


def read_choice(fields: Mapping[str, Any]) -> Choice:
    """Return what a form holds; what it lacks is empty."""
    return Choice(
        party=str(fields.get("partij", "")),
        member=str(fields.get("lid", "")),
        topic=str(fields.get("onderwerp", "")),
        words=str(fields.get("woorden", "")),
        limit=read_limit(fields, STEP),
    )


def filter_answers(answers: Sequence[Answer], choice: Choice) -> tuple[Answer, ...]:
    """Return the answers that fit, in document order.

    Words are compared without case and accents; each must occur in the topic, the questions or
    the answer, if only as part of a word.
    """
    words = fold(choice.words).split()
    return tuple(answer for answer in answers if _fits(answer, choice, words))


def askers_of(answer: Answer) -> tuple[Asker, ...]:
    """Return everyone who asked, each once."""
    blocks = (asker for block in answer.question_blocks for asker in block.askers)
    return tuple(dict.fromkeys((*answer.askers, *blocks)))


def render_answer_form(answers: Sequence[Answer]) -> str:
    """Return the fields to filter with; each choice says how many answers it has."""
    parties = (party for answer in answers for party in {a.party for a in askers_of(answer)})
    members = (
        member for answer in answers for member in {a.member for a in askers_of(answer)} if member
    )
    topics = (answer.topic for answer in answers if answer.topic)
    return render_form(
        "Antwoorden filteren",
        render_select("partij", "Partij", parties, "Alle partijen"),
        render_select("lid", "Lid", members, "Alle leden"),
        render_select("onderwerp", "Onderwerp", topics, "Alle onderwerpen"),
        render_search("woorden", "Woorden in vraag of antwoord"),
    )


def render_answers(answers: Sequence[Answer], choice: Choice) -> str:
    """Return the answers that fit, each folded under its topic, and how many there are."""
    found = filter_answers(answers, choice)
    shown = found[: choice.limit]
    of = f"{len(found)} van {len(answers)} antwoorden"
    count = f'<p class="aantal" role="status">{of}</p>'
    if not found:
        return f'{count}<p class="leeg">Geen enkel antwoord voldoet; kies ruimer.</p>'
    items = "".join(_render_answer(answer) for answer in shown)
    more = render_more(len(found), choice.limit, STEP)
    return f'{count}<ol class="antwoorden">{items}</ol>{more}'


def _fits(answer: Answer, choice: Choice, words: Sequence[str]) -> bool:
    askers = askers_of(answer)
    if choice.party and choice.party not in {asker.party for asker in askers}:
        return False
    if choice.member and choice.member not in {asker.member for asker in askers}:
        return False
    if choice.topic and choice.topic != answer.topic:
        return False
    if not words:
        return True
    text = fold("\n".join(_texts(answer)))
    return all(word in text for word in words)


def _texts(answer: Answer) -> Iterator[str]:
    yield answer.topic
    yield from map(str, askers_of(answer))
    yield from (block.text for block in answer.question_blocks)
    yield answer.text


def _render_answer(answer: Answer) -> str:
    pages = page_span(answer.page_start, answer.page_end)
    where = f'<span class="blz">{pages}</span>' if pages else ""
    about = ", ".join(part for part in (escape(addressed_to(answer.askers)), where) if part)
    blocks = "".join(
        f'<p class="wie">{escape(asked_by(block.askers))}</p>{paragraphs(block.text)}'
        for block in answer.question_blocks
    )
    link = link_to(place_of_answer(answer))
    return (
        f"<li><details><summary>{escape(answer.topic or 'Zonder onderwerp')}"
        f' <span class="uitleg">{about}</span></summary>{blocks}'
        f'<p class="wie">Antwoord van de minister</p>{paragraphs(answer.text)}'
        f'<p class="acties"><a data-bron href="{escape(link)}">Toon in de bron</a>'
        f"{render_button('In dossier', bewaar=link)}{render_button('Link kopiëren', link=link)}"
        "</p></details></li>"
    )
