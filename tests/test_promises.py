import json
from pathlib import Path

import pytest

from corpus.periods import find_periods
from corpus.promises import PromiseKind, due_of, find_promises, kind_of
from corpus.readers import read_documents
from corpus.records import UNKNOWN_PAGE, Document
from eval.promises import PromiseLabel, compare, read_promise_labels, score_promises
from eval.questions import answers_of

DATA = Path(__file__).parent / "data"

PROMISES = (
    "In het tweede kwartaal van 2031 kunnen gemeenten opnieuw projecten indienen.",
    "In de loop van 2031 stromen zestig bussen in.",
    "Het ontwerp leg ik voor aan de Vlaamse Regering.",
    "Zodra het advies er is, bespreek ik het met de sector.",
    "De oproep wordt in januari gelanceerd.",
    "In Genk komen er in 2031 bijkomende vijzels.",
    "Ik zal de commissie in het voorjaar informeren.",
    "We zullen de drempels wegwerken.",
    "Het agentschap zal de procedure vereenvoudigen.",
    "Wij willen de lokale besturen daarbij ondersteunen.",
    "Ik heb mijn administratie gevraagd om een voorstel uit te werken.",
    "De regering engageert zich om de wachtlijsten weg te werken.",
    "Een tweede oproep is gepland in het najaar van 2023.",
    "Begin 2024 wordt het register opengesteld.",
    "Het is de bedoeling om het decreet te wijzigen.",
    "OVAM voorziet een campagne voor gemeenten.",
    "De aanbesteding start in het derde kwartaal van 2023.",
)
DEFERRALS = (
    "Of er een nieuwe oproep komt, hangt af van de budgettaire ruimte.",
    "De uitkomst hangt af van de onderhandelingen over de begroting.",
    "Een lijst kan pas worden vrijgegeven als alle gebouwen zijn bezocht.",
    "De dienst onderzoekt met haar banken of een lening voordelig is.",
    "Een datum kan ik daar nu niet op plakken.",
    "Over de indexering wordt beslist bij de volgende begrotingsopmaak.",
    "De opsplitsing wordt momenteel gevalideerd.",
    "Dit wordt momenteel onderzocht.",
    "De cijfers volgen.",
    "De cijfers voor 2022 volgen later.",
    "We hebben nog geen goed zicht op de gevolgen.",
    "Er is nog geen beslissing genomen.",
    "De administratie bekijkt of dat mogelijk is.",
    "Het is te vroeg om daarover te oordelen.",
    "De herziening is in voorbereiding.",
    "De plaatsing is uitgesteld tot 2025.",
    "Over de verlenging beslis ik na de evaluatie.",
    "De exacte timing moet nog bepaald worden.",
    "Het is wachten op de resultaten van de bevraging.",
)
UNKNOWNS = (
    "Hoe groot het bedrag is, weet niemand precies.",
    "Wij beschikken niet over gegevens per gemeente.",
    "Het effect is moeilijk in te schatten.",
    "Deze gegevens worden niet bijgehouden.",
)
NEITHER = (
    "De premie hangt af van het inkomen.",
    "Een uitgifte aan particulieren is niet gepland.",
    "Elke klacht wordt ten gronde onderzocht.",
    "De uitgaven zullen stijgen met 1.079 keuro.",
    "De impact zal beperkt zijn.",
    "De daling was nog niet voorzien in de begroting.",
    "Er werd 5 miljoen euro uitbetaald in 2022.",
    "De daling volgt uit een technische correctie.",
    "Elk jaar wordt bekeken hoe het krediet wordt verdeeld.",
    "Ik wil erop wijzen dat dit een bevoegdheid van de gemeenten is.",
    "Het gaat om een technische operatie.",
    "Een verbod overweeg ik niet.",
    "De premie kan met één jaar worden uitgesteld.",
    "De kindratio wordt niet verlaagd in 2031.",
    "Er komt in 2031 geen nieuwe oproep.",
    "De doelgroep zal niet worden uitgebreid in 2031.",
    "De invoering van een maximumfactuur wordt niet overwogen.",
)


@pytest.mark.parametrize("sentence", PROMISES)
def test_an_announcement_is_a_promise(sentence: str) -> None:
    assert kind_of(sentence) is PromiseKind.PROMISE


@pytest.mark.parametrize("sentence", DEFERRALS)
def test_what_comes_later_is_a_deferral(sentence: str) -> None:
    assert kind_of(sentence) is PromiseKind.DEFERRAL


@pytest.mark.parametrize("sentence", UNKNOWNS)
def test_what_cannot_be_told_is_unknown(sentence: str) -> None:
    assert kind_of(sentence) is PromiseKind.UNKNOWN


@pytest.mark.parametrize("sentence", NEITHER)
def test_a_forecast_a_fact_or_a_remark_is_none_of_them(sentence: str) -> None:
    assert kind_of(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("Begin 2021 wordt de lijst geüpdatet.", "Begin 2021"),
        ("Tegen eind maart 2023 zal ik u informeren.", "eind maart 2023"),
        ("De cijfers volgen in het tweede kwartaal van 2024.", "het tweede kwartaal van 2024"),
        ("Vanaf 1 juli 2023 geldt het nieuwe tarief.", "1 juli 2023"),
        ("Het besluit van 3 mei 2019 wordt herzien in 2024.", "2024"),
        ("In 2022 was dat 5 %, maar tegen 2025 wordt het 9 %.", "2025"),
        ("Daarover zal ik binnenkort overleggen.", "binnenkort"),
        ("De begrotingsopmaak 2021 wordt besproken.", None),
    ],
)
def test_the_moment_is_named_in_the_words_of_the_sentence(sentence: str, due: str | None) -> None:
    assert due_of(sentence) == due


def test_years_before_the_document_lie_ahead_no_more() -> None:
    sentence = "Vanaf 2016 beheert het departement de premie, die vanaf 2024 hervormd wordt."
    assert [sentence[start:end] for start, end in find_periods(sentence, since=2021)] == ["2024"]
    assert due_of(sentence, since=2021) == "2024"


@pytest.mark.parametrize("split", ["second", "third"])
def test_labels_of_the_fictitious_appendices_stand_in_them(split: str) -> None:
    answers = {answer.answer_id: answer for answer in answers_of(split)}
    for label in read_promise_labels(split):
        answer = answers[label.answer_id]
        assert answer.text.count(label.quote) == 1
        assert answer.page_at(answer.text.index(label.quote)) == label.page
        assert label.due is None or label.due in label.quote


def test_each_quote_is_an_exact_slice_with_its_page(appendix: Document) -> None:
    (second,) = read_documents(DATA / "bbt-mobiliteit-2023.txt")
    for answer in (*appendix.answers, *second.answers):
        for promise in find_promises(answer, 2021):
            assert answer.text[promise.start : promise.end] == promise.quote
            assert answer.page_at(promise.start) == promise.page
            assert promise.due is None or promise.due in promise.quote


def test_the_second_appendix_promises_and_defers() -> None:
    (document,) = read_documents(DATA / "bbt-mobiliteit-2023.txt")
    found = [
        (promise.kind, promise.page, promise.due)
        for answer in document.answers[:3]
        for promise in find_promises(answer, document.year)
    ]
    assert found == [
        (PromiseKind.PROMISE, 1, "2023"),
        (PromiseKind.DEFERRAL, 1, None),
        (PromiseKind.DEFERRAL, 1, "het voorjaar van 2023"),
        (PromiseKind.PROMISE, 2, "1 juli 2023"),
        (PromiseKind.DEFERRAL, 2, "eind maart 2023"),
    ]


def test_labels_are_exact_sentences_of_their_answers(appendix: Document) -> None:
    texts = {answer.answer_id: answer for answer in appendix.answers}
    ids = {}
    for split in ("dev", "test"):
        labels = read_promise_labels(split)
        ids[split] = {label.answer_id for label in labels}
        for label in labels:
            answer = texts[label.answer_id]
            assert answer.page_at(answer.text.index(label.quote)) == label.page
            assert label.due is None or label.due in label.quote
    assert not ids["dev"] & ids["test"]


@pytest.mark.parametrize(("split", "floor"), [("dev", 0.9), ("second", 0.8), ("third", 0.9)])
def test_recall_and_precision_hold(split: str, floor: float) -> None:
    scores = score_promises(split)
    assert scores.recall >= floor
    assert scores.precision >= floor
    assert scores.right_page == 1.0


def test_scores_count_the_labelled_and_the_wrong() -> None:
    """One of two sure labels found, one wrong, one that may go either way: recall 1/2,
    precision 1/2."""
    labels = [
        PromiseLabel("a", "belofte", "Ik zal dat doen.", 1, None, True),
        PromiseLabel("a", "uitstel", "De nota laat op zich wachten.", 1, None, True),
        PromiseLabel("a", "belofte", "We gaan verder.", 1, None, False),
    ]
    (document,) = read_documents(DATA / "bbt-mobiliteit-2023.txt")
    (wrong, *_) = find_promises(document.answers[0])
    found = [
        wrong,
        *(
            type(wrong)("a", PromiseKind.PROMISE, quote, 0, len(quote), 1, None)
            for quote in ("Ik zal dat doen.", "We gaan verder.")
        ),
    ]
    scores = compare("dev", labels, found)
    assert (scores.recall, scores.precision) == (0.5, 0.5)


def test_a_range_of_pages_tells_no_page_of_a_promise(tmp_path: Path) -> None:
    text = "Een tweede oproep is gepland in het najaar van 2023."
    line = {"id": "a", "text": text, "page_start": 3, "page_end": 7}
    source = tmp_path / "x.jsonl"
    source.write_text(json.dumps(line))
    (answer,) = read_documents(source)[0].answers
    assert [promise.page for promise in find_promises(answer)] == [UNKNOWN_PAGE]
