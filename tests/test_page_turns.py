"""Two fictitious appendices of parties that nobody knows, with questions handed in as catchwords:
wherever a page turns, the same askers, questions and answers are read."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from test_layouts import read
from typeset import Asked, Block, Setting, pages_of_lines, typeset

DATA = Path(__file__).parent / "data"
NAMES = ("bbt-binnenland-2025", "bbt-economie-2023")
STEP = 6
"""Lines from one page turn that is tried to the next."""


def read_source(name: str) -> tuple[list[str], list[Block]]:
    source: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    blocks = [
        Block(
            block["topic"],
            [Asked(asked["askers"], asked["paragraphs"]) for asked in block["asked"]],
            block["answer"],
        )
        for block in source["blocks"]
    ]
    return source["title"], blocks


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_read_alike_wherever_a_page_turns(name: str) -> None:
    title, blocks = read_source(name)
    count = len(pages_of_lines(title, blocks, Setting()))
    for turn in range(1, count, STEP):
        answers = read(typeset(title, blocks, Setting({turn})))
        assert len(answers) == len(blocks), f"page turn over line {turn}"
        for answer, block in zip(answers, blocks, strict=True):
            told = [name for asked in block.asked for name in asked.askers]
            named = dict.fromkeys(name.replace(" (schriftelijk)", "") for name in told)
            assert list(map(str, answer.askers)) == list(named), f"page turn over line {turn}"
            assert bare(answer.text) == bare("".join(block.answer)), f"page turn over line {turn}"
            written = "".join(text for asked in block.asked for text in asked.paragraphs)
            asked_for = "".join(one.text for one in answer.question_blocks)
            assert bare(asked_for) == bare(written), f"page turn over line {turn}"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("length", [28, 41])
def test_numbered_pages_are_read_too(name: str, length: int) -> None:
    title, blocks = read_source(name)
    count = len(pages_of_lines(title, blocks, Setting()))
    turns = set(range(length, count, length))
    setting = Setting(turns, set(range(2, len(turns) + 2)))
    answers = read(typeset(title, blocks, setting))
    texts = [bare("".join(block.answer)) for block in blocks]
    assert [bare(answer.text) for answer in answers] == texts


def test_a_catchword_beside_a_question_is_asked() -> None:
    title, blocks = read_source(NAMES[0])
    answers = read(typeset(title, blocks, Setting()))
    asked = [question.text for question in answers[8].questions]
    assert asked[-3:] == [
        "Hoeveel bestuurlijke boetes werden opgelegd en geïnd?",
        "stand van zaken cameratoezicht in slachthuizen",
        "namen van de slachthuizen met een ernstige inbreuk",
    ]
