"""The file that the chat page shows its measures from: what is shown, and no more."""

import json

import numpy as np

from chatbot.views.evaluation import MEASURES, METHODS
from eval.experiment import Result
from eval.intervals import Estimate
from eval.page import PAGE_FILE, page_fields
from eval.scores import ALL, Judgement


def result_of(method: str) -> Result:
    judgement = Judgement(
        method=method,
        values={},
        confidence=np.array([0.9, 0.2]),
        right=np.array([True, False]),
        answerable=np.array([True, False]),
        clusters=np.array(["a", "b"]),
        abstains=method == "fused",
    )
    estimates = {name: Estimate(0.5, 0.25, 0.75, 2) for name in (*MEASURES, "AUROC", "nDCG@10")}
    return Result("bundled", method, "dev", judgement, {ALL: estimates})


def test_only_what_is_shown_is_written() -> None:
    fields = page_fields([result_of("lexical"), *map(result_of, METHODS)], "f")["splits"]["dev"]
    assert set(fields["methods"]) == set(METHODS)
    assert all(set(found) == set(MEASURES) for found in fields["methods"].values())
    assert fields["methods"]["fused"]["Success@1"] == [0.5, 0.25, 0.75]
    assert [found["count"] for found in fields["reliability"]] == [1, 1]


def test_the_shipped_file_holds_every_method_and_measure_that_is_shown_and_no_other() -> None:
    splits = json.loads(PAGE_FILE.read_text(encoding="utf-8"))["splits"]
    for split in splits.values():
        assert set(split["methods"]) == set(METHODS)
        assert set(split["methods"]["fused"]) == set(MEASURES)
        assert set().union(*split["methods"].values()) == set(MEASURES)
