"""The methods that the product is compared with, and how their hits are credited."""

from pathlib import Path

import pytest

from corpus.readers import BUNDLED_APPENDIX
from corpus.records import Document
from eval.methods import make_methods
from eval.naive import OVERLAP, WINDOW, cut_windows, naive_chunks
from eval.plain_bm25 import PlainBM25
from index.encoder import Encoder
from index.storage import Index, build_index, load_index


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("index")
    encoder = Encoder.load()
    build_index([BUNDLED_APPENDIX], folder, encoder)
    return load_index(folder, encoder)


def test_bm25_is_the_one_worked_by_hand() -> None:
    scores = PlainBM25(["kat kat hond", "hond vis", "boom"]).score("katten vis")
    # 3 texts of 3, 2 and 1 words, mean 2. idf = ln(1 + (3 - 1 + .5) / (1 + .5)) = ln(8/3) for both
    # "kat" and "vis". kat: 2 / (2 + 1.2 * (.25 + .75 * 3/2)) = 2 / 3.65; vis: 1 / (1 + 1.2).
    idf = 0.980829
    assert scores == pytest.approx([idf * 2 / 3.65, idf / 2.2, 0.0], abs=1e-5)


def test_windows_overlap_and_together_hold_the_whole_text() -> None:
    text = "".join(chr(97 + n % 26) for n in range(2500))
    windows = cut_windows(text)
    # Starts at 0, 800 and 1600; the last one ends at 2500.
    assert [len(window) for window in windows] == [1000, 1000, 900]
    assert windows[0] + "".join(window[OVERLAP:] for window in windows[1:]) == text
    assert cut_windows("kort") == ("kort",)
    assert all(len(window) <= WINDOW for window in windows)


def test_every_answer_of_the_appendix_is_credited_to_some_window(appendix: Document) -> None:
    credited = {answer_id for chunk in naive_chunks(appendix) for answer_id in chunk.answer_ids}
    assert credited == {answer.answer_id for answer in appendix.answers}


def test_a_window_is_credited_with_what_it_holds_most_of_first(appendix: Document) -> None:
    (chunk,) = [c for c in naive_chunks(appendix) if "419 personeelsleden" in c.text][:1]
    assert "bbt-wse-2021-22" in chunk.answer_ids
    texts = {answer.answer_id: answer.text for answer in appendix.answers}
    assert all(
        any(sentence.strip() in " ".join(chunk.text.split()) for sentence in texts[i].split("."))
        for i in chunk.answer_ids
    )


@pytest.mark.parametrize("name", ["bm25", "lexical", "dense", "fused", "naive"])
def test_every_method_finds_the_staff_cuts_first(index: Index, name: str) -> None:
    query = "VDAB besparing van 419 personeelsleden, personeelsplan in overleg met de vakbonden"
    ranking = make_methods(index)[name]((query,))
    assert "bbt-wse-2021-22" in ranking.found[0].answer_ids
    assert "419 personeelsleden" in ranking.found[0].text


def test_words_alone_find_nothing_for_words_that_are_not_there(index: Index) -> None:
    methods = make_methods(index)
    assert methods["bm25"](("xyzzy qwrtp",)).found == ()
    assert methods["bm25"](("xyzzy qwrtp",)).confidence == 0.0


def test_a_quote_is_the_slice_of_its_answer(index: Index) -> None:
    ranking = make_methods(index)["fused"](("Hoeveel personeelsleden moet VDAB besparen?",))
    texts = {answer.answer_id: answer.text for answer in index.answers}
    for found in ranking.found:
        assert found.quote is not None
        text = texts[found.quote.answer_id][found.quote.start : found.quote.end]
        assert text == found.quote.text
