"""Asking in a real browser: typing ahead, links, filters, and documents that change meanwhile."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import SAVINGS, add, ask, open_tab, remove
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser

FIRST = "Hoeveel IBO’s werden stopgezet wegens overmacht?"
FOLLOW_UP = "En hoeveel herstart?"
PATHS = "De fietspaden langs de kanalen kosten {} miljoen euro in 2024."
ASKED = "Hoeveel kosten de fietspaden langs de kanalen?"


@pytest.fixture
def paths(page: Page, tmp_path: Path) -> Iterator[Page]:
    """The page, with a document "fietspaden" that is gone afterwards."""
    add(page, tmp_path, PATHS.format(12))
    yield page
    open_tab(page, "Documenten")
    if page.get_by_role("button", name="fietspaden verwijderen").count():
        remove(page)


def choose(page: Page, *names: str) -> None:
    page.get_by_role("button", name="Partij en onderwerp kiezen").click()
    for name in names:
        page.get_by_label(name, exact=True).check()


def copy_link(page: Page, turn: int) -> str:
    """Return the link of a turn (from 0)."""
    page.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text }")
    page.locator(".beurt").nth(turn).get_by_role("button", name="Link kopiëren").click()
    return str(page.wait_for_function("window.copied").json_value())


def test_a_filter_whose_document_is_gone_falls_away_and_is_named(paths: Page) -> None:
    page = paths
    open_tab(page, "Vragen stellen")
    choose(page, "Fietspaden")
    open_tab(page, "Documenten")
    remove(page)
    open_tab(page, "Vragen stellen")
    expect(page.get_by_role("alert")).to_contain_text("Fietspaden staat niet meer in deze")
    expect(page.locator("#gekozen")).to_be_hidden()
    ask(page, SAVINGS)
    expect(page.locator(".lezing")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_filter_that_another_window_took_away_blocks_no_question(
    paths: Page, address: str
) -> None:
    page = paths.context.new_page()
    page.goto(address)
    choose(page, "Fietspaden")
    remove(paths)
    ask(page, SAVINGS)
    expect(page.get_by_role("alert")).to_contain_text("Fietspaden staat niet meer in deze")
    expect(page.locator(".beurt .lezing")).to_have_count(0)
    expect(page.get_by_label("Fietspaden")).to_have_count(0)


def test_a_chosen_filter_is_seen_where_the_boxes_are_not(page: Page, address: str) -> None:
    chosen = page.locator("#gekozen")
    expect(chosen).to_be_hidden()
    choose(page, "Vlaams Belang")
    expect(chosen).to_have_text("Filter: Vlaams Belang")
    page.get_by_label("Vlaams Belang").uncheck()
    expect(chosen).to_be_hidden()
    page.goto(f"{address}?partij=Vlaams+Belang")
    expect(chosen).to_have_text("Filter: Vlaams Belang")
    expect(page.get_by_label("Vlaams Belang")).to_be_checked()


def test_the_link_of_a_follow_up_opens_the_same_answer(page: Page, browser: Browser) -> None:
    ask(page, FIRST)
    ask(page, FOLLOW_UP, turn=2)
    quotes = page.locator(".beurt").last.locator(".citaat blockquote").all_text_contents()
    other = browser.new_page()
    other.goto(copy_link(page, 1))
    expect(other.locator(".beurt h2")).to_contain_text(FOLLOW_UP)
    expect(other.locator(".lezing")).to_have_text("Gelezen als vervolg op uw vorige vraag.")
    expect(other.locator(".citaat blockquote")).to_have_text(quotes)
    other.close()


def test_a_link_is_asked_once_and_stands_alone(page: Page, address: str) -> None:
    ask(page, FIRST)
    page.goto(f"{address}?q=En+hoeveel+herstart%3F&partij=CD%26V#tab=vragen")
    linked = page.locator(".beurt").nth(1)
    expect(linked.locator(".lezing")).to_have_text("Enkel gezocht bij: CD&V")  # no follow-up
    page.wait_for_url(re.compile(r"/(#tab=vragen)?$"))
    ask(page, SAVINGS, turn=3)
    page.reload()
    expect(page.locator(".beurt")).to_have_count(3)


def test_what_is_typed_during_a_reply_stays_and_what_is_asked_is_answered(page: Page) -> None:
    held: list[Route] = []
    freed: list[Route] = []
    page.route("**/queue/join*", lambda one: one.continue_() if freed else held.append(one))
    box = page.get_by_label("Uw vraag")
    for question in (FIRST, FOLLOW_UP):
        box.fill(question)
        page.keyboard.press("Enter")
        expect(box).to_have_value("")
    box.fill("Hoeveel telewerk")
    freed.extend(held)
    for route in freed:
        route.continue_()
    expect(page.locator(".beurt")).to_have_count(2)
    first, second = page.locator(".beurt").all()
    expect(first.locator("h2")).to_contain_text(FIRST)
    expect(second.locator("h2")).to_contain_text(FOLLOW_UP)
    expect(second.locator(".lezing")).to_have_text("Gelezen als vervolg op uw vorige vraag.")
    expect(box).to_have_value("Hoeveel telewerk")


def test_a_question_that_is_refused_comes_back(page: Page) -> None:
    expect(page.locator("#voorbeelden button").first).to_be_visible()
    box = page.get_by_label("Uw vraag")
    box.fill("Hoeveel kost dat? " * 150)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("telt 2699 tekens")
    expect(box).to_have_value("Hoeveel kost dat? " * 150)


def test_a_half_typed_question_outlives_a_reload(page: Page) -> None:
    box = page.get_by_label("Uw vraag")
    box.fill("Hoeveel telewerk")
    page.reload()
    expect(box).to_have_value("Hoeveel telewerk")
    ask(page, SAVINGS)
    page.reload()
    expect(page.locator(".beurt")).to_have_count(1)
    expect(box).to_have_value("")


def test_answers_follow_a_document_that_is_replaced(paths: Page, tmp_path: Path) -> None:
    page = paths
    open_tab(page, "Vragen stellen")
    ask(page, SAVINGS)
    ask(page, ASKED, turn=2)
    turn = page.locator(".beurt").last
    turn.get_by_role("button", name="Juist", exact=True).click()
    expect(page.get_by_text("Uw oordeel is bewaard")).to_be_visible()
    add(page, tmp_path, PATHS.format(99))
    open_tab(page, "Vragen stellen")
    expect(page.get_by_text("De documenten zijn veranderd")).to_be_visible()
    expect(turn.locator("blockquote").first).to_have_text(PATHS.format(99))
    expect(page.locator(".bron mark")).to_have_text(PATHS.format(99))
    expect(page.get_by_text("12 miljoen")).to_have_count(0)
    expect(turn.locator('[aria-pressed="true"]')).to_have_count(0)
    expect(page.locator(".beurt")).to_have_count(2)


def test_a_link_to_the_source_shows_it_as_it_is_now(paths: Page, tmp_path: Path) -> None:
    page = paths
    open_tab(page, "Antwoorden")
    page.locator(".antwoorden summary", has_text="Fietspaden").click()
    link = page.get_by_role("link", name="Toon in de bron")
    link.click()
    expect(page.locator(".bron .stuk")).to_have_count(1)
    other = page.context.new_page()
    other.goto(page.url)
    add(other, tmp_path, PATHS.format(12), "Iets nieuws.")
    link.click()
    expect(page.locator(".waar")).to_have_text("Bladzijde 1 van 2")
