"""A page of a PDF as a picture: drawn apart, the quote marked, the file kept by the index."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from axe_faults import faults_of
from browsing import ask
from fastapi.testclient import TestClient
from make_pdf import print_pdf
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, expect
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from serving import request, running

from chatbot.api import build_api
from chatbot.crowd import TooBusyError
from chatbot.library import Library
from chatbot.page_pictures import MAX_WAITING, NO_PICTURE, PagePictures
from chatbot.places import Place, link_to, place_of_hit
from chatbot.server import build_server
from chatbot.views.source import render_source
from corpus.page_image import MARKER, MAX_HEIGHT, WIDTH
from corpus.reading import Fault, UnreadableError
from corpus.sandbox import DRAWING, draw_apart
from index.encoder import Encoder
from index.search import search
from index.sources import FOLDER, has_source, read_source
from index.storage import Index, build_index, load_index, remove_document

DATA = Path(__file__).parent / "data"
TEXT = DATA / "bbt-mobiliteit-2023.txt"


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictitious appendix, printed."""
    from corpus.pages import split_pages

    path = tmp_path_factory.mktemp("pdf") / "mobiliteit.pdf"
    path.write_bytes(print_pdf(split_pages(TEXT.read_text(encoding="utf-8"))))
    return path


@pytest.fixture(scope="module")
def library(pdf: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("library") / "index"
    build_index([pdf], folder, Encoder.load())
    return Library(load_index(folder), folder)


def printed(*lines: str, size: tuple[float, float] = A4) -> bytes:
    """A page of lines, the first 100 points below the top, each 20 below the one before."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for row, line in enumerate(lines):
        canvas.drawString(100, size[1] - 100 - 20 * row, line)
    canvas.save()
    return out.getvalue()


def pixels(picture: bytes) -> NDArray[np.int16]:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), np.int16)


def marked(picture: bytes) -> NDArray[np.bool_]:
    """Which pixels have the marker's colour, as far as WebP keeps it."""
    return np.abs(pixels(picture) - np.array(MARKER)).max(axis=2) < 24


def test_a_page_is_drawn_as_printed() -> None:
    picture = pixels(draw_apart(printed("De tram kost 12 euro."), 1))
    # A4 is 595.28 by 841.89 points: 1,000 pixels wide, 1,415 high.
    assert picture.shape == (1415, WIDTH, 3)
    rows, columns = np.nonzero(picture.max(axis=2) < 100)
    scale = WIDTH / A4[0]
    assert rows.min() > 88 * scale
    assert rows.max() < 104 * scale
    assert abs(columns.min() - 100 * scale) < 5


def test_the_quoted_words_are_marked_and_no_others() -> None:
    data = printed("De tram kost 12 euro.", "De bus kost 9 euro.")
    assert not marked(draw_apart(data, 1)).any()
    rows, columns = np.nonzero(marked(draw_apart(data, 1, "De bus kost 9 euro.")))
    scale = WIDTH / A4[0]
    assert 104 * scale < rows.min() < rows.max() < 126 * scale  # the second line: 108 to 124
    assert 98 * scale < columns.min() < columns.max() < 215 * scale


def test_words_over_a_line_end_are_marked_on_both_lines() -> None:
    data = printed("Wij nemen veiligheids-", "maatregelen voor de fiets.")
    rows, _ = np.nonzero(marked(draw_apart(data, 1, "nemen veiligheidsmaatregelen voor")))
    scale = WIDTH / A4[0]
    assert rows.min() < 100 * scale
    assert rows.max() > 115 * scale


@pytest.mark.parametrize("words", ["kost", "De trein", "...", ""])
def test_words_that_stand_twice_or_never_are_not_marked(words: str) -> None:
    data = printed("De tram kost 12 euro.", "De bus kost 9 euro.")
    assert not marked(draw_apart(data, 1, words)).any()


def test_a_turned_page_is_marked_where_its_words_stand() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setPageRotation(90)
    canvas.drawString(100, 500, "De tram kost 12 euro.")
    canvas.save()
    picture = draw_apart(out.getvalue(), 1, "De tram kost 12 euro.")
    assert pixels(picture).shape[1] == WIDTH
    rows, columns = np.nonzero(marked(picture))
    inked = np.nonzero(pixels(picture).max(axis=2) < 100)
    for marks, ink in ((rows, inked[0]), (columns, inked[1])):
        assert abs(marks.min() - ink.min()) < 6
        assert abs(marks.max() - ink.max()) < 6


@pytest.mark.parametrize("size", [(14_000.0, 14_000.0), (10.0, 14_000.0), (3.0, 3.0)])
def test_a_page_of_any_size_gives_a_picture_that_fits(size: tuple[float, float]) -> None:
    height, width, _ = pixels(draw_apart(printed("x", size=size), 1)).shape
    assert 1 <= width <= WIDTH + 1
    assert 1 <= height <= MAX_HEIGHT + 1


@pytest.mark.parametrize("page", [0, 2, -1, 10**9])
def test_a_page_that_is_not_there_is_refused(page: int) -> None:
    with pytest.raises(UnreadableError) as refused:
        draw_apart(printed("x"), page)
    assert refused.value.fault is Fault.NO_PAGES


def test_what_is_no_pdf_is_refused() -> None:
    for data in (b"", b"%PDF-1.7\n%%EOF", b"RIFF" * 100, printed("x")[:200]):
        with pytest.raises(UnreadableError) as refused:
            draw_apart(data, 1)
        assert refused.value.fault is Fault.DAMAGED


def test_drawing_ends_at_its_limits() -> None:
    endless = io.BytesIO()
    canvas = Canvas(endless, pagesize=A4)
    form = "0 0 m 500 700 l 10 20 300 400 50 60 c B* " * 400_000
    canvas._code.append(form)
    canvas.save()
    with pytest.raises(UnreadableError) as slow:
        draw_apart(endless.getvalue(), 1, limits=replace(DRAWING, base_s=0.5, per_megabyte_s=0))
    assert slow.value.fault is Fault.TOO_SLOW
    with pytest.raises(UnreadableError):
        draw_apart(printed("x"), 1, limits=replace(DRAWING, memory_bytes=64 << 20))
    with pytest.raises(UnreadableError) as large:
        draw_apart(printed("x"), 1, limits=replace(DRAWING, file_bytes=10))
    assert large.value.fault is Fault.TOO_LARGE


def test_an_index_keeps_the_pdf_until_its_document_goes(pdf: Path, tmp_path: Path) -> None:
    folder, encoder = tmp_path / "index", Encoder.load()
    build_index([pdf, TEXT], folder, encoder)
    printed_one, typed = load_index(folder, encoder).documents
    assert read_source(printed_one, folder) == pdf.read_bytes()
    assert read_source(typed, folder) is None
    build_index([DATA / "kamer-vragen.jsonl"], folder, encoder)
    assert has_source(printed_one, folder)
    (folder / FOLDER / "new-0123456789abcdef").write_bytes(b"half")  # what a crash leaves
    remove_document(typed.document_id, folder, encoder)
    assert [path.name for path in (folder / FOLDER).iterdir()] == [f"{printed_one.source_hash}.pdf"]
    remove_document(printed_one.document_id, folder, encoder)
    assert list((folder / FOLDER).iterdir()) == []


def test_a_damaged_or_foreign_file_is_never_shown(library: Library, tmp_path: Path) -> None:
    (document,) = library.index.documents
    (tmp_path / FOLDER).mkdir()
    kept = tmp_path / FOLDER / f"{document.source_hash}.pdf"
    kept.write_bytes(b"%PDF-1.7 something else")
    assert read_source(document, tmp_path) is None
    (tmp_path / "geheim.pdf").write_bytes(b"x")
    assert read_source(replace(document, source_hash="../geheim"), tmp_path) is None


def test_the_route_gives_the_page_of_a_link_with_its_words_marked(library: Library) -> None:
    hit = search(library.index, "Hoeveel kilometer fietspad?").hits[0]
    api = TestClient(build_api(library))
    link = link_to(place_of_hit(hit), page=hit.quote_page)
    response = api.get(f"/page-image{link}")
    assert (response.status_code, response.headers["content-type"]) == (200, "image/webp")
    assert marked(response.content).any()
    plain = api.get(f"/page-image?document={hit.document.document_id}&page={hit.quote_page}")
    assert not marked(plain.content).any()


@pytest.mark.parametrize(
    "query",
    [
        "document=bestaat-niet&page=1",
        "document=../../etc/passwd&page=1",
        "document=/etc/passwd%00&page=1",
        "document=mobiliteit&page=0",
        "document=mobiliteit&page=9999",
        "document=mobiliteit&page=-1",
        "document=mobiliteit&page=x",
        "document=mobiliteit&page=1&answer=bestaat-niet",
        "document=mobiliteit",
    ],
)
def test_the_route_gives_nothing_else(query: str, library: Library) -> None:
    response = TestClient(build_api(library)).get(f"/page-image?{query}")
    assert response.status_code == 422
    assert set(response.json()) == {"detail"}


def test_a_page_is_drawn_once_and_a_crowd_is_asked_to_wait(library: Library) -> None:
    pictures = PagePictures(library)
    first = pictures.picture(library.index, "mobiliteit", 1)
    for _ in range(MAX_WAITING):
        assert pictures._waiting._places.acquire(blocking=False)
    assert pictures.picture(library.index, "mobiliteit", 1) is first
    with pytest.raises(TooBusyError):
        pictures.picture(library.index, "mobiliteit", 2)


def test_a_page_is_drawn_of_the_document_that_was_asked_for(
    library: Library, appendix_index: Index
) -> None:
    first, later = library.index, Library(appendix_index, library._folder)
    assert PagePictures(later).picture(first, "mobiliteit", 1)


def test_the_picture_stands_behind_the_guards(library: Library) -> None:
    path = "/api/page-image?document=mobiliteit&page=1"
    with running(build_server(library)) as port:
        own = request(port, "GET", path)
        assert (own.status, own.headers["content-type"]) == (200, "image/webp")
        assert own.headers["cross-origin-resource-policy"] == "same-origin"
        assert own.headers["cache-control"] == "no-store"
        assert request(port, "GET", path, headers={"host": "voorbeeld.be"}).status == 400
        assert request(port, "GET", path, headers={"sec-fetch-site": "cross-site"}).status == 403
        assert request(port, "POST", path, b"{}").status == 404
        refused = request(port, "GET", path.replace("mobiliteit", "weg"))
        assert json.loads(refused.read()) == {"detail": NO_PICTURE}


def test_the_source_shows_the_picture_only_of_a_kept_pdf(library: Library) -> None:
    answer = library.index.answers[0]
    place = Place(answer.document_id, answer.answer_id, 0, 20)
    html = render_source(library.index, place, has_pdf=library.has_source)
    assert 'src="api/page-image?document=mobiliteit&amp;answer=' in html
    assert f'alt="Bladzijde {answer.page_start} van' in html
    assert "met het citaat gemarkeerd" in html
    assert "<img" not in render_source(library.index, place)
    fixed = Library(library.index)
    assert "<img" not in render_source(fixed.index, place, has_pdf=fixed.has_source)


@pytest.fixture(scope="module")
def port(library: Library) -> Iterator[int]:
    with running(build_server(library)) as number:
        yield number


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_page_stands_beside_its_text_or_under_it_on_a_phone(
    width: int, browser: Browser, port: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    faults: list[str] = []
    page.on("console", lambda m: m.type in {"error", "warning"} and faults.append(m.text))
    page.goto(f"http://127.0.0.1:{port}/")
    expect(page.get_by_label("Uw vraag")).to_be_visible()
    expect(page.locator("#voorbeelden button").first).to_be_visible()
    ask(page, "Hoeveel kilometer fietspad?")
    page.locator("figcaption a").first.click()
    picture = page.get_by_role("img", name="zoals gedrukt, met het citaat gemarkeerd")
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    page.wait_for_function("document.querySelector('.bron-beeld img').naturalWidth === 1000")
    text, shown = page.locator(".blad").bounding_box(), picture.bounding_box()
    assert text is not None
    assert shown is not None
    if width == 390:
        assert shown["y"] >= text["y"] + text["height"]
    else:
        assert shown["x"] >= text["x"] + text["width"]
    assert shown["width"] > 250
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults_of(page) == []
    number = page.locator(".waar").inner_text().split(" van ")[0]
    link = page.get_by_role("link", name=f"{number} groot tonen")
    with page.expect_popup() as opened:
        link.click()
    expect(opened.value.locator("img")).to_be_visible()
    with page.expect_popup() as clicked:
        picture.click()
    assert clicked.value.url == opened.value.url
    if width == 390:  # a glance at the page doesn't need the whole text to be passed
        height = page.locator(".blad").evaluate("leaf => leaf.clientHeight")
        assert height <= 900 / 2
    assert faults == []
    page.close()


@pytest.mark.browser
def test_the_printed_page_is_scrolled_to_the_cited_words(browser: Browser, port: int) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 600}, reduced_motion="reduce")
    page.goto(f"http://127.0.0.1:{port}/")
    expect(page.locator("#voorbeelden button").first).to_be_visible()
    ask(page, "Hoeveel kilometer fietspad?")
    page.wait_for_function("document.querySelector('.bron-beeld img').naturalWidth === 1000")
    page.wait_for_function("document.querySelector('.gedrukt').scrollTop > 0")
    shot = page.locator(".gedrukt").screenshot()
    assert (np.abs(pixels(shot) - np.array(MARKER)).max(axis=2) < 24).sum() > 50
    page.close()
