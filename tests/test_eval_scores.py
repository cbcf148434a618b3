"""Judging a run made by hand: every value follows from the few rankings below."""

import numpy as np
import pytest

from eval.questions import GoldQuestion
from eval.runs import Found, Quote, Ranking, Run
from eval.scores import groups_of, judge, summarise, summarise_confidence

TEXT = "Er zijn 12 gevallen. Dat zijn er\ntwee meer. Niets anders."


def gold(
    query_id: str, kind: str, evidence: tuple[str, ...] = (), adversarial: str | None = None
) -> GoldQuestion:
    answers = ("a",) if evidence else ()
    pages = (3,) * len(evidence)
    return GoldQuestion(query_id, "dev", kind, ("?",), answers, evidence, pages, adversarial)


def quote(text: str, page: int = 3) -> Quote:
    start = TEXT.find(text)
    return Quote("a", start, start + len(text), text, page)


QUESTIONS = (
    gold("q1", "fact", ("Er zijn 12 gevallen.",)),
    gold("q2", "list", ("Er zijn 12 gevallen.", "Dat zijn er twee meer.", "Niets")),
    gold("q3", "unanswerable", adversarial="year"),
    gold("q4", "unanswerable", adversarial="far"),
)
RIGHT = Found(("a",), "Er zijn 12 gevallen.", quote("Er zijn 12 gevallen."))
BROKEN = Found(("a",), TEXT, quote("Dat zijn er\ntwee meer. Niets", page=4))
OTHER = Found(("b",), "Een ander antwoord.", Quote("b", 0, 3, "Een", 3))
RUN = Run(
    "hand",
    (
        Ranking((RIGHT, OTHER), 0.9),
        Ranking((OTHER, BROKEN), 0.2, abstained=True),
        Ranking((RIGHT,), 0.6),
        Ranking((), 0.1, abstained=True),
    ),
)


def test_values_per_question() -> None:
    values = judge(QUESTIONS, RUN, abstains=True).values
    nan = np.nan
    expected = {
        "Success@1": [1, 0, nan, nan],
        "RR@10": [1, 0.5, nan, nan],
        "hit@5": [1, 1, nan, nan],
        "evidence@1": [1, 0, nan, nan],
        "evidence@3": [1, 1, nan, nan],
        "quote on page of evidence": [1, 0, nan, nan],
        "quote contains": [1, 0, nan, nan],
        "list items quoted": [nan, 0, nan, nan],
        "error rate": [0, 1, nan, nan],
        "hallucination rate": [nan, nan, 1, 0],
    }
    for measure, row in expected.items():
        assert values[measure] == pytest.approx(row, nan_ok=True), measure


def test_a_quote_covers_list_items_across_line_breaks_and_the_wrong_page_is_wrong() -> None:
    run = Run("hand", (Ranking((BROKEN,), 0.5),))
    values = judge(QUESTIONS[1:2], run, abstains=True).values
    assert values["list items quoted"] == pytest.approx([2 / 3])
    assert values["quote on page of evidence"] == [0]


def test_any_quote_on_a_page_of_the_evidence_counts_as_on_its_page() -> None:
    run = Run("hand", (Ranking((Found(("a",), TEXT, quote("Niets anders.")),), 0.5),))
    values = judge(QUESTIONS[:1], run, abstains=True).values
    assert values["quote on page of evidence"] == [1]
    assert values["quote contains"] == [0]


def test_a_method_that_only_ranks_has_no_rates_and_no_quotes() -> None:
    values = judge(QUESTIONS, RUN, abstains=False).values
    assert "error rate" not in values
    assert "quote on page of evidence" not in values


def test_means_are_taken_per_group() -> None:
    judgement = judge(QUESTIONS, RUN, abstains=True)
    groups = groups_of(QUESTIONS)
    assert list(groups) == [
        "all",
        "fact",
        "list",
        "unanswerable",
        "adversarial",
        "unanswerable: year",
        "unanswerable: far",
    ]
    everything = summarise(judgement, groups["all"])
    assert (everything["Success@1"].value, everything["Success@1"].count) == (0.5, 2)
    assert everything["hallucination rate"].value == 0.5
    assert summarise(judgement, groups["adversarial"])["hallucination rate"].value == 1.0
    assert "error rate" not in summarise(judgement, groups["adversarial"])


def test_an_interval_is_over_answers_not_over_questions() -> None:
    # Both answerable questions are on one answer, which is all that can be drawn.
    found = summarise(judge(QUESTIONS, RUN, abstains=True), groups_of(QUESTIONS)["all"])
    right, rate = found["Success@1"], found["hallucination rate"]
    assert (right.value, right.low, right.high) == (0.5, 0.5, 0.5)
    # What isn't answered stands by itself.
    assert (rate.value, rate.low, rate.high) == (0.5, 0.0, 1.0)


def test_confidence_is_judged_over_all_questions() -> None:
    found = summarise_confidence(judge(QUESTIONS, RUN, abstains=True))
    # Answerable .9 and .2 against .6 and .1: three of four pairs in order.
    assert found["AUROC"].value == pytest.approx(3 / 4)
    # Each in a bin of its own: (|1 - .9| + |0 - .2| + |0 - .6| + |0 - .1|) / 4.
    assert found["ECE"].value == pytest.approx(0.25)
    # Surest first: right, wrong, wrong, wrong: risks 0, 1/2, 2/3, 3/4.
    assert found["AURC"].value == pytest.approx((0 + 1 / 2 + 2 / 3 + 3 / 4) / 4)
