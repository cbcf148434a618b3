"""What a terminal and the page show of a long build, and what a pipe doesn't get."""

import io
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from browsing import open_tab
from playwright.sync_api import Browser, expect
from serving import running

from chatbot.library import Library
from chatbot.progress import follow, show_progress
from chatbot.server import build_server
from chatbot.tabs.documents import _Events
from corpus.readers import BUNDLED_APPENDIX
from index.embedding_cache import Progress
from index.encoder import Encoder
from index.storage import build_index, load_index

APPENDIX = Path(__file__).parent / "data" / "bbt-mobiliteit-2023.txt"
COUNTED = re.compile(r"Teksten verwerkt: (\d+) van (\d+)\.")
RECORD = """() => {
    window.shown = [];
    const place = document.getElementById("vordering");
    new MutationObserver(() => {
        const text = place.innerText.trim();
        if (text && text !== window.shown.at(-1)) window.shown.push(text);
    }).observe(place, { childList: true, subtree: true, characterData: true });
}"""


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def run(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with show_progress() as tell:
        tell(512, 2048)
        tell(2048, 2048)
    return stream.getvalue()


def test_a_terminal_shows_a_bar_in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run(monkeypatch, Terminal())
    assert "Teksten verwerkt:" in shown
    assert "2048 van 2048" in shown


def test_a_pipe_gets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, io.StringIO()) == ""


def test_work_is_followed_to_its_end_or_to_what_it_raises() -> None:
    def work(progress: Progress) -> None:
        progress(1, 2)
        progress(2, 2)
        raise OSError("vol")

    steps = follow(work)
    assert [next(steps), next(steps)] == [(1, 2), (2, 2)]
    with pytest.raises(OSError, match="vol"):
        next(steps)


@pytest.mark.browser
def test_an_upload_shows_how_many_texts_are_done(
    index_folder: Path, tmp_path: Path, browser: Browser
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(index_folder, folder)
    with running(build_server(Library(load_index(folder), folder))) as port:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/")
        open_tab(page, "Documenten")
        page.evaluate(RECORD)
        page.locator("input[type=file]").first.set_input_files(APPENDIX)
        expect(page.get_by_text("Toegevoegd:")).to_be_visible(timeout=90_000)
        shown = page.evaluate("window.shown")
        page.close()
    counts = [tuple(map(int, found.groups())) for text in shown if (found := COUNTED.search(text))]
    assert counts == sorted(set(counts))
    assert len({total for _, total in counts}) == 1
    assert counts[0][0] < counts[0][1]
    assert shown[0].startswith(f"Bezig met {APPENDIX.name} (1 van 1)")


def test_only_what_was_uploaded_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(uploads))
    build_index([BUNDLED_APPENDIX], tmp_path / "index", Encoder.load())
    library = Library(load_index(tmp_path / "index"), tmp_path / "index")
    for folder, count in ((tmp_path, 1), (uploads / ".." / "elders", 1), (uploads, 2)):
        folder.resolve().mkdir(exist_ok=True)
        path = folder / "eigen.txt"
        path.write_text("Groen\nHoeveel bussen?\n\nTwaalf.\n")
        list(_Events(library).add([str(path)]))
        assert len(library.index.documents) == count


def test_only_what_this_visitor_added_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    build_index([BUNDLED_APPENDIX], tmp_path / "index", Encoder.load())
    library = Library(load_index(tmp_path / "index"), tmp_path / "index")
    own, others = tmp_path / "eigen.txt", tmp_path / "ander.txt"
    for path in (own, others):
        path.write_text(f"Groen\nHoeveel bussen van {path.stem}?\n\nTwaalf.\n")
    add = library.add

    def add_beside(paths: list[Path], *rest: Any) -> object:
        add([others])
        return add(paths, *rest)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(library, "add", add_beside)
        *_, (shown, *_) = _Events(library).add([str(own)])
    assert "<strong>eigen</strong>" in shown
    assert "ander" not in shown
    *_, (again, *_) = _Events(library).add([str(own)])
    assert "Dit stond er al, met dezelfde inhoud:</p><ul><li>eigen.txt</li>" in again


def test_what_another_visitor_removed_meanwhile_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    build_index([BUNDLED_APPENDIX], tmp_path / "index", Encoder.load())
    library = Library(load_index(tmp_path / "index"), tmp_path / "index")
    own = tmp_path / "eigen.txt"
    own.write_text("Groen\nHoeveel bussen?\n\nTwaalf.\n")
    add = library.add

    def add_and_remove(paths: list[Path], *rest: Any) -> object:
        report = add(paths, *rest)
        library.remove("eigen")
        return report

    monkeypatch.setattr(library, "add", add_and_remove)
    *_, (shown, *_) = _Events(library).add([str(own)])
    assert "Niet gelukt" not in shown


def test_a_file_that_breaks_something_is_named_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    build_index([BUNDLED_APPENDIX], tmp_path / "index", Encoder.load())
    library = Library(load_index(tmp_path / "index"), tmp_path / "index")
    first, second = tmp_path / "stuk.txt", tmp_path / "heel.txt"
    for path in (first, second):
        path.write_text("Groen\nHoeveel bussen?\n\nTwaalf.\n")
    add = library.add

    def break_on_first(paths: list[Path], *rest: Any) -> object:
        if paths == [first]:
            raise ZeroDivisionError
        return add(paths, *rest)

    monkeypatch.setattr(library, "add", break_on_first)
    *_, (shown, *_) = _Events(library).add([str(first), str(second)])
    assert "stuk.txt: dit bestand kon niet worden verwerkt" in shown
    assert [document.document_id for document in library.index.documents][1:] == ["heel"]
