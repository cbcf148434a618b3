"""The dossier in a real browser: what is said of it, where its pieces lead, how they go."""

import pytest
from browsing import SAVINGS, SAVINGS_QUOTE, ask, click_twice, open_tab
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

SEEN = """message => {
    const { left, top, width, height } = message.getBoundingClientRect();
    const under = document.elementFromPoint(left + width / 2, top + height / 2);
    return { isSeen: message.checkVisibility({ visibilityProperty: true }),
             catches: message.contains(under) };
}"""


def test_every_message_is_seen_and_none_catches_a_click(page: Page) -> None:
    page.clock.install()
    ask(page, SAVINGS)
    page.get_by_text("Verder gevonden").click()
    keep = page.locator("button[data-bewaar]")
    message = page.locator("#mandje p")
    for button, count in ((keep.nth(0), "1 stuk"), (keep.nth(1), "2 stukken")):
        button.click()
        expect(message).to_have_text(f"In uw dossier: {count}.")
        assert message.evaluate(SEEN) == {"isSeen": True, "catches": False}
        page.clock.fast_forward(7000)
        expect(message).to_have_count(0)
    for _ in range(2):  # the same words again
        keep.nth(1).click()
        expect(message).to_have_text("Dit stond er al in. In uw dossier: 2 stukken.")
        page.clock.fast_forward(7000)
        expect(message).to_have_count(0)


def test_a_piece_leads_to_its_source(page: Page) -> None:
    ask(page, SAVINGS)
    page.get_by_role("button", name="In dossier").first.click()
    expect(page.get_by_text("In uw dossier: 1 stuk.")).to_be_visible()
    page.get_by_role("link", name="Volgende").click()
    expect(page.locator(".bron mark")).to_have_count(0)
    open_tab(page, "Dossier")
    expect(page.locator(".stukken > li")).to_have_count(1)
    page.get_by_label("Eigen nota").fill("Navragen.")
    page.get_by_role("button", name="Nota toevoegen").click()
    expect(page.locator(".stukken > li")).to_have_count(2)
    (link,) = page.get_by_role("link", name="Toon in de bron").all()  # a note has no source
    link.click()
    expect(page.locator(".bron mark")).to_have_text(SAVINGS_QUOTE)


def test_removing_asks_twice_and_the_focus_stays_in_the_dossier(page: Page) -> None:
    open_tab(page, "Dossier")
    expect(page.get_by_text("Dit dossier is leeg")).to_be_visible()
    for note in ("Een.", "Twee."):
        page.get_by_label("Eigen nota").fill(note)
        page.get_by_role("button", name="Nota toevoegen").click()
        expect(page.get_by_label("Eigen nota")).to_have_value("")
    pieces = page.locator(".stukken > li")
    expect(pieces).to_have_count(2)
    page.clock.install()
    first, second = (page.get_by_role("button", name=f"{row}. Nota verwijderen") for row in (1, 2))
    armed = page.get_by_role("button", name="Klik nogmaals om te verwijderen")
    first.dblclick()  # is one
    expect(armed).to_have_count(1)
    second.click()
    expect(armed).to_have_count(1)  # one at a time
    expect(first).to_be_visible()
    page.keyboard.press("Tab")
    expect(armed).to_have_count(0)
    second.click()
    page.clock.fast_forward(9000)
    expect(armed).to_have_count(0)
    second.click()
    open_tab(page, "Documenten")
    open_tab(page, "Dossier")
    expect(armed).to_have_count(0)
    expect(pieces).to_have_count(2)
    click_twice(page, "1. Nota verwijderen")
    expect(pieces).to_have_count(1)
    click_twice(page, "1. Nota verwijderen")
    expect(page.get_by_text("Dit dossier is leeg")).to_be_focused()


def test_a_document_to_remove_is_armed_for_a_while(page: Page) -> None:
    open_tab(page, "Documenten")
    name = "Bijlage 1 BBT Werk en Sociale Economie 2021 verwijderen"
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("button", name="Klik nogmaals om te verwijderen")).to_be_visible()
    open_tab(page, "Dossier")
    open_tab(page, "Documenten")
    expect(page.get_by_role("button", name=name)).to_be_visible()


def test_a_conversation_goes_only_when_asked_twice(page: Page) -> None:
    ask(page, SAVINGS)
    page.get_by_role("button", name="Nieuw gesprek").click()
    page.get_by_label("Uw vraag").click()
    expect(page.get_by_role("button", name="Nieuw gesprek")).to_be_visible()
    expect(page.locator(".beurt")).to_have_count(1)
    click_twice(page, "Nieuw gesprek")
    expect(page.locator(".beurt")).to_have_count(0)


def test_half_a_note_and_half_a_draft_outlive_a_reload(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    for tab, label in (("Dossier", "Eigen nota"), ("Al gevraagd?", "Uw ontwerp van vraag")):
        open_tab(page, tab)
        page.get_by_label(label).fill(f"Half: {label}")
        page.reload()
        open_tab(page, tab)
        expect(page.get_by_label(label)).to_have_value(f"Half: {label}")
    open_tab(page, "Dossier")
    expect(page.get_by_text("Dit dossier is leeg")).to_be_visible()
    page.get_by_role("button", name="Nota toevoegen").click()
    expect(page.get_by_label("Eigen nota")).to_have_value("")
    page.reload()
    open_tab(page, "Dossier")
    expect(page.get_by_label("Eigen nota")).to_have_value("")
    page.close()


def test_a_sentence_with_an_amount_and_what_answers_a_draft_can_be_kept(page: Page) -> None:
    open_tab(page, "Bedragen en codes")
    page.get_by_label("Woorden in de zin of het onderwerp").fill("419 personeelsleden")
    row = page.locator(".bedragen tbody tr", has_text=SAVINGS_QUOTE).first
    row.get_by_role("button", name="In dossier").click()
    expect(page.get_by_text("In uw dossier: 1 stuk.")).to_be_visible()
    open_tab(page, "Dossier")
    expect(page.locator(".stukken > li .aanhaling")).to_contain_text(SAVINGS_QUOTE)
    open_tab(page, "Al gevraagd?")
    page.get_by_label("Uw ontwerp van vraag").fill("Hoeveel IBO’s werden stopgezet?")
    page.get_by_role("button", name="Zoek gelijkaardige vragen").click()
    found = page.locator(".deelvragen li").locator("visible=true")
    expect(found.first).to_be_visible()
    answered = found.filter(has=page.locator(".stand-beantwoord")).first
    answered.get_by_role("button", name="In dossier").click()
    expect(page.get_by_text("In uw dossier: 2 stukken.")).to_be_visible()
