"""The chat in a real browser: ask, filter, follow up, abstain; nothing leaves this computer."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from browsing import SAVINGS, SAVINGS_QUOTE, ask, click_twice, open_tab
from playwright.sync_api import Browser, Page, Route, expect
from serving import running

from chatbot.server import build_server
from index.storage import Index

pytestmark = pytest.mark.browser

CAPITAL = "Wat is de hoofdstad van Australië?"
ENGLISH = re.compile(
    r"\b(Submit|Clear|Loading|Settings|Use via API|Built with|Error|Flag|Textbox|Select all)\b"
)


def test_a_question_brings_quote_page_and_citation(page: Page) -> None:
    ask(page, SAVINGS)
    turn = page.locator(".beurt")
    expect(turn.locator("h2")).to_contain_text(SAVINGS)
    expect(turn.locator("blockquote").first).to_contain_text("419 personeelsleden")
    expect(turn.locator("figcaption").first).to_have_text(
        "Bijlage 1 BBT Werk en Sociale Economie 2021, p. 16, antwoord aan SP.A, VDAB"
    )
    expect(turn.get_by_text("Zeker", exact=True)).to_be_visible()
    expect(page.get_by_label("Uw vraag")).to_have_value("")


def test_the_source_shows_page_question_and_the_cited_words(page: Page) -> None:
    ask(page, SAVINGS)
    source = page.get_by_role("region", name="Bron", exact=True)
    expect(source.get_by_text("Bladzijde 16 van 28")).to_be_visible()
    expect(source.get_by_text("Vraag van SP.A, p. 16")).to_be_visible()
    expect(source.locator("mark")).to_have_text(SAVINGS_QUOTE)
    expect(source.locator("mark")).to_be_in_viewport()
    source.get_by_role("link", name="Volgende").click()
    expect(source.get_by_text("Bladzijde 17 van 28")).to_be_visible()
    expect(source.locator("mark")).to_have_count(0)
    page.locator("figcaption a").first.click()
    expect(source.get_by_text("Bladzijde 16 van 28")).to_be_visible()
    expect(source.get_by_role("heading", name="Bron")).to_be_focused()


def test_what_is_asked_before_the_page_has_opened_stays(page: Page) -> None:
    held: list[Route] = []
    asked: list[str] = []
    page.route("**/queue/join*", lambda one: one.continue_() if asked else held.append(one))
    page.goto(f"{page.url}?partij=Onbekend")
    expect(page.get_by_label("Uw vraag")).to_be_visible()
    while not held:
        page.wait_for_timeout(100)
    asked.append(SAVINGS)
    ask(page, SAVINGS)
    expect(page.locator(".beurt blockquote").first).to_be_visible()
    for route in held:
        route.continue_()
    expect(page.get_by_text("De filter uit de link telt niet mee")).to_be_visible()
    expect(page.locator(".beurt blockquote").first).to_be_visible()


def test_a_chat_that_has_stopped_is_told_in_dutch(browser: Browser, appendix_index: Index) -> None:
    page = browser.new_page()
    with running(build_server(appendix_index)) as port:
        page.goto(f"http://127.0.0.1:{port}/")
        ask(page, SAVINGS)
        expect(page.locator(".beurt blockquote").first).to_be_visible()
    page.get_by_label("Uw vraag").fill(CAPITAL)
    page.keyboard.press("Enter")
    notice = page.locator(".toast-wrap")
    expect(notice).to_contain_text("Fout")
    expect(notice).to_contain_text("Start ze opnieuw met 'bijlage chat'")
    expect(notice.get_by_text("Connection")).to_have_count(0)
    page.close()


LATE_END = """
const fetchAsIs = window.fetch;
window.fetch = async (...request) => {
  const answer = await fetchAsIs(...request);
  if (!String(request[0].url ?? request[0]).includes("/queue/data")) return answer;
  const decoder = new TextDecoder();
  const late = new TransformStream({
    async transform(chunk, controller) {
      if (decoder.decode(chunk, { stream: true }).includes("close_stream")) {
        window.isEnding = true;
        await new Promise((resolve) => setTimeout(resolve, 2000));
        window.isEnding = false;
      }
      controller.enqueue(chunk);
    },
  });
  return new Response(answer.body.pipeThrough(late), answer);
};
"""
"""Has the page hear late that the server ended its stream of answers, as on a busy computer."""


def test_what_is_asked_while_the_stream_of_answers_ends_is_not_lost(
    tab: Page, address: str
) -> None:
    tab.add_init_script(LATE_END)
    tab.goto(address)
    tab.get_by_label("Uw vraag").fill(SAVINGS)
    tab.wait_for_function("window.isEnding")
    tab.keyboard.press("Enter")
    expect(tab.locator(".beurt")).to_have_count(1)


def test_before_a_question_the_source_stands_at_its_beginning(page: Page) -> None:
    page.wait_for_timeout(500)
    assert page.locator(".blad").evaluate("leaf => leaf.scrollTop") == 0
    expect(page.get_by_role("button", name="Terug")).to_be_hidden()


def test_on_a_phone_the_source_stands_below_and_a_citation_leads_there_and_back(
    page: Page,
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ask(page, SAVINGS)
    source = page.get_by_role("region", name="Bron", exact=True)
    citation = page.locator("figcaption a").first
    citation.click()
    expect(source.get_by_role("heading", name="Bron")).to_be_in_viewport()
    expect(source.locator("mark")).to_have_text(SAVINGS_QUOTE)
    source.get_by_role("button", name="Terug").click()
    expect(citation).to_be_focused()
    expect(citation).to_be_in_viewport()


def test_the_conversation_and_its_verdict_survive_a_reload(page: Page) -> None:
    ask(page, SAVINGS)
    page.get_by_role("button", name="Juist", exact=True).click()
    expect(page.get_by_text("Uw oordeel is bewaard")).to_be_visible()
    page.reload()
    expect(page.locator(".beurt h2")).to_contain_text(SAVINGS)
    expect(page.get_by_role("button", name="Juist", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_a_link_asks_a_question(tab: Page, address: str) -> None:
    tab.goto(f"{address}?q=Hoeveel+telewerkcheques%3F")
    expect(tab.locator(".beurt h2")).to_contain_text("Hoeveel telewerkcheques?")


def test_a_copied_link_asks_within_the_same_filters(page: Page, browser: Browser) -> None:
    page.get_by_role("button", name="Partij en onderwerp kiezen").click()
    page.get_by_label("SP.A").check()
    page.get_by_label("VDAB", exact=True).check()
    ask(page, "Hoeveel budget is er?")
    page.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text }")
    page.get_by_role("button", name="Link kopiëren").first.click()
    other = browser.new_page()
    other.goto(page.evaluate("window.copied"))
    within = "Enkel gezocht bij: SP.A, VDAB"
    expect(other.locator(".lezing")).to_contain_text(within)
    quotes = page.locator(".citaat blockquote").all_text_contents()
    expect(other.locator(".citaat blockquote")).to_have_text(quotes)
    other.get_by_role("button", name="Partij en onderwerp kiezen").click()
    expect(other.get_by_label("SP.A")).to_be_checked()
    expect(other.get_by_label("VDAB", exact=True)).to_be_checked()
    other.reload()
    expect(other.locator(".beurt")).to_have_count(1)
    other.close()


def test_a_copy_is_told_and_its_button_gets_its_words_back(page: Page) -> None:
    ask(page, SAVINGS)
    page.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text }")
    page.clock.install()
    page.clock.pause_at(datetime.now() + timedelta(hours=1))
    copy = page.locator("button[data-kopieer]").first
    told = page.get_by_role("status").filter(has_text="Gekopieerd")
    for _ in range(2):
        copy.click()
        expect(copy).to_have_text("Gekopieerd")
        expect(told).to_have_count(1)
        page.clock.run_for(1000)
    assert SAVINGS_QUOTE in page.evaluate("window.copied")
    page.clock.run_for(1000)
    expect(copy).to_have_text("Citaat kopiëren")
    expect(told).to_have_count(0)


def test_a_filter_that_a_link_makes_up_is_left_out_and_named(tab: Page, address: str) -> None:
    tab.goto(f"{address}?q=Hoeveel+telewerkcheques%3F&partij=%3Cb%3EWeg&partij=SP.A&onderwerp=")
    expect(tab.locator(".lezing")).to_have_text("Enkel gezocht bij: SP.A")
    expect(tab.get_by_role("alert")).to_contain_text("<b>Weg staat niet in deze documenten")


def test_the_tab_stands_in_the_address_and_comes_back(page: Page) -> None:
    open_tab(page, "Bedragen en codes")
    assert page.url.endswith("#tab=bedragen")
    page.reload()
    chosen = page.get_by_role("tab", selected=True)
    expect(chosen).to_have_text("Bedragen en codes")
    expect(page.get_by_text("bedragen en aantallen")).to_be_visible()
    page.evaluate("location.hash = 'tab=documenten'")
    expect(chosen).to_have_text("Documenten")
    for nothing in ("tab=weg", "tab=%22%5D%3Cimg%3E", "tab", "%"):
        page.evaluate("hash => { location.hash = hash }", nothing)
        expect(chosen).to_have_text("Documenten")
    open_tab(page, "Vragen stellen")
    assert "#" not in page.url


def test_a_link_shows_an_answer_at_the_words(tab: Page, address: str) -> None:
    tab.goto(f"{address}?answer=bbt-wse-2021-22&van=0&tot=4")
    expect(tab.locator(".bron mark")).to_have_text("VDAB")
    expect(tab.get_by_text("Bladzijde 16 van 28")).to_be_visible()


def test_on_a_phone_a_link_to_an_answer_leads_to_its_words(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{address}?answer=bbt-wse-2021-22&van=0&tot=4")
    expect(tab.locator(".bron mark")).to_be_in_viewport()
    expect(tab.get_by_role("heading", name="Bron")).to_be_focused()


def test_a_link_to_nothing_stays_where_that_is_said(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{address}?answer=bestaat-niet")
    expect(tab.get_by_role("alert")).to_be_in_viewport()
    assert tab.evaluate("window.scrollY") == 0


def test_a_long_question_leaves_room_for_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    box = page.get_by_label("Uw vraag")
    box.fill("Waarom dalen de middelen van de lokale regierol? " * 30)
    page.wait_for_timeout(300)
    assert box.evaluate("box => box.clientHeight") < 844 / 3


BOXES = """["#filters > button", "#nieuw"].map(
    (one) => document.querySelector(one).getBoundingClientRect().toJSON())"""


@pytest.mark.parametrize("width", [320, 375, 425])
def test_the_buttons_under_the_question_do_not_overlap(width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    ask(page, SAVINGS)
    names = ("Partij en onderwerp kiezen", "Nieuw gesprek")
    for name in names:
        expect(page.get_by_role("button", name=name)).to_be_visible()
    first, second = page.evaluate(BOXES)  # in one moment: the page is still scrolling
    is_beside = first["right"] <= second["left"]
    assert is_beside or first["bottom"] <= second["top"]
    assert second["right"] <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_a_choice_is_seen_to_be_one_and_shows_its_words(width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for name in ("Antwoorden", "Openstaande deelvragen", "Bedragen en codes", "Toezeggingen"):
        open_tab(page, name)
        choices = page.locator(".formulier select").locator("visible=true")
        expect(choices.first).to_be_visible()
        for choice in choices.all():
            assert choice.evaluate("choice => getComputedStyle(choice).appearance") == "auto"
        tops = {box["y"] for choice in choices.all() if (box := choice.bounding_box())}
        assert len(tops) < 3  # two beside each other, also on a phone


def test_further_hits_unfold_and_lead_to_their_own_page(page: Page) -> None:
    ask(page, SAVINGS)
    further = page.locator(".verder")
    expect(further.locator("blockquote").first).to_be_hidden()
    further.get_by_text("Verder gevonden: 4 passages").click()
    expect(further.locator("blockquote").first).to_be_visible()
    further.locator("figcaption a").first.click()
    expect(page.locator(".bron mark").first).to_be_in_viewport()


def test_a_party_filter_holds_for_every_hit(page: Page) -> None:
    page.get_by_role("button", name="Partij en onderwerp kiezen").click()
    page.get_by_label("CD&V").check()
    ask(page, "Hoeveel budget is er?")
    expect(page.locator(".lezing")).to_have_text("Enkel gezocht bij: CD&V")
    captions = page.locator("figcaption").all_text_contents()
    assert captions
    assert all("CD&V (Robrecht Bothuyne)" in caption for caption in captions)


def test_a_topic_filter_holds_for_every_hit(page: Page) -> None:
    page.get_by_role("button", name="Partij en onderwerp kiezen").click()
    page.get_by_label("Dienstencheques").check()
    ask(page, "Hoeveel budget is er?")
    captions = page.locator("figcaption").all_text_contents()
    assert captions
    assert all(caption.endswith(", Dienstencheques") for caption in captions)


def test_a_follow_up_is_understood_from_the_turn_before(page: Page) -> None:
    ask(page, "Hoeveel IBO’s werden stopgezet wegens overmacht?")
    ask(page, "En hoeveel herstart?", turn=2)
    first, second = page.locator(".beurt").all()
    expect(first.locator("blockquote").first).to_contain_text("1845 IBO’s")
    expect(second.locator("h2")).to_contain_text("En hoeveel herstart?")
    expect(second.locator(".lezing")).to_have_text("Gelezen als vervolg op uw vorige vraag.")
    expect(first.locator(".lezing")).to_have_count(0)
    expect(second.locator("figcaption").first).to_contain_text("p. 4, ")
    expect(second.locator("h2")).to_be_in_viewport()


def test_a_new_conversation_starts_empty(page: Page) -> None:
    ask(page, SAVINGS)
    expect(page.locator("#voorbeelden")).to_be_hidden()
    click_twice(page, "Nieuw gesprek")
    expect(page.locator(".beurt")).to_have_count(0)
    expect(page.locator("#voorbeelden")).to_be_visible()


def test_an_open_question_of_a_member_is_said_to_be_open(page: Page) -> None:
    ask(page, "Over welke gebouwen gaat het hier?")
    note = page.locator(".gesteld")
    expect(note).to_contain_text("N-VA (Axel Ronse) stelde deze vraag al (p. 12).")
    expect(note).to_contain_text("Volgens de deelvragen is ze open")
    expect(page.locator(".niet")).to_be_visible()


def test_it_says_so_when_it_is_not_there(page: Page) -> None:
    ask(page, CAPITAL)
    expect(page.get_by_text("Dit staat niet in de bijlage.")).to_be_visible()
    expect(page.get_by_text("komen het dichtst in de buurt")).to_be_visible()
    expect(page.locator(".dichtst blockquote")).to_have_count(3)


def test_an_example_question_is_answered(page: Page) -> None:
    example = page.locator("#voorbeelden button").first
    text = example.inner_text()
    example.click()
    expect(page.locator(".beurt h2")).to_contain_text(text)
    expect(page.locator(".beurt blockquote").first).to_be_visible()


def test_an_empty_question_is_explained(page: Page) -> None:
    page.get_by_role("button", name="Vraag", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text(
        "Uw vraag is leeg; typ een vraag of een trefwoord."
    )
    ask(page, SAVINGS)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_hostile_text_is_shown_and_never_run(page: Page) -> None:
    text = "<img src=x onerror=alert(1)> ${alert(2)} {{3}} **vet** ![x](http://voorbeeld.be/x.png)"
    ask(page, text)
    expect(page.locator(".beurt h2")).to_contain_text(text)
    assert page.locator(".beurt h2 :is(img, script, strong, a)").count() == 0


def test_two_visitors_do_not_share_a_conversation(page: Page, browser: Browser) -> None:
    ask(page, SAVINGS)
    other = browser.new_page()
    other.goto(page.url)
    ask(other, CAPITAL)
    expect(other.locator(".beurt h2")).to_contain_text(CAPITAL)
    expect(page.locator(".beurt h2")).to_contain_text(SAVINGS)
    other.close()


def test_the_page_is_dutch_in_an_english_browser(page: Page) -> None:
    ask(page, SAVINGS)
    assert page.evaluate("document.documentElement.lang") == "nl"
    shown = page.locator("body").inner_text()
    labels = page.evaluate(
        "[...document.querySelectorAll('[aria-label], [title], [placeholder]')].map(e =>"
        " [e.ariaLabel, e.title, e.getAttribute('placeholder')].join(' ')).join(' ')"
    )
    assert not ENGLISH.findall(f"{shown} {labels}")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_and_text_contrasts(
    width: int, scheme: str, browser: Browser, address: str, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(address)
    ask(tab, SAVINGS)
    tab.screenshot(path=tmp_path / f"{width}-{scheme}.png")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    for selector in ("blockquote", "figcaption a", ".uitleg", ".stuk p", ".beurt h2", "mark"):
        assert contrast(tab, selector) >= 4.5, selector  # WCAG 2.2, 1.4.3
    context.close()


def contrast(page: Page, selector: str) -> float:
    """Return the contrast of an element's text with its ground (WCAG 2.2), from 1 to 21."""
    fore, back = page.locator(selector).first.evaluate(
        """element => {
            const groundOf = e => getComputedStyle(e).backgroundColor;
            let ground = element;
            while (/, 0\\)/.test(groundOf(ground)) && ground.parentElement)
                ground = ground.parentElement;
            return [getComputedStyle(element).color, groundOf(ground)];
        }"""
    )
    light, dark = sorted((luminance(fore), luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
