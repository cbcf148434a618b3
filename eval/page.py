"""What the chat page shows of the measures: a small file that is shipped with it.

`python -m eval page` measures the shipped index on both splits and writes the file; the page only
reads it, so it needs neither gold questions nor a plotting library.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import isnan
from pathlib import Path
from typing import Any

from chatbot.views.evaluation import MEASURES, METHODS
from eval.abstention import reliability
from eval.experiment import Result
from eval.intervals import Estimate
from eval.methods import FUSED
from eval.scores import ALL

PAGE_FILE = Path(__file__).parent.parent / "chatbot" / "page" / "evaluation.json"
DIGITS = 3

Json = dict[str, Any]


def page_fields(results: Sequence[Result], fingerprint: str) -> Json:
    """Return what the page shows and no more: per split the measures of each method, with
    intervals, and how the shown certainty of the fused search compares with how often it is
    right."""
    splits: Json = {}
    for result in results:
        split = splits.setdefault(result.split, _questions(result))
        if result.method in METHODS:
            split["methods"][result.method] = _measures(result.summary[ALL])
        if result.method == FUSED:
            judgement = result.judgement
            bins = reliability(judgement.confidence, judgement.right)
            split["reliability"] = [_rounded(asdict(found)) for found in bins]
    return {"model": results[0].model, "fingerprint": fingerprint, "splits": splits}


def _questions(result: Result) -> Json:
    answerable = result.judgement.answerable
    return {
        "questions": len(answerable),
        "unanswerable": int((~answerable).sum()),
        "methods": {},
        "reliability": [],
    }


def _measures(summary: Mapping[str, Estimate]) -> Json:
    return {
        measure: [round(number, DIGITS) for number in (found.value, found.low, found.high)]
        for measure in MEASURES
        if (found := summary.get(measure)) and not isnan(found.value) and not isnan(found.low)
    }


def _rounded(fields: Json) -> Json:
    return {
        name: round(value, DIGITS) if isinstance(value, float) else value
        for name, value in fields.items()
    }
