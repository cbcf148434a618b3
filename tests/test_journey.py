"""Every tab in a real browser, and the whole journey from question to Word file."""

import json
from pathlib import Path

import docx
import pytest
from browsing import SAVINGS, SAVINGS_QUOTE, ask, click_twice, open_tab
from playwright.sync_api import Page, expect

from chatbot.findings import Findings
from chatbot.views.amounts import filter_amounts
from index.storage import Index

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def findings(appendix_index: Index) -> Findings:
    return Findings(appendix_index)


@pytest.fixture
def wide(page: Page) -> Page:
    page.set_viewport_size({"width": 1440, "height": 900})
    return page


def test_the_whole_journey_from_question_to_word_file(wide: Page, tmp_path: Path) -> None:
    ask(wide, SAVINGS)
    expect(wide.locator(".bron mark")).to_have_text(SAVINGS_QUOTE)
    ask(wide, "En hoeveel medewerkers per jaar?", turn=2)
    wide.locator(".beurt").first.get_by_role("button", name="In dossier").first.click()
    expect(wide.get_by_text("In uw dossier: 1 stuk.")).to_be_visible()
    open_tab(wide, "Openstaande deelvragen")
    line = wide.locator(".deelvragen > li").filter(has_text="Voorstel van vervolgvraag").first
    asked = line.locator(".deelvraag").inner_text().partition(" ")[2]
    line.get_by_text("Voorstel van vervolgvraag").click()
    draft = line.locator(".voorstel").inner_text()
    line.get_by_role("button", name="In dossier").click()
    expect(wide.get_by_text("In uw dossier: 2 stukken.")).to_be_visible()
    open_tab(wide, "Dossier")
    expect(wide.locator(".stukken > li")).to_have_count(2)
    wide.get_by_label("Eigen nota").fill("Navragen bij de VDAB.")
    wide.get_by_role("button", name="Nota toevoegen").click()
    expect(wide.locator(".stukken > li")).to_have_count(3)
    wide.get_by_role("button", name="3. Nota omhoog").click()
    expect(wide.get_by_role("heading", name="2. Nota")).to_be_visible()
    with wide.expect_download() as download:
        wide.get_by_text("Uitvoeren als Word (.docx)").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
    places = [text.index(words) for words in (SAVINGS_QUOTE, "Navragen bij de VDAB.", asked, draft)]
    assert places == sorted(places)


def test_the_dossier_survives_a_reload_and_gives_back_what_is_removed(wide: Page) -> None:
    ask(wide, SAVINGS)
    wide.get_by_role("button", name="In dossier").first.click()
    expect(wide.get_by_text("In uw dossier: 1 stuk.")).to_be_visible()
    wide.reload()
    open_tab(wide, "Dossier")
    click_twice(wide, "verwijderen")
    expect(wide.get_by_text("Dit dossier is leeg")).to_be_visible()


def test_a_button_tells_what_is_in_the_dossier_already(wide: Page) -> None:
    open_tab(wide, "Antwoorden")
    wide.locator(".antwoorden summary").first.click()
    keep = wide.locator(".antwoorden li").first.locator("button[data-bewaar]")
    expect(keep).to_have_text("In dossier")
    keep.click()
    expect(wide.get_by_text("In uw dossier: 1 stuk.")).to_be_visible()
    expect(keep).to_have_text("Staat in dossier")
    keep.click()
    expect(wide.get_by_text("Dit stond er al in. In uw dossier: 1 stuk.")).to_be_visible()
    wide.reload()
    open_tab(wide, "Antwoorden")
    marked = wide.locator("button[data-bewaard]")
    expect(marked).to_have_count(1)  # the others keep something else
    open_tab(wide, "Dossier")
    click_twice(wide, "verwijderen")
    expect(marked).to_have_count(0)


def test_answers_are_all_there_and_can_be_filtered(wide: Page) -> None:
    open_tab(wide, "Antwoorden")
    count = wide.locator(".aantal").locator("visible=true")
    expect(count).to_have_text("32 van 32 antwoorden")
    wide.locator("select[name=partij]").locator("visible=true").select_option("SP.A")
    wide.get_by_label("Woorden in vraag of antwoord").fill("vdab personeel 419")
    expect(count).to_have_text("1 van 32 antwoorden")
    wide.locator(".antwoorden summary").click()
    wide.get_by_role("link", name="Toon in de bron").click()
    expect(wide.get_by_role("region", name="Bron", exact=True)).to_be_visible()
    expect(wide.get_by_text("Bladzijde 16 van 28")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Openstaande deelvragen", "Woorden in de deelvraag"),
        ("Antwoorden", "Woorden in vraag of antwoord"),
        ("Bedragen en codes", "Woorden in de zin of het onderwerp"),
        ("Toezeggingen", "Woorden in de zin"),
    ],
)
def test_a_list_fits_what_is_filled_in_also_when_its_tab_opens_again(
    name: str, field: str, wide: Page
) -> None:
    open_tab(wide, name)
    count = wide.locator(".aantal").locator("visible=true")
    whole = count.inner_text()
    wide.get_by_label(field, exact=True).fill("vdab")
    expect(count).not_to_have_text(whole)
    fitting = count.inner_text()
    open_tab(wide, "Evaluatie")
    with wide.expect_response("**/queue/join*"):
        open_tab(wide, name)
    expect(wide.get_by_label(field, exact=True)).to_have_value("vdab")
    wide.wait_for_timeout(500)  # for the list that the tab asked for
    expect(count).to_have_text(fitting)


def test_on_a_phone_no_mark_of_a_promise_runs_off_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    open_tab(page, "Toezeggingen")
    marks = page.locator(".stand").locator("visible=true")
    expect(marks.first).to_be_visible()
    assert max(marks.evaluate_all("all => all.map(m => m.getBoundingClientRect().right)")) <= 375
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_the_ledger_shows_the_open_ones_first_and_all_on_request(
    wide: Page, findings: Findings
) -> None:
    open_tab(wide, "Openstaande deelvragen")
    total = len(findings.ledger)
    left = sum(line.status != "beantwoord" for line in findings.ledger)
    count = wide.locator(".aantal").locator("visible=true")
    expect(count).to_have_text(f"{left} van {total} deelvragen")
    wide.locator("select[name=stand]").select_option("alle")
    expect(count).to_have_text(f"{total} van {total} deelvragen")


def test_amounts_sort_and_download(wide: Page, findings: Findings, tmp_path: Path) -> None:
    open_tab(wide, "Bedragen en codes")
    rows = wide.locator(".bedragen tbody tr")
    expect(rows).to_have_count(len(findings.amounts))
    wide.get_by_role("button", name="In euro").click()
    expect(wide.locator("th[aria-sort=ascending]")).to_have_text("In euro")
    wide.get_by_role("button", name="In euro").click()
    expect(wide.locator("th[aria-sort=descending]")).to_have_text("In euro")
    largest = max(line.value_eur for line in findings.amounts if line.value_eur is not None)
    expect(rows.first).to_contain_text(f"{largest:,.0f}".replace(",", "."))
    with wide.expect_download() as download:
        wide.get_by_text("Alle bedragen downloaden (CSV)").click()
    download.value.save_as(tmp_path / "bedragen.csv")
    lines = (tmp_path / "bedragen.csv").read_text("utf-8-sig").strip().splitlines()
    assert len(lines) == len(findings.amounts) + 1


def test_a_table_stands_in_the_order_that_it_says(wide: Page, findings: Findings) -> None:
    open_tab(wide, "Bedragen en codes")
    rows, sorted_by = wide.locator(".bedragen tbody tr"), wide.locator("th[aria-sort]")
    column = wide.get_by_role("button", name="In euro")
    column.click()
    expect(sorted_by).to_have_attribute("aria-sort", "ascending")
    open_tab(wide, "Antwoorden")
    open_tab(wide, "Bedragen en codes")
    expect(sorted_by).to_have_count(0)
    few = filter_amounts(findings.amounts, {"woorden": "vdab"})
    words = wide.get_by_label("Woorden in de zin of het onderwerp")
    words.fill("vdab")
    expect(rows).to_have_count(len(few))
    expect(sorted_by).to_have_count(0)
    column.click()
    expect(sorted_by).to_have_attribute("aria-sort", "ascending")
    words.fill("")
    expect(rows).to_have_count(len(findings.amounts))
    expect(sorted_by).to_have_text("In euro")
    in_order = filter_amounts(findings.amounts, {"sorteer": "euro", "richting": "ascending"})
    expect(rows.first).to_contain_text(in_order[0].sentence[:30])


def test_promises_lead_to_their_words(wide: Page, findings: Findings) -> None:
    open_tab(wide, "Toezeggingen")
    total = len(findings.promises)
    expect(wide.locator(".aantal").locator("visible=true")).to_have_text(
        f"{total} van {total} zinnen"
    )
    wide.locator(".deelvragen a[data-bron]").locator("visible=true").first.click()
    quote = findings.promises[0].promise.quote
    expect(wide.locator(".bron mark").first).to_contain_text(quote.splitlines()[0])


def test_the_overview_counts_everything(wide: Page, findings: Findings) -> None:
    open_tab(wide, "Overzicht")
    total = findings.overview.total
    expect(wide.get_by_text(f"{total.questions} vragen met {total.sub_questions}")).to_be_visible()
    for tally in findings.overview.parties:
        expect(wide.get_by_role("rowheader", name=tally.name, exact=True)).to_be_visible()


def test_a_draft_that_was_asked_before_is_recognised(wide: Page, findings: Findings) -> None:
    open_tab(wide, "Al gevraagd?")
    line = findings.ledger[-1]
    wide.get_by_label("Uw ontwerp van vraag").fill(line.text)
    wide.wait_for_timeout(500)  # nobody types a draft in the moment in which the tab appears
    wide.keyboard.press("Control+Enter")
    expect(wide.get_by_text("Al gevraagd:").first).to_be_visible()
    expect(wide.locator(".deelvragen li").locator("visible=true").first).to_contain_text(line.text)


def test_a_draft_that_is_too_long_is_refused_not_cut(wide: Page) -> None:
    open_tab(wide, "Al gevraagd?")
    wide.get_by_label("Uw ontwerp van vraag").fill("Hoeveel kost dat? " * 150)
    wide.get_by_role("button", name="Zoek gelijkaardige vragen").click()
    expect(wide.get_by_role("alert")).to_contain_text("telt 2699 tekens; stel een vraag van")


def test_the_measures_are_shown(wide: Page) -> None:
    open_tab(wide, "Evaluatie")
    expect(wide.get_by_role("heading", name="Toetsvragen")).to_be_visible()
    expect(wide.get_by_role("img", name="Aandeel juiste antwoorden").first).to_be_visible()


def test_a_document_is_added_recognised_searched_and_removed(wide: Page, tmp_path: Path) -> None:
    file = tmp_path / "fietspaden.jsonl"
    answer = {"id": "f1", "topic": "Fietspaden", "text": "De fietspaden kosten 12 miljoen euro."}
    file.write_text(json.dumps(answer), encoding="utf-8")
    open_tab(wide, "Documenten")
    wide.locator("#toevoegen input[type=file], input[type=file]").first.set_input_files(file)
    expect(wide.get_by_text("Toegevoegd:")).to_be_visible()
    expect(wide.locator(".bestand")).to_contain_text("33 antwoorden")
    with wide.expect_file_chooser() as chooser:
        wide.get_by_role("button", name="Bestanden toevoegen").click()
    chooser.value.set_files(file)
    expect(wide.locator("#vordering")).to_contain_text("Dit stond er al, met dezelfde inhoud:")
    expect(wide.locator("#vordering")).to_contain_text("fietspaden.jsonl")
    expect(wide.get_by_text("Toegevoegd:")).to_have_count(0)
    open_tab(wide, "Vragen stellen")
    ask(wide, "Hoeveel kosten de fietspaden?")
    expect(wide.locator("figcaption").first).to_contain_text("fietspaden")
    expect(wide.get_by_text("Antwoord 1 van 1")).to_be_visible()
    open_tab(wide, "Documenten")
    wide.get_by_role("button", name="fietspaden verwijderen").click()
    wide.get_by_role("button", name="Klik nogmaals om te verwijderen").click()
    expect(wide.locator(".bestand")).to_contain_text("32 antwoorden")


def test_what_to_know_of_added_documents_is_told(wide: Page, tmp_path: Path) -> None:
    """A text without a question, and another file of the same name, which would take its place."""
    novel, namesake = tmp_path / "roman.txt", tmp_path / "roman.jsonl"
    novel.write_text("Het was een donkere nacht. De wind waaide om het huis.\n\n" * 9, "utf-8")
    namesake.write_text('{"id": "1", "text": "De brug werd gebouwd in 1980."}', "utf-8")
    open_tab(wide, "Documenten")
    upload = wide.locator("#toevoegen input[type=file], input[type=file]").first
    upload.set_input_files([novel, namesake])
    expect(wide.get_by_role("alert").first).to_contain_text("“roman”: Er werd geen enkele vraag")
    expect(wide.get_by_role("alert").last).to_contain_text(
        "roman.jsonl: dit bestand en roman.txt zouden samen één document worden"
    )
    expect(wide.locator(".herkend .melding")).to_contain_text("Er werd geen enkele vraag")
    wide.get_by_role("button", name="roman verwijderen").click()
    wide.get_by_role("button", name="Klik nogmaals om te verwijderen").click()
    expect(wide.locator(".bestand")).to_contain_text("32 antwoorden")


def test_a_file_that_holds_no_answers_is_refused_in_dutch(wide: Page, tmp_path: Path) -> None:
    file = tmp_path / "kapot.jsonl"
    file.write_text("Dit is geen JSON.", encoding="utf-8")
    open_tab(wide, "Documenten")
    wide.locator("#toevoegen input[type=file], input[type=file]").first.set_input_files(file)
    expect(wide.get_by_role("alert")).to_contain_text("kapot.jsonl, regel 1: ")
