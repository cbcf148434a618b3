"""What the tabs show: complete, filtered as asked, with exact links, and never someone's markup."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from chatbot.dossier.content import make_sections
from chatbot.dossier.items import AnswerItem
from chatbot.findings import Findings
from chatbot.places import Place, answer_at, place_of_line, read_place
from chatbot.views.amounts import (
    filter_amounts,
    render_amount_form,
    render_amounts,
    render_codes,
    render_conflicts,
)
from chatbot.views.answers import (
    Choice,
    askers_of,
    filter_answers,
    read_choice,
    render_answer_form,
    render_answers,
)
from chatbot.views.asked import render_asked
from chatbot.views.conversation import render_thanks
from chatbot.views.documents import (
    LIMITS,
    describe,
    render_added,
    render_documents,
    render_reading,
    without_folder,
)
from chatbot.views.dossier import render_dossier
from chatbot.views.evaluation import OTHER_MODEL, render_evaluation
from chatbot.views.html import escape
from chatbot.views.ledger import (
    UNFINISHED,
    filter_ledger,
    render_ledger,
    render_ledger_form,
)
from chatbot.views.numbers import dutch
from chatbot.views.overview import render_overview
from chatbot.views.parts import titles_of
from chatbot.views.promises import filter_promises, render_promise_form, render_promises
from chatbot.workbench.asked_text import asked_lines
from chatbot.workbench.promises import promise_lines
from corpus.records import Asker, Document
from index.storage import Index

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"
LINK = re.compile(r'<a data-bron href="([^"]+)"')


@pytest.fixture(scope="module")
def findings(appendix_index: Index) -> Findings:
    return Findings(appendix_index)


def places_in(html: str, index: Index) -> list[Place]:
    """Return every place that the links of some HTML lead to; each must exist."""
    links = (dict(parse_qsl(unescape(link).lstrip("?"))) for link in LINK.findall(html))
    return [read_place(index, link) for link in links]


def words_at(place: Place, index: Index) -> str:
    answer = answer_at(index, place)
    text = answer.text if place.block is None else answer.question_blocks[place.block].text
    return text[place.start : place.end]


def test_all_answers_are_listed_each_with_its_link(appendix_index: Index) -> None:
    html = render_answers(appendix_index.answers, Choice())
    assert "32 van 32 antwoorden" in html
    listed = [place.answer_id for place in places_in(html, appendix_index)]
    assert listed == [answer.answer_id for answer in appendix_index.answers]


def test_answers_are_filtered_by_party_member_topic_and_words(appendix_index: Index) -> None:
    answers = appendix_index.answers
    for asker in {asker for answer in answers for asker in askers_of(answer)}:
        expected = [a for a in answers if asker.party in {one.party for one in askers_of(a)}]
        assert list(filter_answers(answers, Choice(party=asker.party))) == expected
    ronse = filter_answers(answers, Choice(member="Axel Ronse"))
    assert all(Asker("N-VA", "Axel Ronse") in askers_of(answer) for answer in ronse)
    assert len(filter_answers(answers, Choice(topic="Telewerken"))) == 1
    # accents and case don't matter, and every word must occur
    assert filter_answers(answers, Choice(words="VDAB 419"))[0].answer_id == "bbt-wse-2021-22"
    assert filter_answers(answers, Choice(words="vdab eenhoorn")) == ()


def test_every_choice_says_how_many_answers_it_brings(appendix_index: Index) -> None:
    form = render_answer_form(appendix_index.answers)
    for name, value, count in re.findall(r'value="([^"]+)">([^<]+) \((\d+)\)', form):
        assert name == value
        text = unescape(value)
        choices = (Choice(party=text), Choice(member=text), Choice(topic=text))
        counts = {len(filter_answers(appendix_index.answers, choice)) for choice in choices}
        assert int(count) in counts


def test_a_long_list_goes_on_and_says_how_long_it_is(appendix_index: Index) -> None:
    html = render_answers(appendix_index.answers, read_choice({"aantal": "10"}))
    assert "32 van 32 antwoorden" in html
    assert html.count("<details>") == 10
    assert 'data-aantal="110">Toon de volgende 22<' in html


def test_a_long_table_goes_on_as_a_list_does(findings: Findings) -> None:
    lines = findings.amounts
    html = render_amounts(lines, len(lines), {}, limit=len(lines) - 3)
    assert f'data-aantal="{len(lines) + 297}">Toon de volgende 3<' in html
    assert "Toon" not in render_amounts(lines, len(lines), {}, limit=len(lines))


def test_what_is_kept_is_said_to_be_where_the_chat_runs() -> None:
    """The reader may sit at another computer, where the chat is served with --host."""
    for told in (LIMITS, render_thanks()):
        assert "op de computer waar Bijlage draait" in told


def test_no_answer_fits_is_said(appendix_index: Index) -> None:
    assert "Geen enkel antwoord voldoet" in render_answers(
        appendix_index.answers, Choice(words="eenhoorn")
    )


def test_the_ledger_shows_first_what_is_not_answered(findings: Findings) -> None:
    shown = filter_ledger(findings.ledger, {})
    assert {line.status for line in shown} <= {"open", "deels"}
    everything = filter_ledger(findings.ledger, {"stand": "alle"})
    assert everything == findings.ledger
    assert f"{UNFINISHED} ({len(shown)})" in render_ledger_form(findings.ledger)


def test_every_line_of_the_ledger_links_to_its_question_and_its_evidence(
    findings: Findings,
) -> None:
    index = findings.index
    for line in findings.ledger:
        html = render_ledger(index, [line], 1)
        asked, *evidence = places_in(html, index)
        assert asked == place_of_line(line)
        assert words_at(asked, index) == line.text
        assert [words_at(place, index) for place in evidence] == (
            [line.evidence.quote] if line.evidence else []
        )


def test_amounts_are_complete_and_each_link_marks_the_amount_itself(findings: Findings) -> None:
    lines = findings.amounts
    html = render_amounts(lines, len(lines), {}, limit=len(lines))
    marked = [words_at(place, findings.index) for place in places_in(html, findings.index)]
    assert marked == [line.raw for line in lines]


def test_amounts_sort_both_ways_and_filter(findings: Findings) -> None:
    order = {"sorteer": "waarde", "richting": "descending"}
    found = filter_amounts(findings.amounts, order)
    money = [line.value_eur for line in found if line.value_eur is not None]
    assert [line.value_eur for line in found[: len(money)]] == sorted(money, reverse=True)
    assert sorted(map(id, found)) == sorted(map(id, findings.amounts))
    euros = filter_amounts(findings.amounts, {"eenheid": "euro"})
    assert {line.unit for line in euros} == {"euro"}
    assert '<th scope="col" aria-sort="descending">' in render_amounts(
        findings.amounts, len(findings.amounts), order
    )
    assert "Eenheid" in render_amount_form(findings.amounts)


def test_amounts_of_one_unit_are_compared_with_each_other_and_money_by_its_euros(
    findings: Findings,
) -> None:
    given = (
        ("200", "keuro", 1000),
        ("1000", "euro", 1),
        ("90", "%", 0),
        ("3", "uur", 0),
        ("5", "%", 0),
    )
    lines = [
        replace(
            findings.amounts[0],
            value=Decimal(value),
            unit=unit,
            value_eur=Decimal(value) * euros if euros else None,
        )
        for value, unit, euros in given
    ]

    def sort(direction: str) -> list[str]:
        found = filter_amounts(lines, {"sorteer": "waarde", "richting": direction})
        return [f"{line.value} {line.unit}" for line in found]

    assert sort("ascending") == ["1000 euro", "200 keuro", "5 %", "90 %", "3 uur"]
    assert sort("descending") == ["200 keuro", "1000 euro", "90 %", "5 %", "3 uur"]


def test_credit_rate_and_change_of_an_amount_have_their_own_place(findings: Findings) -> None:
    line = replace(
        findings.amounts[0],
        year=2021,
        credit="VAK",
        unit="euro",
        rate="per jaar",
        change="stijging",
    )
    html = render_amounts([line], 1, {})
    assert '<td data-kop="Jaar">2021</td><td data-kop="Krediet">VAK</td>' in html
    assert '<td data-kop="Eenheid">euro per jaar</td>' in html
    assert '<span class="uitleg">stijging</span> ' in html


def test_conflicts_and_codes_lead_to_their_places(findings: Findings) -> None:
    index = findings.index
    conflicts = places_in(render_conflicts(findings.conflicts), index)
    assert [words_at(place, index) for place in conflicts] == [
        line.raw for conflict in findings.conflicts for line in conflict.lines
    ]
    html = render_codes(findings.codes)
    assert all(use.code in html for use in findings.codes)
    assert "tegenspreken" in render_conflicts(())
    assert "Er staan geen begrotingsartikels" in render_codes(())


def test_promises_are_complete_and_quoted_to_the_letter(findings: Findings) -> None:
    lines = findings.promises
    html = render_promises(lines, len(lines))
    quotes = [words_at(place, findings.index) for place in places_in(html, findings.index)]
    assert quotes == [line.promise.quote for line in lines]
    kind = str(lines[0].promise.kind)
    assert {str(one.promise.kind) for one in filter_promises(lines, {"soort": kind})} == {kind}
    assert f"{kind} (" in render_promise_form(lines)
    for line in lines:  # each line is headed by the kind that is chosen, as in a terminal
        assert line.heading.startswith(str(line.promise.kind))
        assert escape(line.heading) in render_promises([line], 1)
        assert line.heading in promise_lines([line])


def test_the_overview_holds_every_party_member_and_topic(findings: Findings) -> None:
    html = render_overview(findings.overview)
    overview = findings.overview
    for tally in (*overview.parties, *overview.members, *overview.topics):
        assert f">{tally.name}<" in unescape(html)


def test_a_question_that_was_asked_is_recognised_and_a_new_one_is_called_new(
    findings: Findings,
) -> None:
    line = findings.ledger[0]
    html = render_asked(findings.index, findings.asked.find(line.text))
    assert words_at(places_in(html, findings.index)[0], findings.index) == line.text
    assert "Al gevraagd:" in html
    many = findings.asked.find("Wat zijn de plannen met de tijdelijke VOP?")
    assert len(many[0].asked) > 1
    told = [render_asked(findings.index, many), "\n".join(asked_lines(findings.index, many))]
    for shown in told:  # one asks the same, the others only come near
        assert shown.count("Al gevraagd:") == 1
        assert shown.index("Al gevraagd:") < shown.index("Verwant:")
    new = render_asked(findings.index, findings.asked.find("Hoeveel walvissen zwemmen er?"))
    assert "Nog niet gevraagd" in new


def test_documents_say_what_was_recognised(appendix: Document) -> None:
    assert describe(appendix).startswith("28 bladzijden, 32 antwoorden, ")
    assert "9 antwoorden zonder vraag" in describe(appendix)
    assert 'data-verwijder="bbt-wse-2021"' in render_documents([appendix], is_fixed=False)
    assert "data-verwijder" not in render_documents([appendix], is_fixed=True)
    assert "data-meegeleverd" not in render_documents([appendix], is_fixed=False)
    assert "data-meegeleverd" in render_documents([], is_fixed=False)
    assert "data-meegeleverd" not in render_documents([], is_fixed=True)
    assert "(2 van 2)" in render_reading(["a.pdf", "b.pdf"], 1)


def test_a_fault_names_the_file_and_not_its_temporary_folder() -> None:
    path = Path("/tmp/gradio/abc/bijlage.pdf")
    fault = without_folder(f"{path}: dit bestand is leeg.", path)
    assert fault == "bijlage.pdf: dit bestand is leeg."
    assert 'role="alert"' in render_added([], [], [fault])


def test_the_measures_are_those_of_the_file_and_name_another_model() -> None:
    file = Path(__file__).parent.parent / "chatbot" / "page" / "evaluation.json"
    fields = json.loads(file.read_text(encoding="utf-8"))
    html = render_evaluation(fields, fields["fingerprint"])
    right = fields["splits"]["test"]["methods"]["fused"]["Success@1"][0]
    assert f"{dutch(right * 100, 0)} %" in html
    assert OTHER_MODEL not in html
    assert OTHER_MODEL in render_evaluation(fields, "een ander model")


def test_numbers_are_written_as_in_flanders() -> None:
    assert dutch(1234567.5, 1) == "1.234.567,5"


def test_no_text_of_a_document_becomes_markup(appendix: Document, findings: Findings) -> None:
    answer = appendix.answers[21]
    block = replace(
        answer.question_blocks[0], text=f"{HOSTILE}?", askers=(Asker(HOSTILE, HOSTILE),)
    )
    evil = replace(
        answer,
        answer_id=HOSTILE,
        topic=HOSTILE,
        text=HOSTILE,
        question_blocks=(block,),
        askers=block.askers,
    )
    document = replace(appendix, document_id=HOSTILE, title=HOSTILE, answers=(evil,))
    html = "".join(
        (
            render_answers([evil], Choice()),
            render_answer_form([evil]),
            render_documents([document], is_fixed=False),
            render_added([document], [HOSTILE], [HOSTILE], [HOSTILE]),
            render_reading([HOSTILE], 0),
            render_dossier(make_sections((AnswerItem(document, evil),)), [HOSTILE], [None]),
        )
    )
    assert not set(re.findall(r"<(/?\w+)", html)) & {"script", "img", "/script"}


def test_of_several_documents_each_line_says_from_which_it_is(
    findings: Findings, second: Index
) -> None:
    title = ">Bijlage 2 BBT Mobiliteit en Openbare Werken 2023, p. "
    several = Findings(second)
    titles = titles_of(second.documents)
    for lines, html in (
        (several.amounts, render_amounts(several.amounts, 1, {}, 1000, titles)),
        (several.promises, render_promises(several.promises, 1, titles)),
        (several.ledger, render_ledger(second, several.ledger, 1)),
    ):
        own = [line for line in lines if "bbt-mobiliteit-2023" in str(line)]
        assert html.count(title) == len(own) > 0
    assert titles_of(findings.index.documents) == {}
    assert ">Bijlage 1 BBT" not in render_ledger(findings.index, findings.ledger, 1)
