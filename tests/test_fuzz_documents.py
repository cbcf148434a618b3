"""A few hundred broken documents; `python tests/fuzz_documents.py 10000` reads more by hand."""

import pytest
from fuzz_documents import LONGEST_S, fuzz


def test_broken_documents_are_read_whole_or_refused(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes, longest = fuzz(280, seed=1)
    with capsys.disabled():
        print(f"\n{outcomes.total()} broken documents: {dict(sorted(outcomes.items()))}")
    assert outcomes.total() == 280
    assert not any("stopped" in outcome or "one line" in outcome for outcome in outcomes)
    assert longest < LONGEST_S
    kinds = {outcome.partition(":")[0] for outcome in outcomes if outcome.endswith("read")}
    assert kinds == {"pdf", "docx", "txt", "jsonl"}, "some of each kind can still be read"
