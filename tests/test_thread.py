"""A follow-up stays with the answer that the turns before it were about."""

import numpy as np
import pytest

from index.confidence_signs import read_signs
from index.ranking import rank_passages
from index.reading import read_question
from index.reranking import rank_with_quotes
from index.search import search
from index.storage import Index
from index.thread import follow_thread

DATABANK = "Wat is de databank sociale economie?"
UPDATED = "Wanneer is die voor het laatst bijgewerkt?"


def test_a_question_without_a_word_of_its_subject_is_answered_from_the_answer_before(
    appendix_index: Index,
) -> None:
    before = search(appendix_index, DATABANK).hits[0]
    hit = search(appendix_index, UPDATED, context=DATABANK).hits[0]
    assert hit.answer == before.answer
    assert "werd dit najaar geüpdated" in hit.quote


def test_a_question_that_nothing_was_said_before_follows_nothing(appendix_index: Index) -> None:
    reading = read_question(appendix_index, DATABANK)
    assert follow_thread(appendix_index, reading, None) is reading
    assert not rank_passages(appendix_index, reading, None).features["thread"].any()


def test_who_is_less_sure_of_the_answer_before_holds_on_to_it_less(appendix_index: Index) -> None:
    costs = {}
    for context in (DATABANK, "Hoe wordt het weer in Parijs?"):
        reading = read_question(appendix_index, UPDATED, context)
        reading = follow_thread(appendix_index, reading, None)
        ranking, quotes = rank_with_quotes(appendix_index, reading, 1, None)
        assert set(np.unique(ranking.features["thread"])) <= {
            0.0,
            np.float32(-reading.thread.confidence),
        }
        costs[context] = reading.thread.confidence
        signs = read_signs(appendix_index, reading, ranking, quotes[0])
        passage = appendix_index.passages[ranking.rows[0]]
        has_left = (passage.document_id, passage.answer_id) != reading.thread.answer
        assert signs["left_thread"] == pytest.approx(has_left * reading.thread.confidence)
    assert costs[DATABANK] > 0.9
    assert costs["Hoe wordt het weer in Parijs?"] < 0.1


def test_only_what_is_searched_can_be_followed(appendix_index: Index) -> None:
    reading = read_question(appendix_index, UPDATED, DATABANK)
    found = follow_thread(appendix_index, reading, None).thread.answer
    others = [
        row
        for row, passage in enumerate(appendix_index.passages)
        if (passage.document_id, passage.answer_id) != found
    ]
    allowed = np.array(others, np.int64)
    assert follow_thread(appendix_index, reading, allowed).thread.answer != found
    assert not follow_thread(appendix_index, reading, allowed[:0]).thread.confidence
