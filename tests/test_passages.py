"""Passages are exact slices that stay inside an answer and leave nothing out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.passages import MAX_CHARS, split_answer
from corpus.records import Answer, Document, PageStart


def made(text: str) -> Answer:
    return Answer("a-01", "a", "", (), (), (), text, (PageStart(0, 1),), (), (), ())


def test_every_passage_of_the_appendix_is_an_exact_slice_on_its_own_pages(
    appendix: Document,
) -> None:
    for answer in appendix.answers:
        for passage in split_answer(answer):
            assert passage.text == answer.text[passage.start : passage.end]
            assert len(passage.text) <= MAX_CHARS
            pages = {answer.page_at(offset) for offset in range(passage.start, passage.end)}
            assert (passage.page_start, passage.page_end) == (min(pages), max(pages))


def test_the_list_of_receipts_stays_whole_with_its_introduction(appendix: Document) -> None:
    passages = split_answer(appendix.answers[6])
    (holds,) = [p for p in passages if "- IBO: +10.459 keuro" in p.text]
    assert "VDAB verwacht volgende stijgingen van eigen ontvangsten:" in holds.text
    assert "- Diversen: +568 keuro" in holds.text
    assert (holds.page_start, holds.page_end) == (5, 5)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.text(alphabet="ab .?!\n-•o1)AÉ", max_size=400).filter(lambda text: text.strip()),
    st.integers(1, 60),
)
def test_any_text_is_covered_once_and_in_order(text: str, max_chars: int) -> None:
    answer = made(text)
    passages = split_answer(answer, max_chars)
    at = 0
    for passage in passages:
        assert passage.start >= at
        assert not answer.text[at : passage.start].strip()
        assert passage.text == answer.text[passage.start : passage.end]
        assert 0 < len(passage.text) <= max_chars
        at = passage.end
    assert not answer.text[at:].strip()


def test_an_answer_without_text_has_no_passages(appendix: Document) -> None:
    assert split_answer(replace(appendix.answers[0], text="")) == ()


def test_a_length_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="max_chars must be at least 1, got 0"):
        split_answer(made("a"), 0)


def test_a_long_paragraph_is_not_cut_after_an_abbreviation() -> None:
    text = " ".join(
        ["Dat staat in art. 12 van het besluit, bijv. Bijlage 3, en luidt anders."] * 20
    )
    answer = made(text)
    for passage in split_answer(answer, 100):
        assert passage.text.startswith("Dat")
