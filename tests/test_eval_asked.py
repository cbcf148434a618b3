from math import isnan

import pytest

from chatbot.ledger.build import build_ledger
from chatbot.workbench.asked import AskedQuestions
from corpus.records import Document
from eval.asked import Outcome, read_drafts, score_asked, summarise
from eval.questions import read_gold
from index.storage import Index


def test_drafts_name_questions_of_their_answer_and_keep_the_split(appendix: Document) -> None:
    asked = {
        answer.answer_id: " ".join(block.text for block in answer.question_blocks)
        for answer in appendix.answers
    }
    for split in ("dev", "test"):
        own = {answer_id for question in read_gold(split) for answer_id in question.answer_ids}
        for draft in read_drafts(split):
            assert (draft.answer_id is None) == (not draft.asked)
            assert draft.answer_id is None or draft.answer_id in own
            assert all(part in asked[str(draft.answer_id)] for part in draft.asked)


def test_shares_are_counted_by_hand() -> None:
    """Three drafts asked before: first, second, and under the floor; two new, one over it."""
    outcomes = [
        Outcome(is_new=False, best=0.9, rank=1, right=0.9),
        Outcome(is_new=False, best=0.6, rank=2, right=0.5),
        Outcome(is_new=False, best=0.2, rank=0, right=0.0),
        Outcome(is_new=True, best=0.3, rank=0, right=0.0),
        Outcome(is_new=True, best=0.7, rank=0, right=0.0),
    ]
    scores = summarise("dev", outcomes, 0.4)
    assert (scores.asked, scores.new) == (3, 2)
    assert scores.right_first == pytest.approx(1 / 3)
    assert scores.right_in_five == pytest.approx(2 / 3)
    assert scores.told_asked == pytest.approx(2 / 3)
    assert scores.told_new == pytest.approx(1 / 2)
    assert scores.auroc == pytest.approx(3 / 6)  # 0.9 beats both, 0.6 beats 0.3, 0.2 none


def test_a_share_of_no_drafts_is_not_a_number() -> None:
    assert isnan(summarise("dev", [], 0.4).told_new)


def test_every_draft_is_scored(appendix_index: Index) -> None:
    questions = AskedQuestions(appendix_index, build_ledger(appendix_index))
    for split in ("dev", "test"):
        scores = score_asked(questions, split)
        assert scores.asked + scores.new == len(read_drafts(split))
